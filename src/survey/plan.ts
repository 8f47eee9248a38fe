import type { Fetched } from '../fetched/fetched.ts';
import type { Sources } from '../source/load.ts';
import { directoryOf } from '../source/path.ts';
import type { Surveyor } from './asked.ts';
import { type EntryPoints, findEntryPoints } from './entry-points.ts';
import { type FetchedBases, fetchedBases, fetchedFor } from './fetched-bases.ts';
import { openReach } from './reach.ts';

/** What there is below the paths, before anything is built. */
export interface Plan {
  readonly found: EntryPoints;
  /** The files that a directory may read, told without building it. */
  readonly reachOf: ReturnType<typeof openReach>;
  /** What comes from elsewhere and lies here. */
  readonly fetched: Fetched;
  /** What of it kustomizations take in. */
  readonly bases: FetchedBases;
  /** As the run has them; tells what is read. */
  readonly sources: Sources;
}

/** Looks through the paths for what to judge. */
export function planRun({ sources, configuration, asked, tell }: Surveyor): Plan {
  const told = tellingReads(sources, (what) => tell({ name: 'read', what }));
  const { environments, file, ignore } = configuration;
  const fetched = fetchedFor(told, configuration);
  const found = findEntryPoints(told, {
    paths: asked.paths,
    environments,
    selected: asked.environments,
    ignore,
    fetchedFolder: fetched.folder,
    ...(file === undefined ? {} : { configurationFile: file }),
  });
  const bases = fetchedBases(told, found.kustomizations.map(directoryOf), fetched, configuration.remotes);
  return { found, reachOf: openReach(told, bases.remotes), fetched, bases, sources: told };
}

/** Tells what is read, which takes its time before there is anything to build. */
function tellingReads(sources: Sources, tell: (path: string) => void): Sources {
  return {
    ...sources,
    bytes(path) {
      tell(path);
      return sources.bytes(path);
    },
    load(path, reader) {
      tell(path);
      return sources.load(path, reader);
    },
  };
}
