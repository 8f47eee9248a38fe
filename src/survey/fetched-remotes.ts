import { isRemote } from '../build/loader.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { defaultFolder, type Fetched, openFetched } from '../fetched/fetched.ts';
import { lockName, readLock } from '../fetched/lock.ts';
import { remoteBaseOf } from '../fetched/remote-base.ts';
import { kustomizationIn } from '../object/kustomization-path.ts';
import type { Sources } from '../source/load.ts';
import { directoryOf, normalisePath } from '../source/path.ts';
import { isMapping, isSequence, type Value } from '../source/value.ts';

/** What was fetched for a run, as its configuration says where. */
export function fetchedFor(
  sources: Sources,
  { charts, file = '' }: Pick<Configuration, 'charts' | 'file'>,
): Fetched {
  const directory = directoryOf(file);
  const lock = directory === '' ? lockName : `${directory}/${lockName}`;
  return openFetched(sources, charts?.path ?? defaultFolder, readLock(sources, lock));
}

/** Entries of kustomizations that may be remote. */
const fields = ['resources', 'bases', 'components', 'crds'] as const;
const maximumDirectories = 20_000;

/** The remote bases of the kustomizations in and below some directories that were fetched, by the text that names them; copies of the configuration count before these. */
export function fetchedRemotes(
  sources: Sources,
  start: readonly string[],
  fetched: Fetched,
  configured: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const remotes = new Map(Object.entries(configured));
  const directories = new Set([...start, ...remotes.values()]);
  // A set is walked in the order of insertion, what is added on the way included.
  for (const directory of directories) {
    if (directories.size > maximumDirectories) break;
    for (const entry of entriesOf(sources, directory)) {
      const path = isRemote(entry)
        ? (remotes.get(entry) ?? lookUp(sources, entry, fetched))
        : normalisePath(directory === '' ? entry : `${directory}/${entry}`);
      if (path === undefined) continue;
      if (isRemote(entry)) remotes.set(entry, path);
      if (sources.fileSystem.kind(path) === 'directory') directories.add(path);
    }
  }
  return Object.fromEntries(remotes);
}

function entriesOf(sources: Sources, directory: string): string[] {
  const file = kustomizationIn(directory, (path) => sources.fileSystem.kind(path) === 'file');
  const value = file === undefined ? undefined : sources.load(file, 'kustomize').documents[0]?.value;
  return isMapping(value) ? fields.flatMap((field) => textsOf(value[field])) : [];
}

function textsOf(value: Value | undefined): string[] {
  return isSequence(value) ? value.filter((one) => typeof one === 'string') : [];
}

function lookUp({ fileSystem }: Sources, entry: string, fetched: Fetched): string | undefined {
  const base = remoteBaseOf(entry);
  const found = base === undefined ? undefined : fetched.find(base.wanted);
  if (base === undefined || found?.kind !== 'here') return undefined;
  const path = base.path === '' ? found.path : normalisePath(`${found.path}/${base.path}`);
  return path !== undefined && fileSystem.kind(path) !== undefined ? path : undefined;
}
