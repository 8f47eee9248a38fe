import { describe, expect, it } from 'vitest';
import { locateField } from '../../src/object/provenance.ts';
import { trackedObject } from '../../src/object/resource.ts';
import { lintFiles } from '../support/lint-files.ts';
import { configMap, discoverFiles, findingsOf, fluxKustomization } from './discover-files.ts';

const instance = (path: string): string => `apiVersion: fluxcd.controlplane.io/v1
kind: FluxInstance
metadata: { name: flux, namespace: flux-system }
spec:
  distribution: { version: 2.x, registry: ghcr.io/fluxcd }
  sync:
    kind: OCIRepository
    url: oci://registry.example.org/fleet
    ref: stable
    path: ${path}
`;

const set = (...lines: readonly string[]): string =>
  [
    'apiVersion: fluxcd.controlplane.io/v1',
    'kind: ResourceSet',
    'metadata: { name: tenants, namespace: flux-system }',
    'spec:',
    ...lines.map((line) => `  ${line}`),
    '',
  ].join('\n');

const template = [
  'resources:',
  '  - apiVersion: v1',
  '    kind: ConfigMap',
  '    metadata:',
  '      name: << inputs.tenant | lower >>',
  '      namespace: app',
  '    data:',
  '      by: << inputs.provider.name >>',
  '      helm: "{{ .Values.x }} << inputs.size | quote >>"',
];

const namesIn = (found: ReturnType<typeof discoverFiles>): string[] =>
  found.clusters.flatMap(({ inventory }) =>
    [...inventory.values()].map(([first]) => {
      const { kind, metadata } = first?.resource.object ?? {};
      return `${String(kind)} ${(metadata as { name: string }).name}`;
    }),
  );

describe('FluxInstance', () => {
  it('is where a cluster starts, with a source and a Kustomization of its own', () => {
    const found = discoverFiles({
      'clusters/prod/flux.yaml': instance('clusters/prod'),
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps').replace(
        'GitRepository',
        'OCIRepository',
      ),
      'apps/config.yaml': configMap('app'),
    });
    expect(found.clusters.map(({ name, root }) => [name, root])).toEqual([['prod', 'clusters/prod']]);
    expect(namesIn(found)).toEqual([
      'OCIRepository flux-system',
      'Kustomization flux-system',
      'FluxInstance flux',
      'Kustomization apps',
      'ConfigMap app',
    ]);
    expect(findingsOf(found)).toEqual([]);
  });

  it('is told of at the path of its sync', () => {
    const found = discoverFiles({
      'clusters/prod/flux.yaml': instance('clusters/production'),
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps').replace(
        'GitRepository',
        'OCIRepository',
      ),
      'apps/config.yaml': configMap('app'),
    });
    expect(findingsOf(found)).toEqual(['flux-path-missing clusters/prod/flux.yaml:10']);
  });

  const patched = (target: string, ...patch: readonly string[]): string =>
    [
      instance('clusters/prod').trimEnd(),
      '  kustomize:',
      '    patches:',
      `      - target: ${target}`,
      '        patch: |',
      ...patch.map((line) => `          ${line}`),
      '',
    ].join('\n');

  it('patches what it makes', () => {
    const found = discoverFiles({
      'clusters/prod/flux.yaml': patched(
        '{ kind: (OCIRepository|Kustomization) }',
        '- op: add',
        '  path: /spec/interval',
        '  value: 3h',
      ),
    });
    const [made] = found.clusters[0]?.reconciliations ?? [];
    expect(made?.build.resources.map(({ object }) => object['spec'])).toMatchObject([
      { interval: '3h', url: 'oci://registry.example.org/fleet', ref: { tag: 'stable' } },
      { interval: '3h', path: 'clusters/prod' },
    ]);
    expect(found.clusters[0]?.reconciliations[1]).toMatchObject({ kind: 'Kustomization', interval: 10_800 });
  });

  it.each([
    ['{ kind: Deployment, name: (kustomize|helm)-controller }', []],
    ['{ kind: Deployment, name: image-reflector-controller }', ['entry-selects-nothing']],
    ['{ kind: Kustomization, name: fleet }', ['entry-selects-nothing']],
    ['{ kind: NetworkPolicy, name: whatever }', []],
    ['{ kind: Deployment, labelSelector: app=x }', []],
  ])('says whether a patch for %s is for anything', (target, expected) => {
    const report = lintFiles({
      'clusters/prod/flux.yaml': patched(target, '- op: add', '  path: /spec/paused', '  value: true'),
    });
    expect(report.findings.map(({ rule }) => rule).filter((rule) => rule.startsWith('entry'))).toEqual(
      expected,
    );
  });

  it('says what makes a patch unreadable', () => {
    const report = lintFiles({ 'clusters/prod/flux.yaml': patched('{ kind: Deployment }', '- op: [') });
    expect(report.findings.map(({ rule, unchecked }) => [rule, unchecked])).toContainEqual([
      'yaml-syntax',
      expect.anything(),
    ]);
    expect(report.exitCode).toBe(2);
  });

  it('does not take a patch that sets what is merged when it is read again', () => {
    const report = lintFiles({
      'clusters/prod/flux.yaml': patched(
        '{ kind: Kustomization }',
        '- op: add',
        '  path: /spec/<<',
        '  value: { path: ./other }',
      ),
    });
    expect(report.findings.some(({ message }) => /the key "<<"/.test(message))).toBe(true);
    expect(report.exitCode).toBe(2);
  });

  it('separates tenants by arguments that its patches give', () => {
    const args = '--no-cross-namespace-refs=true';
    const report = lintFiles({
      'clusters/prod/flux.yaml': patched(
        '{ kind: Deployment, name: kustomize-controller }',
        '- op: add',
        '  path: /spec/template/spec/containers/0/args/-',
        `  value: ${args}`,
      ),
      'clusters/prod/team.yaml': fluxKustomization('team', './team').replace(
        'namespace: flux-system',
        'namespace: team',
      ),
    });
    expect(report.findings.map(({ rule }) => rule)).toContain('tenant-without-account');
  });
});

describe('ResourceSet', () => {
  const files = {
    'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
  };

  it('makes its resources once for each set of inputs', () => {
    const found = discoverFiles({
      ...files,
      'apps/set.yaml': set('inputs: [{ tenant: Shop, size: 1 }, { tenant: billing, size: 2 }]', ...template),
    });
    expect(namesIn(found)).toEqual(['ResourceSet tenants', 'ConfigMap shop', 'ConfigMap billing']);
    const [shop] = found.clusters[0]?.reconciliations[1]?.build.resources ?? [];
    expect(shop?.object['data']).toEqual({ by: 'tenants', helm: '{{ .Values.x }} "1"' });
    expect(findingsOf(found)).toEqual([]);
  });

  it('takes inputs of a static provider, and names those that only a cluster knows', () => {
    const provider = (type: string): string => `apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSetInputProvider
metadata: { name: list, namespace: flux-system }
spec:
  type: ${type}
  defaultValues: { tenant: shop, size: 1 }
`;
    const expand = (type: string): ReturnType<typeof discoverFiles> =>
      discoverFiles({
        ...files,
        'apps/list.yaml': provider(type),
        'apps/set.yaml': set('inputsFrom: [{ name: list }]', ...template),
      });
    expect(namesIn(expand('Static'))).toContain('ConfigMap shop');
    expect(expand('GitHubPullRequest').coverage.notRendered).toEqual([
      'ResourceSet flux-system/tenants: the output of ResourceSetInputProvider list cannot be known here',
    ]);
  });

  it('is followed where it makes Kustomizations, and reads a template of several documents', () => {
    const found = discoverFiles({
      ...files,
      'apps/set.yaml': set(
        'inputs: [{ app: shop }]',
        'resourcesTemplate: |',
        ...fluxKustomization('<< inputs.app >>', './<< inputs.app >>')
          .split('\n')
          .map((line) => `  ${line}`),
      ),
      'shop/config.yaml': configMap('shop'),
    });
    expect(namesIn(found)).toEqual(['ResourceSet tenants', 'Kustomization shop', 'ConfigMap shop']);
  });

  it('finds the inputs inside a loop, too', () => {
    const found = discoverFiles({
      ...files,
      'apps/set.yaml': set(
        'inputs: [{ apps: [{ name: shop }], size: 1Gi }]',
        'resourcesTemplate: |',
        '  <<- range $app := inputs.apps >>',
        '  apiVersion: v1',
        '  kind: ConfigMap',
        '  metadata: { name: << $app.name >>, namespace: app }',
        '  data: { size: << inputs.size >> }',
        '  <<- end >>',
      ),
    });
    expect(namesIn(found)).toEqual(['ResourceSet tenants', 'ConfigMap shop']);
  });

  it('permutes what its providers bring, each under the name of its provider', () => {
    const provider = (name: string, value: string): string => `apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSetInputProvider
metadata: { name: ${name}, namespace: flux-system }
spec: { type: Static, defaultValues: { value: ${value} } }
`;
    const found = discoverFiles({
      ...files,
      'apps/a.yaml': provider('Git-Tag', 'one'),
      'apps/b.yaml': provider('oci.tag', 'two'),
      'apps/set.yaml': set(
        'inputStrategy: { name: Permute }',
        'inputs: [{ tenant: shop }, { tenant: billing }]',
        'inputsFrom: [{ name: oci.tag }, { name: Git-Tag }]',
        'resources:',
        '  - apiVersion: v1',
        '    kind: ConfigMap',
        '    metadata: { name: "<< inputs.tenants.tenant >>", namespace: app }',
        '    data: { all: "<< inputs.git_tag.value >>-<< inputs.oci_tag.value >>-<< inputs.id >>" }',
      ),
    });
    const made = found.clusters[0]?.reconciliations.find(({ kind }) => kind === 'ResourceSet')?.build
      .resources;
    // Adler-32 of tenants=0/git_tag=0/oci_tag=0 and of tenants=1/git_tag=0/oci_tag=0.
    expect(made?.map(({ object }) => object['data'])).toEqual([
      { all: 'one-two-2702117464' },
      { all: 'one-two-2703493721' },
    ]);
    expect(findingsOf(found)).toEqual([]);
  });

  it('takes its resources from steps, the first of a name, and none that is not to be reconciled', () => {
    const resource = (name: string, data: string, ...annotations: readonly string[]): string[] => [
      '      - apiVersion: v1',
      '        kind: ConfigMap',
      `        metadata: { name: ${name}, namespace: app, annotations: { ${annotations.join('')} } }`,
      `        data: { by: ${data} }`,
    ];
    const found = discoverFiles({
      ...files,
      'apps/set.yaml': set(
        'inputs: [{ n: 1 }, { n: 2 }]',
        'steps:',
        '  - name: first',
        '    resources:',
        ...resource('one', '"<< inputs.n >>"'),
        ...resource('left-out', 'nobody', 'fluxcd.controlplane.io/reconcile: disabled'),
        '  - name: second',
        '    resources:',
        ...resource('two', 'two'),
      ),
    });
    expect(namesIn(found)).toEqual(['ResourceSet tenants', 'ConfigMap one', 'ConfigMap two']);
    const [one] = found.clusters[0]?.reconciliations[1]?.build.resources ?? [];
    expect(one?.object['data']).toEqual({ by: 1 });
  });

  it('copies what the operator copies', () => {
    const report = lintFiles({
      ...files,
      'apps/secret.yaml': configMap('source', 'region: eu').replace(
        'namespace: app',
        'namespace: flux-system',
      ),
      'apps/set.yaml': set(
        'resources:',
        '  - apiVersion: v1',
        '    kind: ConfigMap',
        '    metadata:',
        '      name: copy',
        '      namespace: app',
        '      annotations: { fluxcd.controlplane.io/copyFrom: flux-system/source }',
        '  - apiVersion: v1',
        '    kind: Secret',
        '    type: kubernetes.io/dockerconfigjson',
        '    metadata:',
        '      name: pull',
        '      namespace: app',
        '      annotations: { fluxcd.controlplane.io/copyFrom: flux-system/pull }',
      ),
    });
    expect(report.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(report.coverage.objects).toBe(5);
  });
});

describe('where what a ResourceSet makes comes from', () => {
  const found = discoverFiles({
    'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
    'apps/set.yaml': set(
      'inputs:',
      '  - tenant: Shop',
      '    size: "3"',
      'resources:',
      '  - apiVersion: v1',
      '    kind: ConfigMap',
      '    metadata:',
      '      name: << inputs.tenant | lower >>-settings',
      '      namespace: app',
      '    data:',
      '      fixed: text',
      'resourcesTemplate: |',
      '  apiVersion: v1',
      '  kind: Secret',
      '  metadata:',
      '    name: << inputs.tenant | lower >>',
      '    namespace: app',
      '  stringData:',
      '    <<- range $i, $x := until 1 >>',
      '    size: << inputs.size | quote >>',
      '    <<- end >>',
    ),
  });
  const place = (kind: string, ...path: string[]): string[] => {
    const all = found.clusters.flatMap(({ reconciliations }) => reconciliations);
    const resource = all
      .flatMap(({ build }) => build.resources)
      .find(({ object }) => object['kind'] === kind);
    if (resource === undefined) throw new Error(`no ${kind}`);
    const { span, steps } = locateField(trackedObject(resource), path);
    return [span, ...steps.map((step) => step.span)].map((one) =>
      one === undefined
        ? 'nowhere'
        : `${one.file.text.slice(0, one.start).split('\n').length} ${one.file.text.slice(one.start, one.end).split('\n')[0]}`,
    );
  };

  it('points at the input that set a value, and names the template', () => {
    expect(place('ConfigMap', 'metadata', 'name')).toEqual([
      '6 Shop',
      '12 name: << inputs.tenant | lower >>-settings',
      '6 tenant: Shop',
    ]);
    expect(place('ConfigMap', 'data', 'fixed')[0]).toBe('15 text');
  });

  it('points into a template that is one text', () => {
    expect(place('Secret', 'metadata', 'namespace')[0]).toBe('21 app');
    expect(place('Secret', 'metadata', 'name')).toEqual([
      '6 Shop',
      '20 name: << inputs.tenant | lower >>',
      '6 tenant: Shop',
    ]);
    expect(place('Secret', 'stringData', 'size')).toEqual([
      '7 "3"',
      '24 size: << inputs.size | quote >>',
      '7 size: "3"',
    ]);
  });
});

describe('what is written to exhaust', () => {
  const files = { 'clusters/prod/apps.yaml': fluxKustomization('apps', './apps') };

  it.each([
    ['inputs without end', set(`inputs: [${'{ tenant: a, size: 1 }, '.repeat(5_000)}]`, ...template)],
    ['beginnings without end', set('inputs: [{ a: 1 }]', `resourcesTemplate: "${'<<'.repeat(200_000)}"`)],
    [
      'a string that grows',
      set(
        `inputs: [${'{ tenant: a, size: 1 }, '.repeat(1_000)}]`,
        'resources:',
        `  - { apiVersion: v1, kind: ConfigMap, metadata: { name: a }, data: { a: "<< inputs.size >>${'x'.repeat(50_000)}" } }`,
      ),
    ],
  ])('stops at %s', (_, text) => {
    const { coverage } = discoverFiles({ ...files, 'apps/set.yaml': text });
    expect(coverage.entryPoints).toBe(2);
  });
});
