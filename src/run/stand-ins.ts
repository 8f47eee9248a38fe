import type { Weakening } from '../accept/weakened-settings.ts';
import { withoutCredentials } from '../credential/dots.ts';
import { startOf } from '../diagnostic/span.ts';
import { digestAt } from '../fetched/digest.ts';
import type { Asked, Found } from '../fetched/fetched.ts';
import type { Lock } from '../fetched/lock.ts';
import { takenKey, type Wanted, wantedOfKey } from '../fetched/wanted.ts';
import type { CommittedFiles } from '../source/open-base.ts';
import { directoriesAbove } from '../source/path.ts';
import type { RunJudgement } from './judge.ts';

type Here = Extract<Found, { readonly kind: 'here' }>;

interface StandIn {
  readonly wanted: Wanted;
  readonly found: Here;
  /** As a lock knows it. */
  readonly key: string;
}

/**
 * What is committed and stands for something from elsewhere, by no one's word but that of the change: what the cluster fetches from there
 * may be something else, and no rules of the base can tell. What a step of CI fetched is in no commit, and what the lock of the base has the
 * digest of is known.
 */
export function standInsOf(
  base: RunJudgement,
  head: RunJudgement,
  committed: (() => CommittedFiles) | undefined,
): Weakening[] {
  const found = foundIn(head);
  const unknown = found.filter((one) => !isLocked(one, base, head));
  return [
    ...brought(unknown, base, head, committed),
    ...unlocked(found, base, head),
    ...lockedAnew(base.tree.fetched.lock, head.tree.fetched.lock),
  ];
}

function brought(
  unknown: readonly StandIn[],
  base: RunJudgement,
  head: RunJudgement,
  committed: (() => CommittedFiles) | undefined,
): Weakening[] {
  if (committed === undefined || unknown.length === 0) return [];
  const before = new Set(foundIn(base).map(({ key }) => key));
  const places = openPlaces(committed());
  return unknown.flatMap((one) => {
    const { path } = one.found;
    const how = places.howCommitted(path, head.sources.fileSystem.realPath(path) ?? path);
    if (how === undefined || (how === 'as before' && before.has(one.key))) return [];
    const span = startOf({ path, text: '' });
    return [{ what: wordsOf(one, how, wordsOfLocks(one, base, head)), span, decidesNow: true }];
  });
}

/** What the lock of the base has the digest of, and that of the head no more. */
function unlocked(found: readonly StandIn[], base: RunJudgement, head: RunJudgement): Weakening[] {
  const [before, after] = [base.tree.fetched.lock, head.tree.fetched.lock];
  return found
    .filter(({ key }) => before.has(key) && !after.has(key))
    .map((one) => ({ what: `the lock no longer has the digest of ${nameOf(one)}` }));
}

/** A chart's version is published once: another digest of it makes way for another archive in a later change. */
function lockedAnew(before: Lock, after: Lock): Weakening[] {
  return [...after].flatMap(([key, digest]) => {
    const known = before.get(key);
    const wanted = wantedOfKey(key);
    if (known === undefined || known === digest || wanted.kind !== 'chart') return [];
    const { name, version, repository } = wanted;
    return [
      {
        what: `the lock has a different digest of chart ${name} ${version} of ${shownRepository(repository)}`,
      },
    ];
  });
}

function foundIn({ tree }: RunJudgement): StandIn[] {
  return [...tree.fetched.asked.values()].flatMap(({ wanted, found }: Asked) =>
    found.kind === 'here' ? [{ wanted, found, key: takenKey(wanted, found.version) }] : [],
  );
}

function isLocked({ key, found }: StandIn, base: RunJudgement, head: RunJudgement): boolean {
  const digest = base.tree.fetched.lock.get(key);
  return digest !== undefined && digest === digestAt(head.sources, found.path);
}

function wordsOf(one: StandIn, how: Committed, locks: string): string {
  return `${one.found.path} ${how === 'brought' ? 'comes with the change' : 'is committed'} and replaces ${nameOf(one)}, ${locks}`;
}

function nameOf({ wanted, found }: StandIn): string {
  const name = wanted.kind === 'chart' ? `${wanted.name} ` : '';
  return `${`${wanted.kind} ${name}${found.version}`.trimEnd()} of ${shownRepository(wanted.repository)}`;
}

function shownRepository(repository: string): string {
  return withoutCredentials(repository) || 'an unknown repository';
}

function wordsOfLocks({ key }: StandIn, base: RunJudgement, head: RunJudgement): string {
  if (base.tree.fetched.lock.has(key)) return 'which has a different digest in the lock of the base';
  return head.tree.fetched.lock.has(key) ? 'and so does its digest in the lock' : 'which no lock lists';
}

type Committed = 'brought' | 'as before';

/** Tells of a place whether something at it, below it, or a link or submodule that leads to it is committed. */
function openPlaces(committed: CommittedFiles): {
  howCommitted(path: string, real: string): Committed | undefined;
} {
  const below = new Map<string, Committed>();
  for (const [file, isSame] of committed)
    for (const path of [file, ...directoriesAbove(file)])
      if (!isSame) below.set(path, 'brought');
      else if (!below.has(path)) below.set(path, 'as before');
  return {
    howCommitted(path, real) {
      const isBrought = [path, ...directoriesAbove(path)].some((one) => committed.get(one) === false);
      return isBrought ? 'brought' : below.get(real);
    },
  };
}
