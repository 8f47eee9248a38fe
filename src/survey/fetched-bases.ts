import { type ChartCopy, chartKey } from '../build/chart-copies.ts';
import { isRemote } from '../build/loader.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { fetchLine } from '../fetched/fetch-line.ts';
import { defaultFolder, type Fetched, openFetched } from '../fetched/fetched.ts';
import { lockName, readLock } from '../fetched/lock.ts';
import { remoteBaseOf } from '../fetched/remote-base.ts';
import type { WantedChart } from '../fetched/wanted.ts';
import { kustomizationIn } from '../object/kustomization-path.ts';
import type { Sources } from '../source/load.ts';
import { directoryOf, normalisePath } from '../source/path.ts';
import { isMapping, isSequence, itemsAt, type Mapping, type Value } from '../source/value.ts';

/** What was fetched for a run, as its configuration says where. */
export function fetchedFor(
  sources: Sources,
  { charts, file = '' }: Pick<Configuration, 'charts' | 'file'>,
): Fetched {
  const directory = directoryOf(file);
  const lock = directory === '' ? lockName : `${directory}/${lockName}`;
  return openFetched(sources, charts?.path ?? defaultFolder, readLock(sources, lock));
}

/** What was fetched for kustomizations, as `BuildOptions` have it. */
export interface FetchedBases {
  /** Copies of remote bases, by the text that names them. */
  readonly remotes: Readonly<Record<string, string>>;
  /** Charts of `helmCharts`, by `chartKey`. */
  readonly charts: Readonly<Record<string, ChartCopy>>;
}

/** Entries of kustomizations that may be remote. */
const fields = ['resources', 'bases', 'components', 'crds'] as const;
const maximumDirectories = 20_000;

/** What the kustomizations in and below some directories take from elsewhere; copies that the configuration names count first. */
export function fetchedBases(
  sources: Sources,
  start: readonly string[],
  fetched: Fetched,
  configured: Readonly<Record<string, string>>,
): FetchedBases {
  const remotes = new Map(Object.entries(configured));
  const charts = new Map<string, ChartCopy>();
  const directories = new Set([...start, ...remotes.values()]);
  // A set is walked in the order of insertion, what is added on the way included.
  for (const directory of directories) {
    if (directories.size > maximumDirectories) break;
    const kustomization = kustomizationAt(sources, directory);
    if (kustomization === undefined) continue;
    for (const chart of chartsNamed(kustomization)) charts.set(...copyOf(chart, fetched));
    for (const entry of fields.flatMap((field) => textsOf(kustomization[field]))) {
      const path = isRemote(entry)
        ? (remotes.get(entry) ?? lookUp(sources, entry, fetched))
        : normalisePath(directory === '' ? entry : `${directory}/${entry}`);
      if (path === undefined) continue;
      if (isRemote(entry)) remotes.set(entry, path);
      if (sources.fileSystem.kind(path) === 'directory') directories.add(path);
    }
  }
  return { remotes: Object.fromEntries(remotes), charts: Object.fromEntries(charts) };
}

function kustomizationAt(sources: Sources, directory: string): Mapping | undefined {
  const file = kustomizationIn(directory, (path) => sources.fileSystem.kind(path) === 'file');
  const value = file === undefined ? undefined : sources.load(file, 'kustomization').documents[0]?.value;
  return isMapping(value) ? value : undefined;
}

/** The charts that a kustomization has from a repository. */
function chartsNamed(kustomization: Mapping): WantedChart[] {
  return [
    ...itemsAt(kustomization, ['helmCharts']),
    ...itemsAt(kustomization, ['helmChartInflationGenerator']),
  ]
    .filter((entry) => isMapping(entry))
    .flatMap((entry) => {
      const [name, repository] = [
        entry['name'] ?? entry['chartName'],
        entry['repo'] ?? entry['chartRepoUrl'],
      ];
      const version = entry['version'] ?? entry['chartVersion'];
      return typeof name === 'string' && typeof repository === 'string'
        ? [{ kind: 'chart' as const, name, repository, version: typeof version === 'string' ? version : '' }]
        : [];
    });
}

function copyOf(wanted: WantedChart, fetched: Fetched): [string, ChartCopy] {
  const { repository, name, version } = wanted;
  const found = fetched.find({ ...wanted, version: version === '' ? '*' : version });
  const line = fetchLine(wanted, fetched);
  const copy = found.kind === 'here' ? { path: found.path } : line === undefined ? {} : { line };
  return [chartKey(repository, name, version), copy];
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
