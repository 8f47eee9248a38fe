import type { Chart, ChartFile } from '../../chart/chart.ts';
import { type ChartSource, refusedChart, renderChartSource, withGiven } from '../../chart/chart-renderer.ts';
import { readGivenValues } from '../../chart/encrypted-values.ts';
import { mergeValues } from '../../chart/set-values.ts';
import { textAt } from '../../object/object-field.ts';
import { getAt, setKey, type Tracked } from '../../object/provenance.ts';
import { type Rendered, renderedAs } from '../../object/renderer.ts';
import {
  groupVersionKind,
  nameOf,
  namespaceOf,
  type Resource,
  trackedObject,
} from '../../object/resource.ts';
import { isClusterScoped } from '../../schema/kind-names.ts';
import { sha256 } from '../../source/sha256.ts';
import { isMapping, type Mapping } from '../../source/value.ts';
import { newMap } from '../../template/value/datum.ts';
import { changedBuild } from '../changed-source.ts';
import { type MadeReconciliation, nothingSaid } from '../reconciliation.ts';
import type { ServedApis } from '../served-apis.ts';
import { withCommonMetadata } from './common-metadata.ts';
import { postRender } from './post-renderers.ts';
import { referencesIn } from './references.ts';
import { type ChartPlace, type ChartPlaceContext, type MissingChart, releaseChart } from './release-chart.ts';
import { releaseValues } from './release-values.ts';
import type { FindObject } from './variables.ts';

/** What rendering a HelmRelease needs to know beyond the object. */
export interface ReleaseContext extends ChartPlaceContext {
  readonly find: FindObject;
  readonly served: ServedApis;
}

/** What helm-controller 1.6 makes of a HelmRelease whose chart lies here; of any other, why not. */
export function reconcileRelease(
  declaration: Resource,
  context: ReleaseContext,
): MadeReconciliation | MissingChart {
  const { object } = declaration;
  const namespace = namespaceOf(object) || 'default';
  const chart = releaseChart(declaration, namespace, context);
  if ('why' in chart) return chart;
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
  if (chart.changed !== undefined)
    return { ...own, ...renderedAs(changedBuild(declaration, chart.path, chart.field, chart.changed)) };
  return { ...own, ...withGiven(renderUnlessRefused(declaration, chart, context), () => chart.valuesFiles) };
}

function renderUnlessRefused(declaration: Resource, chart: ChartPlace, context: ReleaseContext): Rendered {
  try {
    return renderRelease(declaration, chart, context);
  } catch (error) {
    const place = { path: chart.path, declaration, field: ['spec', 'valuesFrom'] };
    return refusedChart(error, place, context.sources);
  }
}

function renderRelease(declaration: Resource, chart: ChartPlace, context: ReleaseContext): Rendered {
  const { object } = declaration;
  const namespace = namespaceOf(object) || 'default';
  const name = `HelmRelease ${namespace}/${nameOf(object)}`;
  const values = releaseValues(declaration, namespace, context.find);
  const nothing = {
    root: chart.path,
    resources: [],
    diagnostics: [],
    inputs: [],
    effects: [],
    complete: true,
    unrendered: [chart.path],
  };
  if ('missing' in values)
    return { build: nothing, notRendered: [`${name}: ${values.missing} is not known here`], unresolved: [] };
  const target = textAt(object, 'spec', 'targetNamespace');
  const source: ChartSource = {
    path: chart.path,
    declaration,
    field: chart.field,
    includesCrds: textAt(object, 'spec', 'install', 'crds') !== 'Skip',
    isOwn: chart.isOwn,
    isUpdated: true,
    version: chart.versionOrigin,
    change: (one) => withValuesFiles(one, chart, context),
    finish: finished(declaration, target ?? namespace, context),
    release: {
      name: releaseName(object, target),
      namespace: target ?? namespace,
      values: values.values,
      secrets: values.secrets,
      kubernetesVersion: context.served.kubernetesVersion,
      apiVersions: context.served.apiVersions(),
      whenMissing: context.served.whenMissing,
      isUpgrade: false,
      helm: 4,
    },
  };
  return renderChartSource(source, context);
}

/** Post-renderers, then what is common to all, then the namespace of what names none. */
function finished(
  declaration: Resource,
  namespace: string,
  { sources }: ReleaseContext,
): NonNullable<ChartSource['finish']> {
  return (rendered) => {
    const after = postRender(declaration, rendered, sources);
    if ('refused' in after) return { resources: [], diagnostics: [after.refused] };
    const resources = after.resources.map((resource) =>
      inNamespace(withCommonMetadata(resource, declaration), namespace, declaration),
    );
    return { ...after, resources };
  };
}

/** A name longer than 53 characters is cut, with a hash behind it (api/v2 of helm-controller, ShortenName). */
function releaseName(object: Mapping, target: string | undefined): string {
  const own = textAt(object, 'spec', 'releaseName');
  return shortened(own ?? (target === undefined ? nameOf(object) : `${target}-${nameOf(object)}`));
}

function shortened(name: string): string {
  return name.length <= 53 ? name : `${name.slice(0, 40)}-${sha256(name).slice(0, 12)}`;
}

/** Files that `valuesFiles` names stand for the chart's own values, the later ones above. */
function withValuesFiles(
  chart: Chart,
  { valuesFiles, root, path: own }: ChartPlace,
  { sources }: ReleaseContext,
): Chart {
  if (valuesFiles.length === 0) return chart;
  let values = newMap();
  for (const path of valuesFiles) {
    // Those of a chart that was fetched are its own.
    const inside = root === own ? fileOfChart(chart, path) : undefined;
    const bytes = inside?.bytes ?? sources.bytes(path);
    if (typeof bytes !== 'string')
      values = mergeValues(
        values,
        readGivenValues({ name: path, path: inside?.path ?? path, bytes }, 'valuesFiles'),
      );
  }
  return { ...chart, values };
}

function fileOfChart({ own, files }: Chart, path: string): ChartFile | undefined {
  return [...own, ...files].find(({ name }) => name === path);
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
