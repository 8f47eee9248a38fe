import { closestField } from '../../schema/suggestion.ts';
import { type CelType, dyn, formatType, typeVariable } from './cel-type.ts';
import { CheckError } from './check-error.ts';
import { isMutationType, messageField } from './message-types.ts';
import type { Node } from './node.ts';
import { type Signature, signaturesOf } from './signatures.ts';
import { type Bindings, isDyn, isExact, substitute, unify, unifyAll } from './unify.ts';

/** The check of one expression: what may be named, and what was found out so far. */
export interface Checker {
  readonly names: ReadonlyMap<string, CelType>;
  /** The minor version of Kubernetes that will run it. */
  readonly kubernetesMinor: number;
  readonly bindings: Bindings;
  /** The types of all parts, before the last of their variables are known. */
  readonly types: Map<Node, CelType>;
  /** The overloads that a call may mean. */
  readonly overloads: Map<Node, readonly Signature[]>;
  readonly counter: { variables: number };
  /** Whether it is the expression of a mutation, which makes objects and patches. */
  readonly isMutation: boolean;
}

export function newChecker(
  names: ReadonlyMap<string, CelType>,
  kubernetesMinor: number,
  isMutation = false,
): Checker {
  return {
    names,
    isMutation,
    kubernetesMinor,
    bindings: new Map(),
    types: new Map(),
    overloads: new Map(),
    counter: { variables: 0 },
  };
}

export function freshVariable({ counter }: Checker): CelType {
  counter.variables += 1;
  return typeVariable(counter.variables);
}

/** Refuses what came with a later Kubernetes than the one that will run the expression. */
export function requireVersion(
  since: number,
  name: string,
  offset: number,
  { kubernetesMinor }: Checker,
): void {
  if (since <= kubernetesMinor) return;
  throw new CheckError(`${name} needs Kubernetes 1.${since}, the target is 1.${kubernetesMinor}`, offset);
}

/** What is called: the words of a message about it, and where it stands. */
export interface Called {
  readonly node: Node;
  readonly name: string;
  readonly offset: number;
}

/** The type that a call gives: of all overloads that fit, the one result if they agree; checker.go resolveOverload. */
export function callResult(
  checker: Checker,
  { node, name, offset }: Called,
  receiver: CelType | undefined,
  args: readonly CelType[],
): CelType {
  const all = signaturesOf(name);
  if (all.length === 0) throw undeclared(name, offset);
  const candidates = all.filter(
    (signature) => (signature.receiver === undefined) === (receiver === undefined),
  );
  const given = receiver === undefined ? args : [receiver, ...args];
  const fitting: Signature[] = [];
  let result: CelType | undefined;
  let tooNew: Signature | undefined;
  for (const candidate of candidates) {
    if (candidate.since > checker.kubernetesMinor) {
      tooNew ??= candidate;
      continue;
    }
    const found = resultOf(checker, candidate, given);
    if (found === undefined) continue;
    fitting.push(candidate);
    if (result === undefined) result = found;
    else if (!isDyn(result) && !isExact(found, result)) result = dyn;
  }
  checker.overloads.set(node, fitting);
  if (result !== undefined) return result;
  if (tooNew !== undefined && candidates.every(({ since }) => since > checker.kubernetesMinor))
    requireVersion(tooNew.since, name, offset, checker);
  throw noOverload(checker, name, offset, receiver, args);
}

export function undeclared(name: string, offset: number): CheckError {
  return new CheckError(`undeclared reference to '${name}' (in container '')`, offset);
}

function noOverload(
  { bindings }: Checker,
  name: string,
  offset: number,
  receiver: CelType | undefined,
  args: readonly CelType[],
): CheckError {
  const spell = (type: CelType): string => formatType(substitute(bindings, type, true));
  const owner = receiver === undefined ? '' : `${spell(receiver)}.`;
  const applied = `${owner}(${args.map(spell).join(', ')})`;
  return new CheckError(`found no matching overload for '${name}' applied to '${applied}'`, offset);
}

/** The result type where the overload takes these arguments. */
function resultOf(checker: Checker, signature: Signature, given: readonly CelType[]): CelType | undefined {
  const fresh = new Map<string, CelType>();
  const own = (type: CelType): CelType => instantiate(type, fresh, checker);
  const { receiver, args, result } = signature;
  const wanted = (receiver === undefined ? args : [receiver, ...args]).map(own);
  return unifyAll(checker.bindings, given, wanted) ? substitute(checker.bindings, own(result)) : undefined;
}

/** The type with variables of its own in place of the letters. */
function instantiate(type: CelType, fresh: Map<string, CelType>, checker: Checker): CelType {
  if (/^[A-Z]$/.test(type.name)) {
    const known = fresh.get(type.name) ?? freshVariable(checker);
    fresh.set(type.name, known);
    return known;
  }
  return type.of.length === 0
    ? type
    : { ...type, of: type.of.map((part) => instantiate(part, fresh, checker)) };
}

export function expectType(checker: Checker, wanted: CelType, given: CelType, offset: number): void {
  if (unify(checker.bindings, wanted, given)) return;
  throw mismatch(checker, wanted, given, offset);
}

export function mismatch(checker: Checker, wanted: CelType, given: CelType, offset: number): CheckError {
  const [expected, found] = [wanted, given].map((type) =>
    formatType(substitute(checker.bindings, type, true)),
  );
  return new CheckError(`expected type '${expected}' but found '${found}'`, offset);
}

/** The type of a field; throws where the value can have none. */
export function fieldOfType(checker: Checker, type: CelType, name: string, offset: number): CelType {
  if (type.fields !== undefined) {
    const declared = type.fields();
    const found = declared.get(name) ?? (type.isOpen === true ? dyn : undefined);
    if (found !== undefined) return found;
    const meant = closestField(name, [...declared.keys()]) || undefined;
    throw new CheckError(`undefined field '${name}'`, offset, meant);
  }
  if (type.name === 'map') return type.of[1] ?? dyn;
  if (checker.isMutation && isMutationType(type.name)) return messageField(type.name, name) ?? dyn;
  if (type.name.startsWith('$')) unify(checker.bindings, dyn, type);
  else if (!isDyn(type))
    throw new CheckError(`type '${formatType(type)}' does not support field selection`, offset);
  return dyn;
}
