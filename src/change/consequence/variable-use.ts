import { nameOf, namespaceOf } from '../../object/resource.ts';
import { ownerKey, type Reconciliation } from '../../reconcile/reconciliation.ts';
import {
  equalValues,
  isMapping,
  itemsAt,
  type Mapping,
  noFields,
  type Value,
  valueAt,
} from '../../source/value.ts';
import type { ClusterPair } from '../cluster-pair.ts';
import type { Taken } from './consequence.ts';
import { buildsTheSame } from './same-build.ts';

/** An owner that substitutes the variables of a ConfigMap or Secret, as it is in both revisions; in the base it may not be. */
export interface Substituter {
  readonly old: Reconciliation | undefined;
  readonly now: Reconciliation;
}

export const substitute = ['spec', 'postBuild', 'substitute'] as const;
const sources = ['spec', 'postBuild', 'substituteFrom'] as const;

export function substitutersOf(object: Mapping, { base, head }: ClusterPair): Substituter[] {
  return head.all
    .filter(
      ({ declaration }) =>
        declaration !== undefined &&
        namespaceOf(declaration.object) === namespaceOf(object) &&
        itemsAt(declaration.object, sources).some((one) => isAbout(one, object)),
    )
    .map((now) => ({ old: base.byKey.get(ownerKey(now.id)), now }));
}

function isAbout(source: Value, object: Mapping): boolean {
  return valueAt(source, ['kind']) === object['kind'] && valueAt(source, ['name']) === nameOf(object);
}

/** Whether no object of an owner gets the value of a variable of a ConfigMap or Secret: all that is built is the same, names it nowhere, or takes another value. */
export function isUnusedFrom({ old, now }: Substituter, name: string, from: Mapping): boolean {
  if (old === undefined) return false;
  return (
    buildsTheSame(old, now) || [old, now].every((one) => !uses(one, name) || isSetAfter(one, name, from))
  );
}

/** The same of a variable that is written in place, where it is written at all. */
export function isUnusedInPlace({ old, now }: Substituter, name: string): boolean {
  if (old === undefined) return false;
  return buildsTheSame(old, now) || [old, now].every((one) => !isInPlace(one, name) || !uses(one, name));
}

function uses({ build }: Reconciliation, name: string): boolean {
  return !build.complete || build.variables?.has(name) !== false;
}

/** What is written in place counts, whatever the sources say. */
function isSetAfter(owner: Reconciliation, name: string, from: Mapping): boolean {
  const asked = itemsAt(owner.declaration?.object, sources).some((one) => isAbout(one, from));
  return asked && isInPlace(owner, name);
}

function isInPlace({ declaration }: Reconciliation, name: string): boolean {
  return valueAt(declaration?.object, [...substitute, name]) !== undefined;
}

/** The names of variables in place whose values differ. */
export function variablesThatDiffer({ base, head }: Pick<Taken, 'base' | 'head'>): string[] {
  const [old, now] = [base, head].map(({ resource }) => {
    const written = valueAt(resource.object, substitute);
    return isMapping(written) ? written : noFields;
  }) as [Mapping, Mapping];
  const names = new Set([...Object.keys(now), ...Object.keys(old)]);
  return [...names].filter((name) => !equalValues(old[name], now[name]));
}
