import { matchesSelector } from '../../object/label-match.ts';
import { namespaceOf, type Resource } from '../../object/resource.ts';
import { valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import {
  describe,
  type PodTemplate,
  podTemplatesBeside,
  podTemplatesOf,
} from '../../workload/pod/pod-template.ts';
import type { BuildRule } from '../rule.ts';

const controllers: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet']);

export const selectorsOverlap: BuildRule = {
  id: 'selectors-overlap',
  severity: 'error',
  scope: 'build',
  criterion: 'wired',
  tags: ['workloads'],
  *judge(build) {
    for (const { resource } of podTemplatesOf(build).filter(isController)) {
      for (const other of podTemplatesBeside(build, resource).filter(isController)) {
        // Without a namespace, whoever applies the manifests decides whether the two meet.
        if (other.resource === resource || namespaceOf(resource.object) !== other.namespace) continue;
        if (!matchesSelector(valueAt(resource.object, ['spec', 'selector']), other.labels)) continue;
        yield {
          at: [resource, 'spec', 'selector'],
          message: `${describe(resource)} selects the pods of ${describe(other.resource)} as well, so the two disturb each other`,
          help: 'give each workload a label that the other one does not have, and select by it',
          related: [
            {
              at: labelsOf(other.resource, other.path),
              message: `the labels of ${describe(other.resource)}`,
            },
          ],
        };
      }
    }
  },
};

function isController({ resource }: PodTemplate): boolean {
  return controllers.has(valueText(resource.object['kind']));
}

function labelsOf(
  resource: Resource,
  path: readonly (string | number)[],
): readonly [Resource, ...(string | number)[]] {
  return [resource, ...path, 'metadata', 'labels'];
}
