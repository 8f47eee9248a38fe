import { describe, expect, it } from 'vitest';
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
      'ResourceSet flux-system/tenants: what ResourceSetInputProvider list finds cannot be known here',
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

  it('finds the inputs inside of a loop, too', () => {
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

describe('what is written to exhaust', () => {
  const files = { 'clusters/prod/apps.yaml': fluxKustomization('apps', './apps') };

  it.each([
    ['inputs without end', set(`inputs: [${'{ tenant: a, size: 1 }, '.repeat(5_000)}]`, ...template)],
    ['beginnings without end', set('inputs: [{ a: 1 }]', `resourcesTemplate: "${'<<'.repeat(200_000)}"`)],
    [
      'a text that grows',
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
