import { getAt, getPart, replaceValue, type Tracked } from '../../object/provenance.ts';
import type { Mapping } from '../../source/value.ts';
import { allIds, wasNamed } from '../accumulated-resource.ts';
import { type FieldSpec, isSelected, updateField } from '../field-spec.ts';
import { textOf } from '../kustomization.ts';
import { isProblem, type Problem } from '../problem.ts';
import { numberOver } from '../scalar-style.ts';
import type { Resources } from '../transformer.ts';
import type { PatchScope } from './patches.ts';

/** One entry of `replicas`: by any name the object ever had; an entry without a match fails a build that lacks nothing. */
export function transformReplicas(
  resources: Resources,
  entry: Tracked<Mapping>,
  specs: readonly FieldSpec[],
  { log, isPartial }: Pick<PatchScope, 'log' | 'isPartial'>,
): Resources | Problem {
  const name = textOf(entry, 'name');
  const count = getPart(entry, 'count') ?? { value: 0, origin: entry.origin };
  const result = [...resources];
  const selected = new Set<number>();
  let changed = 0;
  for (const spec of specs) {
    for (const [index, resource] of result.entries()) {
      if (!wasNamed(resource, name)) continue;
      if (!allIds(resource).some((id) => id.name === name && isSelected(id, spec))) continue;
      selected.add(index);
      const isRewritten = resource.isWithoutComments === true;
      const set = (field: Tracked): Tracked | Problem => setCount(field, count, isRewritten);
      const tracked = updateField(resource.tracked, spec, set, 'scalar');
      if (isProblem(tracked)) return tracked;
      if (getAt(resource.tracked, ['spec', 'replicas'])?.value !== count.value) changed += 1;
      result[index] = { ...resource, tracked };
    }
  }
  log({ by: 'replicas', origin: entry.origin, selected: selected.size, changed, target: name });
  if (selected.size > 0 || isPartial === true) return result;
  return {
    rule: 'replica-target-missing',
    problem: `replicas names ${name}, but no Deployment, ReplicaSet, ReplicationController or StatefulSet has this name`,
    help: 'correct the name (the original or the current one), or remove the entry',
    at: (getPart(entry, 'name') ?? entry).origin,
  };
}

function setCount(field: Tracked, count: Tracked, isRewritten: boolean): Tracked | Problem {
  if (typeof field.value === 'object' && field.value !== null) {
    return {
      problem: 'a number of replicas can be written only to a scalar',
      help: 'write a number here, or remove the field',
      at: field.origin,
    };
  }
  return replaceValue(field, numberOver(field, count.value ?? 0, isRewritten), count.origin);
}
