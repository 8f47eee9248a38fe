import { nearestName } from '../../diagnostic/closest-word.ts';
import { mappingAt, mappingsAt, textAt } from '../../object/object-field.ts';
import { getAt } from '../../object/provenance.ts';
import { namespaceOf, type Resource, trackedObject } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import type { Cluster } from '../../reconcile/cluster.ts';
// Loaded when called: few charts lie in the repository that deploys them.
import { schemaViolations } from '../../schema/json-schema.ts';
import type { Sources } from '../../source/load.ts';
import { normalisePath } from '../../source/path.ts';
import {
  copyMapping,
  isMapping,
  isSequence,
  type Mapping,
  noFields,
  type Value,
  valueAt,
} from '../../source/value.ts';
import type { ClusterRule } from '../rule.ts';
import { fluxKinds } from './flux-objects.ts';

/** Values of a HelmRelease that a chart of this repository refuses or does not know. */
export const releaseValuesUnknown: ClusterRule = {
  id: 'release-values-unknown',
  severity: 'error',
  scope: 'cluster',
  tags: ['flux'],
  *judge(cluster, { sources }) {
    for (const resource of fluxKinds(cluster, 'HelmRelease')) {
      const directory = chartOf(resource, cluster);
      const chart = directory === undefined ? undefined : loadChart(sources, directory);
      if (chart !== undefined)
        yield* chart.schema === undefined ? unknownKeys(resource, chart) : refused(resource, chart);
    }
  },
};

interface Chart {
  readonly name: string;
  readonly values: Mapping;
  readonly schema?: Mapping;
  /** Charts within this one, which take values under their names. */
  readonly subcharts: readonly string[];
}

function chartOf(resource: Resource, { reconciliations }: Cluster): string | undefined {
  const spec = ['spec', 'chart', 'spec'] as const;
  const { object } = resource;
  const chart = textAt(object, ...spec, 'chart');
  if (chart === undefined || mappingsCount(object) > 0) return undefined;
  const name = textAt(object, ...spec, 'sourceRef', 'name');
  const kind = textAt(object, ...spec, 'sourceRef', 'kind');
  const namespace = textAt(object, ...spec, 'sourceRef', 'namespace') ?? namespaceOf(object);
  const isHere = reconciliations.some(
    ({ source }) =>
      source?.place === 'here' &&
      source.kind === kind &&
      source.name === name &&
      source.namespace === namespace,
  );
  return isHere ? normalisePath(chart.replace(/^\/+/u, '')) : undefined;
}

// Other files of values change what the defaults are.
function mappingsCount(object: Mapping): number {
  const files = valueAt(object, ['spec', 'chart', 'spec', 'valuesFiles']);
  return isSequence(files) ? files.length : 0;
}

function loadChart(sources: Sources, directory: string): Chart | undefined {
  const prefix = directory === '' ? '' : `${directory}/`;
  const read = (name: string): Mapping | undefined => {
    if (sources.fileSystem.kind(`${prefix}${name}`) !== 'file') return undefined;
    const value = sources.load(`${prefix}${name}`, 'api-server').documents[0]?.value;
    return isMapping(value) ? value : undefined;
  };
  const metadata = read('Chart.yaml');
  if (metadata === undefined) return undefined;
  const dependencies = metadata['dependencies'];
  const subcharts = (isSequence(dependencies) ? dependencies : []).flatMap((one) => [
    ...textOf(valueAt(one, ['name'])),
    ...textOf(valueAt(one, ['alias'])),
  ]);
  const vendored = (sources.fileSystem.list(`${prefix}charts`) ?? []).map(({ name }) => name);
  const schema = read('values.schema.json');
  return {
    name: textAt(metadata, 'name') ?? directory,
    values: read('values.yaml') ?? noFields,
    subcharts: [...subcharts, ...vendored],
    ...(schema === undefined ? {} : { schema }),
  };
}

function textOf(value: Value | undefined): string[] {
  return typeof value === 'string' ? [value] : [];
}

function* refused(resource: Resource, chart: Chart): Iterable<RuleProblem> {
  const own = mappingAt(resource, 'spec', 'values')?.value ?? noFields;
  const isWhole = mappingsAt(resource, 'spec', 'valuesFrom').length === 0;
  for (const { keyword, path, message } of schemaViolations(
    chart.schema ?? noFields,
    merge(chart.values, own),
  ) ?? []) {
    const isSet =
      path.length > 0 && getAt(trackedObject(resource), ['spec', 'values', ...path]) !== undefined;
    // What a ConfigMap brings may fill in what is missing here; what the chart's own values break, nobody here can mend.
    if (!isSet && (keyword !== 'required' || !isWhole)) continue;
    yield {
      at: isSet ? [resource, 'spec', 'values', ...path] : [resource, 'spec', 'chart'],
      message: `the chart ${chart.name} refuses these values: ${['values', ...path].join('.')} ${message}`,
      help: 'values.schema.json of the chart says what may stand here',
    };
  }
}

function* unknownKeys(resource: Resource, chart: Chart): Iterable<RuleProblem> {
  const own = mappingAt(resource, 'spec', 'values')?.value ?? noFields;
  const known = [...Object.keys(chart.values), ...chart.subcharts, 'global'];
  if (Object.keys(chart.values).length === 0) return;
  for (const key of Object.keys(own)) {
    if (known.includes(key)) continue;
    const near = nearestName(key, known);
    yield {
      at: [resource, 'spec', 'values', key],
      message: `values.yaml of the chart ${chart.name} knows no ${key}, so that nothing may read it`,
      help: near === undefined ? 'remove it, or add it to values.yaml of the chart' : `did you mean ${near}?`,
      severity: near === undefined ? 'note' : 'warning',
    };
  }
}

/** As Helm merges: mappings into each other, everything else is replaced, and null takes a default away. */
function merge(defaults: Mapping, values: Mapping, depth = 0): Mapping {
  const merged = copyMapping(defaults);
  for (const key of Object.keys(values)) {
    const before = merged[key];
    const value = values[key] ?? null;
    if (value === null) delete merged[key];
    else
      merged[key] =
        isMapping(before) && isMapping(value) && depth < 50 ? merge(before, value, depth + 1) : value;
  }
  return merged;
}
