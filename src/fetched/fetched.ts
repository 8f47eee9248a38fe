import type { FileSystem } from '../source/file-system.ts';
import type { Sources } from '../source/load.ts';
import { directoriesAbove, directoryOf, lastPartOf } from '../source/path.ts';
import { directoryOfAddress } from './address.ts';
import { digestAt } from './digest.ts';
import { chartFinder } from './find-chart.ts';
import type { Lock } from './lock.ts';
import { takenKey, type Wanted, wantedKey } from './wanted.ts';

/** The folder where nobody names one. */
export const defaultFolder = '.cdb-lint/sources';

/** Where something lies, or that it does not; `changed` is what the lock knows by another digest. */
export type Found =
  | { readonly kind: 'here'; readonly path: string; readonly version: string }
  | { readonly kind: 'changed'; readonly path: string; readonly version: string; readonly digest: string }
  | { readonly kind: 'absent' };

/** What somebody asked for, and what became of it. */
export interface Asked {
  readonly wanted: Wanted;
  readonly found: Found;
}

/** What was fetched from elsewhere before the run; nothing is fetched by it. */
export interface Fetched {
  readonly folder: string;
  /** Whether nothing at a path, above it or in it is a link, through which a step that fetches would write elsewhere. */
  hasNoLinks(path: string): boolean;
  find(wanted: Wanted): Found;
  readonly lock: Lock;
  /** All that was asked for, by what it is. */
  readonly asked: ReadonlyMap<string, Asked>;
}

/** Opens the folder with what a step before filled it with. */
export function openFetched(sources: Sources, folder: string, lock: Lock): Fetched {
  const asked = new Map<string, Asked>();
  const findChart = chartFinder(sources, folder);
  const look = (wanted: Wanted): Found => {
    const place = wanted.kind === 'chart' ? findChart(wanted) : placeOf(sources, folder, wanted);
    if (place === undefined) return { kind: 'absent' };
    const locked = lock.get(takenKey(wanted, place.version));
    const digest = locked === undefined ? undefined : digestAt(sources, place.path);
    const isSame = digest === locked;
    return isSame
      ? { kind: 'here', ...place }
      : { kind: 'changed', ...place, digest: digest ?? 'unreadable' };
  };
  return {
    folder,
    lock,
    asked,
    hasNoLinks: (path) => hasNoLinks(sources.fileSystem, path),
    find(wanted) {
      const key = wantedKey(wanted);
      const known = asked.get(key);
      if (known !== undefined) return known.found;
      const found = look(wanted);
      asked.set(key, { wanted, found });
      return found;
    },
  };
}

function hasNoLinks(fileSystem: FileSystem, path: string): boolean {
  // A link to nothing, or to elsewhere, is listed all the same.
  const isThere = (one: string): boolean =>
    fileSystem.list(directoryOf(one))?.some(({ name }) => name === lastPartOf(one)) === true;
  const isItself = (one: string): boolean => fileSystem.realPath(one) === one || !isThere(one);
  const below = (fileSystem.list(path) ?? []).map(({ name }) => `${path}/${name}`);
  return [...directoriesAbove(`${path}/`), ...below].every(isItself);
}

interface Place {
  readonly path: string;
  readonly version: string;
}

/** `HOST/PATH@VERSION` below the folder, and a file by the whole of its address. */
function placeOf({ fileSystem }: Sources, folder: string, wanted: Wanted): Place | undefined {
  const path = pathOfWanted(folder, wanted);
  const kind = wanted.kind === 'file' ? 'file' : 'directory';
  return path !== undefined && fileSystem.kind(path) === kind ? { path, version: wanted.version } : undefined;
}

/** Where something belongs in the folder: of a chart the directory, of all else itself. Undefined for an address that is none. */
export function pathOfWanted(folder: string, { kind, repository, version }: Wanted): string | undefined {
  const directory = directoryOfAddress(repository);
  if (directory === undefined) return undefined;
  const isPlain = /^[\w.+:/-]*$/u.test(version) && !version.split('/').includes('..');
  if (kind === 'chart') return `${folder}/${directory}`;
  if (!isPlain) return undefined;
  return `${folder}/${directory}${version === '' ? '' : `@${version.replaceAll(':', '-')}`}`;
}
