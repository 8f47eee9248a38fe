import { type Safeguard, safeguards } from '../../workload/environment/safeguards.ts';
import { type Violation, violationsOf } from '../../workload/pod/pod-security.ts';
import { type PodTemplate, podTemplateOf } from '../../workload/pod/pod-template.ts';
import { wholeOf } from '../whole.ts';
import { type Consequence, changes, type Taken } from './consequence.ts';

/** What pods may do newly, and what kept them from harm and is gone. */
export function podGuardConsequences(taken: Taken): Consequence[] {
  const [old, now] = [podTemplateOf(taken.base.resource), podTemplateOf(taken.head.resource)];
  if (old === undefined || now === undefined || !changes(taken.update, now.path)) return [];
  return [...newPrivileges(old, now), ...lostSafeguards(old, now, taken)];
}

function newPrivileges(old: PodTemplate, now: PodTemplate): Consequence[] {
  const known = new Set(violationsOf(old, 'baseline').map(({ what }) => what));
  return violationsOf(now, 'baseline')
    .filter(({ what }) => !known.has(what))
    .map(({ what, path }: Violation) => ({
      at: path,
      actions: ['update'],
      reason: 'privileges-grow',
      severity: 'breaks',
      what,
    }));
}

// What is told elsewhere: the number of pods, and objects that select them.
const isToldOtherwise = ({ name, field }: Safeguard): boolean => name === 'replicas' || field.length === 0;

function lostSafeguards(old: PodTemplate, now: PodTemplate, { cluster }: Taken): Consequence[] {
  return safeguards.flatMap((safeguard) => {
    if (isToldOtherwise(safeguard)) return [];
    const place = safeguard.find(old, wholeOf(cluster.base));
    if (place === undefined || safeguard.find(now, wholeOf(cluster.head)) !== undefined) return [];
    const [, ...path] = place;
    return [
      {
        at: path,
        actions: ['update'],
        reason: 'safeguard-lost',
        severity: 'changes',
        what: safeguard.words,
      } satisfies Consequence,
    ];
  });
}
