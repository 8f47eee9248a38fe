import { noCustomKinds } from '../../schema/custom-kind.ts';
import { factsFor } from '../../schema/facts.ts';
import type { Mapping, Path } from '../../source/value.ts';
import { type AdmitOptions, knownPart } from '../admit.ts';
import { servedKind } from '../schema/served-kind.ts';
import { playCustomUpdate } from './custom-resource.ts';
import { differencesOf } from './equal.ts';
import { playUpdate, type States } from './stored.ts';

const defaultLimit = 1000;

/**
 * The fields that an apply of `next` changes in what a cluster has of `old`, which was applied before: none where it says the same in
 * other words, or only what a default says. A kind that nobody knows is compared as it is written.
 */
export function changesOf(
  old: Mapping,
  next: Mapping,
  options: AdmitOptions,
  limit = defaultLimit,
): readonly Path[] {
  const states = statesOf(old, next, options);
  return differencesOf(states.old, states.next, [], limit);
}

/** What a cluster has before and after an apply of `next` over `old`, as far as it is known here. */
export function statesOf(old: Mapping, next: Mapping, options: AdmitOptions): States {
  return played(knownPart(old, options).judged, knownPart(next, options).judged, options);
}

function played(old: Mapping, next: Mapping, options: AdmitOptions): States {
  const facts = factsFor(options.kubernetesVersion);
  const served = servedKind(next, facts, options.customKinds ?? noCustomKinds);
  const appliedBy = options.appliedBy === 'client-side-apply' ? 'client-side-apply' : 'server-side-apply';
  if ('kind' in served) {
    const { requested: _, ...states } = playUpdate(old, next, { facts, kind: served.kind, appliedBy });
    return states;
  }
  return 'custom' in served ? playCustomUpdate(old, next, { kind: served.custom, appliedBy }) : { old, next };
}
