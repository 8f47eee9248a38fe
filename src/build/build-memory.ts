import type { Build } from '../object/build.ts';
import type { Tracked } from '../object/provenance.ts';
import type { Inquiry } from '../source/inquiry.ts';
import type { Sources } from '../source/load.ts';
import { newParseMemory, type ParseMemory } from '../source/parse-memory.ts';
import type { Mapping } from '../source/value.ts';
import type { CachedBase } from './build-context.ts';
import { isSameTracked } from './same-tracked.ts';

/** A build as it was made of a kustomization. */
export interface RememberedBuild {
  readonly kustomization: Tracked<Mapping>;
  readonly inquiry: Inquiry;
  readonly build: Build;
}

/** What earlier runs parsed and built, and what files told them meanwhile. */
export interface BuildMemory {
  readonly files: ParseMemory;
  /** Begins a run; builds that the run before had no use for are forgotten, unless this one looks at a part alone. */
  open(isPart?: boolean): RunMemory;
  /** What was built since the last run began, or taken again from before. */
  builds(): (readonly [options: string, RememberedBuild])[];
  /** Takes what others built. */
  take(builds: Iterable<readonly [options: string, RememberedBuild]>): void;
}

/** The memory of one run; `options` say what a build depends on beside its kustomization and the files. */
export interface RunMemory {
  bases(options: string): Map<string, CachedBase>;
  recall(options: string, kustomization: Tracked<Mapping>, sources: Sources): Build | undefined;
  remember(options: string, remembered: RememberedBuild): void;
}

/** A directory is built by a few who edit its kustomization each in another way; runs of a part come again and again. */
const mostOfOne = 64;

export function newBuildMemory(): BuildMemory {
  const bases = new Map<string, Map<string, CachedBase>>();
  let builds = new Map<string, RememberedBuild[]>();
  return {
    files: newParseMemory(),
    builds: () => [...builds].flatMap(([options, all]) => all.map((one) => [options, one] as const)),
    take(others) {
      for (const [options, one] of others) builds.set(options, [...(builds.get(options) ?? []), one]);
    },
    open(isPart = false) {
      const earlier = builds;
      const own = isPart ? earlier : new Map<string, RememberedBuild[]>();
      builds = own;
      const remember = (options: string, remembered: RememberedBuild): void => {
        own.set(options, [...(own.get(options) ?? []).slice(-mostOfOne), remembered]);
      };
      return {
        bases(options) {
          const known = bases.get(options) ?? new Map<string, CachedBase>();
          bases.set(options, known);
          return known;
        },
        recall(options, kustomization, sources) {
          const isIt = (one: RememberedBuild): boolean =>
            isSameTracked(one.kustomization, kustomization) && one.inquiry.holdsFor(sources);
          const known = own.get(options)?.find(isIt);
          if (known !== undefined) return known.build;
          const found = isPart ? undefined : earlier.get(options)?.find(isIt);
          if (found !== undefined) remember(options, found);
          return found?.build;
        },
        remember,
      };
    },
  };
}
