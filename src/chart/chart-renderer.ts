import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Build } from '../object/build.ts';
import { findingAt } from '../object/finding.ts';
import { sentBuild } from '../object/list-items.ts';
import { trackMadeText } from '../object/made-document.ts';
import { getAt, type Origin, originOfDocument, unknownOf } from '../object/provenance.ts';
import { type Rendered, type Renderer, renderedAs, type UnreadValue } from '../object/renderer.ts';
import {
  type ChartOrigin,
  nameOf,
  objectReference,
  type Resource,
  trackedObject,
} from '../object/resource.ts';
import type { Sources } from '../source/load.ts';
import { parseDocuments } from '../source/parse.ts';
import { isBelow } from '../source/path.ts';
import { isMapping, type Path } from '../source/value.ts';
import { newReadValues } from '../template/read-values.ts';
import { isMap, knownValue, unknownInside } from '../template/value/datum.ts';
import { plainOf } from '../template/value/from-value.ts';
import type { GoMap, Known } from '../template/value/model.ts';
import {
  type Chart,
  ChartError,
  type ChartFile,
  ChartLacking,
  ChartNotFetched,
  filesOfChart,
  ValuesRefused,
} from './chart.ts';
import { chartBudget } from './chart-budget.ts';
import { type CompletedChart, type FetchedCharts, withFetchedDependencies } from './fetched-dependencies.ts';
import type { Manifest } from './manifest.ts';
import { type ForeignChart, linesOf, ownedDocument, ownedText } from './owned-text.ts';
import { readChart } from './read-chart.ts';
import { textOfFile } from './read-yaml.ts';
import type { Release } from './release.ts';
import { renderChart } from './render-chart.ts';
import { type TracedChart, unreadValues } from './unread-values.ts';
import { valuesFiles } from './values-files.ts';

/** A chart of the repository, what it is released as, and the object that says so. */
export interface ChartSource {
  readonly path: string;
  readonly release: Release;
  readonly declaration: Resource;
  /** The field of the declaration that names the chart. */
  readonly field: Path;
  readonly includesCrds: boolean;
  /** Whether the repository owns the chart; false for what was fetched. */
  readonly isOwn: boolean;
  /** Whether each update renders it again, as a release does: its templates may ask which of the two it is. */
  readonly isUpdated?: boolean;
  /** The line that says which version it is, where somebody says. */
  readonly version?: Origin | undefined;
  /** What whoever installs it does to the rendered objects; definitions of `crds/` are left as they are. */
  readonly finish?: (rendered: readonly Resource[]) => Finished;
  /** The chart with what the declaration changes about it, such as its own values. */
  readonly change?: (chart: Chart) => Chart;
}

/** Rendered objects after all that was done to them, and what was found on the way. */
export interface Finished extends Pick<Build, 'resources' | 'dropped'> {
  readonly effects?: Build['effects'];
  readonly diagnostics?: readonly Diagnostic[];
}

/** What rendering charts needs; each chart of a run is read once. */
export interface ChartContext {
  readonly sources: Sources;
  readonly charts: Map<string, Chart>;
  readonly fetched: FetchedCharts;
}

/** Renders a chart as Helm does: its definitions, its manifests and the hooks that an installation or an update runs. */
export const renderChartSource: Renderer<ChartSource, ChartContext> = (
  source,
  { sources, charts, fetched },
) => {
  const { path, release, change = (chart) => chart, finish = asRendered } = source;
  const empty = { root: path, resources: [], diagnostics: [], inputs: [], effects: [] };
  try {
    const own = charts.get(path) ?? readChart(sources, path);
    charts.set(path, own);
    const { chart, fetched: brought } = withFetchedDependencies(own, path, sources, fetched);
    const changed = change(chart);
    const read = newReadValues();
    const { manifests, hooks, crds } = renderChart(changed, release, { read, budget: chartBudget(sources) });
    const from = originOfChart(chart, source);
    const makers = makersOf(from, { chart, brought, source });
    const open = new Set<string>();
    const readOne = (one: Manifest): ReadManifest =>
      readManifest(
        one,
        makers.find(({ prefix }) => one.source.startsWith(prefix)),
        open,
      );
    const rendered = [...manifests, ...hooks.filter(isRun)].map(readOne);
    const definitions = source.includesCrds
      ? crds.flatMap((file) =>
          readDefinitions(
            file,
            makers.find(({ path: at }) => isBelow(file.path, at)),
          ),
        )
      : [];
    const resourcesOf = (all: readonly Manifest[]): Resource[] =>
      all.flatMap((one) => readOne(one).resources);
    const first = rendered.flatMap(({ resources }) => resources);
    const later = source.isUpdated === true ? resourcesOf(manifestsOfUpdate(changed, release)) : [];
    const finished = finish([...first, ...without(later, first)]);
    const dropped = [...(finished.dropped ?? []), ...resourcesOf(hooks.filter((one) => !isRun(one)))];
    const diagnostics = [...rendered.flatMap((one) => one.diagnostics), ...(finished.diagnostics ?? [])];
    const made = renderedAs(
      madeInside(from, {
        ...empty,
        resources: [...definitions, ...finished.resources],
        diagnostics,
        effects: finished.effects ?? [],
        ...(dropped.length === 0 ? {} : { dropped }),
        inputs: sources.fileSystem.kind(path) === 'file' ? [path] : inputsOf(chart, brought),
        besideTemplates: besideTemplates(chart),
        complete: diagnostics.every(({ unchecked }) => unchecked === undefined),
      }),
    );
    return { ...made, unresolved: [...open], unread: unreadIn(release.values, { chart: changed, read }) };
  } catch (error) {
    const unknown = unknownInside([knownValue(release.values)]).map((one) => unknownOf(one));
    const isCertain = error instanceof ChartLacking || error instanceof ValuesRefused;
    // What a template refuses may be the stand-in.
    if (error instanceof ChartError && !isCertain && unknown.length > 0)
      return renderedAs(
        { ...empty, complete: true },
        `${describe(source.declaration)} (${path || '.'}): ${unknown.join(', ')} cannot be known here`,
      );
    return refusedChart(error, source, sources);
  }
};

// What may ask for more of a release than what it is called.
const asksForRelease = /\.Release(?!\.(?:Name|Namespace|Service)\b)|["'`]Release["'`]/u;

/** What an update makes of a chart whose templates tell one from an installation; nothing where they refuse it without a cluster. */
function manifestsOfUpdate(chart: Chart, release: Release): readonly Manifest[] {
  if (!filesOfChart(chart).some((file) => asksForRelease.test(textOfFile(file)))) return [];
  try {
    const { manifests, hooks } = renderChart(chart, { ...release, isUpgrade: true });
    return [...manifests, ...hooks.filter(isRun)];
  } catch (error) {
    if (error instanceof ChartError) return [];
    throw error;
  }
}

function without(resources: readonly Resource[], others: readonly Resource[]): Resource[] {
  const keyOf = ({ object }: Resource): string => JSON.stringify(objectReference(object));
  const known = new Set(others.map(keyOf));
  return resources.filter((one) => !known.has(keyOf(one)));
}

/** The files of a chart, and those that its dependencies were fetched as. */
function inputsOf(chart: Chart, brought: CompletedChart['fetched']): string[] {
  const paths = filesOfChart(chart).map((file) => file.path);
  const own = paths.filter((path) => !brought.some((one) => isBelow(path, one.path)));
  return [...own, ...brought.map(({ path }) => path)];
}

function besideTemplates({ files, dependencies }: Chart): string[] {
  return [...files.map(({ path }) => path), ...dependencies.flatMap(besideTemplates)];
}

/** What reaches a cluster of a build that a chart made, or the charts inside of it. */
function madeInside(chart: ChartOrigin, build: Build): Build {
  const sent = sentBuild(build);
  return { ...sent, resources: sent.resources.map((resource) => ({ chart, ...resource })) };
}

/** A chart whose templates make objects, by the beginning of their names; the innermost first. */
interface Maker {
  readonly prefix: string;
  readonly path: string;
  readonly foreign: ForeignChart | undefined;
  readonly origin: ChartOrigin;
}

interface Making {
  readonly chart: Chart;
  readonly brought: CompletedChart['fetched'];
  readonly source: ChartSource;
}

/** A chart, and the dependencies that it was completed with, which are nobody's here. */
function makersOf(own: ChartOrigin, { chart, brought, source }: Making): Maker[] {
  const { name, dependencies } = chart.metadata;
  // Only dependencies of the chart itself are looked up by their aliases.
  const namesOf = (name: string): string[] => {
    const aliases = dependencies.filter((one) => one.name === name).map(({ alias }) => alias || name);
    return aliases.length === 0 ? [name] : aliases;
  };
  const inner = brought.flatMap((one): Maker[] => {
    const { metadata } = one.chart;
    const foreign = { ...installation(source), path: one.path };
    const origin = { ...own, name: metadata.name, version: metadata.version, path: one.path, isOwn: false };
    const [first = metadata.name, ...rest] = [...one.inside, metadata.name];
    return namesOf(first).map((known) => {
      const prefix = [name, known, ...rest].join('/charts/');
      return { prefix: `${prefix}/`, path: one.path, foreign, origin };
    });
  });
  return [...inner, { prefix: '', path: '', foreign: foreignChart(source), origin: own }];
}

function originOfChart(chart: Chart, source: ChartSource): ChartOrigin {
  const { path, isOwn, declaration } = source;
  const { metadata } = chart;
  const lines = linesOf(installation(source));
  return {
    name: metadata.name,
    version: metadata.version,
    path,
    isOwn,
    release: describe(declaration),
    lines,
    values: valuesFiles(chart),
  };
}

function describe({ object }: Resource): string {
  const { kind, name, namespace } = objectReference(object);
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

function unreadIn(values: GoMap, traced: TracedChart): UnreadValue[] {
  return unreadValues(values, traced).flatMap(({ path: above, known: found, near, shadow }) => {
    const { path, known } = writtenIn(above, found);
    const [origin] = known.origins;
    if (origin === undefined) return [];
    const at = { value: plainOf(known.value), origin };
    const more = { ...(near === undefined ? {} : { near }), ...(shadow === undefined ? {} : { shadow }) };
    return [{ name: path.join('.'), at, ...more }];
  });
}

/** The first value in a mapping that nobody writes as such: what `a.b=1` sets makes one of `a`. */
function writtenIn(path: readonly string[], known: Known): { path: readonly string[]; known: Known } {
  const { origins, value } = known;
  const [first] = origins.length === 0 && isMap(value) ? value.entries : [];
  return first === undefined ? { path, known } : writtenIn([...path, first[0]], first[1]);
}

function asRendered(resources: readonly Resource[]): Finished {
  return { resources };
}

/**
 * What is left of a chart that Helm would refuse: the finding that says so. What it depends on, controllers fetch before they render
 * (source-controller 1.9, repo-server 3.6), so that a chart without it is not rendered here. Any other error is thrown on.
 */
export function refusedChart(
  error: unknown,
  source: Pick<ChartSource, 'path' | 'declaration' | 'field'>,
  sources: Sources,
): Rendered {
  if (!(error instanceof ChartError)) throw error;
  const inputs = sources.fileSystem.kind(source.path) === 'file' ? [] : [`${source.path}/Chart.yaml`];
  const unrendered = [source.path, ...inputs];
  const empty = { root: source.path, resources: [], inputs: [], unrendered, effects: [] };
  const without = (why: string): Rendered =>
    renderedAs(
      { ...empty, inputs, diagnostics: [], complete: true },
      `${describe(source.declaration)} (${source.path || '.'}): ${why}`,
    );
  if (error instanceof ChartNotFetched)
    return without(`${error.message}: check out with lfs: true and submodules: true`);
  if (error instanceof ChartLacking) {
    const charts = `${error.charts.length === 1 ? 'chart' : 'charts'} ${error.charts.join(', ')}`;
    return without(
      error.isFetchable
        ? `it depends on the ${charts}, which was not fetched; \`cdb-lint sources\` prints the command`
        : `it depends on the ${charts}, which is missing from its folder charts/`,
    );
  }
  const diagnostics = [failure(error, source, sources)];
  return renderedAs({ ...empty, diagnostics, complete: false });
}

/** A chart with the files of values that it is given beyond its own, where not all of it is rendered. */
export function withGiven(rendered: Rendered, given: () => readonly string[]): Rendered {
  const { unrendered } = rendered.build;
  if (unrendered === undefined) return rendered;
  return { ...rendered, build: { ...rendered.build, unrendered: [...unrendered, ...given()] } };
}

function isRun({ hooks }: Manifest): boolean {
  return hooks.some((hook) => /^(?:pre|post)-(?:install|upgrade)$/u.test(hook));
}

/** Who is to be told of what a chart makes that nobody here can change. */
function foreignChart(source: ChartSource): ForeignChart | undefined {
  return source.isOwn ? undefined : installation(source);
}

function installation({ path, declaration, field, version }: ChartSource): ForeignChart {
  const tracked = trackedObject(declaration);
  return { path, installer: (getAt(tracked, field) ?? tracked).origin, version };
}

interface ReadManifest {
  readonly resources: readonly Resource[];
  readonly diagnostics: readonly Diagnostic[];
}

function readManifest({ made, parsed }: Manifest, maker: Maker | undefined, open: Set<string>): ReadManifest {
  const { documents, diagnostics } = trackMadeText(
    maker?.foreign === undefined ? made : ownedText(made, maker.foreign),
    parsed,
    open,
  );
  const resources = documents.flatMap(({ value, origin }) =>
    isMapping(value) ? [madeBy(maker, { object: value, origin })] : [],
  );
  return { resources, diagnostics };
}

function readDefinitions(file: ChartFile, maker: Maker | undefined): Resource[] {
  const { documents } = parseDocuments({ path: file.path, text: textOfFile(file) }, 'api-server');
  return documents.flatMap(({ value, positions }) => {
    if (!isMapping(value)) return [];
    const own = { value, origin: originOfDocument('crds', positions) };
    const { origin } = maker?.foreign === undefined ? own : ownedDocument(own, maker.foreign);
    return [madeBy(maker, { object: value, origin })];
  });
}

function madeBy(maker: Maker | undefined, resource: Resource): Resource {
  return maker === undefined ? resource : { ...resource, chart: maker.origin };
}

/** The one finding of a chart that Helm would refuse, at the line that stops it where that is in the repository. */
function failure(
  { message, file, start }: ChartError,
  { path, declaration, field }: Pick<ChartSource, 'path' | 'declaration' | 'field'>,
  sources: Sources,
): Diagnostic {
  const name = nameOf(declaration.object);
  const at = findingAt(declaration, {
    rule: 'chart-render-failed',
    severity: 'error',
    message: `Helm cannot render ${path || '.'} for ${name}: ${message}`,
    help: 'correct the template or its values',
    path: field,
    unchecked: `what ${name} installs`,
  });
  const text = file === undefined ? undefined : sources.file(file);
  if (text === undefined || start === undefined) return at;
  const span = { file: text, start, end: Math.min(text.text.length, start + 1) };
  return { ...at, span, related: [{ span: at.span, message: `rendered for ${name}` }, ...at.related] };
}
