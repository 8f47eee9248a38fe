import { matchesPairs } from '../../object/label-match.ts';
import { nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { valueText } from '../../source/value-text.ts';
import { environmentFamilies, type FamilyMember } from '../../workload/environment/environment-families.ts';
import { selectorOf } from '../../workload/network/service-pods.ts';
import { describe, podTemplatesOf } from '../../workload/pod/pod-template.ts';
import type { RunRule } from '../rule.ts';

export const selectorCrossesEnvironments: RunRule = {
  id: 'selector-crosses-environments',
  severity: 'warning',
  scope: 'run',
  criterion: 'wired',
  tags: ['environments'],
  *judge(builds, { environments }) {
    for (const family of environmentFamilies(builds, environments)) {
      for (const [index, member] of family.entries()) {
        for (const other of family.slice(index + 1)) {
          if (!areNeighbours(member, other)) continue;
          // One direction is enough to tell of: mostly both Services come from one line of the base.
          const problems = crossings(member, other);
          yield* problems.length > 0 ? problems : crossings(other, member);
        }
      }
    }
  },
};

function crossings(member: FamilyMember, other: FamilyMember): RuleProblem[] {
  return member.build.resources.flatMap((service) => {
    const selector = selectorOf(service);
    const crossed =
      selector &&
      podTemplatesOf(other.build).find(
        ({ namespace, labels }) =>
          namespace === namespaceOf(service.object) && matchesPairs(selector, labels),
      );
    if (crossed === undefined) return [];
    const { resource, path } = crossed;
    return {
      at: [service, 'spec', 'selector'],
      message: `${describe(service)} of ${member.name} also sends traffic to the pods of ${describe(resource)} of ${other.name}, because both run in ${placeOf(service)}`,
      help: 'use a separate namespace for each environment, or a label in the selectors: labels with includeSelectors',
      related: [{ at: [resource, ...path, 'metadata', 'labels'], message: 'these labels match' }],
      entryPoint: member.build.root,
    };
  });
}

function placeOf({ object }: Resource): string {
  return namespaceOf(object) === '' ? 'one namespace' : `the namespace ${namespaceOf(object)}`;
}

/**
 * Whether both are made to live in one namespace: none of their names are equal, which nobody takes care of for
 * namespaces or clusters of their own.
 */
function areNeighbours({ build: own }: FamilyMember, { build: other }: FamilyMember): boolean {
  if (!own.complete || !other.complete) return false;
  const names = new Set(other.resources.filter(isApart).map(keyOf));
  return names.size > 0 && !own.resources.filter(isApart).some((one) => names.has(keyOf(one)));
}

// A Namespace or a ConfigMap that both bring may well be one that they share.
function isApart({ object }: Resource): boolean {
  return object['kind'] === 'Deployment' || object['kind'] === 'StatefulSet' || object['kind'] === 'Service';
}

function keyOf({ object }: Resource): string {
  return `${valueText(object['kind'])} ${nameOf(object)}`;
}
