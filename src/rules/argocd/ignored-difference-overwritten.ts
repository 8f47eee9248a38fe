import { groupVersionKind, nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { isSequence, type Path, valueAt } from '../../source/value.ts';
import { describe } from '../../workload/pod/pod-template.ts';
import type { ClusterRule } from '../rule.ts';
import { type Application, applicationsOf, syncOptionsOf } from './argo-application.ts';
import { coversObject, ignoredDifferences, ignoredFields } from './ignored-difference.ts';

/** `ignoreDifferences` hides a difference; a sync overwrites it all the same where the manifest has the field (controller/sync.go of 3.6). */
export const ignoredDifferenceOverwritten: ClusterRule = {
  id: 'ignored-difference-overwritten',
  severity: 'warning',
  scope: 'cluster',
  tags: ['argo-cd'],
  *judge(cluster) {
    for (const application of applicationsOf(cluster)) {
      if (syncOptionsOf(application).includes('RespectIgnoreDifferences=true')) continue;
      yield* judgeApplication(application);
    }
  },
};

function* judgeApplication({ declaration, build }: Application): Iterable<RuleProblem> {
  for (const { entry, at } of ignoredDifferences(declaration.object)) {
    const covered = build.resources.filter((one) => coversObject(entry, subjectOf(one)));
    for (const { field, text, at: place } of ignoredFields(entry, at)) {
      const resource = covered.find(({ object }) => isSet(object, field));
      if (resource === undefined || field.length === 0) continue;
      yield {
        at: [declaration, ...place],
        message: `every sync resets ${text} of ${describe(resource)} to the value in the manifest: the difference is only hidden`,
        help: 'add RespectIgnoreDifferences=true to syncOptions, or remove the field from the manifest',
        related: [{ at: [resource, ...pathIn(resource, field)], message: 'set here' }],
      };
    }
  }
}

function subjectOf({ object }: Resource): Parameters<typeof coversObject>[1] {
  const { group, kind } = groupVersionKind(object);
  return { group, kind, name: nameOf(object), namespace: namespaceOf(object) };
}

function isSet(object: Resource['object'], field: Path): boolean {
  return valueAt(object, pathIn({ object }, field)) !== undefined;
}

/** A pointer's numbers are places in lists. */
function pathIn({ object }: Pick<Resource, 'object'>, field: Path): Path {
  const path: (string | number)[] = [];
  for (const step of field) {
    const isPlace = isSequence(valueAt(object, path)) && /^\d+$/u.test(String(step));
    path.push(isPlace ? Number(step) : step);
  }
  return path;
}
