import { describe, expect, it } from 'vitest';
import type { DiscoverOptions } from '../../src/reconcile/discover-options.ts';
import { discoverFiles } from './discover-files.ts';

// What Argo CD 3.6.0 makes of the same ApplicationSets was asked of its own code.

const here = 'https://git.example.com/team/platform.git';

interface Set {
  readonly generator: string;
  readonly name?: string;
  readonly isGo?: boolean;
  readonly options?: string;
  readonly metadata?: string;
  readonly more?: readonly string[];
}

const files = {
  'apps/a/x.yaml': '',
  'apps/b/x.yaml': '',
  'config/one.yaml': 'name: one\n',
  'config/[x]/two.yaml': 'name: two\n',
  'config/list.json': '[{ "name": "l1" }, null]',
  'wrong/text.yaml': 'hello\n',
  'wrong/texts.yaml': '[a, b]\n',
  'wrong/broken.yaml': 'a: [\n',
  'twice.yaml': 'name: a\nname: b\n',
  'first.yaml': 'name: first\n---\nname: second\n',
  'clusters.yaml': [
    'apiVersion: v1',
    'kind: Secret',
    'metadata:',
    '  name: eu',
    '  labels: { argocd.argoproj.io/secret-type: cluster }',
    '  annotations: { argocd.argoproj.io/refresh: normal, team: one }',
    'stringData: { name: eu, server: https://eu.example.com }',
    '',
  ].join('\n'),
};

/** The names of the Applications, and what was found. */
function expand(set: Set): readonly string[] {
  const {
    generator,
    name = '{{ .name }}',
    isGo = true,
    options = '["missingkey=error"]',
    metadata = '',
  } = set;
  const text = [
    'apiVersion: argoproj.io/v1alpha1',
    'kind: ApplicationSet',
    'metadata: { name: set, namespace: argocd }',
    'spec:',
    `  goTemplate: ${isGo}`,
    `  goTemplateOptions: ${options}`,
    `  generators: [${generator}]`,
    '  template:',
    `    metadata: { name: '${name}'${metadata} }`,
    '    spec:',
    '      project: team',
    '      destination: { server: https://kubernetes.default.svc, namespace: web }',
    `      source: { repoURL: ${here}, path: apps/a }`,
    ...(set.more ?? []),
    '',
  ].join('\n');
  const known: DiscoverOptions = { repositories: [here], clustersFile: 'clusters.yaml' };
  const { clusters } = discoverFiles({ ...files, 'argocd/set.yaml': text }, known);
  const all = clusters.flatMap(({ reconciliations }) => reconciliations);
  const found = all.flatMap(({ build }) =>
    build.diagnostics.map(({ rule, message }) => `${rule}: ${message}`),
  );
  return [...all.map((one) => one.name).filter((one) => one !== 'set'), ...found];
}

const of = (...paths: string[]): string =>
  `{ git: { repoURL: ${here}, files: [${paths.map((path) => `{ path: "${path}" }`).join(', ')}] } }`;
const invalid = (reason: string): string[] => [
  expect.stringMatching(new RegExp(`^applicationset-generator-invalid: ${reason}.* creates none`, 'u')),
];

describe('files of a Git generator', () => {
  it.each([
    ['config/one.yaml', ['one']],
    ['./config/../config//one.yaml', ['one']],
    ['config/[!l]*.yaml', ['two', 'one']],
    ['config/[x]/two.yaml', ['two']],
    ['config/[x]', ['two']],
    ['twice.yaml', ['b']],
    ['first.yaml', ['first']],
  ])('%s', (path, names) => {
    expect(expand({ generator: of(path) })).toEqual(names);
  });

  it('that are no mappings are refused, and with them all that the set makes', () => {
    for (const path of ['wrong/text.yaml', 'wrong/texts.yaml', 'wrong/broken.yaml'])
      expect(expand({ generator: of('config/one.yaml', path) })).toEqual(invalid(path));
    expect(expand({ generator: of('/config/one.yaml') })).toEqual(
      invalid('git ls-files rejects /config/one.yaml'),
    );
    expect(expand({ generator: of('../one.yaml') })).toEqual(invalid('git ls-files rejects ../one.yaml'));
    expect(expand({ generator: `{ git: { repoURL: ${here} } }` })).toEqual(invalid('it has neither'));
  });

  it('bring an element of nothing but its path for null', () => {
    const name = '{{ dig "name" "none" . }}-{{ .path.basename }}';
    expect(expand({ generator: of('config/list.json'), name })).toEqual(['l1-config', 'none-config']);
  });
});

describe('names that are not there', () => {
  const values = (text: string): string => `{ list: { elements: [{ name: x }] } }`.replace('x', text);

  it('stay as they are written in values without goTemplate', () => {
    const generator = '{ clusters: { values: { of: "{{none}}-x" } } }';
    expect(
      expand({ generator, name: '{{name}}', isGo: false, metadata: ', annotations: { a: "{{values.of}}" }' }),
    ).toEqual(['eu', 'in-cluster']);
  });

  it('are printed in values where nothing is strict, of several options by the last one', () => {
    const generator =
      '{ clusters: { selector: { matchLabels: { argocd.argoproj.io/secret-type: cluster } }, values: { of: "{{ .none }}" } } }';
    const name = '{{ .values.of | len }}';
    expect(expand({ generator, name, options: '["missingkey=error", "missingkey=default"]' })).toEqual([
      '10',
    ]);
    expect(expand({ generator, name })).toEqual(invalid('values.of uses .none'));
  });

  it('end a template with missingkey=zero where a field of them is asked for', () => {
    const second = `{ git: { repoURL: ${here}, directories: [{ path: "{{ .none.path }}/*" }] } }`;
    const generator = `{ matrix: { generators: [${values('x')}, ${second}] } }`;
    expect(expand({ generator, options: '["missingkey=zero"]' })).toEqual(
      invalid('its second generator uses .none.path'),
    );
  });
});

describe('selectors', () => {
  it.each([
    ['matchLabels: { "path[0]": apps }', '"path\\[0\\]" is not a label key'],
    ['matchExpressions: [{ key: name, operator: In }]', 'In for name has no values'],
    [
      'matchExpressions: [{ key: name, operator: Exists, values: [a] }]',
      'Exists for name must have no values',
    ],
    ['matchExpressions: [{ key: name, operator: Gt, values: ["1"] }]', 'Gt is not an operator'],
  ])('%s is refused', (selector, reason) => {
    const generator = `{ list: { elements: [{ name: a }] }, selector: { ${selector} } }`;
    expect(expand({ generator })).toEqual(invalid(`its selector is refused: ${reason}`));
  });

  it('see the segments of a path as one value', () => {
    const directories = `git: { repoURL: ${here}, directories: [{ path: apps/* }] }`;
    const by = (key: string): string =>
      `{ ${directories}, selector: { matchExpressions: [{ key: ${key}, operator: Exists }] } }`;
    expect(expand({ generator: by('path.segments'), name: '{{ .path.basename }}' })).toEqual(['a', 'b']);
    expect(expand({ generator: by('path.segments.0'), name: '{{ .path.basename }}' })).toEqual([
      'applicationset-empty: the generators produce nothing, so there is no Application',
    ]);
  });
});

describe('parameters and templates', () => {
  it('know no annotations by which Argo CD keeps its own state', () => {
    const generator =
      '{ clusters: { selector: { matchLabels: { argocd.argoproj.io/secret-type: cluster } } } }';
    expect(expand({ generator, name: '{{ keys .metadata.annotations | join "," }}' })).toEqual(['team']);
  });

  it('are null where the later one says so: the first generator of a matrix, the second of a merge', () => {
    const list = (element: string): string => `{ list: { elements: [${element}] } }`;
    const matrix = (...elements: string[]): string =>
      `{ matrix: { generators: [${elements.map(list).join(', ')}] } }`;
    const name = '{{ .name }}-{{ kindOf .of }}';
    expect(expand({ generator: matrix('{ name: a }', '{ of: null }'), name })).toEqual(['a-invalid']);
    expect(expand({ generator: matrix('{ name: a, of: x }', '{ of: null }'), name })).toEqual(['a-string']);
    const merge = `{ merge: { mergeKeys: [name], generators: [${list('{ name: a, of: x }')}, ${list('{ name: a, of: null }')}] } }`;
    expect(expand({ generator: merge, name })).toEqual(['a-invalid']);
  });

  it('may fill in texts that stand in parameters', () => {
    const generator = '{ list: { elements: [{ name: "{{ .of }}-{{ .none }}", of: x }] } }';
    expect(expand({ generator, name: '{{ tpl .name (dict "of" .of "none" nil) }}' })).toEqual(['x-']);
  });

  it('of a generator count where they are not empty', () => {
    const template =
      '{ metadata: { name: "" }, spec: { project: "", destination: {}, source: { repoURL: "", targetRevision: v1 } } }';
    const generator = `{ list: { elements: [{ name: a }], template: ${template} } }`;
    expect(expand({ generator })).toEqual(['a']);
  });

  it('stay as they stand where an element brings nothing', () => {
    expect(expand({ generator: '{ list: { elements: [{}] } }', name: 'fixed' })).toEqual(['fixed']);
    expect(expand({ generator: '{ list: { elements: [text] } }', name: 'fixed' })).toEqual(
      invalid('the element text'),
    );
  });

  it('are patched within their namespace, and a directive that meets nothing is dropped', () => {
    const patch = [
      '  templatePatch: |',
      '    metadata: { namespace: other }',
      '    spec: { syncPolicy: { $patch: replace, automated: {} } }',
    ];
    expect(expand({ generator: '{ list: { elements: [{ name: a }] } }', more: patch })).toEqual(['a']);
  });
});
