import { closestField } from '../../schema/suggestion.ts';
import { callType } from './call-type.ts';
import {
  bool,
  type CelType,
  dyn,
  formatType,
  isAssignable,
  listOf,
  mapOf,
  mostGeneral,
  optionalOf,
  string,
} from './cel-type.ts';
import { CheckError } from './check-error.ts';
import type { ExpressionProblem, Node } from './expression.ts';
import type { Names } from './names.ts';
import { binaryResult } from './operator-type.ts';
import { qualifiedName } from './qualified-name.ts';
import { typeFrom } from './signatures.ts';
import { typeNames } from './type-names.ts';

/** What an expression may use and must give. */
export interface ExpressionContext {
  /** `object`, `request` and the like; `admissionNames` gives those of policies. */
  readonly names: ReadonlyMap<string, CelType>;
  readonly variables?: ReadonlyMap<string, CelType>;
  readonly result: 'bool' | 'string' | 'string or null' | 'any';
  /** The minor version of the Kubernetes that will run it; functions that came later are refused. Absent: any. */
  readonly kubernetesMinor?: number;
}

/** Whether the API server would refuse the expression, and at which offset. */
export function checkExpression(node: Node, context: ExpressionContext): ExpressionProblem | undefined {
  const type = typeOfExpression(node, context);
  return 'problem' in type ? type : undefined;
}

/** The type that an expression gives, or why it does not compile. */
export function typeOfExpression(node: Node, context: ExpressionContext): CelType | ExpressionProblem {
  const { names, variables = new Map(), kubernetesMinor = Number.POSITIVE_INFINITY } = context;
  try {
    const type = typeOfNode(node, { names, variables, kubernetesMinor, typeOf: typeOfNode });
    return resultProblem(node, type, context) ?? type;
  } catch (error) {
    if (error instanceof CheckError) return problemOf(error);
    if (error instanceof RangeError) return { problem: 'the expression is nested too deeply', offset: 0 };
    throw error;
  }
}

function problemOf({ message, offset, meant }: CheckError): ExpressionProblem {
  return { problem: message, offset, ...(meant === undefined ? {} : { meant }) };
}

function resultProblem(
  node: Node,
  type: CelType,
  { result }: ExpressionContext,
): ExpressionProblem | undefined {
  if (result === 'any' || type.name === result) return undefined;
  if (result === 'string or null' && ['string', 'null_type'].includes(type.name)) return undefined;
  // Nothing but the type itself will do, so that a field of unknown type is refused; where it stems from a call, ours may be the narrower view.
  if (type.name === 'dyn' && !isPlainField(node)) return undefined;
  return { problem: `must evaluate to ${result} but got ${formatType(type)}`, offset: node.start };
}

function isPlainField(node: Node): boolean {
  if (node.op === 'id') return node.args !== 'variables';
  return (node.op === '.' || node.op === '[]') && isPlainField((node.args as readonly [Node])[0]);
}

/** The type of a part of an expression; throws a CheckError where it has none. */
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
    case 'map':
      return mapType(node.args as readonly (readonly [Node, Node])[], names);
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
  if (typeof value === 'string') return string;
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
  const special = specialField(operand, name, names);
  if (special !== undefined) return special;
  const isVariables = operand.op === 'id' && operand.args === 'variables' && !names.names.has('variables');
  const type = isVariables ? undefined : typeOfNode(operand, names);
  const inner = type?.name === 'optional' ? (type.of[0] ?? dyn) : type;
  const result = inner === undefined ? names.variables.get(name) : memberType(inner, name, node);
  if (result === undefined) {
    const known = inner?.fields?.() ?? names.variables;
    const meant = closestField(name, [...known.keys()]) || undefined;
    throw new CheckError(`undefined field '${name}'`, node.end - name.length, meant);
  }
  return node.op === '.?' || type?.name === 'optional' ? optionalOf(result) : result;
}

/** Names with a dot in them. */
function specialField(operand: Node, name: string, { names }: Names): CelType | undefined {
  const owner = qualifiedName(operand);
  if (owner === 'google.protobuf') return typeFrom('type');
  return owner === 'authorizer' && name === 'requestResource' && names.has(owner)
    ? typeFrom('resourceCheck')
    : undefined;
}

function memberType(type: CelType, name: string, node: Node): CelType | undefined {
  if (type.fields !== undefined) return type.fields().get(name) ?? (type.isOpen === true ? dyn : undefined);
  if (type.name === 'dyn') return dyn;
  if (type.name === 'map') return type.of[1] ?? dyn;
  throw new CheckError(`type '${formatType(type)}' does not support field selection`, node.end - name.length);
}

function indexType(node: Node, names: Names): CelType {
  const [operand, index] = node.args as readonly [Node, Node];
  const type = typeOfNode(operand, names);
  const key = typeOfNode(index, names);
  const inner = type.name === 'optional' ? (type.of[0] ?? dyn) : type;
  const result = itemType(inner, key, index);
  if (result === undefined)
    throw new CheckError(
      `found no matching overload for '_[_]' applied to '(${formatType(inner)}, ${formatType(key)})'`,
      index.start,
    );
  return node.op === '[?]' || type.name === 'optional' ? optionalOf(result) : result;
}

function itemType(type: CelType, key: CelType, index: Node): CelType | undefined {
  if (type.name === 'dyn') return dyn;
  // At runtime an object is a map, so that a field may be read like this; the server warns of it all the same.
  if (type.fields !== undefined)
    return index.op === 'value' && typeof index.args === 'string' ? memberType(type, index.args, index) : dyn;
  if (type.name === 'map') return isAssignable(type.of[0] ?? dyn, key) ? (type.of[1] ?? dyn) : undefined;
  if (type.name !== 'list') return undefined;
  return ['int', 'uint', 'double', 'dyn'].includes(key.name) ? (type.of[0] ?? dyn) : undefined;
}

function mapType(entries: readonly (readonly [Node, Node])[], names: Names): CelType {
  const keys = entries.map(([key]) => key);
  const values = entries.map(([, value]) => value);
  return mapOf(elementType(keys, names), elementType(values, names));
}

/** Kubernetes compiles with homogeneous literals: all elements have the first one's type. */
function elementType(items: readonly Node[], names: Names): CelType {
  let expected: CelType | undefined;
  for (const item of items) {
    const type = typeOfNode(item, names);
    if (expected !== undefined && !isAssignable(expected, type)) {
      throw new CheckError(
        `expected type '${formatType(expected)}' but found '${formatType(type)}'`,
        item.start,
      );
    }
    expected = expected === undefined ? type : mostGeneral(expected, type);
  }
  return expected ?? dyn;
}

function ternaryType([condition, yes, no]: readonly [Node, Node, Node], names: Names): CelType {
  expectBool(condition, names, '_?_:_');
  const [left, right] = [typeOfNode(yes, names), typeOfNode(no, names)];
  if (isAssignable(left, right)) return mostGeneral(left, right);
  throw new CheckError(
    `found no matching overload for '_?_:_' applied to '(bool, ${formatType(left)}, ${formatType(right)})'`,
    yes.start,
  );
}

function expectBool(node: Node, names: Names, operator: string): void {
  const type = typeOfNode(node, names);
  if (isAssignable(bool, type)) return;
  throw new CheckError(
    `found no matching overload for '${operator}' applied to '(${formatType(type)})'`,
    node.start,
  );
}

function binaryType(node: Node, names: Names): CelType {
  const [left, right] = node.args as readonly [Node, Node];
  const [a, b] = [typeOfNode(left, names), typeOfNode(right, names)];
  const result = binaryResult(node.op, a, b);
  if (result !== undefined) return result;
  const operator = node.op === 'in' ? '@in' : `_${node.op}_`;
  throw new CheckError(
    `found no matching overload for '${operator}' applied to '(${formatType(a)}, ${formatType(b)})'`,
    Math.min(left.end + 1, right.start),
  );
}
