import { grouped } from '../../diagnostic/grouped.ts';
import type { Build } from '../../object/build.ts';
import { knownOnce } from '../../object/known-once.ts';
import { nameOf, type Resource } from '../../object/resource.ts';
import { valueAt } from '../../source/value.ts';
import { type PodSecurityLevel, violationsOf } from '../../workload/pod/pod-security.ts';
import { type PodTemplate, podTemplatesOf } from '../../workload/pod/pod-template.ts';
import { objectWords } from '../twins.ts';
import { wholeOf } from '../whole.ts';
import type { Consequence, Taken } from './consequence.ts';

/** A stricter level of Pod Security, and the workloads of the namespace whose pods it refuses or warns of. */
export function podSecurityConsequences({ base, head, cluster }: Taken): Consequence[] {
  const { object } = head.resource;
  if (object['kind'] !== 'Namespace') return [];
  const templates = templatesByNamespace(wholeOf(cluster.head)).get(nameOf(object)) ?? [];
  return (['enforce', 'warn'] as const).flatMap((mode) => {
    const [before, after] = [levelOf(base.resource, mode), levelOf(head.resource, mode)];
    const found = templates.filter((one) => breaks(one, after) && !breaks(one, before));
    if (found.length === 0) return [];
    return [
      {
        at: ['metadata', 'labels', labelOf(mode)],
        explains: [['metadata', 'labels', labelOf(mode)]],
        actions: ['update'],
        reason: mode === 'enforce' ? 'pods-refused' : 'pods-warned-of',
        severity: mode === 'enforce' ? 'breaks' : 'silent',
        what: `${before} → ${after}`,
        details: found.map(
          (one) => `${objectWords(one.resource)}: ${violationsOf(one, after)[0]?.what ?? ''}`,
        ),
        ...(mode === 'enforce'
          ? {
              safe: [
                { text: `warn first: pod-security.kubernetes.io/warn: ${after}` },
                { text: 'fix the workloads, and enforce the level in a later change' },
              ],
            }
          : {}),
      } satisfies Consequence,
    ];
  });
}

const templatesByNamespace = knownOnce((build: Build) =>
  grouped(podTemplatesOf(build), ({ namespace }) => namespace),
);

function labelOf(mode: 'enforce' | 'warn'): string {
  return `pod-security.kubernetes.io/${mode}`;
}

function levelOf({ object }: Resource, mode: 'enforce' | 'warn'): PodSecurityLevel {
  const level = valueAt(object, ['metadata', 'labels', labelOf(mode)]);
  return level === 'baseline' || level === 'restricted' ? level : 'privileged';
}

function breaks(template: PodTemplate, level: PodSecurityLevel): boolean {
  return violationsOf(template, level).length > 0;
}
