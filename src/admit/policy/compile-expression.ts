import { CelError, isAbsorbable, noSuchOverload } from './cel-error.ts';
import {
  type CelKey,
  type CelValue,
  entryOf,
  fieldOf,
  isList,
  isMap,
  isOptional,
  keyText,
  kind,
  lift,
  mapKey,
  noMapping,
  optional,
  typeNamed,
  uint,
} from './cel-value.ts';
import { compileMacro } from './comprehension.ts';
import { functions, methods } from './library/functions.ts';
import { messageValue } from './message-value.ts';
import type { Node } from './node.ts';
import { applyBinary, type BinaryOperator, booleanOf, negate } from './operators.ts';
import { qualifiedName } from './qualified-name.ts';
import { charge, lookUp, type Run, type Scope } from './scope.ts';
import { typeNames } from './type-names.ts';

const compiled = new WeakMap<Node, Run>();

/** The program of a node; made once, so that explaining a result costs no second compilation. */
export function compileNode(node: Node): Run {
  let run = compiled.get(node);
  if (run === undefined) {
    run = compileFresh(node);
    compiled.set(node, run);
  }
  return run;
}

function compileFresh(node: Node): Run {
  switch (node.op) {
    case 'value': {
      const value = literal(node.args);
      return () => value;
    }
    case 'id':
      return compileIdentifier(node.args as string);
    case '.':
    case '.?':
      return compileField(node);
    case '[]':
    case '[?]':
      return compileIndex(node);
    case 'call':
    case 'rcall':
      return compileMacro(node, compileNode) ?? compileCall(node);
    case 'list':
      return compileList(node.args as readonly Node[]);
    case 'message':
      return compileMessage(node);
    case 'map':
      return compileMap(node.args as readonly (readonly [Node, Node])[]);
    case '?:':
      return compileTernary(node.args as readonly [Node, Node, Node]);
    case '||':
      return compileLogical(node.args as readonly [Node, Node], true);
    case '&&':
      return compileLogical(node.args as readonly [Node, Node], false);
    case '!_': {
      const run = compileNode(node.args as Node);
      return (scope) => !booleanOf(run(scope));
    }
    case '-_': {
      const run = compileNode(node.args as Node);
      return (scope) => negate(run(scope));
    }
    default:
      return compileBinary(node);
  }
}

/** A literal as the parser gives it: integers are bigint, doubles are number. */
function literal(value: unknown): CelValue {
  if (typeof value === 'number') return { [kind]: 'double', value };
  if (typeof value === 'object' && value !== null && 'uint' in value) return uint(value.uint as bigint);
  return value as CelValue;
}

function compileIdentifier(name: string): Run {
  if (typeNames.has(name)) {
    const type = typeNamed(name);
    return () => type;
  }
  return (scope) => {
    charge(scope.root, 1);
    return lookUp(scope, name);
  };
}

function compileField(node: Node): Run {
  const [operand, name] = node.args as readonly [Node, string];
  if (operand.op === 'id' && operand.args === 'variables') return compileVariable(name);
  const qualified = qualifiedName(node);
  if (qualified?.startsWith('google.protobuf.')) {
    const type = typeNamed(qualified);
    return () => type;
  }
  const run = compileNode(operand);
  if (operand.op === 'id' && operand.args === 'request' && name === 'userInfo') return compileUserInfo(run);
  if (node.op === '.?') return wrapped(node);
  return (scope) => {
    const value = run(scope);
    const found = fieldOf(value, name);
    if (found === noMapping || found === undefined) return select(value, name, scope);
    charge(scope.root, 1);
    return found;
  };
}

/** Who asks is not written in a file; where a test gives it, it is read. */
function compileUserInfo(run: Run): Run {
  return (scope) => {
    const request = run(scope);
    const found = isMap(request) ? entryOf(request, 'userInfo') : undefined;
    if (found === undefined)
      throw new CelError('the requesting user cannot be known outside the cluster', 'unknown');
    return found;
  };
}

function compileVariable(name: string): Run {
  return (scope) => {
    charge(scope.root, 1);
    const value = scope.root.variable(name);
    if (value === undefined) throw new CelError(`undefined field '${name}'`);
    return value;
  };
}

/** The index that a key means; not a number where it means none. */
function indexOf(key: CelValue): number {
  const known = mapKey(key);
  return typeof known === 'object' ? Number.NaN : Number(known);
}

/** `value.key` or `value[key]`. */
export function select(value: CelValue, key: CelValue, scope: Scope): CelValue {
  charge(scope.root, 1);
  if (isOptional(value)) return selectOptional(value, key, scope);
  if (isMap(value)) {
    const found = entryOf(value, key);
    if (found === undefined) throw new CelError(`no such key: ${keyText(key)}`);
    return found;
  }
  if (!isList(value)) throw typeof key === 'string' ? new CelError(`no such key: ${key}`) : noSuchOverload();
  const index = indexOf(key);
  if (typeof key === 'string' || typeof key === 'boolean' || !Number.isInteger(index)) throw noSuchOverload();
  const found = value[index];
  if (found === undefined || index < 0) throw new CelError(`index out of bounds: ${index}`);
  return lift(found);
}

/** `value.?key` or `value[?key]`: the field if it is there. */
export function selectOptional(value: CelValue, key: CelValue, scope: Scope): CelValue {
  return optional(entryIfAny(value, key, scope));
}

function entryIfAny(value: CelValue | undefined, key: CelValue, scope: Scope): CelValue | undefined {
  charge(scope.root, 1);
  const inner = isOptional(value) ? value.value : value;
  // A null that a declared field holds has no fields, as in an object of the API server.
  if (inner === undefined || inner === null) return undefined;
  if (isMap(inner)) return entryOf(inner, key);
  if (isList(inner)) {
    const found = typeof key === 'bigint' && key >= 0n ? inner[Number(key)] : undefined;
    return found === undefined ? undefined : lift(found);
  }
  throw noSuchOverload();
}

function compileIndex(node: Node): Run {
  const [operand, index] = node.args as readonly [Node, Node];
  const run = compileNode(operand);
  const runIndex = compileNode(index);
  if (node.op === '[?]') return wrapped(node);
  return (scope) => select(run(scope), runIndex(scope), scope);
}

function compileCall(node: Node): Run {
  if (node.op === 'call') {
    const [name, args] = node.args as readonly [string, readonly Node[]];
    return compileFunction(functions.get(name), name, args.map(compileNode));
  }
  const [name, receiver, args] = node.args as readonly [string, Node, readonly Node[]];
  const namespace = qualifiedName(receiver);
  const qualified = namespace === undefined ? undefined : functions.get(`${namespace}.${name}`);
  if (qualified !== undefined) return compileFunction(qualified, name, args.map(compileNode));
  if (name === 'orValue' || name === 'or') return compileOr(name, receiver, args);
  return compileFunction(methods.get(name), name, [receiver, ...args].map(compileNode));
}

type Implementation = (args: readonly CelValue[], scope: Scope) => CelValue;

function compileFunction(
  implementation: Implementation | undefined,
  name: string,
  args: readonly Run[],
): Run {
  if (implementation === undefined) {
    return (scope) => {
      // What an authorizer is asked is unknown before anything is called.
      for (const arg of args) arg(scope);
      throw new CelError(`undeclared reference to '${name}' (in container '')`);
    };
  }
  const [first, second] = args;
  // Nearly all calls have one or two operands, and need no list made of a list.
  if (first !== undefined && args.length === 1)
    return (scope) => {
      charge(scope.root, 1);
      return implementation([first(scope)], scope);
    };
  if (first !== undefined && second !== undefined && args.length === 2)
    return (scope) => {
      charge(scope.root, 1);
      return implementation([first(scope), second(scope)], scope);
    };
  return (scope) => {
    charge(scope.root, 1);
    return implementation(
      args.map((arg) => arg(scope)),
      scope,
    );
  };
}

/** `orValue` and `or` evaluate their argument only where there is no value. */
function compileOr(name: string, receiver: Node, args: readonly Node[]): Run {
  const maybe = compileOptional(receiver);
  const [argument] = args;
  if (argument === undefined) return () => fail(noSuchOverload());
  const other = compileNode(argument);
  if (name === 'orValue') return (scope) => maybe(scope) ?? other(scope);
  return (scope) => {
    const value = maybe(scope);
    return value === undefined ? other(scope) : optional(value);
  };
}

/** An optional without its wrapping: undefined where there is no value. */
type Maybe = (scope: Scope) => CelValue | undefined;

/**
 * Compiles a node that has to be an optional. Chains such as `a.?b.?c.or(d.?e).orValue(f)` are most of what policies
 * consist of, and make no object for each of their steps this way.
 */
function compileOptional(node: Node): Maybe {
  if (node.op === '.?' || node.op === '[?]') return compileOptionalStep(node);
  if (node.op === 'rcall') {
    const [name, receiver, args] = node.args as readonly [string, Node, readonly Node[]];
    if (name === 'or' && args[0] !== undefined) {
      const [first, second] = [compileOptional(receiver), compileOptional(args[0])];
      return (scope) => first(scope) ?? second(scope);
    }
  }
  const run = compileNode(node);
  return (scope) => {
    const value = run(scope);
    return isOptional(value) ? value.value : fail(noSuchOverload());
  };
}

function compileOptionalStep(node: Node): Maybe {
  const [operand, key] = node.args as readonly [Node, Node | string];
  const isChained = operand.op === '.?' || operand.op === '[?]';
  const outer: Maybe = isChained ? compileOptionalStep(operand) : compileNode(operand);
  if (typeof key === 'string')
    return (scope) => {
      const value = outer(scope);
      const found = fieldOf(value, key);
      if (found === noMapping) return entryIfAny(value, key, scope);
      charge(scope.root, 1);
      return found;
    };
  const runKey = compileNode(key);
  return (scope) => {
    const value = outer(scope);
    return entryIfAny(value, runKey(scope), scope);
  };
}

function wrapped(node: Node): Run {
  const maybe = compileOptionalStep(node);
  return (scope) => optional(maybe(scope));
}

function fail(error: CelError): never {
  throw error;
}

function compileList(items: readonly Node[]): Run {
  if (items.some(({ op }) => op === '?')) return compileSparseList(items);
  if (items.every(({ op }) => op === 'value')) {
    const list = items.map(({ args }) => literal(args));
    return (scope) => {
      charge(scope.root, 10);
      return list;
    };
  }
  const runs = items.map(compileNode);
  return (scope) => {
    charge(scope.root, 10);
    return runs.map((run) => run(scope));
  };
}

/** A list with items that are left out where they have no value. */
function compileSparseList(items: readonly Node[]): Run {
  const runs = items.map((item) =>
    item.op === '?' ? { maybe: compileOptional(item.args as Node) } : { run: compileNode(item) },
  );
  return (scope) => {
    charge(scope.root, 10);
    const list: CelValue[] = [];
    for (const { maybe, run } of runs as readonly { maybe?: Maybe; run?: Run }[]) {
      const value = maybe === undefined ? run?.(scope) : maybe(scope);
      if (value !== undefined) list.push(value);
    }
    return list;
  };
}

function compileMessage(node: Node): Run {
  const [name, entries] = node.args as readonly [string, readonly (readonly [string, Node, boolean])[]];
  const runs = entries.map(([field, value, isOptional]) => ({
    field,
    maybe: isOptional ? compileOptional(value) : compileNode(value),
  }));
  return (scope) => {
    const fields = new Map<string, CelValue>();
    for (const { field, maybe } of runs) {
      const value = maybe(scope);
      if (value !== undefined) fields.set(field, value);
    }
    return messageValue(name, fields);
  };
}

function compileMap(entries: readonly (readonly [Node, Node])[]): Run {
  const runs = entries.map(([key, value]) => {
    const isOptional = value.op === '?';
    return [compileNode(key), isOptional ? compileOptional(value.args as Node) : compileNode(value)] as const;
  });
  return (scope) => {
    charge(scope.root, 30);
    const map = new Map<CelKey, CelValue>();
    for (const [key, value] of runs) {
      const name = mapKey(key(scope));
      const found = value(scope);
      if (found !== undefined) map.set(name, found);
    }
    return map;
  };
}

function compileTernary([condition, yes, no]: readonly [Node, Node, Node]): Run {
  const [runCondition, runYes, runNo] = [compileNode(condition), compileNode(yes), compileNode(no)];
  return (scope) => (booleanOf(runCondition(scope)) ? runYes(scope) : runNo(scope));
}

/** `||` (decided by true) and `&&` (decided by false): the deciding side wins over an error of the other. */
function compileLogical([left, right]: readonly [Node, Node], deciding: boolean): Run {
  const [runLeft, runRight] = [compileNode(left), compileNode(right)];
  return (scope) => {
    const first = decided(runLeft, scope);
    if (first === deciding) return deciding;
    if (!(first instanceof CelError)) return booleanOf(runRight(scope));
    // The left side failed: the right one may still decide. Each runs once, or failures in one another would double at every level.
    if (decided(runRight, scope) === deciding) return deciding;
    throw first;
  };
}

function decided(run: Run, scope: Scope): boolean | CelError {
  try {
    return booleanOf(run(scope));
  } catch (error) {
    if (!isAbsorbable(error)) throw error;
    return error;
  }
}

function compileBinary(node: Node): Run {
  const [left, right] = node.args as readonly [Node, Node];
  const [runLeft, runRight] = [compileNode(left), compileNode(right)];
  const op = node.op as BinaryOperator;
  const isEquality = op === '==' || op === '!=';
  return (scope) => {
    const a = runLeft(scope);
    const b = runRight(scope);
    charge(scope.root, binaryCost(a, b));
    if (isEquality && typeof a === 'string' && typeof b === 'string') return (a === b) === (op === '==');
    return applyBinary(op, a, b);
  };
}

/** Strings and lists cost by their length, as in cel-go's runtime cost tracker. */
function binaryCost(a: CelValue, b: CelValue): number {
  return 1 + sizeCost(a) + sizeCost(b);
}

function sizeCost(value: CelValue): number {
  if (typeof value === 'string') return Math.ceil(value.length / 10);
  return isList(value) ? value.length : 0;
}
