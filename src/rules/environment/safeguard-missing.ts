import type { Build } from '../../object/build.ts';
import type { Place } from '../../object/place.ts';
import { untracked } from '../../object/provenance.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { autoscalersOf, leastReplicas } from '../../workload/capacity/autoscaler.ts';
import type { FamilyMember } from '../../workload/environment/environment-families.ts';
import { type ParityCell, type ParityRow, parityOf } from '../../workload/environment/parity.ts';
import { describe, type PodTemplate } from '../../workload/pod/pod-template.ts';
import type { Surroundings } from '../../workload/surroundings.ts';
import { kustomizationFiles } from '../kustomize/kustomization-file.ts';
import type { RunRule } from '../rule.ts';

export const safeguardMissing: RunRule = {
  id: 'safeguard-missing',
  severity: 'warning',
  scope: 'run',
  criterion: 'wired',
  tags: ['environments', 'availability'],
  *judge(builds, context) {
    for (const { family, rows } of parityOf(builds, context.environments)) {
      const own = new Set(family.map(({ build }) => build.root));
      const beside = builds.filter(({ root }) => !own.has(root));
      for (const row of rows) {
        const having = row.cells.filter(({ state }) => state === 'has');
        const [first] = having;
        if (first === undefined) continue;
        for (const cell of row.cells) {
          if (cell.state !== 'lacks' || comesFrom(beside, row, cell)) continue;
          const severity = severityOf(row, cell, first.member);
          if (severity !== undefined) yield { ...problemOf(row, cell, having, context), severity };
        }
      }
    }
  },
};

/** Whether another build brings it: budgets and policies of a cluster may be kept apart from what they are about. */
function comesFrom(builds: readonly Build[], { safeguard }: ParityRow, { lacking }: ParityCell): boolean {
  if (lacking === undefined || !('field' in safeguard) || safeguard.field.length > 0) return false;
  return builds.some((build) => safeguard.find(lacking, build) !== undefined);
}

/**
 * What an earlier environment has and a later one lacks was never meant: warning. The other way round it is a note, and nothing at
 * all where it serves availability under load.
 */
function severityOf(
  { service, safeguard }: ParityRow,
  { member, lacking }: ParityCell,
  earliest: FamilyMember,
): 'warning' | 'note' | undefined {
  const isForScale = service === undefined || ('isForScale' in safeguard && safeguard.isForScale === true);
  const needsReplicas = ['disruption-budget', 'spread'].includes(safeguard.name);
  if (needsReplicas && lacking !== undefined && !isReplicated(lacking, member)) return undefined;
  if (member.rank >= earliest.rank) return 'warning';
  return isForScale ? undefined : 'note';
}

function isReplicated({ resource }: PodTemplate, { build }: FamilyMember): boolean {
  return resource.object['kind'] === 'DaemonSet' || leastReplicas(resource, autoscalersOf(build)) > 1;
}

function problemOf(
  { service, safeguard }: ParityRow,
  { member, lacking }: ParityCell,
  having: readonly ParityCell[],
  context: Surroundings,
): RuleProblem {
  const isSplit = having.some((one) => one.member.name === member.name);
  const nameIn = ({ name, title }: FamilyMember): string => (isSplit ? title : name);
  const all = [...new Set(having.map((one) => nameIn(one.member)))];
  const names =
    all.length > 3 ? `${all.slice(0, 2).join(', ')} and ${all.length - 2} more` : all.join(' and ');
  const who = lacking === undefined ? nameIn(member) : `${describe(lacking.resource)} of ${nameIn(member)}`;
  return {
    at: lacking === undefined ? placeIn(member, context) : placeAt(lacking, safeguard),
    message: `${who} has no ${safeguard.words}; ${names} ${all.length === 1 ? 'has' : 'have'} one`,
    help: `move it from ${names} to the base, or approve the difference in cdb-lint.yaml: approvedDifferences, property ${safeguard.name}`,
    related: having.flatMap((one) =>
      one.place === undefined ? [] : [{ at: one.place, message: `${nameIn(one.member)} has it` }],
    ),
    entryPoint: member.build.root,
    difference: { property: safeguard.name, ...(service === undefined ? {} : { service }) },
  };
}

/** Where the safeguard would stand. */
function placeAt({ resource, path }: PodTemplate, safeguard: ParityRow['safeguard']): Place {
  const field = 'field' in safeguard ? safeguard.field : [];
  if (field.length === 0) return [resource, 'kind'];
  return safeguard.name === 'replicas'
    ? [resource, 'spec', 'replicas']
    : [resource, ...path, 'spec', ...field];
}

function placeIn({ build, services }: FamilyMember, context: Surroundings): Place {
  const file = kustomizationFiles(build, context).find(({ directory }) => directory === build.root);
  if (file !== undefined) return [file.document, 'resources'];
  const [first] = [...services.values()].flat();
  const resource = first?.resource ?? build.resources[0];
  return resource === undefined ? [{ value: null, origin: untracked }] : [resource, 'metadata', 'name'];
}
