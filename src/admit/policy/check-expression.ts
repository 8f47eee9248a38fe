import type { ExpressionProblem, Node } from './expression.ts';
import { compilePattern } from './library/regex.ts';
import { type MacroCall, macroCall } from './macro-call.ts';
import { type CelType, type Signature, signaturesOf, typeFrom } from './signatures.ts';
import { typeNames } from './type-names.ts';

/** What an expression may use and must give. */
export interface ExpressionContext {
  readonly variables: ReadonlySet<string>;
  readonly hasParams: boolean;
  readonly result: 'bool' | 'string' | 'any';
  /** The minor version of the Kubernetes that will run it; functions that came later are refused. Absent: any. */
  readonly kubernetesMinor?: number;
}

/** Whether the API server would refuse the expression, and at which offset; objects are dyn to it, so only the rest is checked. */
export function checkExpression(node: Node, context: ExpressionContext): ExpressionProblem | undefined {
  const names = new Map<string, CelType>();
  for (const name of ['object', 'oldObject', 'request', 'namespaceObject', 'authorizer'])
    names.set(name, dyn);
  if (context.hasParams) names.set('params', dyn);
  try {
    const type = typeOfNode(node, {
      names,
      variables: context.variables,
      kubernetesMinor: context.kubernetesMinor ?? Number.POSITIVE_INFINITY,
    });
    if (context.result === 'any' || type.name === 'dyn' || type.name === context.result) return undefined;
    return { problem: `must evaluate to ${context.result}, not ${format(type)}`, offset: node.start };
  } catch (error) {
    if (error instanceof CheckError) return { problem: error.message, offset: error.offset };
    if (error instanceof RangeError) return { problem: 'the expression is nested too deeply', offset: 0 };
    throw error;
  }
}

class CheckError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.name = 'CheckError';
    this.offset = offset;
  }
}

interface Names {
  readonly names: ReadonlyMap<string, CelType>;
  readonly variables: ReadonlySet<string>;
  readonly kubernetesMinor: number;
}

const dyn = typeFrom('dyn');
const bool = typeFrom('bool');

function typeOfNode(node: Node, names: Names): CelType {
  switch (node.op) {
    case 'value':
      return literalType(node.args);
    case 'id':
      return identifierType(node, names);
    case '.':
    case '.?':
      return fieldType(node, names);
    case '[]':
    case '[?]':
      return indexType(node, names);
    case 'list':
      return listOf(elementType(node.args as readonly Node[], names));
    case 'map': {
      const entries = node.args as readonly (readonly [Node, Node])[];
      const key = elementType(
        entries.map((entry) => entry[0]),
        names,
      );
      return {
        name: 'map',
        of: [
          key,
          elementType(
            entries.map((entry) => entry[1]),
            names,
          ),
        ],
      };
    }
    case '?:':
      return ternaryType(node.args as readonly [Node, Node, Node], names);
    case '||':
    case '&&':
      for (const side of node.args as readonly Node[]) expectBool(side, names, `_${node.op}_`);
      return bool;
    case '!_':
      expectBool(node.args as Node, names, '!_');
      return bool;
    case '-_':
      return typeOfNode(node.args as Node, names);
    case 'call':
    case 'rcall':
      return callType(node, names);
    default:
      return binaryType(node, names);
  }
}

function literalType(value: unknown): CelType {
  if (value === null) return typeFrom('null_type');
  if (typeof value === 'bigint') return typeFrom('int');
  if (typeof value === 'number') return typeFrom('double');
  if (typeof value === 'boolean') return bool;
  if (typeof value === 'string') return typeFrom('string');
  return typeFrom(value instanceof Uint8Array ? 'bytes' : 'uint');
}

function identifierType(node: Node, { names }: Names): CelType {
  const name = node.args as string;
  if (typeNames.has(name)) return typeFrom('type');
  const type = names.get(name);
  if (type === undefined)
    throw new CheckError(`undeclared reference to '${name}' (in container '')`, node.start);
  return type;
}

function fieldType(node: Node, names: Names): CelType {
  const [operand, name] = node.args as readonly [Node, string];
  if (operand.op === 'id' && operand.args === 'variables') {
    if (!names.variables.has(name)) throw new CheckError(`undefined field '${name}'`, node.start);
    return dyn;
  }
  if (operand.op === '.' && qualifiedName(operand) === 'google.protobuf') return typeFrom('type');
  const type = typeOfNode(operand, names);
  const inner = type.name === 'optional' ? (type.of[0] ?? dyn) : type;
  if (inner.name !== 'dyn' && inner.name !== 'map') {
    throw new CheckError(`type '${format(inner)}' does not support field selection`, node.start);
  }
  const result = inner.of[1] ?? dyn;
  return node.op === '.?' || type.name === 'optional' ? { name: 'optional', of: [result] } : result;
}

function indexType(node: Node, names: Names): CelType {
  const [operand, index] = node.args as readonly [Node, Node];
  const type = typeOfNode(operand, names);
  typeOfNode(index, names);
  const inner = type.name === 'optional' ? (type.of[0] ?? dyn) : type;
  const result = inner.name === 'list' ? inner.of[0] : inner.name === 'map' ? inner.of[1] : dyn;
  return node.op === '[?]' || type.name === 'optional'
    ? { name: 'optional', of: [result ?? dyn] }
    : (result ?? dyn);
}

/** Kubernetes compiles with homogeneous literals: all elements have the first one's type. */
function elementType(items: readonly Node[], names: Names): CelType {
  let expected: CelType | undefined;
  for (const item of items) {
    const type = typeOfNode(item, names);
    if (expected !== undefined && !isAssignable(expected, type)) {
      throw new CheckError(`expected type '${format(expected)}' but found '${format(type)}'`, item.start);
    }
    if (expected === undefined || expected.name === 'dyn') expected = type;
  }
  return expected ?? dyn;
}

function listOf(item: CelType): CelType {
  return { name: 'list', of: [item] };
}

function ternaryType([condition, yes, no]: readonly [Node, Node, Node], names: Names): CelType {
  expectBool(condition, names, '_?_:_');
  const [left, right] = [typeOfNode(yes, names), typeOfNode(no, names)];
  if (isAssignable(left, right)) return left.name === 'dyn' ? right : left;
  throw new CheckError(
    `found no matching overload for '_?_:_' applied to '(bool, ${format(left)}, ${format(right)})'`,
    yes.start,
  );
}

function expectBool(node: Node, names: Names, operator: string): void {
  const type = typeOfNode(node, names);
  if (isAssignable(bool, type)) return;
  throw new CheckError(
    `found no matching overload for '${operator}' applied to '(${format(type)})'`,
    node.start,
  );
}

const numbers = new Set(['int', 'uint', 'double']);
const ordered = new Set(['int', 'uint', 'double', 'string', 'bool', 'bytes', 'duration', 'timestamp']);
const added = new Set(['int', 'uint', 'double', 'string', 'bytes', 'list', 'duration', 'timestamp']);

function binaryType(node: Node, names: Names): CelType {
  const [left, right] = node.args as readonly [Node, Node];
  const [a, b] = [typeOfNode(left, names), typeOfNode(right, names)];
  const result = binaryResult(node.op, a, b);
  if (result !== undefined) return result;
  const problem = `found no matching overload for '_${node.op}_' applied to '(${format(a)}, ${format(b)})'`;
  throw new CheckError(problem, operatorOffset(left, right));
}

function operatorOffset(left: Node, right: Node): number {
  return Math.min(left.end + 1, right.start);
}

function binaryResult(op: string, a: CelType, b: CelType): CelType | undefined {
  const isDyn = a.name === 'dyn' || b.name === 'dyn';
  switch (op) {
    case '==':
    case '!=':
      return isAssignable(a, b) || a.name === 'null_type' || b.name === 'null_type' ? bool : undefined;
    case 'in': {
      const item =
        b.name === 'list' ? b.of[0] : b.name === 'map' ? b.of[0] : b.name === 'dyn' ? dyn : undefined;
      return item !== undefined && isAssignable(item, a) ? bool : undefined;
    }
    case '<':
    case '<=':
    case '>':
    case '>=':
      if (isDyn || (numbers.has(a.name) && numbers.has(b.name))) return bool;
      return a.name === b.name && ordered.has(a.name) ? bool : undefined;
    case '+':
    case '-':
      if (isDyn) return a.name === 'dyn' ? (b.name === 'list' ? b : dyn) : a.name === 'list' ? a : dyn;
      if (a.name === 'timestamp' || b.name === 'timestamp')
        return typeFrom(op === '-' && a.name === b.name ? 'duration' : 'timestamp');
      return isAssignable(a, b) &&
        added.has(a.name) &&
        (op === '+' || numbers.has(a.name) || a.name === 'duration')
        ? a
        : undefined;
    default:
      if (isDyn) return dyn;
      return a.name === b.name && numbers.has(a.name) && (op !== '%' || a.name !== 'double') ? a : undefined;
  }
}

function callType(node: Node, names: Names): CelType {
  const macro = macroCall(node);
  if (macro !== undefined) return macroType(macro, names);
  if (node.op === 'call') {
    const [name, args] = node.args as readonly [string, readonly Node[]];
    if (name === 'has') return hasType(node, args, names);
    checkPattern(name === 'matches' ? args[1] : undefined);
    return overloadType(name, undefined, args, node, names);
  }
  const [name, receiver, args] = node.args as readonly [string, Node, readonly Node[]];
  const namespace = qualifiedName(receiver);
  if (namespace !== undefined && !names.names.has(namespace) && isNamespaced(`${namespace}.${name}`)) {
    return overloadType(`${namespace}.${name}`, undefined, args, node, names);
  }
  const owner = typeOfNode(receiver, names);
  if (name === 'orValue' || name === 'or') return fallbackType(name, owner, args, node, names);
  if (['matches', 'find', 'findAll'].includes(name)) checkPattern(args[0]);
  return overloadType(name, owner, args, node, names);
}

function isNamespaced(name: string): boolean {
  return name.startsWith('math.') || signaturesOf(name).length > 0;
}

function hasType(node: Node, args: readonly Node[], names: Names): CelType {
  const [field] = args;
  if (args.length !== 1 || field === undefined || (field.op !== '.' && field.op !== '.?')) {
    throw new CheckError('invalid argument to has() macro', node.start);
  }
  typeOfNode(field, names);
  return bool;
}

function checkPattern(node: Node | undefined): void {
  if (node?.op !== 'value' || typeof node.args !== 'string') return;
  const program = compilePattern(node.args);
  if (typeof program === 'string') throw new CheckError(`invalid matches argument: ${program}`, node.start);
}

function fallbackType(
  name: string,
  owner: CelType,
  args: readonly Node[],
  node: Node,
  names: Names,
): CelType {
  const other = args[0] === undefined ? dyn : typeOfNode(args[0], names);
  if (owner.name !== 'optional' && owner.name !== 'dyn') {
    throw new CheckError(
      `found no matching overload for '${name}' applied to '${format(owner)}.(${format(other)})'`,
      node.end - 1,
    );
  }
  if (name === 'or') return owner;
  const value = owner.of[0] ?? dyn;
  return value.name === 'dyn' ? dyn : value;
}

function macroType(call: MacroCall, names: Names): CelType {
  // Kubernetes 1.32 brought cel-go's two-variable comprehensions.
  if (call.variables.length > 1)
    requireVersion(32, `${call.name} with two variables`, call.receiver.end, names);
  const range = typeOfNode(call.receiver, names);
  const [first = '', second] = call.variables;
  const bound = new Map(names.names);
  const [key, value] = rangeTypes(call, range);
  bound.set(first, second === undefined && range.name !== 'map' ? value : key);
  if (second !== undefined) bound.set(second, value);
  const types = call.bodies.map((body) => typeOfNode(body, { ...names, names: bound }));
  const result = types.at(-1) ?? dyn;
  if (
    ['all', 'exists', 'exists_one', 'existsOne', 'filter'].includes(call.name) &&
    !isAssignable(bool, result)
  ) {
    throw new CheckError(
      `the predicate of ${call.name} must be bool, not ${format(result)}`,
      call.bodies[0]?.start ?? 0,
    );
  }
  switch (call.name) {
    case 'cel.bind':
      return result;
    case 'filter':
    case 'sortBy':
      return range.name === 'list' ? range : listOf(dyn);
    case 'map':
    case 'transformList':
      return listOf(result);
    case 'transformMap':
      return { name: 'map', of: [key, result] };
    case 'transformMapEntry':
      return result;
    case 'optMap':
      return { name: 'optional', of: [result] };
    case 'optFlatMap':
      return result;
    default:
      return bool;
  }
}

function rangeTypes(call: MacroCall, range: CelType): readonly [CelType, CelType] {
  if (call.name === 'cel.bind') return [range, range];
  if (call.name === 'optMap' || call.name === 'optFlatMap') return [range.of[0] ?? dyn, range.of[0] ?? dyn];
  if (range.name === 'map') return [range.of[0] ?? dyn, range.of[1] ?? dyn];
  if (range.name === 'list') return [typeFrom('int'), range.of[0] ?? dyn];
  if (range.name === 'dyn') return [dyn, dyn];
  const problem = `expression of type '${format(range)}' cannot be range of a comprehension (must be list, map, or dynamic)`;
  throw new CheckError(problem, call.receiver.start);
}

function overloadType(
  name: string,
  receiver: CelType | undefined,
  args: readonly Node[],
  node: Node,
  names: Names,
): CelType {
  // ext.Strings: the arguments of format() are the one list that may mix types.
  const types = args.map((arg) =>
    name === 'format' && arg.op === 'list' ? mixedList(arg, names) : typeOfNode(arg, names),
  );
  if (name.startsWith('math.')) return dyn;
  const candidates = signaturesOf(name).filter(
    (signature) => (signature.receiver === undefined) === (receiver === undefined),
  );
  const offset =
    node.start + (name.includes('.') || receiver === undefined ? (name.split('.').at(-1)?.length ?? 0) : 0);
  if (candidates.length === 0)
    throw new CheckError(`undeclared reference to '${name}' (in container '')`, offset);
  requireVersion(Math.min(...candidates.map((candidate) => candidate.since)), name, offset, names);
  const results = candidates.flatMap((candidate) => resultOf(candidate, receiver, types) ?? []);
  const [first] = results;
  if (first === undefined) {
    const applied = `${receiver === undefined ? '' : `${format(receiver)}.`}(${types.map(format).join(', ')})`;
    throw new CheckError(`found no matching overload for '${name}' applied to '${applied}'`, node.end - 1);
  }
  return results.every((result) => format(result) === format(first)) ? first : dyn;
}

function mixedList(node: Node, names: Names): CelType {
  for (const item of node.args as readonly Node[]) typeOfNode(item, names);
  return listOf(dyn);
}

function requireVersion(since: number, name: string, offset: number, { kubernetesMinor }: Names): void {
  if (since <= kubernetesMinor) return;
  throw new CheckError(`${name} needs Kubernetes 1.${since}, the target is 1.${kubernetesMinor}`, offset);
}

/** The result type where the overload takes these arguments. */
function resultOf(
  signature: Signature,
  receiver: CelType | undefined,
  args: readonly CelType[],
): CelType | undefined {
  if (signature.args.length !== args.length) return undefined;
  const bindings = new Map<string, CelType>();
  const given = receiver === undefined ? args : [receiver, ...args];
  const wanted = signature.receiver === undefined ? signature.args : [signature.receiver, ...signature.args];
  if (!wanted.every((type, index) => bindTypes(type, given[index] ?? dyn, bindings))) return undefined;
  return substitute(signature.result, bindings);
}

function bindTypes(wanted: CelType, given: CelType, bindings: Map<string, CelType>): boolean {
  if (/^[A-Z]$/.test(wanted.name)) {
    const bound = bindings.get(wanted.name);
    if (bound === undefined || bound.name === 'dyn') bindings.set(wanted.name, given);
    return bound === undefined || isAssignable(bound, given);
  }
  if (given.name === 'dyn' || wanted.name === 'dyn') return true;
  return (
    wanted.name === given.name &&
    wanted.of.every((type, index) => bindTypes(type, given.of[index] ?? dyn, bindings))
  );
}

function substitute(type: CelType, bindings: ReadonlyMap<string, CelType>): CelType {
  if (/^[A-Z]$/.test(type.name)) return bindings.get(type.name) ?? dyn;
  return type.of.length === 0
    ? type
    : { name: type.name, of: type.of.map((part) => substitute(part, bindings)) };
}

function isAssignable(wanted: CelType, given: CelType): boolean {
  if (wanted.name === 'dyn' || given.name === 'dyn') return true;
  return (
    wanted.name === given.name && wanted.of.every((type, index) => isAssignable(type, given.of[index] ?? dyn))
  );
}

function qualifiedName(node: Node): string | undefined {
  if (node.op === 'id') return node.args as string;
  if (node.op !== '.') return undefined;
  const [operand, name] = node.args as readonly [Node, string];
  const left = qualifiedName(operand);
  return left === undefined ? undefined : `${left}.${name}`;
}

const spelled: Readonly<Record<string, string>> = {
  duration: 'google.protobuf.Duration',
  timestamp: 'google.protobuf.Timestamp',
  optional: 'optional_type',
  ip: 'net.IP',
  cidr: 'net.CIDR',
  url: 'kubernetes.URL',
  quantity: 'kubernetes.Quantity',
  semver: 'kubernetes.Semver',
  format: 'kubernetes.NamedFormat',
};

/** A type in cel-go's spelling. */
function format(type: CelType): string {
  const name = spelled[type.name] ?? type.name;
  return type.of.length === 0 ? name : `${name}(${type.of.map(format).join(', ')})`;
}
