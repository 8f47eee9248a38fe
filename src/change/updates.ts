import { type AdmitOptions, admitObject } from '../admit/admit.ts';
import type { FieldError } from '../admit/field-error.ts';
import type { RunBudgets } from '../admit/policy/run-budget.ts';
import { kindsFor } from '../admit/said-of-contents.ts';
import { admitUpdate } from '../admit/update/admit-update.ts';
import { statesOf } from '../admit/update/changes.ts';
import { differencesOf } from '../admit/update/equal.ts';
import { type States, withStringData } from '../admit/update/stored.ts';
import { equalValues, type Mapping, type Path, valueAt } from '../source/value.ts';
import type { ClusterPair } from './cluster-pair.ts';
import type { Held } from './effect.ts';
import { isAppliedServerSide } from './sync-options.ts';
import { newUpdatesAlike, type UpdatesAlike } from './updates-alike.ts';

/** What an API server makes of an update. */
export interface Update {
  /** What it refuses, of any of the cluster's versions. */
  readonly errors: readonly FieldError[];
  /** Whether it would take the new object if the old one were not there. */
  readonly isCreatable: boolean;
  /** Fields that differ in the cluster afterwards. */
  readonly changed: readonly Path[];
  /** Fields in which the rendered objects differ, of those. */
  readonly written: readonly Path[];
  /** Fields that are no longer written and stay as they were, though an object that is new would have something else there. */
  readonly staying: readonly Path[];
  /** The object as the cluster has it before and after, with defaults. */
  readonly states: States;
}

const mostFields = 200;

/** What updates are played with in one run. */
export interface Playing {
  readonly budgets: RunBudgets;
  readonly alike: UpdatesAlike<Update>;
}

export function newPlaying(budgets: RunBudgets): Playing {
  return {
    budgets,
    alike: newUpdatesAlike(
      ({ errors, isCreatable, staying }) => errors.length === 0 && isCreatable && staying.length === 0,
    ),
  };
}

/** Plays the update of an object from the base's to the head's, as its owner applies it. */
export function updateOf(base: Held, head: Held, { judgedIn }: ClusterPair, playing: Playing): Update {
  const versions = judgedIn?.target.kubernetesVersions ?? [];
  const options = optionsFor(head, judgedIn, playing.budgets);
  const play = (): Update => playedUpdate(base, head, versions, options);
  const { object } = head.resource;
  const isBuiltIn = kindsFor(object, versions, options.customKinds) === undefined;
  // What stands for a value may be any, and a Secret tells more of its texts than whether they differ.
  if (!isBuiltIn || options.hasPlaceholders || object['kind'] === 'Secret') return play();
  const world = [options.appliedBy, ...versions];
  return playing.alike({ old: base.resource.object, next: object }, world, play);
}

function playedUpdate(
  base: Held,
  head: Held,
  versions: readonly string[],
  options: Omit<AdmitOptions, 'kubernetesVersion'>,
): Update {
  const [old, next] = [sent(base), sent(head)];
  const [oldest = { ...options, kubernetesVersion: '' }] = versions.map((kubernetesVersion) => ({
    ...options,
    kubernetesVersion,
  }));
  const errors = versions.flatMap((kubernetesVersion) => {
    const of = { ...options, kubernetesVersion };
    return admitUpdate(old, next, of).errors.slice(0, mostFields);
  });
  const states = statesOf(old, next, oldest);
  const changed = differencesOf(states.old, states.next, [], mostFields);
  const written = differencesOf(base.resource.object, head.resource.object, [], mostFields);
  return {
    errors: withoutRepeated(errors),
    isCreatable: errors.length === 0 || admitObject(next, oldest).verdict === 'accept',
    changed,
    written: written.filter((path) => changed.some((one) => isRelated(one, path))),
    staying: stayingFields(
      written.filter((path) => !changed.some((one) => isRelated(one, path))),
      states,
      { head, oldest },
    ),
    states,
  };
}

/** The fields of those that the head does not write and that only an object that was there before has. */
function stayingFields(
  unchanged: readonly Path[],
  states: States,
  { head, oldest }: { readonly head: Held; readonly oldest: AdmitOptions },
): readonly Path[] {
  const removed = unchanged.filter((path) => valueAt(head.resource.object, path) === undefined);
  if (removed.length === 0) return [];
  const fresh = statesOf(sent(head), sent(head), oldest).old;
  return removed.filter((path) => !equalValues(valueAt(states.next, path), valueAt(fresh, path)));
}

/** How an object reaches the API server. */
export function optionsFor(
  held: Held,
  judgedIn: ClusterPair['judgedIn'],
  budgets: RunBudgets,
): Omit<AdmitOptions, 'kubernetesVersion'> {
  const { owner } = held;
  const isServerSide = owner.by === 'flux' || (owner.by === 'argocd' && isAppliedServerSide(held));
  return {
    appliedBy: isServerSide ? 'server-side-apply' : (judgedIn?.target.appliedBy ?? 'client-side-apply'),
    budgets,
    hasPlaceholders: owner.unresolved.length > 0,
    ...(judgedIn === undefined ? {} : { customKinds: judgedIn.customKinds }),
  };
}

// Flux puts the texts of a Secret into its data before it applies it (fluxcd/pkg ssa/normalize).
function sent({ resource, owner }: Held): Mapping {
  return owner.by === 'flux' ? withStringData(resource.object) : resource.object;
}

function withoutRepeated(errors: readonly FieldError[]): FieldError[] {
  const seen = new Set<string>();
  return errors.filter(({ type, field, detail }) => {
    const key = JSON.stringify([type, field, detail]);
    return seen.size < seen.add(key).size;
  });
}

/** Whether one path leads to the other. */
function isRelated(one: Path, other: Path): boolean {
  const length = Math.min(one.length, other.length);
  return one.slice(0, length).every((step, index) => step === other[index]);
}
