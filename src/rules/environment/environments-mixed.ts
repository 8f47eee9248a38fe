import { grouped } from '../../diagnostic/grouped.ts';
import type { Build } from '../../object/build.ts';
import { knownOnce } from '../../object/known-once.ts';
import { labelsOf } from '../../object/label-match.ts';
import { namespaceOf } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { copyMapping } from '../../source/value.ts';
import {
  canonicalEnvironment,
  environmentLabel,
  isEnvironmentName,
} from '../../workload/environment/environment-name.ts';
import { type PodSelector, podSelectorOf } from '../../workload/network/pod-selector.ts';
import {
  describe,
  type PodTemplate,
  podTemplatesBeside,
  podTemplatesOf,
} from '../../workload/pod/pod-template.ts';
import type { BuildRule } from '../rule.ts';

export const environmentsMixed: BuildRule = {
  id: 'environments-mixed',
  severity: 'error',
  scope: 'build',
  criterion: 'wired',
  tags: ['environments'],
  *judge(build) {
    const crossed = new Set<string>();
    for (const problem of crossings(build)) {
      crossed.add(problem.namespace);
      yield problem;
    }
    for (const [namespace, templates] of grouped(podTemplatesOf(build), (one) => one.namespace)) {
      const problem =
        crossed.has(namespace) || namespace === '' ? undefined : sharing(namespace, templates, build);
      if (problem !== undefined) yield problem;
    }
  },
};

/** Selectors of one environment that match pods of another one. */
function* crossings(build: Build): Iterable<RuleProblem & { readonly namespace: string }> {
  for (const resource of build.resources) {
    const selector = podSelectorOf(resource);
    const own = environmentLabel(labelsOf(resource.object))?.name;
    if (selector === undefined || own === undefined) continue;
    const namespace = namespaceOf(resource.object);
    const crossed = podTemplatesBeside(build, resource).find((template) => {
      const other = environmentLabel(template.labels)?.name;
      return (
        other !== undefined &&
        other !== own &&
        template.namespace === namespace &&
        selector.matches(template.labels)
      );
    });
    if (crossed === undefined) continue;
    yield {
      namespace,
      at: [resource, ...selector.path],
      message: `${describe(resource)} of ${own} selects the pods of ${describe(crossed.resource)} of ${environmentLabel(crossed.labels)?.name}, which are in the same namespace`,
      help: 'use a separate namespace for each environment, or add its label to every selector',
      related: [
        {
          at: [crossed.resource, ...crossed.path, 'metadata', 'labels'],
          message: `the labels of ${describe(crossed.resource)}`,
        },
      ],
    };
  }
}

/** Workloads of two environments, told by names that are such by custom, that no selector keeps apart. */
function sharing(
  namespace: string,
  templates: readonly PodTemplate[],
  build: Build,
): RuleProblem | undefined {
  const found = templates.flatMap((template) => {
    const environment = environmentLabel(template.labels);
    return environment !== undefined && isEnvironmentName(environment.name)
      ? [{ ...environment, ...template }]
      : [];
  });
  const [first] = found;
  const second = found.find(
    ({ name }) => canonicalEnvironment(name) !== canonicalEnvironment(first?.name ?? ''),
  );
  if (first === undefined || second === undefined) return undefined;
  const selectors = selectorsIn(build).get(namespace) ?? [];
  if (selectors.some((one) => asksFor(one, first) || asksFor(one, second))) return undefined;
  return {
    severity: 'warning',
    at: [second.resource, ...second.path, 'metadata', 'labels', second.label],
    message: `${describe(second.resource)} of ${second.name} and ${describe(first.resource)} of ${first.name} share the namespace ${namespace}: its quotas, permissions and Secrets apply to both`,
    help: 'use a separate namespace for each environment',
    related: [
      {
        at: [first.resource, ...first.path, 'metadata', 'labels', first.label],
        message: `${describe(first.resource)} belongs to ${first.name}`,
      },
    ],
  };
}

/** Whether a selector matches pods because of their environment: in another one it would not. */
function asksFor(
  { matches }: PodSelector,
  { labels, label }: Pick<PodTemplate, 'labels'> & { readonly label: string },
): boolean {
  const elsewhere = copyMapping(labels);
  elsewhere[label] = '';
  return matches(labels) && !matches(elsewhere);
}

/** By namespace. */
const selectorsIn = knownOnce(({ resources }: Build) =>
  grouped(
    resources.flatMap((one) => podSelectorOf(one) ?? []),
    ({ resource }) => namespaceOf(resource.object),
  ),
);
