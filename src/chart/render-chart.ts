import { knownOnce } from '../object/known-once.ts';
import { spanInTemplate } from '../object/made-document.ts';
import { type TextSource, unknownOf } from '../object/provenance.ts';
import type { LoadedFile, Reader } from '../source/document.ts';
import type { MadeText } from '../source/made-text.ts';
import { parseDocuments } from '../source/parse.ts';
import { lastPartOf } from '../source/path.ts';
import { spanAt } from '../source/position.ts';
import { syntaxFinding } from '../source/syntax-finding.ts';
import { isMapping } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import { executeTemplate } from '../template/execute.ts';
import { helm3Functions, helmFunctions } from '../template/functions/helm.ts';
import { parseTemplate } from '../template/syntax/parse.ts';
import { isEmptyTemplate, type Template } from '../template/template.ts';
import { type Frame, TemplateError, UnsupportedTemplate } from '../template/template-error.ts';
import { compareTexts, knownValue, newMap, unknownInside } from '../template/value/datum.ts';
import type { Functions, GoMap, ReadValues, Run, TemplateBudget } from '../template/value/model.ts';
import { withoutNothing } from '../template/without-nothing.ts';
import { callChain } from './call-chain.ts';
import { type Chart, ChartError, type ChartFile, ChartLacking } from './chart.ts';
import { chartBudget } from './chart-budget.ts';
import { coalesceValues } from './coalesce.ts';
import { isCompatible, isFetchable, missingDependencies, processDependencies } from './dependencies.ts';
import { originOfFile } from './file-origin.ts';
import { hooksOf, type Manifest, sortManifests, splitManifests } from './manifest.ts';
import { headProblem } from './manifest-head.ts';
import { isCutByHelm4, textOfFile } from './read-yaml.ts';
import type { HelmVersion, Release } from './release.ts';
import { type Scope, scopeOf } from './scope.ts';
import { refuseValues } from './values-schema.ts';
import { withoutSecrets } from './without-secrets.ts';

/** What a chart becomes for a release. */
export interface RenderedChart {
  /** What the release consists of, in the order of installation. */
  readonly manifests: readonly Manifest[];
  readonly hooks: readonly Manifest[];
  /** Definitions that are installed before everything else, and never changed. */
  readonly crds: readonly ChartFile[];
  /** Functions that asked for what is not known before the deployment. */
  readonly unknown: ReadonlySet<string>;
}

/** How what a chart makes is read, and where it is noted down which values its templates read. */
export interface RenderOptions {
  readonly reader?: Reader;
  readonly read?: ReadValues;
  /** What its templates may cost. */
  readonly budget?: TemplateBudget;
}

/**
 * Renders a chart as `helm template` does (pkg/action and pkg/engine of Helm 3.22), without a cluster; throws `ChartError` for what Helm
 * refuses and for what is not followed here.
 */
export function renderChart(chart: Chart, release: Release, options: RenderOptions = {}): RenderedChart {
  try {
    return rendered(chart, release, options);
  } catch (error) {
    if (error instanceof ChartError) error.message = withoutSecrets(error.message, chart, release);
    throw error;
  }
}

function rendered(
  chart: Chart,
  release: Release,
  { reader = 'api-server', read, budget = chartBudget() }: RenderOptions,
): RenderedChart {
  refuseChart(chart, release);
  const { chosen, values } = mergedValues(chart, release);
  refuseValues(chosen, values);
  const scope = scopeOf(chosen, values, release);
  const unknown = new Set(unknownInside([knownValue(release.values)]).map((one) => unknownOf(one) ?? ''));
  const made = executeAll(templatesIn(scope), {
    unknown,
    budget,
    functions: release.helm === 3 ? helm3Functions : helmFunctions,
    ...(read === undefined ? {} : { read }),
  });
  return { ...manifestsOf(made, release, reader), crds: crdsIn(chosen, chosen.metadata.name), unknown };
}

function refuseChart(chart: Chart, { kubernetesVersion, helm }: Release): void {
  const { metadata } = chart;
  // Helm 4 installs no other; Helm 3 does not look.
  if (helm === 4 && !/^v[12]$/u.test(metadata.apiVersion)) throw new ChartError('invalid chart apiVersion');
  if (metadata.type.toLowerCase() === 'library') throw new ChartError('library charts are not installable');
  const values = chart.own.find(({ name }) => name === 'values.yaml');
  if (helm === 4 && values !== undefined && isCutByHelm4(values))
    throw new ChartError('cannot load values.yaml: incomplete UTF-16 character', values.path);
  const missing = missingDependencies(chart);
  if (missing.length > 0)
    throw new ChartLacking(
      missing.map(({ name }) => name),
      missing.every(({ repository }) => isFetchable(repository)),
    );
  if (metadata.kubeVersion !== '' && !isCompatible(metadata.kubeVersion, kubernetesVersion))
    throw new ChartError(
      `chart requires kubeVersion: ${metadata.kubeVersion} which is incompatible with Kubernetes v${kubernetesVersion.replace(/^v/u, '')}`,
    );
}

/** The charts that the values choose, and the values that these are rendered with. */
function mergedValues(chart: Chart, { values: given, helm }: Release): { chosen: Chart; values: GoMap } {
  try {
    const chosen = processDependencies(chart, given, helm);
    return { chosen, values: coalesceValues(chosen, given, { isMerging: false, helm }) };
  } catch (error) {
    if (!(error instanceof UnsupportedTemplate)) throw error;
    throw new ChartError(`${error.message} is not rendered here`);
  }
}

interface Renderable {
  readonly name: string;
  readonly file: ChartFile;
  readonly dot: GoMap;
  readonly basePath: string;
}

function templatesIn({ chart, path, dot, children }: Scope): Renderable[] {
  const isLibrary = chart.metadata.type.toLowerCase() === 'library';
  const own = chart.templates
    .filter(({ name }) => !isLibrary || isPartial(name))
    .map((file) => ({ name: `${path}/${file.name}`, file, dot, basePath: `${path}/templates` }));
  return [...children.flatMap(templatesIn), ...own];
}

function isPartial(name: string): boolean {
  return lastPartOf(name).startsWith('_');
}

/** The deepest files first, so that what a parent defines replaces what its children do. */
function sortTemplates(templates: readonly Renderable[]): Renderable[] {
  const depth = ({ name }: Renderable): number => name.split('/').length;
  return [...templates].sort((a, b) => depth(b) - depth(a) || compareTexts(b.name, a.name));
}

interface RenderedTemplate {
  readonly name: string;
  readonly made: MadeText<TextSource>;
}

function executeAll(
  templates: readonly Renderable[],
  given: Pick<Run, 'unknown' | 'read' | 'budget' | 'functions'>,
): RenderedTemplate[] {
  const run: Run = {
    templates: new Map(),
    missingKey: 'zero',
    calls: [],
    printsNothing: true,
    ...given,
  };
  const sorted = sortTemplates(templates);
  for (const one of sorted) inChart(one, () => parseInto(run, one));
  const rendered: RenderedTemplate[] = [];
  for (const one of sorted) {
    const template = run.templates.get(one.name);
    if (isPartial(one.name) || template === undefined) continue;
    const own = newMap([
      ['Name', knownValue(one.name)],
      ['BasePath', knownValue(one.basePath)],
    ]);
    one.dot.entries.set('Template', knownValue({ ...own, type: 'chartutil.Values' }));
    const made = inChart(one, () => executeTemplate(run, template, knownValue(one.dot)));
    rendered.push({ name: one.name, made: withoutNothing(made) });
  }
  return rendered;
}

/** The templates of a file by the name that it has in a chart, for the functions of one Helm: releases of one chart share them. */
const parsedOnce = knownOnce((_: ChartFile) =>
  knownOnce((_: Functions) => new Map<string, readonly Template[]>()),
);

function parseInto(run: Run, { name, file }: Renderable): void {
  const known = parsedOnce(file)(run.functions);
  const templates = known.get(name) ?? parseFile(name, file, run.functions);
  known.set(name, templates);
  for (const template of templates)
    if (!(isEmptyTemplate(template) && run.templates.has(template.name)))
      run.templates.set(template.name, template);
}

function parseFile(name: string, file: ChartFile, functions: Functions): readonly Template[] {
  const text = textOfFile(file);
  const isFunction = (one: string): boolean =>
    /^(?:and|or|call)$/u.test(one) || Object.hasOwn(functions, one);
  return parseTemplate({ name, text, origin: originOfFile(file, text) }, { isFunction });
}

/** What stops a template stops the chart, at the place where it stopped. */
function inChart<Result>({ file }: Renderable, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    if (error instanceof UnsupportedTemplate) throw notFollowed(error, file);
    if (!(error instanceof TemplateError)) throw error;
    const last = error.frames.at(-1);
    const message = /HELM_ERR_START(.*)HELM_ERR_END/su.exec(error.message)?.[1] ?? error.message;
    throw new ChartError(message, fileOf(last) ?? file.path, last?.start);
  }
}

function notFollowed({ message, frames = [] }: UnsupportedTemplate, file: ChartFile): ChartError {
  const last = frames.at(-1);
  const words = `${message} is not rendered here${callChain(frames)}`;
  return new ChartError(words, fileOf(last) ?? file.path, last?.start ?? 0);
}

/** The file in which a template stands; of a text that `tpl` filled in what it came from. */
function fileOf(frame: Frame | undefined): string | undefined {
  const origin = frame?.template.source.origin;
  return origin !== undefined && 'span' in origin ? origin.span.file.path : undefined;
}

function manifestsOf(
  rendered: readonly RenderedTemplate[],
  { helm }: Release,
  reader: Reader,
): Pick<RenderedChart, 'manifests' | 'hooks'> {
  const files = [...rendered]
    .filter(({ name, made }) => !name.endsWith('NOTES.txt') && made.text.trim() !== '')
    .sort((a, b) => compareTexts(a.name, b.name));
  const all = files.flatMap(({ name, made }) =>
    splitManifests(made, helm).flatMap((one) => manifestOf({ source: name, made: one }, { helm, reader })),
  );
  return {
    manifests: sortManifests(
      all.filter(({ hooks }) => hooks.length === 0),
      helm,
    ),
    hooks: sortManifests(
      all.filter(({ hooks }) => hooks.length > 0),
      helm,
    ),
  };
}

function manifestOf(
  { source, made }: Pick<Manifest, 'source' | 'made'>,
  { helm, reader }: Pick<Release, 'helm'> & { readonly reader: Reader },
): Manifest[] {
  const parsed = firstAlone(parseDocuments({ path: source, text: made.text }, reader));
  const [document] = parsed.documents;
  refuseDocument({ source, made, parsed }, helm);
  const object = isMapping(document?.value) ? document.value : undefined;
  const hooks = hooksOf(object);
  if (hooks === undefined) return [];
  return [{ source, made, parsed, kind: valueText(object?.['kind'] ?? ''), hooks }];
}

/** Helm writes a comment above each document, so no client takes it for a stream of JSON: of several objects the first one counts. */
function firstAlone(loaded: LoadedFile): LoadedFile {
  const [first, second] = loaded.documents;
  if (first === undefined || second === undefined) return loaded;
  const { start, end } = spanAt(second.positions, 0);
  const message = 'nothing reads this: Helm applies only the first of several JSON objects';
  const help = 'write --- on a line of its own before it, or remove it';
  const { unchecked: _, ...told } = syntaxFinding('yaml-syntax', loaded.file, [start, end], message, help);
  return { ...loaded, documents: [first], diagnostics: [...loaded.diagnostics, told] };
}

/** What Helm cannot read, or not as an object, stops the chart at the line of the template that wrote it. */
function refuseDocument({ source, made, parsed }: Omit<Manifest, 'kind' | 'hooks'>, helm: HelmVersion): void {
  const [document] = parsed.documents;
  const broken = parsed.diagnostics.find(({ severity }) => severity === 'error');
  const problem = document === undefined ? broken?.message : headProblem(document.value, helm);
  if (problem === undefined) return;
  const at = document === undefined ? broken?.span : spanAt(document.positions, 0);
  const span = at === undefined ? undefined : spanInTemplate(at, made);
  const words = `YAML parse error on ${source}: ${problem}`;
  if (span === undefined || span.file === parsed.file) throw new ChartError(words);
  throw new ChartError(words, span.file.path, span.start);
}

/** The definitions of a chart and then of the charts inside of it. */
function crdsIn({ files, dependencies }: Chart, path: string): ChartFile[] {
  const own = files.filter(({ name }) => name.startsWith('crds/') && /\.(?:ya?ml|json)$/u.test(name));
  return [
    ...own.map((file) => ({ ...file, name: `${path}/${file.name}` })),
    ...dependencies.flatMap((one) => crdsIn(one, `${path}/charts/${one.metadata.name}`)),
  ];
}
