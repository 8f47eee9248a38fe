import { type Fields, kustomizationFields, type Shape } from '../../build/kustomization.ts';
import { leafNode, type SchemaNode } from '../../schema/schema-node.ts';
import { ownOf } from '../../source/own.ts';
import { kustomizationWords } from './kustomization-words.ts';

/** Of the top, and of fields anywhere. */
const values: Readonly<Record<string, readonly string[]>> = {
  '.apiVersion': ['kustomize.config.k8s.io/v1beta1', 'kustomize.config.k8s.io/v1alpha1'],
  '.kind': ['Kustomization', 'Component'],
  behavior: ['create', 'merge', 'replace'],
  buildMetadata: ['originAnnotations', 'transformerAnnotations', 'managedByLabel'],
  order: ['legacy', 'fifo'],
  valuesMerge: ['override', 'replace', 'merge'],
  type: ['Opaque', 'kubernetes.io/tls', 'kubernetes.io/dockerconfigjson', 'kubernetes.io/basic-auth'],
};
const deprecated = new Set([
  'bases',
  'commonLabels',
  'patchesStrategicMerge',
  'patchesJson6902',
  'vars',
  'imageTags',
  'helmChartInflationGenerator',
  'env',
]);

/** kustomize, api/types/helmchartargs.go v5.8.2. */
const helmChart: Fields = {
  ...Object.fromEntries(
    ['name', 'version', 'repo', 'releaseName', 'namespace', 'valuesFile', 'valuesMerge'].map((name) => [
      name,
      'string' as const,
    ]),
  ),
  ...{
    additionalValuesFiles: 'strings',
    valuesInline: 'anyMap',
    includeCRDs: 'boolean',
    skipHooks: 'boolean',
  },
  ...{ skipTests: 'boolean', apiVersions: 'strings', kubeVersion: 'string', nameTemplate: 'string' },
  ...{ debug: 'boolean', devel: 'boolean' },
};

/** kustomization.yaml as a place to write at. */
export const kustomizationNode: SchemaNode = fieldsNode(
  {
    ...kustomizationFields,
    helmCharts: { list: helmChart },
    openapi: { object: { path: 'string', version: 'string' } },
  },
  '',
  'Kustomization',
);

/** Lists of what has to have a name. */
const named: ReadonlySet<string> = new Set([
  'configMapGenerator',
  'secretGenerator',
  'images',
  'replicas',
  'helmCharts',
  'vars',
]);

function fieldsNode(fields: Fields, around: string, type: string): SchemaNode {
  return {
    ...leafNode(type),
    is: 'object',
    words: () => wordsOf(around),
    required: () => (named.has(around) ? ['name'] : []),
    fields: () =>
      new Map(
        Object.entries(fields)
          .filter(([name]) => !deprecated.has(name))
          .map(([name, shape]) => [name, shapeNode(shape, name, around)]),
      ),
  };
}

function shapeNode(shape: Shape, name: string, around: string): SchemaNode {
  const words = (): string | undefined => wordsOf(`${around}.${name}`) ?? wordsOf(name);
  if (typeof shape !== 'string') {
    const below = fieldsNode('list' in shape ? shape.list : shape.object, name, name);
    if ('object' in shape) return { ...below, words };
    return { ...leafNode('list of objects'), is: 'list', words, below: () => below };
  }
  const own = ownOf(values, `${around}.${name}`) ?? ownOf(values, name);
  const scalar = leafNode(shape, { words, ...(own === undefined ? {} : { values: own }) });
  if (shape === 'boolean') return leafNode('boolean', { words, values: ['true', 'false'] });
  if (shape === 'strings') return { ...scalar, is: 'list', type: 'list of strings', below: () => scalar };
  if (shape === 'stringMap' || shape === 'anyMap')
    return { ...leafNode('map of strings', { words }), is: 'map', below: () => leafNode('string') };
  return shape === 'any' ? { ...scalar, is: 'any' } : scalar;
}

function wordsOf(name: string): string | undefined {
  return ownOf(kustomizationWords, name);
}
