import type { ThirdParties } from '../admit/third-party-findings.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { ignoredPaths, leavesOut } from '../configuration/ignored-paths.ts';
import { knownOnce } from '../object/known-once.ts';
import { firstFileOf } from '../object/provenance.ts';
import { groupVersionKind, type Resource } from '../object/resource.ts';
import { isBelow } from '../source/path.ts';
import { isMapping, valueAt } from '../source/value.ts';

/** Tells the objects that others wrote from one's own: by what the configuration says, and by where they come from. */
export function thirdPartiesAmong(
  resources: readonly Resource[],
  configuration: Configuration,
): Omit<ThirdParties, 'policies'> {
  const bundles = bundlesAmong(resources);
  const charts = foreignCharts(resources);
  const files = new Map<string, string | undefined>();
  const ofFile = (file: string): string | undefined => {
    if (!files.has(file)) files.set(file, whyOfFile(file, bundles, configuration));
    return files.get(file);
  };
  return {
    isTheirs: (file) => ofFile(file) !== undefined || charts.some((path) => isBelow(file, path)),
    whyOf: (resource) => {
      const file = fileOf(resource);
      const named = namedLabel(resource, configuration);
      if (isNamed(file, configuration)) return { why: 'thirdParty.paths lists its file', isConfigured: true };
      if (named !== undefined)
        return { why: `thirdParty.labels lists its label ${named}`, isConfigured: true };
      const why = whyOfChart(resource) ?? ofFile(file) ?? whyOfPrint(resource);
      return why === undefined ? undefined : { why, isConfigured: false };
    },
  };
}

function whyOfChart({ chart }: Resource): string | undefined {
  return chart === undefined || chart.isOwn
    ? undefined
    : `it comes from the chart ${chart.name} ${chart.version}`;
}

/** Where the charts of others lie. */
function foreignCharts(resources: readonly Resource[]): string[] {
  const paths = resources.flatMap(({ chart }) => (chart === undefined || chart.isOwn ? [] : [chart.path]));
  return [...new Set(paths)];
}

function whyOfFile(
  file: string,
  bundles: ReadonlySet<string>,
  configuration: Configuration,
): string | undefined {
  const { thirdParty, remotes, file: configurationFile } = configuration;
  if (isNamed(file, configuration)) return 'thirdParty.paths lists its file';
  if (
    thirdParty.paths.some(({ negated }) => negated) &&
    isTakenBack(file, configurationFile, thirdParty.paths)
  )
    return undefined;
  if (file.includes('.tgz/')) return 'it comes from a packaged chart';
  if (Object.values(remotes).some((folder) => isBelow(file, folder))) return 'it comes from a vendored base';
  if (/(?:^|\/)(?:vendor|vendored|third[-_]?party|upstream)\//u.test(file)) return 'its file is vendored';
  return bundles.has(file) ? 'its file installs an operator' : undefined;
}

function isNamed(file: string, { thirdParty, file: configurationFile }: Configuration): boolean {
  return leavesOut(ignoredPaths(thirdParty.paths, configurationFile), file, false);
}

/** Whether a pattern with `!` speaks of the file, so that it is one's own. */
function isTakenBack(
  file: string,
  configurationFile: string | undefined,
  paths: Configuration['thirdParty']['paths'],
): boolean {
  return leavesOut(ignoredPaths(takenBack(paths), configurationFile), file, false);
}

const takenBack = knownOnce((paths: Configuration['thirdParty']['paths']) =>
  paths.filter(({ negated }) => negated).map((one) => ({ ...one, negated: false })),
);

/** The first of the labels in the configuration that an object has. */
function namedLabel({ object }: Resource, { thirdParty }: Configuration): string | undefined {
  const labels = valueAt(object, ['metadata', 'labels']);
  if (!isMapping(labels)) return undefined;
  const places = labelPlaces(thirdParty.labels);
  const named = Object.keys(labels).filter((name) => places.get(name)?.value === labels[name]);
  return named.sort((a, b) => (places.get(a)?.place ?? 0) - (places.get(b)?.place ?? 0))[0];
}

const labelPlaces = knownOnce(
  (labels: Configuration['thirdParty']['labels']) =>
    new Map(Object.entries(labels).map(([name, value], place) => [name, { value, place }] as const)),
);

/** A chart of the repository is one's own, what `helm template` printed into a file is not. */
function whyOfPrint({ object, chart }: Resource): string | undefined {
  const isPrinted =
    valueAt(object, ['metadata', 'labels', 'helm.sh/chart']) !== undefined && chart === undefined;
  return isPrinted ? 'it was rendered from a chart' : undefined;
}

/** Files that define kinds together with what serves them: the release of an operator. */
function bundlesAmong(resources: readonly Resource[]): ReadonlySet<string> {
  const defining = new Set<string>();
  const serving = new Set<string>();
  for (const resource of resources) {
    const { kind } = groupVersionKind(resource.object);
    if (kind === 'CustomResourceDefinition') defining.add(fileOf(resource));
    else if (servingKinds.has(kind)) serving.add(fileOf(resource));
  }
  return new Set([...defining].filter((file) => serving.has(file)));
}

const servingKinds: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ClusterRole']);

function fileOf({ origin }: Resource): string {
  return firstFileOf(origin) ?? '';
}
