import { describe, expect, it } from 'vitest';
import { valueAt } from '../../src/source/value.ts';
import { lintFiles } from '../support/lint-files.ts';
import { objectLines, planFiles } from '../support/plan-files.ts';
import { discoverFiles, fluxKustomization } from './discover-files.ts';

const release = (...spec: readonly string[]): string => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: shop, namespace: app }
spec:
  interval: 10m
  chart:
    spec:
      chart: ./charts/shop
      sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system }
${spec.map((line) => `  ${line}\n`).join('')}`;

const secret = `apiVersion: v1
kind: Secret
metadata: { name: web, namespace: app }
data:
  password: {{ randAlphaNum 20 | b64enc | quote }}
  short: {{ randAlphaNum 6 | b64enc | trunc 5 }}
stringData:
  whole: {{ uuidv4 | quote }}
`;

const deployment = `{{- $ca := genCA "shop" 365 }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: app
  annotations:
    checksum/secret: {{ include (print $.Template.BasePath "/secret.yaml") . | sha256sum }}
    ca: {{ $ca.Cert | b64enc }}
    at: {{ now | date "2006-01-02" | quote }}
    seconds: {{ now.Unix | quote }}
    host: {{ getHostByName "example.org" | quote }}
    all: {{ dict "a" (list uuidv4) | toJson | sha256sum }}
spec:
  replicas: {{ .Values.replicas }}
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web }, annotations: { roll: {{ randAlphaNum 5 | quote }} } }
    spec:
      terminationGracePeriodSeconds: {{ randInt 10 60 }}
      restartPolicy: {{ randAlpha 6 }}
      containers:
        - name: web
          image: registry.example.org/web:1.0.0
          env: [{ name: API_TOKEN, value: {{ randAlphaNum 32 }} }, { name: URL, value: 'postgres://shop:{{ randAlphaNum 20 }}@db.example.org/{{ .Values.known }}' }, { name: RETRIES, value: {{ .Values.known | quote }} }]
`;

const base = {
  'clusters/prod/flux-system/gotk-sync.yaml': fluxKustomization('flux-system', './clusters/prod'),
  'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
  'clusters/prod/namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: app }\n',
  'charts/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
  'charts/shop/values.yaml': 'replicas: 2\nknown: "3"\n',
  'charts/shop/templates/secret.yaml': secret,
  'charts/shop/templates/deployment.yaml': deployment,
  'apps/shop.yaml': release(),
};

const owned = (files: Readonly<Record<string, string>>) =>
  discoverFiles(files)
    .clusters.flatMap(({ reconciliations }) => reconciliations)
    .find(({ kind }) => kind === 'HelmRelease');

describe('what no one knows before the deployment', () => {
  it('is in what a chart makes as a variable, wherever a function took it', () => {
    const release = owned(base);
    const [first, second] = release?.build.resources.map(({ object }) => object) ?? [];
    expect(first?.['data']).toEqual({ password: '${randAlphaNum}', short: '${randAlphaNum}' });
    expect(first?.['stringData']).toEqual({ whole: '${uuidv4}' });
    expect(valueAt(second, ['metadata', 'annotations'])).toEqual({
      'checksum/secret': '${randAlphaNum}',
      ca: '${genCA}',
      at: '${now}',
      seconds: '${now}',
      host: '',
      all: '${uuidv4}',
    });
    expect(valueAt(second, ['spec', 'template', 'spec', 'containers', 0, 'env', 1, 'value'])).toBe(
      'postgres://shop:${randAlphaNum}@db.example.org/3',
    );
    expect([...(release?.unresolved ?? [])].sort()).toEqual([
      'genCA',
      'now',
      'randAlpha',
      'randAlphaNum',
      'randInt',
      'uuidv4',
    ]);
  });

  it('is nothing that schemas, admission and policies check', () => {
    const open = /^data|^stringData|annotations|env|terminationGracePeriodSeconds|restartPolicy/iu;
    const { findings } = lintFiles(base, { profile: 'all' });
    expect(
      findings.filter(({ field = '' }) => open.test(field)).map(({ rule, field }) => [rule, field]),
    ).toEqual([]);
    expect(findings.some(({ field = '' }) => field.startsWith('spec.template'))).toBe(true);
  });

  it('leaves the rest to be checked', () => {
    const files = { ...base, 'charts/shop/values.yaml': 'replicas: -2\nknown: "3"\n' };
    const report = lintFiles(files, { only: ['invalid-value'] });
    expect(report.findings.map(({ field, span }) => [field, span.file.path])).toEqual([
      ['spec.replicas', 'charts/shop/values.yaml'],
    ]);
  });

  it('is no change', () => {
    const changed = secret.replace('  whole', '  more: {{ .Values.known | quote }}\n  whole');
    const plan = planFiles(base, {
      'charts/shop/values.yaml': 'replicas: 3\nknown: "3"\n',
      'charts/shop/templates/secret.yaml': changed,
    });
    expect(plan.rows.map(({ reason }) => reason)).toContain('scaled');
    expect(objectLines(plan).filter((line) => line.includes('rollout'))).toEqual([]);
  });
});

describe('values of a release that no one can read here', () => {
  const encrypted = `apiVersion: v1
kind: Secret
metadata: { name: db, namespace: app }
stringData:
  password: ENC[AES256_GCM,data:p673w==,iv:YY=,aad:UQ=,tag:A=,type:str]
sops: { mac: 'ENC[AES256_GCM,data:x,iv:x,aad:x,tag:x,type:str]', lastmodified: '2026-01-01T00:00:00Z' }
`;
  const schema = JSON.stringify({
    properties: {
      auth: { properties: { password: { type: 'string', minLength: 30 }, user: { minLength: 2 } } },
    },
  });
  const chart = {
    ...base,
    'charts/shop/values.yaml': 'replicas: 2\nknown: "3"\nauth: { password: "", user: web }\n',
    'charts/shop/values.schema.json': schema,
    'charts/shop/templates/auth.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: auth, namespace: app }
data:
  user: {{ .Values.auth.user | quote }}
  hash: {{ .Values.auth | toJson | sha256sum }}
  password: {{ required "give one" .Values.auth.password | b64enc }}
`,
  };
  const auth = (files: Readonly<Record<string, string>>) =>
    owned(files)?.build.resources.find(({ object }) => valueAt(object, ['metadata', 'name']) === 'auth')
      ?.object['data'];
  const single = release(
    'valuesFrom: [{ kind: Secret, name: db, valuesKey: password, targetPath: auth.password }]',
    'values: { auth: { user: shop } }',
  );

  it.each([
    ['is encrypted', { 'apps/secret.yaml': encrypted }],
    ['is not in the repository', {}],
  ])('are variables where their place is known: the Secret %s', (_, more) => {
    const files = { ...chart, ...more, 'apps/shop.yaml': single };
    expect(auth(files)).toEqual({ user: 'shop', hash: '${db_password}', password: '${db_password}' });
    expect(owned(files)?.unresolved).toContain('db_password');
    expect(owned(files)?.notRendered).toEqual([]);
  });

  it.each([
    ['lacks another value', { required: ['user', 'host'] }, "auth must have required property 'host'"],
    [
      'is not known',
      { additionalProperties: false, properties: { user: {} } },
      'auth.password is not a value',
    ],
    ['fits none', { anyOf: [{ required: ['host'] }, { required: ['token'] }] }, 'auth must match one of'],
    ['fits more', { oneOf: [{ required: ['user'] }, { required: ['password'] }] }, 'auth must match exactly'],
    ['fits what it may not', { not: { required: ['user'] } }, 'auth must not match'],
    // biome-ignore lint/suspicious/noThenProperty: JSON Schema names it so
    ['has too much', { if: { required: ['user'] }, then: { required: ['host'] } }, 'auth must have required'],
  ])('are refused where the schema refuses them whatever they are: a mapping that %s', (_, auth, words) => {
    const own = { 'charts/shop/values.schema.json': JSON.stringify({ properties: { auth } }) };
    const files = { ...chart, ...own, 'apps/shop.yaml': single };
    const [problem] = owned(files)?.build.diagnostics ?? [];
    expect(problem?.message).toContain(words);
  });

  it.each([
    ['none of several', { anyOf: [{ properties: { password: { minLength: 30 } } }, { required: ['host'] }] }],
    ['one of two', { oneOf: [{ properties: { password: { const: 'a' } } }, { required: ['user'] }] }],
    ['what it may not be', { not: { properties: { password: { const: 'a' } } } }],
    [
      'what decides about more',
      // biome-ignore lint/suspicious/noThenProperty: JSON Schema names it so
      { if: { properties: { password: { const: 'a' } } }, then: false, else: false },
    ],
    ['a whole', { enum: [{ user: 'shop', password: 'a' }] }],
  ])('are let pass where only what they are decides: %s', (_, auth) => {
    const own = { 'charts/shop/values.schema.json': JSON.stringify({ properties: { auth } }) };
    const files = { ...chart, ...own, 'apps/shop.yaml': single };
    expect(owned(files)?.build.diagnostics).toEqual([]);
  });

  it('are variables where SOPS left the keys of a file as they are', () => {
    const values = `auth:
    password: ENC[AES256_GCM,data:p673w==,iv:YY=,aad:UQ=,tag:A=,type:str]
    user: shop
sops:
    mac: ENC[AES256_GCM,data:x,iv:x,aad:x,tag:x,type:str]
`;
    const files = {
      ...chart,
      'apps/shop.yaml': release('valuesFrom: [{ kind: Secret, name: db }]'),
      'apps/values.enc.yaml': values,
      'apps/kustomization.yaml':
        'resources: [shop.yaml]\nsecretGenerator: [{ name: db, namespace: app, files: [values.yaml=values.enc.yaml] }]\ngeneratorOptions: { disableNameSuffixHash: true }\n',
    };
    expect(auth(files)).toEqual({
      user: 'shop',
      hash: '${db_auth_password}',
      password: '${db_auth_password}',
    });
  });

  it('leave known ones to be refused, and let no one be blamed for what a template refuses', () => {
    const short = { ...chart, 'apps/shop.yaml': single.replace('user: shop', 'user: s') };
    expect(owned(short)?.build.diagnostics.map(({ rule, message }) => [rule, message])).toEqual([
      ['chart-render-failed', expect.stringContaining('auth.user')],
    ]);
    const picky = '{{ if lt (len .Values.auth.password) 30 }}{{ fail "too short" }}{{ end }}';
    const refused = owned({ ...chart, 'apps/shop.yaml': single, 'charts/shop/templates/check.yaml': picky });
    expect(refused?.notRendered).toEqual([
      'HelmRelease app/shop (charts/shop): db_password cannot be known here',
    ]);
    expect(refused?.build.diagnostics).toEqual([]);
  });
});
