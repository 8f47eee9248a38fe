import type { ChartContext } from '../../chart/chart-renderer.ts';
import { isChartAt } from '../../chart/read-chart.ts';
import { missingWords } from '../../fetched/fetch-line.ts';
import type { Fetched, Found } from '../../fetched/fetched.ts';
import type { WantedChart } from '../../fetched/wanted.ts';
import { textAt } from '../../object/object-field.ts';
import { getAt, type Origin } from '../../object/provenance.ts';
import { nameOf, namespaceOf, type Resource, trackedObject } from '../../object/resource.ts';
import { normalisePath } from '../../source/path.ts';
import { isMapping, isSequence, type Mapping, type Path, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import type { SourceKnowledge } from '../reconcile-context.ts';
import { checkoutOf, pathInSource, placeOfSource, sourceNamed } from './flux-source.ts';

/** Where the chart of a release lies. */
export interface ChartPlace {
  readonly path: string;
  /** Files that stand for the values of the chart itself, from the root of its source on. */
  readonly valuesFiles: readonly string[];
  /** Where these paths count from. */
  readonly root: string;
  /** The field that names it. */
  readonly field: Path;
  /** Whether it is this repository's. */
  readonly isOwn: boolean;
  /** The version that was taken of the range that was asked for. */
  readonly chosen?: { readonly range: string; readonly version: string };
  /** The line that says which version it is. */
  readonly versionOrigin?: Origin | undefined;
  /** What is not as the lock has it. */
  readonly changed?: Extract<Found, { readonly kind: 'changed' }>;
}

/** A chart that is not here, and why in words that say how to get it. */
export interface MissingChart {
  readonly why: string;
}

/** What finding the chart of a release needs to know. */
export interface ChartPlaceContext extends ChartContext {
  readonly knowledge: SourceKnowledge;
  readonly fetched: Fetched;
}

interface Named {
  readonly declaration: Resource;
  /** The object that names the chart, and where in it. */
  readonly holder: Resource;
  readonly at: Path;
  readonly namespace: string;
  readonly spec: Mapping;
  readonly field: Path;
}

/** Where the chart of a HelmRelease lies: in this repository, or among what was fetched. */
export function releaseChart(
  declaration: Resource,
  namespace: string,
  context: ChartPlaceContext,
): ChartPlace | MissingChart {
  const { object } = declaration;
  const own = valueAt(object, ['spec', 'chart', 'spec']);
  const field: Path = ['spec', 'chart', 'spec', 'chart'];
  if (isMapping(own))
    return namedChart(
      { declaration, holder: declaration, at: ['spec', 'chart', 'spec'], namespace, spec: own, field },
      context,
    );
  const reference = {
    kind: textAt(object, 'spec', 'chartRef', 'kind') ?? '',
    name: textAt(object, 'spec', 'chartRef', 'name') ?? '',
    namespace: textAt(object, 'spec', 'chartRef', 'namespace') ?? namespace,
  };
  const at: Path = ['spec', 'chartRef', 'name'];
  const found = sourceNamed(reference, declaration, context.knowledge);
  if (found === undefined)
    return {
      why: `${reference.kind} ${reference.name}, which provides its chart, is not in this repository`,
    };
  if (reference.kind === 'OCIRepository') return artifactChart(found, at, context);
  const spec = found.object['spec'];
  if (reference.kind !== 'HelmChart' || !isMapping(spec))
    return { why: `charts of ${reference.kind} objects are not rendered` };
  return namedChart(
    {
      declaration,
      holder: found,
      at: ['spec'],
      namespace: namespaceOf(found.object) || reference.namespace,
      spec,
      field: at,
    },
    context,
  );
}

/** A chart by its name and its source, as a HelmRelease and a HelmChart say it. */
function namedChart(named: Named, context: ChartPlaceContext): ChartPlace | MissingChart {
  const { spec, field, declaration, namespace } = named;
  const reference = {
    kind: textAt(spec, 'sourceRef', 'kind') ?? '',
    name: textAt(spec, 'sourceRef', 'name') ?? '',
    namespace: textAt(spec, 'sourceRef', 'namespace') ?? namespace,
  };
  const name = textAt(spec, 'chart') ?? '';
  const valuesFiles = valuesFilesOf(spec);
  const source = sourceNamed(reference, declaration, context.knowledge);
  if (reference.kind === 'HelmRepository') {
    const repository = source === undefined ? '' : (textAt(source.object, 'spec', 'url') ?? '');
    const version = textAt(spec, 'version') ?? '*';
    const wanted: WantedChart = { kind: 'chart', repository, name, version };
    const versionOrigin = getAt(trackedObject(named.holder), [...named.at, 'version'])?.origin;
    return fetchedChart(wanted, { valuesFiles, field, versionOrigin }, context);
  }
  if (placeOfSource(reference, declaration, context.knowledge) === 'here') {
    const path = normalisePath(pathInSource(name));
    if (path === undefined || !isChartAt(context.sources, path))
      return { why: `there is no chart at ${name} in this repository` };
    return { path, valuesFiles: valuesFiles.map(pathInSource), root: '', field, isOwn: true };
  }
  return source === undefined
    ? { why: `${reference.kind} ${reference.name}, which provides its chart, is not in this repository` }
    : chartInCheckout({ source, name, valuesFiles, field }, context);
}

function valuesFilesOf(spec: Mapping): string[] {
  const files = spec['valuesFiles'];
  return isSequence(files) ? files.filter((file) => typeof file === 'string') : [];
}

interface InCheckout {
  readonly source: Resource;
  readonly name: string;
  readonly valuesFiles: readonly string[];
  readonly field: Path;
}

/** A chart of another Git repository, of which a checkout was fetched. */
function chartInCheckout(
  { source, name, valuesFiles, field }: InCheckout,
  context: ChartPlaceContext,
): ChartPlace | MissingChart {
  const wanted = checkoutOf(source);
  if (wanted === undefined) return { why: `its chart comes from ${kindAndName(source)}` };
  const found = context.fetched.find(wanted);
  if (found.kind === 'absent') return { why: missingWords(wanted, context.fetched) };
  const path = `${found.path}/${pathInSource(name)}`.replace(/\/$/u, '');
  if (!isChartAt(context.sources, path)) return { why: `there is no chart at ${path}` };
  const files = valuesFiles.map((file) => `${found.path}/${pathInSource(file)}`);
  const changed = found.kind === 'changed' ? { changed: found } : {};
  return { path, valuesFiles: files, root: found.path, field, isOwn: false, ...changed };
}

function kindAndName({ object }: Resource): string {
  return `${valueText(object['kind'])} ${nameOf(object)}`;
}

/** The chart of an OCIRepository, which is called like the last part of its address. */
function artifactChart(source: Resource, field: Path, context: ChartPlaceContext): ChartPlace | MissingChart {
  const url = textAt(source.object, 'spec', 'url') ?? '';
  const ref = (name: string): string | undefined => textAt(source.object, 'spec', 'ref', name);
  const version = ref('semver') ?? ref('tag') ?? ref('digest') ?? 'latest';
  const slash = url.lastIndexOf('/');
  const wanted: WantedChart = {
    kind: 'chart',
    repository: url.slice(0, slash),
    name: url.slice(slash + 1),
    version,
  };
  const versionOrigin = getAt(trackedObject(source), ['spec', 'ref'])?.origin;
  return fetchedChart(wanted, { valuesFiles: [], field, versionOrigin }, context);
}

function fetchedChart(
  wanted: WantedChart,
  place: Pick<ChartPlace, 'valuesFiles' | 'field' | 'versionOrigin'>,
  { fetched }: ChartPlaceContext,
): ChartPlace | MissingChart {
  const found = fetched.find(wanted);
  if (found.kind === 'absent') return { why: missingWords(wanted, fetched) };
  const { path, version } = found;
  return {
    ...place,
    path,
    root: path,
    isOwn: false,
    ...(version === wanted.version ? {} : { chosen: { range: wanted.version, version } }),
    ...(found.kind === 'changed' ? { changed: found } : {}),
  };
}
