import { ownOf } from '../../source/own.ts';
import { bool, type CelType, dyn, int, listOf, mapOf, optionalOf, string } from './cel-type.ts';
import { CheckError } from './check-error.ts';
import { checkMacro } from './check-macro.ts';
import {
  type Called,
  type Checker,
  callResult,
  expectType,
  fieldOfType,
  freshVariable,
  mismatch,
  undeclared,
} from './checker.ts';
import { macroCall } from './macro-call.ts';
import { messageField, messageType } from './message-types.ts';
import type { Node } from './node.ts';
import { qualifiedName } from './qualified-name.ts';
import { signaturesOf } from './signatures.ts';
import { typeNames } from './type-names.ts';
import { isDyn, mostGeneral, substitute, unify } from './unify.ts';

/** The type of a part of an expression, as cel-go 0.26 checker/checker.go finds it; throws a CheckError where it has none. */
export function checkNode(node: Node, checker: Checker): CelType {
  const type = typeOf(node, checker);
  checker.types.set(node, type);
  return type;
}

function typeOf(node: Node, checker: Checker): CelType {
  switch (node.op) {
    case 'value':
      return literalType(node.args);
    case 'id':
      return identifierType(node.args as string, node.start, checker);
    case '.':
    case '.?':
      return selectionType(node, checker);
    case 'list':
      return listOf(elementType(node.args as readonly Node[], checker));
    case 'map':
      return mapType(node.args as readonly (readonly [Node, Node])[], checker);
    case 'message':
      return messageLiteralType(node, checker);
    case 'call':
    case 'rcall':
      return callType(node, checker);
    default:
      return operatorType(node, checker);
  }
}

function literalType(value: unknown): CelType {
  if (value === null) return { name: 'null_type', of: [] };
  if (typeof value === 'bigint') return int;
  if (typeof value === 'number') return { name: 'double', of: [] };
  if (typeof value === 'boolean') return bool;
  if (typeof value === 'string') return string;
  return { name: value instanceof Uint8Array ? 'bytes' : 'uint', of: [] };
}

function identifierType(name: string, offset: number, { names }: Checker): CelType {
  const type = names.get(name);
  if (type !== undefined) return type;
  if (typeNames.has(name)) return { name: 'type', of: [] };
  throw undeclared(name, offset);
}

function selectionType(node: Node, checker: Checker): CelType {
  const [operand, name] = node.args as readonly [Node, string];
  const qualified = node.op === '.' ? qualifiedName(node) : undefined;
  const declared = qualified === undefined ? undefined : checker.names.get(qualified);
  if (declared !== undefined) return declared;
  if (qualified !== undefined && messageType(qualified, checker.isMutation) !== undefined)
    return { name: 'type', of: [] };
  const type = substitute(checker.bindings, checkNode(operand, checker));
  const inner = type.name === 'optional' ? (type.of[0] ?? dyn) : type;
  const result = fieldOfType(checker, inner, name, node.end - name.length);
  return node.op === '.?' || type.name === 'optional' ? optionalOf(result) : result;
}

function mapType(entries: readonly (readonly [Node, Node])[], checker: Checker): CelType {
  // Keys and values are checked in turn, as they stand.
  let key: CelType | undefined;
  let value: CelType | undefined;
  for (const [keyNode, valueNode] of entries) {
    key = joined(checker, key, checkNode(keyNode, checker));
    value = joined(checker, value, itemType(valueNode, checker));
  }
  return mapOf(key ?? freshVariable(checker), value ?? freshVariable(checker));
}

function elementType(items: readonly Node[], checker: Checker): CelType {
  let type: CelType | undefined;
  for (const item of items) type = joined(checker, type, itemType(item, checker));
  return type ?? freshVariable(checker);
}

/** What differs makes the whole dynamic here; that literals hold one type is asked afterwards. */
function joined(checker: Checker, previous: CelType | undefined, current: CelType): CelType {
  if (previous === undefined) return current;
  return unify(checker.bindings, previous, current) ? mostGeneral(previous, current) : dyn;
}

function itemType(node: Node, checker: Checker): CelType {
  if (node.op !== '?') return checkNode(node, checker);
  const inner = node.args as Node;
  const type = substitute(checker.bindings, checkNode(inner, checker));
  if (type.name === 'optional') return type.of[0] ?? dyn;
  if (isDyn(type)) return type;
  throw mismatch(checker, optionalOf(type), type, inner.start);
}

function messageLiteralType(node: Node, checker: Checker): CelType {
  const [name, entries] = node.args as readonly [string, readonly (readonly [string, Node, boolean])[]];
  const type = messageType(name, checker.isMutation);
  if (type === undefined) throw undeclared(name, node.start);
  for (const [field, value, isOptional] of entries) {
    const wanted = messageField(name, field);
    if (wanted === undefined) throw new CheckError(`undefined field '${field}'`, value.start);
    const given = checkNode(value, checker);
    expectType(checker, isOptional ? optionalOf(wanted) : wanted, given, value.start);
  }
  return type;
}

const operatorNames: Readonly<Record<string, string>> = {
  in: '@in',
  '[]': '_[_]',
  '[?]': '_[?_]',
  '?:': '_?_:_',
};

function operatorType(node: Node, checker: Checker): CelType {
  const operands =
    node.op === '!_' || node.op === '-_' ? [node.args as Node] : (node.args as readonly Node[]);
  const types = operands.map((operand) => checkNode(operand, checker));
  const name = ownOf(operatorNames, node.op) ?? (operands.length === 1 ? node.op : `_${node.op}_`);
  // cel-go checks the operands of a chain one by one.
  if (node.op === '&&' || node.op === '||') {
    for (const [index, type] of types.entries()) expectType(checker, bool, type, operands[index]?.start ?? 0);
    return bool;
  }
  return callResult(checker, { node, name, offset: operatorOffset(node, operands) }, undefined, types);
}

function operatorOffset({ op, start }: Node, [left, right]: readonly Node[]): number {
  if (left === undefined || right === undefined) return start;
  return op === '?:' ? right.start : Math.min(left.end + 1, right.start);
}

function callType(node: Node, checker: Checker): CelType {
  const macro = macroCall(node);
  if (macro !== undefined) return checkMacro(macro, node, checker, checkNode);
  if (node.op === 'call') {
    const [name, args] = node.args as readonly [string, readonly Node[]];
    if (name === 'has' && args.length === 1) return presenceType(args[0] as Node, checker);
    const types = args.map((arg) => checkNode(arg, checker));
    return callResult(checker, { node, name, offset: node.start }, undefined, types);
  }
  return methodType(node, checker);
}

function methodType(node: Node, checker: Checker): CelType {
  const [name, receiver, args] = node.args as readonly [string, Node, readonly Node[]];
  const called: Called = { node, name, offset: receiver.end + 1 };
  const types = args.map((arg) => checkNode(arg, checker));
  const namespace = qualifiedName(receiver);
  const qualified = namespace === undefined ? undefined : `${namespace}.${name}`;
  if (qualified !== undefined && signaturesOf(qualified).some((one) => one.receiver === undefined))
    return callResult(checker, { ...called, name: qualified }, undefined, types);
  if (checker.isMutation && qualified === 'jsonpatch.escapeKey') return escapedKeyType(args, types, checker);
  const owner = checkNode(receiver, checker);
  return callResult(checker, called, owner, types);
}

/** The one function that only mutations have. */
function escapedKeyType(args: readonly Node[], types: readonly CelType[], checker: Checker): CelType {
  const [arg, ...others] = args;
  if (arg === undefined || others.length > 0)
    throw new CheckError('jsonpatch.escapeKey takes one argument', others[0]?.start ?? 0);
  expectType(checker, string, types[0] ?? dyn, arg.start);
  return string;
}

function presenceType(field: Node, checker: Checker): CelType {
  if (field.op !== '.') throw new CheckError('invalid argument to has() macro', field.start);
  const [operand, name] = field.args as readonly [Node, string];
  const type = substitute(checker.bindings, checkNode(operand, checker));
  const inner = type.name === 'optional' ? (type.of[0] ?? dyn) : type;
  fieldOfType(checker, inner, name, field.end - name.length);
  return bool;
}
