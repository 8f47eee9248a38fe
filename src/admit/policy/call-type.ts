import { asMap, bool, type CelType, dyn, formatType, isAssignable, listOf, mostGeneral } from './cel-type.ts';
import { CheckError } from './check-error.ts';
import type { Node } from './expression.ts';
import { compilePattern } from './library/regex.ts';
import { macroCall } from './macro-call.ts';
import { macroType } from './macro-type.ts';
import { type Names, requireVersion } from './names.ts';
import { qualifiedName } from './qualified-name.ts';
import { type Signature, signaturesOf } from './signatures.ts';

/** The type of a call or a macro. */
export function callType(node: Node, names: Names): CelType {
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
  if (namespace !== undefined && !names.names.has(namespace)) {
    const qualified = `${namespace}.${name}`;
    if (signaturesOf(qualified).length > 0) return overloadType(qualified, undefined, args, node, names);
  }
  const owner = names.typeOf(receiver, names);
  if (name === 'orValue' || name === 'or') return fallbackType(name, owner, args, node, names);
  if (['matches', 'find', 'findAll'].includes(name)) checkPattern(args[0]);
  return overloadType(name, owner, args, node, names);
}

function hasType(node: Node, args: readonly Node[], names: Names): CelType {
  const [field] = args;
  if (args.length !== 1 || field === undefined || (field.op !== '.' && field.op !== '.?')) {
    throw new CheckError('invalid argument to has() macro', node.start);
  }
  names.typeOf(field, names);
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
  const other = args[0] === undefined ? dyn : names.typeOf(args[0], names);
  const value = owner.of[0] ?? dyn;
  const isFitting = owner.name === 'dyn' || isAssignable(name === 'or' ? owner : value, other);
  if ((owner.name !== 'optional' && owner.name !== 'dyn') || !isFitting) {
    throw new CheckError(
      `found no matching overload for '${name}' applied to '${formatType(owner)}.(${formatType(other)})'`,
      nameOffset(node),
    );
  }
  if (owner.name === 'dyn') return dyn;
  return mostGeneral(name === 'or' ? owner : value, other);
}

/** Where the name of what is called stands. */
function nameOffset(node: Node): number {
  if (node.op === 'call') return node.start;
  return (node.args as readonly [string, Node])[1].end + 1;
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
    name === 'format' && arg.op === 'list' ? mixedList(arg, names) : names.typeOf(arg, names),
  );
  const candidates = signaturesOf(name).filter(
    (signature) => (signature.receiver === undefined) === (receiver === undefined),
  );
  const offset = nameOffset(node);
  if (candidates.length === 0)
    throw new CheckError(`undeclared reference to '${name}' (in container '')`, offset);
  requireVersion(Math.min(...candidates.map((candidate) => candidate.since)), name, offset, names);
  const results = candidates.flatMap((candidate) => resultOf(candidate, receiver, types) ?? []);
  const [first] = results;
  if (first === undefined) {
    const owner = receiver === undefined ? '' : `${formatType(receiver)}.`;
    const applied = `${owner}(${types.map(formatType).join(', ')})`;
    throw new CheckError(`found no matching overload for '${name}' applied to '${applied}'`, offset);
  }
  return results.every((result) => formatType(result) === formatType(first)) ? first : dyn;
}

function mixedList(node: Node, names: Names): CelType {
  for (const item of node.args as readonly Node[]) names.typeOf(item, names);
  return listOf(dyn);
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
    const bound = bindings.get(wanted.name) ?? given;
    if (!isAssignable(bound, given)) return false;
    bindings.set(wanted.name, mostGeneral(bound, given));
    return true;
  }
  if (given.name === 'dyn' || wanted.name === 'dyn') return true;
  const { name, of } = wanted.name === 'map' ? asMap(given) : given;
  return (
    wanted.name === name && wanted.of.every((type, index) => bindTypes(type, of[index] ?? dyn, bindings))
  );
}

function substitute(type: CelType, bindings: ReadonlyMap<string, CelType>): CelType {
  if (/^[A-Z]$/.test(type.name)) return bindings.get(type.name) ?? dyn;
  return type.of.length === 0
    ? type
    : { name: type.name, of: type.of.map((part) => substitute(part, bindings)) };
}
