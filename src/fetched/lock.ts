import type { Sources } from '../source/load.ts';
import { itemsAt, type Value, valueAt } from '../source/value.ts';
import { type Wanted, wantedKey } from './wanted.ts';

/** Digests of what was fetched, by what it is (`wantedKey` with the version that was taken). */
export type Lock = ReadonlyMap<string, string>;

/** A line of the lock: what was fetched, in the version that was taken, and its digest. */
export interface Locked {
  readonly wanted: Wanted;
  readonly digest: string;
}

/** The name of the lock, which lies beside the configuration. */
export const lockName = 'cdb-lint.lock';

/** What a lock says; empty where there is none. */
export function readLock(sources: Sources, path: string): Lock {
  if (sources.fileSystem.kind(path) !== 'file') return new Map();
  const value = sources.load(path, 'api-server').documents[0]?.value;
  return new Map(
    itemsAt(value, ['sources']).flatMap((item) => {
      const locked = lockedOf(item);
      return locked === undefined ? [] : [[wantedKey(locked.wanted), locked.digest] as const];
    }),
  );
}

function lockedOf(item: Value): Locked | undefined {
  const text = (key: string): string => {
    const value = valueAt(item, [key]);
    return typeof value === 'string' ? value : '';
  };
  const digest = text('digest');
  if (!/^sha256:[0-9a-f]{64}$/u.test(digest)) return undefined;
  const [repository, version] = [text('repository'), text('version')];
  switch (text('kind')) {
    case 'chart':
      return { digest, wanted: { kind: 'chart', repository, version, name: text('name') } };
    case 'checkout':
      return { digest, wanted: { kind: 'checkout', repository, version } };
    case 'artifact':
      return { digest, wanted: { kind: 'artifact', repository, version } };
    case 'file':
      return { digest, wanted: { kind: 'file', repository, version: '' } };
    default:
      return undefined;
  }
}

/** The text of a lock, in the order of what it says. */
export function writeLock(all: readonly Locked[]): string {
  const items = all.map(({ wanted, digest }) => {
    const { kind, repository, version } = wanted;
    const name = kind === 'chart' ? `    name: ${JSON.stringify(wanted.name)}\n` : '';
    const at = `    repository: ${JSON.stringify(repository)}\n    version: ${JSON.stringify(version)}\n`;
    return `  - kind: ${kind}\n${name}${at}    digest: ${digest}\n`;
  });
  const head = '# Written by `cdb-lint sources --write-lock`: external sources and their digests.\n';
  return `${head}sources:${items.length === 0 ? ' []\n' : `\n${[...new Set(items)].sort().join('')}`}`;
}
