import { expect, it } from 'vitest';
import { fluxKustomization } from '../reconcile/discover-files.ts';
import { lintFiles } from '../support/lint-files.ts';

const definition = [
  'apiVersion: apiextensions.k8s.io/v1',
  'kind: CustomResourceDefinition',
  'metadata: { name: widgets.example.org }',
  'spec:',
  '  group: example.org',
  '  scope: Namespaced',
  '  names: { kind: Widget, plural: widgets, singular: widget, listKind: WidgetList }',
  '  versions:',
  '    - name: v1',
  '      served: true',
  '      storage: true',
  '      schema: { openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true } }',
  '',
].join('\n');

function ownedTwice(folder: string): string[] {
  const release = (name: string): string =>
    [
      'apiVersion: helm.toolkit.fluxcd.io/v2',
      'kind: HelmRelease',
      `metadata: { name: ${name}, namespace: app }`,
      'spec:',
      '  interval: 10m',
      '  chart: { spec: { chart: shop, version: 1.2.3, sourceRef: { kind: HelmRepository, name: r } } }',
      '---',
      '',
    ].join('\n');
  const { findings } = lintFiles({
    'clusters/prod/flux-system.yaml': fluxKustomization('flux-system', './clusters/prod'),
    'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
    'apps/releases.yaml': `${release('one')}${release('two')}apiVersion: source.toolkit.fluxcd.io/v1\nkind: HelmRepository\nmetadata: { name: r, namespace: app }\nspec: { interval: 1h, url: https://charts.example.org }\n`,
    '.cdb-lint/sources/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.2.3\n',
    [`.cdb-lint/sources/shop/${folder}/widgets.yaml`]: definition,
  });
  return findings.filter(({ rule }) => rule === 'object-owned-twice').map(({ message }) => message);
}

it('says that two releases own what their templates make, but not the definitions of crds/, which Helm never deletes', () => {
  expect(ownedTwice('templates')).toEqual([
    'HelmRelease app/one and HelmRelease app/two both apply CustomResourceDefinition widgets.example.org',
  ]);
  expect(ownedTwice('crds')).toEqual([]);
});
