import { afterAll, beforeAll, expect, it } from 'vitest';
import { type EditorFolder, openEditor } from '../support/editor-folder.ts';

const template = `apiVersion: apps/v1
kind: Deployment
metadata: {name: "{{ .Release.Name }}"}
spec:
  replicas: {{ .Values.replicas }}
  template:
    spec:
      containers:
        {{- with .Values.image }}
        - image: "{{ .repository }}:{{ $.Values.image.tag | default "x" }}"
        {{- else }}
        - image: {{ .Values.fallback }}
        {{- end }}
        {{- range $index, $port := .Values.ports }}
        # {{ $port.number }} {{ $index }}
        {{- end }}
`;
const files = {
  'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
  'charts/web/values.yaml': `# How many.
replicas: 1
image:
  repository: shop/web
  tag: v1
fallback: none
ports:
  - number: 80
`,
  'charts/web/values-large.yaml': 'replicas: 9\n',
  'charts/web/templates/web.yaml': template,
  'charts/web/templates/_helpers.tpl': '{{- define "image" }}{{ .Values.image.tag }}{{ end -}}\n',
  'apps/kustomization.yaml': 'resources: [web.yaml]\n',
  'apps/web.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web, namespace: argocd}
spec:
  project: default
  source:
    repoURL: https://example.com/shop.git
    path: charts/web
    helm:
      valuesObject:
        image:
          tag: v2
  destination: {name: in-cluster, namespace: shop}
`,
};
const [own, web] = ['charts/web/values.yaml', 'charts/web/templates/web.yaml'];

let editor: EditorFolder;

beforeAll(async () => {
  editor = await openEditor(files);
});

afterAll(() => editor.close());

it.each([
  ['.Values.repl¦icas', 2],
  ['with .Values.im¦age', 3],
  ['{{ .repos¦itory', 4],
  ['$.Values.image.t¦ag', 5],
  ['.Values.fall¦back', 6],
  ['$port.num¦ber', 8],
])('%s of a template leads to the value', async (excerpt, line) => {
  expect(await editor.definition(web, excerpt)).toEqual([`${own}:${line}`]);
});

it('what is no value leads nowhere', async () => {
  expect(await editor.definition(web, '.Release.Na¦me')).toEqual([]);
  expect(await editor.definition(web, '$in¦dex }}')).toEqual([]);
});

it('a value has the references of templates, releases and other files of values', async () => {
  const tag = ['apps/web.yaml:12', 'charts/web/templates/_helpers.tpl:1', `${web}:10`, `${own}:5`];
  expect(await editor.references(own, 't¦ag: v1')).toEqual(tag);
  expect(await editor.references('charts/web/templates/_helpers.tpl', 'image.t¦ag')).toEqual(tag);
  expect(await editor.references('apps/web.yaml', 't¦ag: v2')).toEqual(tag);
  expect(await editor.references(own, 'repli¦cas')).toEqual([
    `${web}:5`,
    'charts/web/values-large.yaml:1',
    `${own}:2`,
  ]);
});

it('a template shows what the chart says of a value', async () => {
  expect(await editor.hover(web, '.Values.repl¦icas')).toContain('How many.');
});

it.each([
  ['{{ .¦ }}', ['Values', 'Release', 'Chart']],
  ['{{ .Values.¦', ['replicas', 'image', 'ports']],
  ['{{ $.Release.N¦ }}', ['Name', 'Namespace']],
  ['{{ with .Values.image }}{{ .¦ }}', ['repository', 'tag']],
  ['{{ range .Values.ports }}{{ .¦', ['number']],
  ['{{ $x := .Values.image }}{{ $x.¦ }}', ['repository', 'tag']],
])('completes %s', async (text, labels) => {
  expect(await editor.labels(web, text)).toEqual(expect.arrayContaining(labels));
});
