import { matchesSelector } from '../../object/label-match.ts';
import type { Resource } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
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
    for (const one of podTemplatesOf(build).filter(isController)) {
      for (const other of podTemplatesBeside(build, one.resource).filter(isController)) {
        // Without a namespace, whoever applies the manifests decides whether the two meet.
        if (other.resource === one.resource || one.namespace !== other.namespace) continue;
        if (!selects(one, other)) continue;
        const isMutual = selects(other, one);
        // Two that select each other are one mistake, told at the first of them by name, whatever stands beside them.
        if (isMutual && nameIn(other) < nameIn(one)) continue;
        yield overlap(one, other, isMutual);
      }
    }
  },
};

function selects({ resource }: PodTemplate, { labels }: PodTemplate): boolean {
  return matchesSelector(valueAt(resource.object, ['spec', 'selector']), labels);
}

function nameIn({ resource }: PodTemplate): string {
  return describe(resource);
}

function overlap({ resource }: PodTemplate, other: PodTemplate, isMutual: boolean): RuleProblem {
  const [own, theirs] = [describe(resource), describe(other.resource)];
  const selector = {
    at: [other.resource, 'spec', 'selector'],
    message: `the selector of ${theirs}`,
  } as const;
  return {
    at: [resource, 'spec', 'selector'],
    message: isMutual
      ? `${own} selects the pods of ${theirs} and the other way round, so the two disturb each other`
      : `${own} selects the pods of ${theirs} as well, so the two disturb each other`,
    help: 'give each workload a label that the other one does not have, and select by it',
    related: [
      ...(isMutual ? [selector] : []),
      { at: labelsOf(other.resource, other.path), message: `the labels of ${theirs}` },
    ],
  };
}

function isController({ resource }: PodTemplate): boolean {
  return controllers.has(valueText(resource.object['kind']));
}

function labelsOf(
  resource: Resource,
  path: readonly (string | number)[],
): readonly [Resource, ...(string | number)[]] {
  return [resource, ...path, 'metadata', 'labels'];
}
