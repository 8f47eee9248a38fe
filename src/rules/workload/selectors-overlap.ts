import { matchesSelector } from '../../object/label-match.ts';
import { namespaceOf, type Resource } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { isMapping, noFields, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { openLabelIndex } from '../../workload/pod/label-index.ts';
import { describe, type PodTemplate, podTemplatesOf } from '../../workload/pod/pod-template.ts';
import { areCopies, sharedBase } from '../../workload/shared-base.ts';
import type { BuildRule } from '../rule.ts';

const controllers: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet']);

export const selectorsOverlap: BuildRule = {
  id: 'selectors-overlap',
  severity: 'error',
  scope: 'build',
  criterion: 'wired',
  tags: ['workloads'],
  *judge(build) {
    const controlled = podTemplatesOf(build).filter(isController);
    const selectedBy = openSelections(controlled);
    for (const one of controlled) {
      const others = selectedBy(one.resource).filter(({ resource }) => resource !== one.resource);
      const [first] = others;
      if (others.length > mostOthers && first !== undefined)
        yield overlap(one, first, { more: others.length - 1 });
      else yield* overlaps(one, others);
    }
  },
};

/** Of more others each is told as one, with their count. */
const mostOthers = 20;

function* overlaps(one: PodTemplate, others: readonly PodTemplate[]): Iterable<RuleProblem> {
  for (const other of others) {
    const isMutual = selects(other, one);
    // Two that select each other are one mistake, told at the first of them by name, whatever stands beside them.
    if (isMutual && nameIn(other) < nameIn(one)) continue;
    yield overlap(one, other, { isMutual });
  }
}

function selects({ resource }: PodTemplate, { labels }: PodTemplate): boolean {
  return matchesSelector(valueAt(resource.object, ['spec', 'selector']), labels);
}

function nameIn({ resource }: PodTemplate): string {
  return describe(resource);
}

function overlap(
  { resource, namespace }: PodTemplate,
  other: PodTemplate,
  { isMutual = false, more = 0 }: { readonly isMutual?: boolean; readonly more?: number },
): RuleProblem {
  const cause = areCopies(resource, other.resource)
    ? sharedBase(resource, other.resource, namespace)
    : undefined;
  const own = describe(resource);
  const theirs = `${describe(other.resource)}${more === 0 ? '' : ` and of ${more} more`}`;
  const selector = {
    at: [other.resource, 'spec', 'selector'],
    message: `the selector of ${theirs}`,
  } as const;
  return {
    at: [resource, 'spec', 'selector'],
    message: isMutual
      ? `${own} selects the pods of ${theirs} and vice versa, so the two interfere with each other`
      : `${own} also selects the pods of ${theirs}, so the two interfere with each other`,
    ...(cause === undefined ? {} : { cause }),
    help: 'add a label to each workload that the other one does not have, and select by it',
    related: [
      ...(isMutual ? [selector] : []),
      { at: labelsOf(other.resource, other.path), message: `the labels of ${theirs}` },
    ],
  };
}

/** Without a namespace, whoever applies the manifests decides whether two workloads meet. */
function openSelections(controlled: readonly PodTemplate[]): (workload: Resource) => readonly PodTemplate[] {
  const candidatesFor = openLabelIndex(controlled);
  const known = new Map<string, readonly PodTemplate[]>();
  return ({ object }) => {
    const selector = valueAt(object, ['spec', 'selector']);
    const namespace = namespaceOf(object);
    const key = `${namespace}\0${valueText(selector)}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const pairs = valueAt(selector, ['matchLabels']);
    const selected = candidatesFor(isMapping(pairs) ? pairs : noFields).filter(
      (other) => other.namespace === namespace && matchesSelector(selector, other.labels),
    );
    known.set(key, selected);
    return selected;
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
