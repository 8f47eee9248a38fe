import { builtInVersions, kubernetesVersionOfHelm } from '../chart/api-versions.ts';
import {
  type Chart,
  ChartError,
  type ChartFile,
  ChartLacking,
  ChartNotFetched,
  filesOfChart,
  ValuesRefused,
} from '../chart/chart.ts';
import { chartBudget } from '../chart/chart-budget.ts';
import { readGivenValues } from '../chart/encrypted-values.ts';
import type { Manifest } from '../chart/manifest.ts';
import { type ForeignChart, linesOf, ownedDocument, ownedText } from '../chart/owned-text.ts';
import { isChartAt, readChart } from '../chart/read-chart.ts';
import { textOfFile } from '../chart/read-yaml.ts';
import { type RenderedChart, renderChart } from '../chart/render-chart.ts';
import { mergeValues } from '../chart/set-values.ts';
import { valuesFiles } from '../chart/values-files.ts';
import { trackMadeText } from '../object/made-document.ts';
import { getPart, originOfDocument, type Tracked, unknownOf, untracked } from '../object/provenance.ts';
import type { ChartOrigin } from '../object/resource.ts';
import type { Sources } from '../source/load.ts';
import { parseDocuments } from '../source/parse.ts';
import { normalisePath } from '../source/path.ts';
import type { Mapping } from '../source/value.ts';
import { isMap, knownValue, newMap, unknownInside } from '../template/value/datum.ts';
import { knownFrom } from '../template/value/from-value.ts';
import type { GoMap } from '../template/value/model.ts';
import { type AccumulatedResource, newResource } from './accumulated-resource.ts';
import type { ChartCopies } from './chart-copies.ts';
import { isTrue, mappingOf, stringsOf, textOf } from './kustomization.ts';
import { joinPath, type Loader } from './loader.ts';
import { isProblem, type Problem } from './problem.ts';
import { readObjects } from './resource-file.ts';

/** What inflating a chart needs of the build. */
export interface Inflating {
  readonly sources: Sources;
  readonly loader: Loader;
  readonly copies: ChartCopies;
  readonly provenance: boolean;
  /** Takes the names of what nobody knows before the chart is installed. */
  readonly unknown: Set<string>;
}

/** What a chart makes, and the files that it was made of. */
export interface Inflated {
  readonly resources: readonly AccumulatedResource[];
  readonly inputs: readonly string[];
}

/** The objects that helm makes of an entry of `helmCharts` (HelmChartInflationGenerator of kustomize 5.8.2, with Helm 4). */
export function inflateChart(
  entry: Tracked<Mapping>,
  chartHome: string,
  inflating: Inflating,
): Inflated | Problem {
  const place = chartPlace(entry, chartHome, inflating);
  if (isProblem(place)) return place;
  try {
    const made = render(entry, place, inflating);
    return isProblem(made) ? { ...made, unrendered: place.path } : made;
  } catch (error) {
    if (error instanceof ChartError) return { ...refused(error, entry, place), unrendered: place.path };
    throw error;
  }
}

interface ChartPlace {
  readonly path: string;
  readonly isOwn: boolean;
}

/** Below the chart's home, by name and, of a pulled one, version; else where a step before the run left it. */
function chartPlace(
  entry: Tracked<Mapping>,
  chartHome: string,
  { sources, loader, copies }: Inflating,
): ChartPlace | Problem {
  const [name, version, repo] = ['name', 'version', 'repo'].map((field) => textOf(entry, field));
  const missing = (problem: string, help: string): Problem => ({
    rule: 'helm-chart-not-rendered',
    problem,
    help,
    at: entry.origin,
    unchecked: `Helm chart ${name}`,
  });
  if (name === undefined || name === '' || name.startsWith('-'))
    return missing('the entry has no valid chart name', 'write the name of a chart');
  const home = version !== '' && repo !== '' ? `${chartHome}/${name}-${version}` : chartHome;
  const local = normalisePath(joinPath(loader.directory, `${home}/${name}`));
  if (local !== undefined && sources.fileSystem.kind(local) === 'directory' && isChartAt(sources, local))
    return { path: local, isOwn: true };
  const copy = copies(repo ?? '', name, version ?? '');
  if (copy.path !== undefined) return { path: copy.path, isOwn: false };
  const help =
    copy.line === undefined
      ? 'render it into the repository, or leave it to a HelmRelease'
      : `fetch it before the run: ${copy.line}`;
  return { ...missing(`Helm chart ${name} is never fetched and never executed`, help), isElsewhere: true };
}

function render(
  entry: Tracked<Mapping>,
  { path, isOwn }: ChartPlace,
  inflating: Inflating,
): Inflated | Problem {
  const { sources, loader, provenance, unknown } = inflating;
  const chart = readChart(sources, path);
  const values = valuesOf(entry, chart, loader);
  if (isProblem(values)) return values;
  const rendered = renderUnlessOpen(
    { entry, path },
    chart,
    {
      name: textOf(entry, 'releaseName') || textOf(entry, 'nameTemplate') || 'release-name',
      namespace: textOf(entry, 'namespace') || 'default',
      values,
      kubernetesVersion: textOf(entry, 'kubeVersion') || kubernetesVersionOfHelm,
      apiVersions: [...builtInVersions, ...stringsOf(entry, 'apiVersions').map(({ value }) => value)],
      isUpgrade: false,
      helm: 4,
    },
    { reader: 'kustomize', budget: chartBudget(sources) },
  );
  if (isProblem(rendered)) return rendered;
  const { name, version } = chart.metadata;
  const release = `kustomization ${loader.directory || '.'}`;
  const place = { path, installer: entry.origin, version: getPart(entry, 'version')?.origin };
  const lines = linesOf(place);
  const origin: ChartOrigin = { name, version, path, isOwn, release, lines, values: valuesFiles(chart) };
  const foreign = isOwn ? undefined : place;
  const definitions = isTrue(entry, 'includeCRDs') ? rendered.crds : [];
  const manifests = [...rendered.manifests, ...rendered.hooks.filter((one) => isPrinted(one, entry))];
  const documents: ChartDocument[] = [
    ...definitions.flatMap((file) => documentsOf(file, foreign)),
    ...manifests.flatMap((one) => documentsIn(one, foreign, unknown)),
  ];
  const objects = readObjects(documents);
  if (isProblem(objects)) return { ...objects, rule: 'chart-render-failed', at: entry.origin };
  const plain = new Set(documents.filter(({ isPlain }) => isPlain).map((one) => one.origin));
  const resources = objects.map((one) => ({
    ...newResource(provenance ? one : { ...one, origin: untracked }),
    ...(plain.has(one.origin) && { plain: one.origin }),
    chart: origin,
  }));
  const isPacked = sources.fileSystem.kind(path) === 'file';
  return { resources, inputs: isPacked ? [path] : filesOfChart(chart).map((file) => file.path) };
}

/** What a chart makes, unless a template refuses what may be the stand-in of a value that nobody can read here. */
function renderUnlessOpen(
  { entry, path }: { readonly entry: Tracked<Mapping>; readonly path: string },
  ...args: Parameters<typeof renderChart>
): RenderedChart | Problem {
  try {
    return renderChart(...args);
  } catch (error) {
    const isCertain = error instanceof ChartLacking || error instanceof ValuesRefused;
    const [, { values }] = args;
    const unread = unknownInside([knownValue(values)]).flatMap((one) => unknownOf(one) ?? []);
    if (unread.length === 0 || isCertain || !(error instanceof ChartError)) throw error;
    return notKnown(unread, entry, path);
  }
}

function notKnown(unread: readonly string[], entry: Tracked<Mapping>, path: string): Problem {
  return {
    rule: 'helm-chart-not-rendered',
    problem: `Helm chart ${path || '.'} needs ${unread.join(', ')}, which cannot be known here`,
    help: 'render it where the values are decrypted',
    at: entry.origin,
    unchecked: `Helm chart ${textOf(entry, 'name')}`,
    isElsewhere: true,
  };
}

function isPrinted({ hooks }: Manifest, entry: Tracked<Mapping>): boolean {
  if (isTrue(entry, 'skipHooks')) return false;
  return !(isTrue(entry, 'skipTests') && hooks.some((hook) => hook === 'test' || hook === 'test-success'));
}

function documentsOf(file: ChartFile, foreign: ForeignChart | undefined): Tracked[] {
  const { documents } = parseDocuments({ path: file.path, text: textOfFile(file) }, 'kustomize');
  return documents
    .map(({ value, positions }) => ({ value, origin: originOfDocument('crds', positions) }))
    .map((one) => (foreign === undefined ? one : ownedDocument(one, foreign)));
}

/** `isPlain`: it is written without a comment. */
interface ChartDocument extends Tracked {
  readonly isPlain?: boolean;
}

function documentsIn(
  { made, parsed }: Manifest,
  foreign: ForeignChart | undefined,
  unknown: Set<string>,
): readonly ChartDocument[] {
  const own = foreign === undefined ? made : ownedText(made, foreign);
  const { documents, diagnostics } = trackMadeText(own, parsed, unknown);
  const problem = diagnostics.find(({ severity }) => severity === 'error');
  if (problem !== undefined)
    throw new ChartError(problem.message, problem.span.file.path, problem.span.start);
  const isPlain = !made.text.includes('#');
  return documents.map((one) => ({ ...one, isPlain }));
}

/** `valuesFile`, or the chart's own, with `valuesInline`, and `additionalValuesFiles` above. */
function valuesOf(entry: Tracked<Mapping>, chart: Chart, loader: Loader): GoMap | Problem {
  const inline = mappingOf(entry, 'valuesInline');
  const known = inline === undefined ? undefined : knownFrom(inline).value;
  const own = isMap(known) ? known : newMap();
  const way = textOf(entry, 'valuesMerge') || 'override';
  if (!['merge', 'override', 'replace'].includes(way))
    return { problem: `valuesMerge is ${way}, but must be merge, override or replace`, at: entry.origin };
  const isAlone = way === 'replace' && own.entries.size > 0;
  const file = isAlone ? newMap() : fileValues(entry, chart, loader);
  if (isProblem(file)) return file;
  let values = way === 'merge' ? mergedOver(own, file) : mergedOver(file, own);
  for (const path of stringsOf(entry, 'additionalValuesFiles')) {
    const more = valuesIn(path, loader);
    if (isProblem(more)) return more;
    values = mergeValues(values, more);
  }
  return values;
}

function fileValues(entry: Tracked<Mapping>, chart: Chart, loader: Loader): GoMap | Problem {
  const named = getPart(entry, 'valuesFile');
  return typeof named?.value === 'string' && named.value !== ''
    ? valuesIn({ value: named.value, origin: named.origin }, loader)
    : chart.values;
}

function valuesIn(path: Tracked<string>, loader: Loader): GoMap | Problem {
  const bytes = loader.bytes(path);
  if (isProblem(bytes)) return bytes;
  const place = normalisePath(joinPath(loader.directory, path.value)) ?? path.value;
  return readGivenValues({ name: path.value, path: place, bytes }, 'valuesFile');
}

/** As kyaml merges (merge2): a null takes a key out, of all else but maps the upper one counts. */
function mergedOver(base: GoMap, over: GoMap): GoMap {
  const merged = newMap(base.entries);
  for (const [key, known] of over.entries) {
    const own = merged.entries.get(key)?.value;
    if (known.value === null) merged.entries.delete(key);
    else if (isMap(own) && isMap(known.value))
      merged.entries.set(key, { ...known, value: mergedOver(own, known.value) });
    else merged.entries.set(key, known);
  }
  return merged;
}

function refused(error: ChartError, entry: Tracked<Mapping>, { path }: ChartPlace): Problem {
  const { message } = error;
  const name = textOf(entry, 'name');
  if (error instanceof ChartNotFetched)
    return {
      rule: 'helm-chart-not-rendered',
      problem: `Helm chart ${path || '.'} cannot be rendered: ${message}`,
      help: 'check out with lfs: true and submodules: true',
      at: entry.origin,
      unchecked: `Helm chart ${name}`,
      isElsewhere: true,
    };
  return {
    rule: 'chart-render-failed',
    problem: `Helm cannot render ${path} for ${textOf(entry, 'releaseName') || name}: ${message}`,
    help: 'correct the template or its values',
    at: entry.origin,
    unchecked: `Helm chart ${name}`,
  };
}
