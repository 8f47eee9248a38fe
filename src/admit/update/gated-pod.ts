import { type Mapping, mappingOf, noFields, type Path, type Value, valueAt } from '../../source/value.ts';
import { invalid } from '../validation/check.ts';
import { items, struct, structs } from '../validation/fields.ts';
import { isSame } from './equal.ts';
import { type Update, withFields } from './update.ts';

const required = 'requiredDuringSchedulingIgnoredDuringExecution';
const affinityPath: Path = ['spec', 'affinity', 'nodeAffinity'];
const termsPath: Path = [...affinityPath, required, 'nodeSelectorTerms'];

/** A pod with scheduling gates may narrow where it runs; returns the spec with the old fields in place of those judged here. */
export function validateGatedPodUpdate(update: Update, next: Mapping, old: Mapping): Mapping {
  validateNodeSelector(update, next, old);
  validateNodeAffinity(update, next, old);
  return withFields(next, {
    nodeSelector: old['nodeSelector'],
    affinity: withOldNodeAffinity(struct(next, 'affinity'), struct(old, 'affinity')),
  });
}

function validateNodeSelector({ check }: Update, next: Mapping, old: Mapping): void {
  const before = struct(old, 'nodeSelector') ?? noFields;
  const after = struct(next, 'nodeSelector');
  if (Object.keys(before).some((key) => after?.[key] !== before[key]))
    invalid(
      check,
      ['spec', 'nodeSelector'],
      after ?? null,
      'must keep every old label: labels can only be added',
    );
}

function validateNodeAffinity(update: Update, next: Mapping, old: Mapping): void {
  const terms = ['affinity', 'nodeAffinity', required];
  const before = structs(structAt(old, terms), 'nodeSelectorTerms');
  const after = structs(structAt(next, terms), 'nodeSelectorTerms');
  if (before.length === 0) return;
  if (before.length !== after.length) {
    invalid(
      update.check,
      termsPath,
      [...after],
      'must not be added or removed, because any one of them is enough',
    );
    return;
  }
  before.forEach((term, index) => {
    if (!hasOnlyAdditions(term, after[index]))
      invalid(update.check, [...termsPath, index], after[index] ?? null, 'must keep every old requirement');
  });
}

function structAt(value: Mapping, path: Path): Mapping | undefined {
  const found: Value | undefined = valueAt(value, path);
  return found === undefined ? undefined : struct(mappingOf({ found }), 'found');
}

function hasOnlyAdditions(old: Mapping, next: Mapping | undefined): boolean {
  const lists = ['matchExpressions', 'matchFields'];
  // A term without any requirement matches nothing, and must not begin to.
  if (lists.every((list) => items(old, list).length === 0))
    return lists.every((list) => items(next, list).length === 0);
  return lists.every((list) => {
    const before = items(old, list);
    return isSame(before, items(next, list).slice(0, before.length));
  });
}

function withOldNodeAffinity(next: Mapping | undefined, old: Mapping | undefined): Mapping | undefined {
  const affinity = withFields(next, { nodeAffinity: old?.['nodeAffinity'] });
  return Object.keys(affinity).length === 0 && old === undefined ? undefined : affinity;
}
