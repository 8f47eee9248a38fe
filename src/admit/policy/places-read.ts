import { knownOnce } from '../../object/known-once.ts';
import type { Path, PathElement } from '../../source/value.ts';
import { placesOfLook } from './closer-look.ts';
import { type MacroCall, macroCall } from './macro-call.ts';
import type { Node } from './node.ts';
import type { CompiledPolicy, PolicyExpression } from './policy.ts';
import { nodeOf } from './program.ts';

/** A place in the objects that a policy judges, with those below it that its expressions name. */
interface Place {
  readonly fields: Map<string, Place>;
  /** Below any key or index, and below any index alone. */
  any: Place | undefined;
  item: Place | undefined;
  /** Whether the value there has a part in what the policy says, or all values below it as well. */
  read: 'itself' | 'whole' | undefined;
}

/** What the values of objects have to do with what a policy says of them, beside their fields and lengths; `anything` is not known. */
export type PlacesRead = Place | 'anything';

/** A value that an expression makes: those that stand at places of the object, and items that it was put together of. */
interface Made {
  readonly places: ReadonlySet<Place>;
  readonly items?: Made;
}

interface Names {
  readonly name: string;
  readonly value: Made;
  readonly outer: Names | undefined;
}

interface Reading {
  readonly policy: CompiledPolicy;
  readonly root: Place;
  readonly variables: Map<string, Made>;
  places: number;
}

// What policies of the catalogue name is a tenth of this.
const mostPlaces = 2_000;
const mostOfOne = 100;

/** Where an expression leaves what can be told of it. */
const lost = Symbol('lost');

const nothing: Made = { places: new Set() };

/**
 * The places whose values decide what a policy says of objects with the same fields, list lengths and kinds of scalars. Whatever tells
 * such objects apart at other places alone, the policy finds the same in them, at the same cost.
 */
export const placesRead = knownOnce((policy: CompiledPolicy): PlacesRead => {
  if (policy.usesParams || policy.bindings.some(({ paramRef }) => paramRef !== undefined)) return 'anything';
  const reading: Reading = { policy, root: newPlace(), variables: new Map(), places: 0 };
  try {
    readPolicy(reading);
  } catch (error) {
    // An expression deeper than the stack is as far from being understood as one with too many places.
    if (error === lost || error instanceof RangeError) return 'anything';
    throw error;
  }
  return reading.root;
});

/** Whether what stands at a path may decide what a policy says. */
export function isReadAt(read: PlacesRead, path: Path): boolean {
  return read === 'anything' || isReadBelow(read, path, 0);
}

function isReadBelow(place: Place | undefined, path: Path, depth: number): boolean {
  if (place === undefined) return false;
  if (place.read === 'whole') return true;
  const step = path[depth];
  if (step === undefined) return place.read === 'itself';
  const next = depth + 1;
  return (
    isReadBelow(place.fields.get(String(step)), path, next) ||
    isReadBelow(place.any, path, next) ||
    (typeof step === 'number' && isReadBelow(place.item, path, next))
  );
}

function readPolicy(reading: Reading): void {
  const { policy, root } = reading;
  const whole = (expression: PolicyExpression | undefined): void => {
    if (expression !== undefined) readWhole(ofExpression(expression, reading));
  };
  for (const condition of policy.matchConditions) whole(condition);
  for (const name of policy.variables.keys()) ofVariable(name, reading);
  for (const { expression, messageExpression } of policy.validations) {
    whole(expression);
    whole(messageExpression);
  }
  for (const annotation of policy.auditAnnotations) whole(annotation);
  for (const path of placesOfLook(policy)) placeAt(root, path, reading).read = 'whole';
}

function ofExpression(expression: PolicyExpression, reading: Reading): Made {
  const node = nodeOf(expression);
  return node === undefined ? nothing : made(node, undefined, reading);
}

function ofVariable(name: string, reading: Reading): Made {
  const known = reading.variables.get(name);
  if (known !== undefined) return known;
  // A variable that refers to itself is an error, whatever the object is.
  reading.variables.set(name, nothing);
  const expression = reading.policy.variables.get(name);
  const value = expression === undefined ? nothing : ofExpression(expression, reading);
  reading.variables.set(name, value);
  return value;
}

/** What a node makes; what it reads on the way is noted down at the places. */
function made(node: Node, names: Names | undefined, reading: Reading): Made {
  const of = (child: Node): Made => made(child, names, reading);
  switch (node.op) {
    case 'value':
      return nothing;
    case 'id':
      return ofName(node.args as string, names, reading);
    case '.':
    case '.?': {
      const [operand, name] = node.args as readonly [Node, string];
      if (isVariables(operand)) return ofVariable(name, reading);
      return below(of(operand), name, reading);
    }
    case '[]':
    case '[?]':
      return ofIndex(node.args as readonly [Node, Node], names, reading);
    case '?:': {
      const [condition, yes, no] = node.args as readonly [Node, Node, Node];
      readWhole(of(condition));
      return together(of(yes), of(no));
    }
    // Lists keep their items, and of texts the sum is read where it is used.
    case '+':
      return (node.args as readonly Node[]).map(of).reduce(together, nothing);
    case '?':
      return of(node.args as Node);
    case 'list':
      return { ...nothing, items: (node.args as readonly Node[]).map(of).reduce(together, nothing) };
    case 'map':
      return ofMap(node.args as readonly (readonly [Node, Node])[], of);
    case 'message':
      for (const [, value] of (node.args as readonly [string, readonly (readonly [string, Node])[]])[1])
        readWhole(of(value));
      return nothing;
    case '!_':
    case '-_':
      readWhole(of(node.args as Node));
      return nothing;
    case 'in':
      return ofMembership(node.args as readonly [Node, Node], of, reading);
    case 'call':
      return ofCall(node, of);
    case 'rcall':
      return ofMethod(node, names, reading);
    default:
      for (const operand of node.args as readonly Node[]) readWhole(of(operand));
      return nothing;
  }
}

// What the cluster alone tells, what was there before, and parameters, are not part of the object.
const elsewhere = new Set(['request', 'oldObject', 'namespaceObject', 'params', 'authorizer', 'variables']);

function ofName(name: string, names: Names | undefined, { root }: Reading): Made {
  for (let known = names; known !== undefined; known = known.outer)
    if (known.name === name) return known.value;
  if (name === 'object') return { places: new Set([root]) };
  if (elsewhere.has(name)) throw lost;
  return nothing;
}

function isVariables({ op, args }: Node): boolean {
  return op === 'id' && args === 'variables';
}

function ofIndex([operand, index]: readonly [Node, Node], names: Names | undefined, reading: Reading): Made {
  const value = made(operand, names, reading);
  if (index.op === 'value' && typeof index.args === 'string') return below(value, index.args, reading);
  readWhole(made(index, names, reading));
  return partsOf(value, reading, 'any');
}

function ofMap(entries: readonly (readonly [Node, Node])[], of: (node: Node) => Made): Made {
  for (const [key] of entries) readWhole(of(key));
  return { ...nothing, items: entries.map(([, value]) => of(value)).reduce(together, nothing) };
}

/** Of a map `in` asks for its keys alone, which all have in common. */
function ofMembership(
  [item, container]: readonly [Node, Node],
  of: (node: Node) => Made,
  reading: Reading,
): Made {
  readWhole(of(item));
  const { places, items } = of(container);
  for (const place of places) readWhole({ places: new Set([belowPlace(place, 'item', reading)]) });
  if (items !== undefined) readWhole(items);
  return nothing;
}

function ofCall(node: Node, of: (node: Node) => Made): Made {
  const [name, args] = node.args as readonly [string, readonly Node[]];
  const [first] = args;
  if (first !== undefined && args.length === 1) {
    // Whether a field is there all have in common; what is above it may be the choice of a condition.
    if (name === 'has' && (first.op === '.' || first.op === '.?')) {
      of(first);
      return nothing;
    }
    if (name === 'size') return measured(of(first));
  }
  for (const arg of args) readWhole(of(arg));
  return nothing;
}

/** What is as long for all of them as it is for one, if it is no text. */
function measured(value: Made): Made {
  for (const place of value.places) place.read ??= 'itself';
  return nothing;
}

function ofMethod(node: Node, names: Names | undefined, reading: Reading): Made {
  const macro = macroCall(node);
  if (macro !== undefined) return ofMacro(macro, names, reading);
  const [name, receiver, args] = node.args as readonly [string, Node, readonly Node[]];
  const of = (child: Node): Made => made(child, names, reading);
  if (receiver.op === 'id' && receiver.args === 'optional' && name === 'of')
    return args.map(of).reduce(together, nothing);
  switch (`${name}/${args.length}`) {
    case 'orValue/1':
    case 'or/1':
      return [receiver, ...args].map(of).reduce(together);
    case 'value/0':
      return of(receiver);
    case 'hasValue/0':
      of(receiver);
      return nothing;
    case 'size/0':
      return measured(of(receiver));
    default:
      for (const one of [receiver, ...args]) readWhole(of(one));
      return nothing;
  }
}

function ofMacro(
  { name, receiver, variables, bodies }: MacroCall,
  names: Names | undefined,
  reading: Reading,
): Made {
  const range = made(receiver, names, reading);
  const [first = '', second] = variables;
  const isSingle = ['cel.bind', 'optMap', 'optFlatMap'].includes(name);
  const element = isSingle ? range : partsOf(range, reading, second === undefined ? 'item' : 'any');
  const inner = bindAll(
    names,
    second === undefined
      ? [[first, element]]
      : [
          [first, nothing],
          [second, element],
        ],
  );
  const results = bodies.map((body) => made(body, inner, reading));
  const result = results.at(-1) ?? nothing;
  for (const condition of results.slice(0, -1)) readWhole(condition);
  if (isSingle) return result;
  if (name === 'map' || name === 'transformList' || name === 'transformMap')
    return { ...nothing, items: result };
  readWhole(result);
  return name === 'filter' || name === 'sortBy' ? { ...nothing, items: element } : nothing;
}

function bindAll(names: Names | undefined, values: readonly (readonly [string, Made])[]): Names | undefined {
  return values.reduce<Names | undefined>((outer, [name, value]) => ({ name, value, outer }), names);
}

function readWhole({ places, items }: Made): void {
  for (const place of places) place.read = 'whole';
  if (items !== undefined) readWhole(items);
}

function together(one: Made, other: Made): Made {
  if (one === nothing) return other;
  if (other === nothing) return one;
  const places = new Set([...one.places, ...other.places]);
  if (places.size > mostOfOne) throw lost;
  if (one.items === undefined && other.items === undefined) return { places };
  return { places, items: together(one.items ?? nothing, other.items ?? nothing) };
}

/** The field of a value; of one that an expression put together it may be any part. */
function below({ places, items }: Made, name: string, reading: Reading): Made {
  const fields = new Set([...places].map((place) => belowPlace(place, { name }, reading)));
  return together({ places: fields }, items ?? nothing);
}

function partsOf({ places, items }: Made, reading: Reading, step: 'any' | 'item'): Made {
  const parts = new Set([...places].map((place) => belowPlace(place, step, reading)));
  return together({ places: parts }, items ?? nothing);
}

function belowPlace(place: Place, step: 'any' | 'item' | { readonly name: string }, reading: Reading): Place {
  const known = typeof step === 'string' ? place[step] : place.fields.get(step.name);
  if (known !== undefined) return known;
  reading.places += 1;
  if (reading.places > mostPlaces) throw lost;
  const fresh = newPlace();
  if (typeof step === 'string') place[step] = fresh;
  else place.fields.set(step.name, fresh);
  return fresh;
}

/** The place at a path, in which any number stands for all items. */
function placeAt(root: Place, path: readonly PathElement[], reading: Reading): Place {
  return path.reduce<Place>(
    (place, step) => belowPlace(place, typeof step === 'number' ? 'item' : { name: step }, reading),
    root,
  );
}

function newPlace(): Place {
  return { fields: new Map(), any: undefined, item: undefined, read: undefined };
}
