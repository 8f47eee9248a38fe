import type { Chart } from '../../chart/chart.ts';
import {
  type ChartContext,
  type ChartSource,
  refusedChart,
  renderChartSource,
} from '../../chart/chart-renderer.ts';
import { isChartAt } from '../../chart/read-chart.ts';
import { readMapping } from '../../chart/read-yaml.ts';
import { mergeValues } from '../../chart/set-values.ts';
import { mappingAt, textAt } from '../../object/object-field.ts';
import { getAt, setKey, type Tracked } from '../../object/provenance.ts';
import type { Rendered } from '../../object/renderer.ts';
import {
  groupVersionKind,
  nameOf,
  namespaceOf,
  type Resource,
  trackedObject,
} from '../../object/resource.ts';
import { isClusterScoped } from '../../schema/kind-names.ts';
import { normalisePath } from '../../source/path.ts';
import { isMapping, isSequence, type Mapping, type Path } from '../../source/value.ts';
import { newMap } from '../../template/value/datum.ts';
import type { FindChart } from '../chart-folder.ts';
import type { SourceKnowledge } from '../reconcile-context.ts';
import { type MadeReconciliation, nothingSaid } from '../reconciliation.ts';
import type { ServedApis } from '../served-apis.ts';
import { withCommonMetadata } from './common-metadata.ts';
import { pathInSource, placeOfSource, sourceNamed } from './flux-source.ts';
import { referencesIn } from './references.ts';
import { releaseValues } from './release-values.ts';
import type { FindObject } from './variables.ts';

/** What rendering a HelmRelease needs to know beyond the object. */
export interface ReleaseContext extends ChartContext {
  readonly knowledge: SourceKnowledge;
  readonly find: FindObject;
  readonly served: ServedApis;
  readonly findChart: FindChart;
}

/** What helm-controller 1.6 makes of a HelmRelease whose chart lies in this repository; undefined for any other. */
export function reconcileRelease(
  declaration: Resource,
  context: ReleaseContext,
): MadeReconciliation | undefined {
  const { object } = declaration;
  const namespace = namespaceOf(object) || 'default';
  const chart = chartIn(declaration, namespace, context);
  if (chart === undefined) return undefined;
  const own = {
    ...nothingSaid,
    by: 'flux',
    kind: 'HelmRelease',
    name: nameOf(object),
    namespace,
    declaration,
    prune: true,
    wait: textAt(object, 'spec', 'install', 'disableWait') === undefined,
    dependsOn: referencesIn(declaration, 'dependsOn', { kind: 'HelmRelease', namespace }),
  } as const;
  try {
    return { ...own, ...renderRelease(declaration, chart, context) };
  } catch (error) {
    const place = { path: chart.path, declaration, field: ['spec', 'valuesFrom'] };
    return { ...own, ...refusedChart(error, place, context.sources) };
  }
}

interface ChartPlace {
  readonly path: string;
  /** Files of the repository that stand for the values of the chart itself. */
  readonly valuesFiles: readonly string[];
  /** The field that names it. */
  readonly field: Path;
  /** Whether it is this repository's. */
  readonly isOwn: boolean;
}

/** Where the chart of a release lies: in this repository, or in the folder of packed charts. */
function chartIn(declaration: Resource, namespace: string, context: ReleaseContext): ChartPlace | undefined {
  const spec = mappingAt(declaration, 'spec', 'chart', 'spec')?.value;
  if (spec === undefined) return packedArtifact(declaration, namespace, context);
  const reference = {
    kind: textAt(spec, 'sourceRef', 'kind') ?? '',
    name: textAt(spec, 'sourceRef', 'name') ?? '',
    namespace: textAt(spec, 'sourceRef', 'namespace') ?? namespace,
  };
  const chart = textAt(spec, 'chart') ?? '';
  const field = ['spec', 'chart', 'spec', 'chart'];
  const files = spec['valuesFiles'];
  const names = isSequence(files) ? files.filter((file) => typeof file === 'string') : [];
  if (reference.kind === 'HelmRepository') {
    const packed = context.findChart(chart, textAt(spec, 'version') ?? '*');
    return packed === undefined || names.length > 0
      ? undefined
      : { path: packed, valuesFiles: [], field, isOwn: false };
  }
  if (!['GitRepository', 'Bucket'].includes(reference.kind)) return undefined;
  const path = normalisePath(pathInSource(chart));
  const isHere = placeOfSource(reference, declaration, context.knowledge) === 'here';
  if (path === undefined || !isHere || !isChartAt(context.sources, path)) return undefined;
  return { path, valuesFiles: names.map(pathInSource), field, isOwn: true };
}

/** The chart of an OCIRepository, which is called like the last part of its address. */
function packedArtifact(
  declaration: Resource,
  namespace: string,
  { knowledge, findChart }: ReleaseContext,
): ChartPlace | undefined {
  const { object } = declaration;
  if (textAt(object, 'spec', 'chartRef', 'kind') !== 'OCIRepository') return undefined;
  const reference = {
    kind: 'OCIRepository',
    name: textAt(object, 'spec', 'chartRef', 'name') ?? '',
    namespace: textAt(object, 'spec', 'chartRef', 'namespace') ?? namespace,
  };
  const found = sourceNamed(reference, declaration, knowledge)?.object;
  const url = found === undefined ? undefined : textAt(found, 'spec', 'url');
  if (found === undefined || url === undefined) return undefined;
  const range = textAt(found, 'spec', 'ref', 'tag') ?? textAt(found, 'spec', 'ref', 'semver');
  const path = range === undefined ? undefined : findChart(url.slice(url.lastIndexOf('/') + 1), range);
  return path === undefined
    ? undefined
    : { path, valuesFiles: [], field: ['spec', 'chartRef', 'name'], isOwn: false };
}

function renderRelease(declaration: Resource, chart: ChartPlace, context: ReleaseContext): Rendered {
  const { object } = declaration;
  const namespace = namespaceOf(object) || 'default';
  const name = `HelmRelease ${namespace}/${nameOf(object)}`;
  const values = releaseValues(declaration, namespace, context.find);
  const why = 'missing' in values ? `${values.missing} is not known here` : postRendererOf(object);
  const nothing = {
    root: chart.path,
    resources: [],
    diagnostics: [],
    inputs: [],
    effects: [],
    complete: true,
  };
  if ('missing' in values || why !== undefined)
    return { build: nothing, notRendered: [`${name}: ${why ?? ''}`], unresolved: [] };
  const target = textAt(object, 'spec', 'targetNamespace');
  const source: ChartSource = {
    path: chart.path,
    declaration,
    field: chart.field,
    includesCrds: textAt(object, 'spec', 'install', 'crds') !== 'Skip',
    isOwn: chart.isOwn,
    change: (one) => withValuesFiles(one, chart, context),
    release: {
      name: releaseName(object, target),
      namespace: target ?? namespace,
      values: values.values,
      kubernetesVersion: context.served.kubernetesVersion,
      apiVersions: context.served.apiVersions(),
      isUpgrade: false,
      helm: 4,
    },
  };
  const rendered = renderChartSource(source, context);
  const resources = rendered.build.resources.map((resource) =>
    withCommonMetadata(inNamespace(resource, source.release.namespace, declaration), declaration),
  );
  return { ...rendered, build: { ...rendered.build, resources } };
}

/** A name longer than 53 characters is cut, with a hash behind it (api/v2 of helm-controller, ShortenName). */
function releaseName(object: Mapping, target: string | undefined): string {
  const own = textAt(object, 'spec', 'releaseName');
  if (own !== undefined) return own;
  return target === undefined ? nameOf(object) : `${target}-${nameOf(object)}`;
}

function postRendererOf(object: Mapping): string | undefined {
  const { spec } = object;
  const list = isMapping(spec) ? spec['postRenderers'] : undefined;
  return isSequence(list) && list.length > 0 ? 'post-renderers of charts are not followed' : undefined;
}

/** Files that `valuesFiles` names stand for the chart's own values, the later ones above. */
function withValuesFiles(chart: Chart, { valuesFiles }: ChartPlace, { sources }: ReleaseContext): Chart {
  if (valuesFiles.length === 0) return chart;
  let values = newMap();
  for (const path of valuesFiles) {
    const bytes = sources.bytes(path);
    if (typeof bytes !== 'string')
      values = mergeValues(values, readMapping({ name: path, path, bytes }, 'valuesFiles'));
  }
  return { ...chart, values };
}

/** Helm sends what names no namespace to that of the release. */
function inNamespace(resource: Resource, namespace: string, declaration: Resource): Resource {
  const { object } = resource;
  const metadata = getAt(trackedObject(resource), ['metadata']);
  if (namespaceOf(object) !== '' || isClusterScoped(groupVersionKind(object))) return resource;
  if (metadata === undefined || !isMapping(metadata.value)) return resource;
  const { origin } = getAt(trackedObject(declaration), ['metadata', 'name']) ?? trackedObject(declaration);
  const placed = setKey(metadata as Tracked<Mapping>, 'namespace', { value: namespace, origin });
  const { value, origin: own } = setKey(trackedObject(resource), 'metadata', placed);
  return { ...resource, object: value, origin: own };
}
