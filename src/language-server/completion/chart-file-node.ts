import { leafNode, listWords, type SchemaNode } from '../../schema/schema-node.ts';

const text = (words: string, values?: readonly string[]): SchemaNode =>
  leafNode('string', { words: () => words, ...(values === undefined ? {} : { values }) });

function objectNode(fields: Readonly<Record<string, SchemaNode>>, required: readonly string[]): SchemaNode {
  return {
    ...leafNode('object'),
    is: 'object',
    fields: () => new Map(Object.entries(fields)),
    required: () => required,
  };
}

function listNode(item: SchemaNode, words: string): SchemaNode {
  return { ...leafNode(listWords(item.type)), is: 'list', words: () => words, below: () => item };
}

const boolean = (words: string): SchemaNode =>
  leafNode('boolean', { words: () => words, values: ['true', 'false'] });

const dependency = objectNode(
  {
    name: text('The name of the chart.'),
    version: text('Its version, or a range of versions.'),
    repository: text('The address of the repository, `oci://`, `file://` or `@NAME`.'),
    condition: text('The path of a value that enables it.'),
    tags: listNode(leafNode('string'), 'Tags that enable several charts together.'),
    alias: text('The name under which it is installed.'),
    'import-values': listNode(leafNode('anything'), 'Values that are taken from it.'),
  },
  ['name', 'version', 'repository'],
);

/** Chart.yaml (Helm, pkg/chart/v2/metadata.go v4.0). */
export const chartFileNode: SchemaNode = objectNode(
  {
    apiVersion: text('`v2`, or `v1` for charts of Helm 2.', ['v2', 'v1']),
    name: text('The name of the chart, which is that of its directory.'),
    version: text('The version of the chart, as SemVer 2.'),
    appVersion: text('The version of what it installs; in quotes if it looks like a number.'),
    kubeVersion: text('The Kubernetes versions that it supports, as a range.'),
    description: text('One sentence.'),
    type: text('Whether it can be installed.', ['application', 'library']),
    dependencies: listNode(dependency, 'Charts that it needs.'),
    keywords: listNode(leafNode('string'), 'Keywords.'),
    home: text('The address of the project.'),
    sources: listNode(leafNode('string'), 'Addresses of the source code.'),
    maintainers: listNode(
      objectNode({ name: text('A name.'), email: text('An address.'), url: text('A page.') }, ['name']),
      'The maintainers.',
    ),
    icon: text('The address of an image.'),
    deprecated: boolean('Whether it is no longer maintained.'),
    annotations: { ...leafNode('map of strings'), is: 'map', below: () => leafNode('string') },
  },
  ['apiVersion', 'name', 'version'],
);
