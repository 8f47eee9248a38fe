import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openBuilder } from '../../src/build/build.ts';
import { chartKey } from '../../src/build/chart-copies.ts';
import { locateField } from '../../src/object/provenance.ts';
import { nameOf, namespaceOf, trackedObject } from '../../src/object/resource.ts';
import { secretValues } from '../../src/object/secret-values.ts';
import { openSources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { valueAt } from '../../src/source/value.ts';

const chart = {
  'app/charts/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
  'app/charts/shop/values.yaml': 'replicas: 1\nhost: a.example.org\nextra: { kept: yes, gone: yes }\n',
  'app/charts/shop/templates/config.yaml': [
    'apiVersion: v1',
    'kind: ConfigMap',
    'metadata: { name: "{{ .Release.Name }}", namespace: "{{ .Release.Namespace }}" }',
    'data:',
    '  replicas: {{ .Values.replicas | quote }}',
    '  host: {{ .Values.host }}',
    '  extra: {{ keys .Values.extra | sortAlpha | join "," }}',
    '  served: {{ .Capabilities.APIVersions.Has "example.org/v1" | quote }}',
    '  version: {{ .Capabilities.KubeVersion.Version }}',
    '',
  ].join('\n'),
  'app/charts/shop/templates/test.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata: { name: probe, annotations: { helm.sh/hook: test } }\n',
  'app/charts/shop/crds/widgets.yaml':
    'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: widgets.example.org }\n',
};

function build(
  kustomization: string,
  files: Readonly<Record<string, string | Uint8Array>> = chart,
  charts = {},
) {
  const sources = openSources(memoryFileSystem({ ...files, 'app/kustomization.yaml': kustomization }));
  return openBuilder(sources).build('app', { charts });
}

function told(kustomization: string) {
  const { resources, diagnostics } = build(kustomization);
  const config = resources.find(({ object }) => object['kind'] === 'ConfigMap');
  return {
    messages: diagnostics.map(({ rule, message }) => `${rule}: ${message}`),
    names: resources.map(({ object }) => `${object['kind']} ${namespaceOf(object)}/${nameOf(object)}`),
    data: config === undefined ? undefined : valueAt(config.object, ['data']),
  };
}

describe('helmCharts of a kustomization', () => {
  it('become objects, with the namespace that helm gives them, and all that kustomize does to others', () => {
    const { names, data, messages } = told(
      'namespace: mine\nnamePrefix: x-\nhelmCharts: [{ name: shop, releaseName: r, namespace: theirs }]\n',
    );
    expect(messages).toEqual([]);
    expect(names).toEqual(['ConfigMap theirs/x-r', 'Pod /x-probe']);
    expect(data).toEqual({
      replicas: '1',
      host: 'a.example.org',
      extra: 'gone,kept',
      served: 'false',
      version: 'v1.37.0',
    });
  });

  it.each([
    ['valuesInline: { replicas: 3, host: null, extra: { gone: null } }', '3', 'a.example.org', 'gone,kept'],
    [
      'valuesMerge: merge, valuesInline: { replicas: 3, extra: { more: 1 } }',
      '1',
      'a.example.org',
      'gone,kept,more',
    ],
    ['valuesMerge: replace, valuesInline: { host: b }', '1', 'b', 'gone,kept'],
    ['additionalValuesFiles: [more.yaml], valuesInline: { replicas: 3, host: b }', '7', 'b', 'gone,kept'],
    ['valuesFile: more.yaml', '7', 'a.example.org', 'gone,kept'],
  ])('merge values as kustomize does: %s', (values, replicas, host, extra) => {
    const files = { ...chart, 'app/more.yaml': 'replicas: 7\n' };
    const { resources } = build(`helmCharts: [{ name: shop, ${values} }]\n`, files);
    expect(valueAt(resources[0]?.object, ['data'])).toMatchObject({ replicas, host, extra });
  });

  it('take what entries say of hooks, definitions and the cluster', () => {
    const of = (options: string) => told(`helmCharts: [{ name: shop, ${options} }]\n`);
    expect(of('skipHooks: true').names).toEqual(['ConfigMap default/release-name']);
    expect(of('skipTests: true, includeCRDs: true').names).toEqual([
      'CustomResourceDefinition /widgets.example.org',
      'ConfigMap default/release-name',
    ]);
    expect(of('apiVersions: [example.org/v1], kubeVersion: 1.28.3').data).toMatchObject({
      served: 'true',
      version: 'v1.28.3',
    });
  });

  it('point at the line of values that set a field', () => {
    const { resources } = build(
      'helmCharts:\n  - name: shop\n    valuesInline:\n      host: www.example.org\n',
    );
    const [config] = resources;
    if (config === undefined) throw new Error('nothing was made');
    const { steps } = locateField(trackedObject(config), ['data', 'host']);
    expect(steps.map(({ span }) => [span.file.path, span.file.text.slice(span.start, span.end)])).toEqual([
      ['app/charts/shop/templates/config.yaml', 'host: {{ .Values.host }}'],
      ['app/kustomization.yaml', 'host: www.example.org'],
    ]);
    expect(config.chart).toMatchObject({
      name: 'shop',
      version: '1.0.0',
      path: 'app/charts/shop',
      isOwn: true,
      release: 'kustomization app',
    });
  });

  it('are found where kustomize pulls them to, by the deprecated field, and as a generator', () => {
    const moved = Object.fromEntries(
      Object.entries(chart).map(([path, text]) => [
        path.replace('charts/shop', 'home/shop-1.0.0/shop'),
        text,
      ]),
    );
    const pulled = build(
      'helmGlobals: { chartHome: home }\nhelmCharts: [{ name: shop, repo: https://charts.example.org, version: 1.0.0 }]\n',
      moved,
    );
    expect(pulled.resources).toHaveLength(2);
    expect(
      told(
        'helmChartInflationGenerator: [{ chartName: shop, releaseName: old, valuesLocal: { host: o } }]\n',
      ),
    ).toMatchObject({
      names: ['ConfigMap default/old', 'Pod /probe'],
      data: { host: 'o' },
    });
    const generator =
      'generators:\n- |-\n  apiVersion: builtin\n  kind: HelmChartInflationGenerator\n  metadata: { name: g }\n  name: shop\n  skipHooks: true\n';
    expect(told(generator).names).toEqual(['ConfigMap default/release-name']);
  });

  it('come from what was fetched, and lack where nothing was', () => {
    const archive = new Uint8Array(
      readFileSync(new URL('../chart/fixtures/shop-1.2.3.tgz', import.meta.url)),
    );
    const kustomization = 'helmCharts: [{ name: shop, repo: https://c.example.org, version: 1.2.3 }]\n';
    const files = { 'f/shop-1.2.3.tgz': archive };
    const key = chartKey('https://c.example.org', 'shop', '1.2.3');
    const here = build(kustomization, files, { [key]: { path: 'f/shop-1.2.3.tgz' } });
    expect(here.complete).toBe(true);
    expect(here.inputs).toContain('f/shop-1.2.3.tgz');
    expect(here.resources[0]?.chart).toMatchObject({ isOwn: false, version: '1.2.3' });
    const lacking = build(kustomization, files, { [key]: { line: 'helm pull shop' } });
    expect(lacking.complete).toBe(false);
    expect(lacking.diagnostics.map(({ rule, help, unchecked }) => [rule, help, unchecked])).toEqual([
      ['helm-chart-not-rendered', 'fetch it before the run: helm pull shop', 'Helm chart shop'],
    ]);
  });

  it('from elsewhere keep secrets where values give them, and none in the line that names the chart', () => {
    const files = {
      'f/shop/Chart.yaml': chart['app/charts/shop/Chart.yaml'],
      'f/shop/templates/secret.yaml':
        'apiVersion: v1\nkind: Secret\nmetadata: { name: s }\nstringData: { own: namespace, given: "{{ .Values.key }}" }\n',
    };
    const kustomization =
      'helmCharts: [{ name: shop, repo: https://c.example.org, valuesInline: { key: opensesame } }]\n';
    const key = chartKey('https://c.example.org', 'shop', '');
    const [made] = build(kustomization, files, { [key]: { path: 'f/shop' } }).resources;
    const { spans, texts } = made === undefined ? { spans: [], texts: [] } : secretValues(made);
    expect(texts).toEqual(['namespace', 'opensesame']);
    const here = spans.filter(({ file }) => file.path === 'app/kustomization.yaml');
    expect(here.map(({ file, start, end }) => file.text.slice(start, end))).toEqual(['key: opensesame']);
  });

  it('write a variable where helm draws by chance, and name it', () => {
    const secret = [
      'apiVersion: v1',
      'kind: Secret',
      'metadata: { name: token }',
      'stringData:',
      '  token: {{ randAlphaNum 24 | quote }}',
      '  user: {{ .Values.host }}',
      '',
    ].join('\n');
    const { resources, unknown } = build(
      'helmCharts: [{ name: shop, includeCRDs: false, skipTests: true }]\n',
      {
        ...chart,
        'app/charts/shop/templates/secret.yaml': secret,
      },
    );
    const made = resources.find(({ object }) => nameOf(object) === 'token');
    expect(made && valueAt(made.object, ['stringData'])).toEqual({
      // biome-ignore lint/suspicious/noTemplateCurlyInString: as a variable of Flux is written
      token: '${randAlphaNum}',
      user: 'a.example.org',
    });
    expect(unknown).toEqual(['randAlphaNum']);
    expect(build('helmCharts: [{ name: shop }]\n').unknown).toBeUndefined();
  });

  it('write a variable where SOPS encrypted a value of a file, and are not checked where a template needs it', () => {
    const encrypted = [
      'host: shop.example.org',
      'replicas: ENC[AES256_GCM,data:p6w=,iv:YY=,tag:A=,type:int]',
      'extra:',
      '  kept: ENC[AES256_GCM,data:p6w=,iv:YY=,tag:A=,type:str]',
      'sops: { version: 3.9.0 }',
      '',
    ].join('\n');
    const secret =
      'apiVersion: v1\nkind: Secret\nmetadata: { name: s }\nstringData: { url: "https://u:{{ .Values.extra.kept }}@h/" }\n';
    const files = {
      ...chart,
      'app/values.sops.yaml': encrypted,
      'app/charts/shop/templates/secret.yaml': secret,
    };
    const kustomization = 'helmCharts: [{ name: shop, valuesFile: values.sops.yaml }]\n';
    const { resources, unknown, diagnostics } = build(kustomization, files);
    expect(diagnostics).toEqual([]);
    const dataOf = (kind: string, field: string) => {
      const made = resources.find(({ object }) => object['kind'] === kind);
      return made && valueAt(made.object, [field]);
    };
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as variables of Flux are written
    expect(dataOf('Secret', 'stringData')).toEqual({ url: 'https://u:${values_extra_kept}@h/' });
    expect(dataOf('ConfigMap', 'data')).toMatchObject({
      // biome-ignore lint/suspicious/noTemplateCurlyInString: as variables of Flux are written
      replicas: '${values_replicas}',
      host: 'shop.example.org',
      extra: 'gone,kept',
    });
    expect(unknown?.toSorted()).toEqual(['values_extra_kept', 'values_replicas']);
    const needing = '{{ if ne .Values.extra.kept "long enough" }}{{ fail "too short" }}{{ end }}';
    const refused = build(kustomization, { ...files, 'app/charts/shop/templates/secret.yaml': needing });
    expect(refused.diagnostics.map(({ rule, severity, message }) => [rule, severity, message])).toEqual([
      [
        'helm-chart-not-rendered',
        'warning',
        'Helm chart app/charts/shop needs values_replicas, values_extra_kept, which cannot be known here',
      ],
    ]);
  });

  it('that kustomize could not read again are refused, also where a patch empties what a chart wrote', () => {
    const emptied = (template: string, patch: string) => {
      const files = { ...chart, 'app/charts/shop/templates/own.yaml': template, 'app/p.yaml': patch };
      return build('helmCharts: [{ name: shop }]\npatches: [{ path: p.yaml }]\n', files);
    };
    const template = (comment: string) =>
      `apiVersion: v1\nkind: Service\nmetadata: { name: own }\nspec:\n  selector:${comment}\n    app: x\n`;
    const patch =
      'apiVersion: v1\nkind: Service\nmetadata: { name: own }\nspec: { selector: { app: null } }\n';
    expect(emptied(template(''), patch).diagnostics).toEqual([]);
    expect(emptied(template(' # pods'), patch).diagnostics).toMatchObject([{ rule: 'resource-invalid' }]);
  });

  it('that helm refuses leave everything else as it is', () => {
    const files = {
      ...chart,
      'app/charts/shop/templates/bad.yaml': '{{ fail "no" }}\n',
      'app/other.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: other }\n',
    };
    const { resources, diagnostics, complete } = build(
      'resources: [other.yaml]\nhelmCharts: [{ name: shop }]\n',
      files,
    );
    expect(resources.map(({ object }) => nameOf(object))).toEqual(['other']);
    expect(complete).toBe(false);
    expect(diagnostics.map(({ rule, unchecked }) => [rule, unchecked])).toEqual([
      ['chart-render-failed', 'Helm chart shop'],
    ]);
  });
});
