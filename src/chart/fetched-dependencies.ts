import { normalisePath, pathBelow } from '../source/path.ts';
import { isMap } from '../template/value/datum.ts';
import type { GoMap } from '../template/value/model.ts';
import { type Chart, type ChartDependency, ChartError } from './chart.ts';
import { isFetchable, missingDependencies, spendCharts } from './dependencies.ts';
import { mapsAt, textAt } from './metadata.ts';
import { isChartAt, readChart } from './read-chart.ts';
import type { ChartSources } from './read-directory.ts';
import { readMapping } from './read-yaml.ts';

/** A chart of a chart repository or a registry, in a version or the newest of a range. */
interface WantedDependency {
  readonly kind: 'chart';
  readonly repository: string;
  readonly name: string;
  readonly version: string;
}

/** Charts that a step before the run fetched; `changed` is one that the lock knows by another digest. */
export interface FetchedCharts {
  find(
    wanted: WantedDependency,
  ): { readonly kind: 'here' | 'changed'; readonly path: string } | { readonly kind: 'absent' };
}

/** A chart with dependencies that are not in its `charts/`. */
export interface CompletedChart {
  readonly chart: Chart;
  readonly fetched: readonly FetchedDependency[];
}

/** A dependency that was fetched, and where it lies. */
export interface FetchedDependency {
  readonly chart: Chart;
  readonly path: string;
  /** The names of the charts that it is inside of, below the outermost one. */
  readonly inside: readonly string[];
}

// Of charts next to each other, each may depend on the next.
const deepest = 20;

/**
 * Takes in the dependencies that controllers build before they render (`helm dependency build` in repo-server 3.6 and source-controller
 * 1.9): in the version of Chart.lock, of a directory of this repository by `file://`, else of what was fetched. Those that are nowhere
 * stay missing.
 */
export function withFetchedDependencies(
  chart: Chart,
  path: string,
  sources: ChartSources,
  fetched: FetchedCharts,
  within = { depth: 0, spent: { charts: 0 } },
): CompletedChart {
  const missing = missingDependencies(chart);
  if (missing.length === 0 || within.depth > deepest) return { chart, fetched: [] };
  const locked = lockedVersions(chart);
  const places = new Map<string, Place>();
  for (const one of missing) {
    const place = placeOf({ ...one, version: locked.get(one.name) ?? one.version }, path, sources, fetched);
    if (place !== undefined) places.set(one.name, place);
  }
  spendCharts(within.spent, places.size);
  const next = { ...within, depth: within.depth + 1 };
  const found = [...places].map(([name, place]) => ({
    name,
    ...place,
    ...withFetchedDependencies(readChart(sources, place.path), place.path, sources, fetched, next),
  }));
  return {
    chart: { ...chart, dependencies: [...chart.dependencies, ...found.map((one) => one.chart)] },
    fetched: found.flatMap((one) => [
      ...one.fetched.map((inner) => ({ ...inner, inside: [one.name, ...inner.inside] })),
      ...(one.isOwn ? [] : [{ chart: one.chart, path: one.path, inside: [] }]),
    ]),
  };
}

interface Place {
  readonly path: string;
  /** Whether it is a directory of this repository. */
  readonly isOwn: boolean;
}

function placeOf(
  { name, version, repository }: ChartDependency,
  path: string,
  sources: ChartSources,
  fetched: FetchedCharts,
): Place | undefined {
  const local = /^file:\/\/(.*)$/u.exec(repository)?.[1];
  if (local !== undefined) {
    const place = local.startsWith('/') ? undefined : normalisePath(pathBelow(path, local));
    return place !== undefined && isChartAt(sources, place) ? { path: place, isOwn: true } : undefined;
  }
  if (!isFetchable(repository)) return undefined;
  const found = fetched.find({ kind: 'chart', repository, name, version });
  if (found.kind === 'absent') return undefined;
  if (found.kind === 'here') return { path: found.path, isOwn: false };
  throw new ChartError(`the digest of ${found.path} differs from that in cdb-lint.lock`, found.path);
}

/** The versions that Chart.lock, or requirements.lock of an older chart, has for the dependencies. */
function lockedVersions({ own, files }: Chart): ReadonlyMap<string, string> {
  const lock = [...own, ...files].find(({ name }) => name === 'Chart.lock' || name === 'requirements.lock');
  if (lock === undefined) return new Map();
  const entries: readonly GoMap[] = mapsAt(readMapping(lock, 'chart'), 'dependencies').filter(isMap);
  return new Map(entries.map((one) => [textAt(one, 'name'), textAt(one, 'version')]));
}
