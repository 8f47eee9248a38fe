import type { Configuration } from '../configuration/configuration.ts';
import { digestAt } from '../fetched/digest.ts';
import { fetchLine, isAllowed } from '../fetched/fetch-line.ts';
import type { Fetched, Found } from '../fetched/fetched.ts';
import type { Locked } from '../fetched/lock.ts';
import { takenKey, type Wanted } from '../fetched/wanted.ts';
import type { Sources } from '../source/load.ts';

/** Something that comes from elsewhere: whether it is here, and how to get it. */
export interface ListedSource {
  readonly wanted: Wanted;
  readonly found: Found;
  readonly digest?: string;
  /** Whether the lock has a digest for it. */
  readonly isLocked: boolean;
  /** False where `sourceHosts` lists hosts and not this one. */
  readonly isAllowed: boolean;
  /** The line of a shell that fetches it; absent for names that no shell should see. */
  readonly line?: string;
}

/** All that was asked for, in the order of kinds and names. */
export function listSources(
  sources: Sources,
  fetched: Fetched,
  { sourceHosts }: Pick<Configuration, 'sourceHosts'>,
): ListedSource[] {
  return [...fetched.asked.values()]
    .map(({ wanted, found }) => {
      const digest = found.kind === 'absent' ? undefined : digestAt(sources, found.path);
      const line = fetchLine(wanted, fetched);
      return {
        wanted,
        found,
        isLocked: found.kind !== 'absent' && fetched.lock.has(takenKey(wanted, found.version)),
        isAllowed: sourceHosts.length === 0 || isAllowed(wanted, sourceHosts),
        ...(digest === undefined ? {} : { digest }),
        ...(line === undefined ? {} : { line }),
      };
    })
    .sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

/** Where that lies which is here, and which the lock has no digest of. */
export function unlockedIn({ asked, lock }: Fetched): string[] {
  const paths = [...asked.values()].flatMap(({ wanted, found }) =>
    found.kind === 'here' && !lock.has(takenKey(wanted, found.version)) ? [found.path] : [],
  );
  return [...new Set(paths)].sort();
}

function sortKey({ wanted }: ListedSource): string {
  const name = wanted.kind === 'chart' ? wanted.name : '';
  return `${wanted.kind} ${name} ${wanted.repository} ${wanted.version}`;
}

/** What a lock says of what is here, in the versions that were taken. */
export function lockOf(all: readonly ListedSource[]): Locked[] {
  return all.flatMap(({ wanted, found, digest }) =>
    found.kind === 'absent' || digest === undefined
      ? []
      : [{ wanted: { ...wanted, version: found.version } as Wanted, digest }],
  );
}
