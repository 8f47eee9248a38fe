import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findingAt } from '../../src/object/finding.ts';
import { locateField } from '../../src/object/provenance.ts';
import { nameOf, namespaceOf, trackedObject } from '../../src/object/resource.ts';
import type { Discovery } from '../../src/reconcile/discover.ts';
import type { Reconciliation } from '../../src/reconcile/reconciliation.ts';
import type { Path, Value } from '../../src/source/value.ts';
import { valueAt } from '../../src/source/value.ts';
import { configMap, discoverFiles, fluxKustomization } from './discover-files.ts';

const chart = {
  'charts/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
  'charts/shop/values.yaml': 'replicas: 1\nlabels:\n  tier: web\nhost: shop.example.org\n',
  'charts/shop/templates/_helpers.tpl':
    '{{- define "labels" -}}\napp: {{ .Chart.Name }}\n{{- with .Values.labels }}\n{{ toYaml . }}\n{{- end }}\n{{- end }}\n',
  'charts/shop/templates/config.yaml': [
    'apiVersion: v1',
    'kind: ConfigMap',
    'metadata:',
    '  name: {{ .Release.Name }}-config',
    '  labels: {{- include "labels" . | nindent 4 }}',
    'data:',
    '  replicas: {{ .Values.replicas | quote }}',
    '  url: https://{{ .Values.host }}/',
    '  served: {{ .Capabilities.APIVersions.Has "example.org/v1/Widget" | quote }}',
    '  fixed: here',
    '',
  ].join('\n'),
  'charts/shop/crds/widgets.yaml': [
    'apiVersion: apiextensions.k8s.io/v1',
    'kind: CustomResourceDefinition',
    'metadata: { name: gadgets.example.org }',
    '',
  ].join('\n'),
};

function release(...spec: readonly string[]): string {
  return [
    'apiVersion: helm.toolkit.fluxcd.io/v2',
    'kind: HelmRelease',
    'metadata: { name: shop, namespace: app }',
    'spec:',
    '  interval: 10m',
    '  chart:',
    '    spec:',
    '      chart: ./charts/shop',
    '      sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system }',
    ...spec.map((line) => `  ${line}`),
    '',
  ].join('\n');
}

const flux = {
  'clusters/prod/flux-system/gotk-sync.yaml': fluxKustomization('flux-system', './clusters/prod'),
  'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
};

function ownerOf({ clusters }: Discovery, kind: string): Reconciliation | undefined {
  return clusters.flatMap(({ reconciliations }) => reconciliations).find((one) => one.kind === kind);
}

/** The value at a path of a rendered ConfigMap, and the lines that made it, the one that counts last. */
function told(owner: Reconciliation | undefined, path: Path): { value: Value | undefined; lines: string[] } {
  const resource = owner?.build.resources.find(({ object }) => object['kind'] === 'ConfigMap');
  if (resource === undefined) return { value: undefined, lines: [] };
  const { steps } = locateField(trackedObject(resource), path);
  const lines = steps.map(
    ({ span }) => `${span.file.path}:${span.file.text.slice(0, span.start).split('\n').length}`,
  );
  return { value: valueAt(resource.object, path), lines };
}

const template = 'charts/shop/templates/config.yaml';

describe('a HelmRelease whose chart is in the repository', () => {
  it('becomes objects, each value with the line of the template and of what set it', () => {
    const values = ['values:', '  labels:', '    team: a', '  host: www.example.org'];
    const discovery = discoverFiles({ ...flux, ...chart, 'apps/shop.yaml': release(...values) });
    const owner = ownerOf(discovery, 'HelmRelease');
    expect(owner?.build.diagnostics).toEqual([]);
    expect(
      owner?.build.resources.map(({ object }) => [object['kind'], nameOf(object), namespaceOf(object)]),
    ).toEqual([
      ['CustomResourceDefinition', 'gadgets.example.org', ''],
      ['ConfigMap', 'shop-config', 'app'],
    ]);
    expect(told(owner, ['data', 'fixed'])).toEqual({ value: 'here', lines: [`${template}:10`] });
    expect(told(owner, ['data', 'replicas'])).toEqual({
      value: '1',
      lines: [`${template}:7`, 'charts/shop/values.yaml:1'],
    });
    expect(told(owner, ['data', 'url'])).toEqual({
      value: 'https://www.example.org/',
      lines: [`${template}:8`, 'apps/shop.yaml:13'],
    });
    expect(told(owner, ['metadata', 'labels', 'team'])).toEqual({
      value: 'a',
      lines: ['charts/shop/templates/_helpers.tpl:4', 'apps/shop.yaml:12'],
    });
    expect(told(owner, ['metadata', 'labels', 'tier'])).toEqual({
      value: 'web',
      lines: ['charts/shop/templates/_helpers.tpl:4', 'charts/shop/values.yaml:3'],
    });
    expect(discovery.coverage.notRendered).toEqual([]);
    expect(owner?.build.resources.map((one) => one.chart?.isOwn)).toEqual([true, true]);
    expect(discovery.reached.has('charts/shop/values.yaml')).toBe(true);
  });

  it('takes values of ConfigMaps that another Kustomization brings, with their lines, and single ones', () => {
    const discovery = discoverFiles({
      ...flux,
      ...chart,
      'clusters/prod/later.yaml': fluxKustomization('later', './later'),
      'later/values.yaml': configMap(
        'more',
        'values.yaml: |',
        '  host: from.example.org',
        '  replicas: 5',
        "one: '7'",
      ),
      'apps/shop.yaml': release(
        'valuesFrom:',
        '  - { kind: ConfigMap, name: more }',
        '  - { kind: ConfigMap, name: more, valuesKey: one, targetPath: replicas }',
        'targetNamespace: other',
      ),
    });
    const owner = ownerOf(discovery, 'HelmRelease');
    expect(told(owner, ['data', 'url'])).toEqual({
      value: 'https://from.example.org/',
      lines: [`${template}:8`, 'later/values.yaml:6'],
    });
    expect(told(owner, ['data', 'replicas']).value).toBe('7');
    expect(told(owner, ['metadata', 'name']).value).toBe('other-shop-config');
    expect(told(owner, ['metadata', 'namespace']).value).toBe('other');
  });

  it('asks for what definitions of the cluster serve', () => {
    const definition = widgetDefinition(true);
    const files = { ...flux, ...chart, 'apps/shop.yaml': release() };
    expect(told(ownerOf(discoverFiles(files), 'HelmRelease'), ['data', 'served']).value).toBe('false');
    const more = discoverFiles({ ...files, 'apps/crd.yaml': definition });
    expect(told(ownerOf(more, 'HelmRelease'), ['data', 'served']).value).toBe('true');
  });

  it('asks for what the charts of other releases bring, whichever is rendered first', () => {
    const definition = (name: string, isServed: boolean): string =>
      [
        'apiVersion: apiextensions.k8s.io/v1',
        'kind: CustomResourceDefinition',
        'metadata: { name: widgets.example.org }',
        'spec:',
        '  group: example.org',
        '  names: { kind: Widget, plural: widgets }',
        '  scope: Namespaced',
        `  versions: [{ name: ${name}, served: ${isServed}, storage: true }]`,
        '',
      ].join('\n');
    const named = (name: string, path: string): string =>
      release().replace('name: shop,', `name: ${name},`).replace('./charts/shop', path);
    const files = { ...flux, ...chart, 'apps/shop.yaml': release() };
    const servedWith = (name: string, file: string, text: string): Value | undefined => {
      const more = discoverFiles({
        ...files,
        [`apps/${name}.yaml`]: named(name, './charts/crds'),
        'charts/crds/Chart.yaml': 'apiVersion: v2\nname: crds\nversion: 1.0.0\n',
        [`charts/crds/${file}`]: text,
      });
      const owners = more.clusters.flatMap(({ reconciliations }) => reconciliations);
      expect(owners.map((one) => one.name).filter((one) => one === 'shop' || one === name)).toHaveLength(2);
      return told(
        owners.find((one) => one.name === 'shop'),
        ['data', 'served'],
      ).value;
    };
    for (const name of ['aaa', 'zzz']) {
      expect(servedWith(name, 'crds/widgets.yaml', definition('v1', true))).toBe('true');
      expect(servedWith(name, 'templates/widgets.yaml', definition('v1', true))).toBe('true');
      expect(servedWith(name, 'crds/widgets.yaml', definition('v2', true))).toBe('false');
      expect(servedWith(name, 'crds/widgets.yaml', definition('v1', false))).toBe('false');
    }
  });

  it('is rendered again a few times at most where what it brings depends on what is served', () => {
    const flips = [
      '{{ if not (.Capabilities.APIVersions.Has "example.org/v1") }}',
      'apiVersion: apiextensions.k8s.io/v1',
      'kind: CustomResourceDefinition',
      'metadata: { name: widgets.example.org }',
      'spec: { group: example.org, names: { kind: Widget }, versions: [{ name: v1 }] }',
      '{{ end }}',
    ].join('\n');
    const files = { ...flux, ...chart, 'apps/shop.yaml': release(), 'charts/shop/templates/crd.yaml': flips };
    expect(told(ownerOf(discoverFiles(files), 'HelmRelease'), ['data', 'fixed']).value).toBe('here');
  });

  it.each([
    [['valuesFrom: [{ kind: Secret, name: none }]'], 'values.yaml of Secret app/none is not known here'],
  ])('says what of it is not known: %j', (spec, words) => {
    const discovery = discoverFiles({ ...flux, ...chart, 'apps/shop.yaml': release(...spec) });
    expect(ownerOf(discovery, 'HelmRelease')?.build.resources).toEqual([]);
    expect(discovery.coverage.notRendered).toEqual([`HelmRelease app/shop: ${words}`]);
  });

  it.each([
    ['valuesFrom: [{ kind: Secret, name: hidden }]', 'stringData: { values.yaml: "host: correct horse" }'],
    [
      'valuesFrom: [{ kind: Secret, name: hidden, valuesKey: a, targetPath: host }]',
      'stringData: { a: correct horse }',
    ],
    [
      'valuesFrom: [{ kind: Secret, name: hidden, valuesKey: a, targetPath: host }]',
      `data: { a: ${btoa('correct horse')} }`,
    ],
  ])('never shows a value of a Secret in what its chart refuses: %s, %s', (spec, data) => {
    const files = {
      ...flux,
      ...chart,
      'charts/shop/templates/refuse.yaml': '{{ fail (printf "no host %s, %v" .Values.host .Values.tier) }}',
      'charts/shop/values.yaml': 'tier: web',
      'apps/shop.yaml': release(spec),
      'apps/hidden.yaml': `apiVersion: v1\nkind: Secret\nmetadata: { name: hidden, namespace: app }\n${data}\n`,
    };
    const [finding] = ownerOf(discoverFiles(files), 'HelmRelease')?.build.diagnostics ?? [];
    expect(finding?.message).toBe('Helm cannot render charts/shop for shop: no host ••••••, web');
  });

  it('is changed by its post-renderers, and then by what all objects get', () => {
    const spec = [
      'commonMetadata: { labels: { team: b } }',
      'postRenderers:',
      '- kustomize:',
      '    patches:',
      '    - patch: |',
      '        - { op: replace, path: /data/fixed, value: there }',
      '      target: { kind: ConfigMap }',
      '- kustomize:',
      '    patches:',
      '    - patch: |',
      '        apiVersion: v1',
      '        kind: ConfigMap',
      '        metadata: { name: shop-config }',
      '        data: { fixed: last }',
    ];
    const discovery = discoverFiles({ ...flux, ...chart, 'apps/shop.yaml': release(...spec) });
    const owner = ownerOf(discovery, 'HelmRelease');
    expect(told(owner, ['data', 'fixed'])).toEqual({
      value: 'last',
      lines: [`${template}:10`, 'apps/shop.yaml:15', 'apps/shop.yaml:23'],
    });
    expect(told(owner, ['metadata', 'labels', 'team']).value).toBe('b');
    expect(owner?.build.effects.map(({ by, selected, changed }) => [by, selected, changed])).toEqual([
      ['patches', 1, 1],
      ['patches', 1, 1],
    ]);
    const [definition, config] = owner?.build.resources ?? [];
    expect(valueAt(definition?.object, ['metadata', 'labels'])).toBeUndefined();
    expect(namespaceOf(config?.object ?? {})).toBe('app');
  });

  it.each([
    ['does not fit', '{ op: replace, path: /none/x, value: 1 }'],
    ['sets what is merged', '{ op: add, path: /data/<<, value: { a: b } }'],
  ])('is refused by a post-renderer that %s, and says where', (_, operation) => {
    const spec = [
      'postRenderers:',
      '- kustomize:',
      '    patches:',
      `    - { patch: "- ${operation}", target: { kind: ConfigMap } }`,
    ];
    const discovery = discoverFiles({ ...flux, ...chart, 'apps/shop.yaml': release(...spec) });
    const { diagnostics, resources } = ownerOf(discovery, 'HelmRelease')?.build ?? {
      diagnostics: [],
      resources: [],
    };
    expect(resources.map(({ object }) => object['kind'])).toEqual(['CustomResourceDefinition']);
    expect(diagnostics.map(({ rule, unchecked }) => [rule, unchecked])).toEqual([
      ['chart-render-failed', 'what shop installs'],
    ]);
  });

  it('fails at the line of its template, and keeps nothing else from being built', () => {
    const discovery = discoverFiles({
      ...flux,
      ...chart,
      'charts/shop/templates/bad.yaml': 'a: 1\nb: {{ .Values.host.port }}\n',
      'apps/shop.yaml': `${release()}---\n${configMap('other', 'k: v')}`,
    });
    const { diagnostics, complete } = ownerOf(discovery, 'HelmRelease')?.build ?? {
      diagnostics: [],
      complete: true,
    };
    expect(complete).toBe(false);
    expect(
      diagnostics.map(({ rule, span, related, unchecked }) => [
        rule,
        span.file.path,
        related[0]?.span.file.path,
        unchecked,
      ]),
    ).toEqual([
      ['chart-render-failed', 'charts/shop/templates/bad.yaml', 'apps/shop.yaml', 'what shop installs'],
    ]);
    expect(diagnostics[0]?.message).toContain(
      "at <.Values.host.port>: can't evaluate field port in type interface {}",
    );
  });

  it('stays not rendered where it depends on charts that its controller fetches', () => {
    const discovery = discoverFiles({
      ...flux,
      ...chart,
      'charts/shop/Chart.yaml': `${chart['charts/shop/Chart.yaml']}dependencies: [{ name: db, version: 1.0.0, repository: "https://charts.example.org" }]\n`,
      'apps/shop.yaml': release(),
    });
    expect(ownerOf(discovery, 'HelmRelease')?.build.diagnostics).toEqual([]);
    expect(discovery.coverage.notRendered).toEqual([
      'HelmRelease app/shop (charts/shop): it depends on the chart db, which was not fetched; `cdb-lint sources` prints the command',
    ]);
  });

  it('stays not rendered where the chart is not here', () => {
    const discovery = discoverFiles({ ...flux, 'apps/shop.yaml': release() });
    expect(discovery.coverage.notRendered).toEqual([
      'HelmRelease app/shop: there is no chart at ./charts/shop in this repository',
    ]);
  });
});

function application(...helm: readonly string[]): string {
  return [
    'apiVersion: argoproj.io/v1alpha1',
    'kind: Application',
    'metadata: { name: web, namespace: argocd }',
    'spec:',
    '  project: default',
    '  destination: { server: https://kubernetes.default.svc, namespace: web }',
    '  source:',
    '    repoURL: https://git.example.com/team/platform.git',
    '    path: charts/shop',
    ...(helm.length === 0 ? [] : ['    helm:', ...helm.map((line) => `      ${line}`)]),
    '',
  ].join('\n');
}

function widgetDefinition(isServed: boolean): string {
  return [
    'apiVersion: apiextensions.k8s.io/v1',
    'kind: CustomResourceDefinition',
    'metadata: { name: widgets.example.org }',
    'spec:',
    '  group: example.org',
    '  names: { kind: Widget, plural: widgets }',
    '  scope: Namespaced',
    `  versions: [{ name: v1, served: ${isServed}, storage: true }]`,
    '',
  ].join('\n');
}

const here = { repositories: ['https://git.example.com/team/platform.git'] };

describe('an Application with a chart of the repository', () => {
  it.each([
    ['crds.yaml', true],
    ['zzz.yaml', true],
    ['zzz.yaml', false],
  ])('finds what else reaches its cluster served: %s, served %s', (file, isServed) => {
    const definition = widgetDefinition(isServed);
    const directory = application()
      .replace('name: web,', `name: ${file.slice(0, 3)},`)
      .replace('charts/shop', 'definitions');
    const files = {
      ...chart,
      'argocd/web.yaml': application(),
      [`argocd/${file}`]: directory,
      'definitions/widgets.yaml': definition,
    };
    const owners = discoverFiles(files, here).clusters.flatMap(({ reconciliations }) => reconciliations);
    const web = owners.filter(({ name }) => name === 'web');
    expect(web).toHaveLength(1);
    expect(told(web[0], ['data', 'served']).value).toBe(String(isServed));
  });

  it('becomes objects with the values of its files, its own and single ones above', () => {
    const discovery = discoverFiles(
      {
        ...chart,
        'charts/shop/prod.yaml': 'host: prod.example.org\nreplicas: 2\nlabels: { tier: db }\n',
        'argocd/web.yaml': application(
          'valueFiles: [prod.yaml]',
          'releaseName: front',
          'valuesObject:',
          '  host: own.example.org',
          'parameters:',
          "  - { name: replicas, value: '4' }",
          'skipCrds: true',
        ),
      },
      here,
    );
    const owner = ownerOf(discovery, 'Application');
    expect(owner?.build.resources.map(({ object }) => [nameOf(object), namespaceOf(object)])).toEqual([
      ['front-config', 'web'],
    ]);
    expect(told(owner, ['data', 'url'])).toEqual({
      value: 'https://own.example.org/',
      lines: [`${template}:8`, 'argocd/web.yaml:14'],
    });
    expect(told(owner, ['data', 'replicas']).value).toBe('4');
    expect(told(owner, ['metadata', 'labels', 'tier'])).toEqual({
      value: 'db',
      lines: ['charts/shop/templates/_helpers.tpl:4', 'charts/shop/prod.yaml:3'],
    });
  });

  it('takes values written as a string, each with its line', () => {
    const discovery = discoverFiles(
      { ...chart, 'argocd/web.yaml': application('values: |', '  replicas: 9', '  host: text.example.org') },
      here,
    );
    expect(told(ownerOf(discovery, 'Application'), ['data', 'url'])).toEqual({
      value: 'https://text.example.org/',
      lines: [`${template}:8`, 'argocd/web.yaml:13'],
    });
  });

  it('takes the contents of files as strings', () => {
    const files = { ...chart, 'charts/shop/host.txt': '{a},b=1' };
    const text = application('fileParameters:', '  - { name: host, path: host.txt }');
    const owner = ownerOf(discoverFiles({ ...files, 'argocd/web.yaml': text }, here), 'Application');
    expect(told(owner, ['data', 'url']).value).toBe('https://{a},b=1/');
  });

  it('says which file of values is not known', () => {
    const discovery = discoverFiles(
      { ...chart, 'argocd/web.yaml': application('valueFiles: [none.yaml]') },
      here,
    );
    expect(discovery.coverage.notRendered).toEqual([
      'Application web (charts/shop): the values file none.yaml is not known here',
    ]);
  });
});

describe('packed charts in the folder that the configuration names', () => {
  const archive = readFileSync(new URL('../chart/fixtures/shop-1.2.3.tgz', import.meta.url));
  const folder = { fetchedFolder: 'vendor/charts' };
  const elsewhere = (...spec: readonly string[]): string =>
    [
      'apiVersion: helm.toolkit.fluxcd.io/v2',
      'kind: HelmRelease',
      'metadata: { name: shop, namespace: app }',
      ...['spec:', '  interval: 10m', ...spec.map((line) => `  ${line}`), ''],
    ].join('\n');
  const packed = (files: Readonly<Record<string, string>>): Discovery =>
    discoverFiles({ ...files, 'vendor/charts/shop-1.2.3.tgz': archive }, folder);

  it('stand for what a HelmRepository has, the newest of a range', () => {
    const ofRange = (range: string): string =>
      elsewhere(
        `chart: { spec: { chart: shop, version: "${range}", sourceRef: { kind: HelmRepository, name: r } } }`,
      );
    const owner = ownerOf(packed({ ...flux, 'apps/shop.yaml': ofRange('>=1.0.0 <2.0.0') }), 'HelmRelease');
    expect(owner?.build.diagnostics).toEqual([]);
    expect(told(owner, ['data', 'greeting']).value).toBe('Hello from shop in app');
    expect(owner?.build.inputs).toEqual(['vendor/charts/shop-1.2.3.tgz']);
    expect([...new Set(owner?.build.resources.map((one) => one.chart))]).toMatchObject([
      {
        name: 'shop',
        version: '1.2.3',
        path: 'vendor/charts/shop-1.2.3.tgz',
        isOwn: false,
        release: 'HelmRelease app/shop',
      },
    ]);
    const repository = [
      'apiVersion: source.toolkit.fluxcd.io/v1',
      'kind: HelmRepository',
      'metadata: { name: r, namespace: app }',
      'spec: { interval: 1h, url: https://charts.example.org }',
      '---',
      '',
    ].join('\n');
    const other = packed({ ...flux, 'apps/shop.yaml': repository + ofRange('2.x') });
    const folder = 'vendor/charts/charts.example.org';
    expect(other.coverage.notRendered).toEqual([
      `HelmRelease app/shop: its chart was not fetched; mkdir -p ${folder} && helm pull shop --repo https://charts.example.org --version 2.x --destination ${folder}`,
    ]);
    expect(packed({ ...flux, 'apps/shop.yaml': ofRange('2.x') }).coverage.notRendered).toEqual([
      'HelmRelease app/shop: the repository of its chart is not in this one',
    ]);
  });

  it('are pointed at where someone here can change them: at the values that were given, or at the release', () => {
    const text = elsewhere(
      'chart:',
      '  spec:',
      '    chart: shop',
      '    version: 1.2.3',
      '    sourceRef: { kind: HelmRepository, name: r }',
      'values:',
      '  big: 9',
    );
    const owner = ownerOf(packed({ ...flux, 'apps/shop.yaml': text }), 'HelmRelease');
    const resource = owner?.build.resources.find(({ object }) => object['kind'] === 'ConfigMap');
    if (resource === undefined) throw new Error('nothing was made');
    const spanAt = (...path: string[]) => {
      const { span } = locateField(trackedObject(resource), path);
      return `${span?.file.path}: ${span?.file.text.slice(span.start, span.end)}`;
    };
    expect(spanAt('data', 'big')).toBe('apps/shop.yaml: 9');
    expect(spanAt('data', 'greeting')).toBe('apps/shop.yaml: shop');
    expect(spanAt('kind')).toBe('apps/shop.yaml: shop');
    const finding = findingAt(resource, {
      rule: 'r',
      severity: 'error',
      message: 'm',
      path: ['data', 'big'],
    });
    expect(finding.related.map(({ span }) => span.file.path)).toEqual([]);
    const { steps } = locateField(trackedObject(resource), ['data', 'big']);
    expect(steps.map(({ span }) => span.file.path)).toEqual([
      expect.stringMatching(/^vendor\/charts\/shop-1\.2\.3\.tgz\/templates\//u),
      'apps/shop.yaml',
    ]);
  });

  it('name the release and the value of the chart that sets a field, where the release does not', () => {
    const owner = ownerOf(
      packed({
        ...flux,
        'apps/shop.yaml': elsewhere(
          'chart: { spec: { chart: shop, version: 1.2.3, sourceRef: { kind: HelmRepository, name: r } } }',
          'values: { replicas: 3 }',
        ),
      }),
      'HelmRelease',
    );
    const releaseAt = (kind: string, ...path: Path): unknown => {
      const resource = owner?.build.resources.find(({ object }) => object['kind'] === kind);
      if (resource === undefined) return undefined;
      return findingAt(resource, { rule: 'r', severity: 'error', message: 'm', path }).release;
    };
    const name = 'HelmRelease app/shop';
    expect(releaseAt('Deployment', 'spec', 'replicas')).toEqual({ name });
    expect(releaseAt('ConfigMap', 'data', 'big')).toEqual({ name, value: 'big' });
    expect(releaseAt('Deployment', 'spec', 'template', 'spec', 'containers', 0, 'image')).toEqual({
      name,
      value: 'image.repository',
    });
    expect(
      releaseAt('Deployment', 'spec', 'template', 'spec', 'containers', 0, 'ports', 1, 'containerPort'),
    ).toEqual({ name, value: 'ports[1].port' });
    // The chart inside is there twice, under a name that differs.
    expect(releaseAt('Service', 'metadata', 'annotations', 'domain')).toEqual({
      name,
      value: 'global.domain',
    });
    expect(releaseAt('Service', 'spec', 'clusterIP')).toEqual({ name });
    expect(releaseAt('CustomResourceDefinition', 'metadata', 'name')).toEqual({ name });
  });

  it('stand for the artifact of an OCIRepository, by the end of its address and its tag', () => {
    const source = [
      'apiVersion: source.toolkit.fluxcd.io/v1',
      'kind: OCIRepository',
      'metadata: { name: shop, namespace: app }',
      'spec: { interval: 1h, url: oci://registry.example.org/charts/shop, ref: { tag: 1.2.3 } }',
      '---',
      '',
    ].join('\n');
    const files = {
      ...flux,
      'apps/shop.yaml': source + elsewhere('chartRef: { kind: OCIRepository, name: shop }'),
    };
    expect(told(ownerOf(packed(files), 'HelmRelease'), ['data', 'domain']).value).toBe('example.org');
  });

  it('stand for the chart of an Application', () => {
    const text = [
      'apiVersion: argoproj.io/v1alpha1',
      'kind: Application',
      'metadata: { name: web, namespace: argocd }',
      'spec:',
      '  project: default',
      '  destination: { server: https://kubernetes.default.svc, namespace: web }',
      '  source: { repoURL: https://charts.example.org, chart: shop, targetRevision: 1.2.*, helm: { values: "big: 7" } }',
      '',
    ].join('\n');
    const owner = ownerOf(packed({ 'argocd/web.yaml': text }), 'Application');
    expect(told(owner, ['data', 'big']).value).toBe('7 7');
  });
});
