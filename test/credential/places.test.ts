import { expect, it } from 'vitest';
import { lineColumn } from '../../src/report/finding/line-column.ts';
import { lintFiles } from '../support/lint-files.ts';

function placesOf(files: Readonly<Record<string, string>>): string[] {
  const secret = new Set(['secret-in-plain-text', 'secret-in-values']);
  return lintFiles(files)
    .findings.filter(({ rule }) => secret.has(rule))
    .map(({ span }) => {
      const from = lineColumn(span.file, span.start);
      const to = lineColumn(span.file, span.end);
      return `${span.file.path}:${from.line}:${from.column}-${to.line}:${to.column}`;
    });
}

const header = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\ndata:\n';

it('a finding is at the very line of a block scalar', () => {
  const text = `${header}  app.yaml: |\n    db:\n      user: app\n\n      password: hunter22\n    token: ""\n    smtp: {password: hunter33}\n`;
  expect(placesOf({ 'a.yaml': text })).toEqual(['a.yaml:9:17-9:25', 'a.yaml:11:22-11:30']);
});

it('also where the block is folded, indented by a number, or ends in many line breaks', () => {
  expect(placesOf({ 'a.yaml': `${header}  a: >-\n    one\n    password=hunter22\n\n    two\n` })).toEqual([
    'a.yaml:7:14-7:22',
  ]);
  expect(placesOf({ 'a.yaml': `${header}  a: |2+\n      one\n    password=hunter22\n\n\n` })).toEqual([
    'a.yaml:7:14-7:22',
  ]);
});

it('also in quotes, behind escapes', () => {
  expect(placesOf({ 'a.yaml': `${header}  a: "one\\n\\tpassword=hunter22\\n"\n` })).toEqual([
    'a.yaml:5:23-5:31',
  ]);
});

it('also with the line breaks of Windows', () => {
  const text = `${header}  a: |\n    one\n    password=hunter22\n`.replaceAll('\n', '\r\n');
  expect(placesOf({ 'a.yaml': text })).toEqual(['a.yaml:7:14-7:22']);
});

it('a private key is pointed at as a whole', () => {
  const key =
    '    -----BEGIN EC PRIVATE KEY-----\n    MHcCAQEEIJ8mQ2v7nTq1Xy3k\n    -----END EC PRIVATE KEY-----\n';
  expect(placesOf({ 'a.yaml': `${header}  a: |\n    key:\n${key}    more\n` })).toEqual(['a.yaml:7:5-9:33']);
});

it('what a generator takes from a file is shown in the file', () => {
  const files = {
    'kustomization.yaml':
      'configMapGenerator:\n  - name: web\n    files: [app.ini, x=win.ini]\n    envs: [app.env]\n    literals:\n      - a=b\n      - API_TOKEN=9f3a7c1e5b8d2f60\n',
    'app.ini': '[db]\nuser = app\npassword = hunter22\n',
    'win.ini': '[db]\r\npassword = hunter33\r\n',
    'app.env': 'LEVEL=info\nDB_PASSWORD=hunter44\n',
  };
  expect(placesOf(files)).toEqual([
    'app.env:2:13-2:21',
    'app.ini:3:12-3:20',
    'kustomization.yaml:7:19-7:35',
    'win.ini:2:12-2:20',
  ]);
});

it('values of a chart in a string are shown at their line', () => {
  const text = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web, namespace: argocd}
spec:
  project: web
  destination: {name: in-cluster, namespace: web}
  source:
    repoURL: https://charts.shop.internal
    chart: web
    targetRevision: 1.2.3
    helm:
      values: |
        auth:
          adminPassword: hunter22
`;
  expect(placesOf({ 'a.yaml': text })).toEqual(['a.yaml:14:26-14:34']);
});

it('a token in the path of a probe is pointed at', () => {
  const pod =
    'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n    - name: web\n      image: web\n      livenessProbe:\n        httpGet: {port: 80, path: "/ready?token=8f14e45fceea167a5a36dedd4bea2543"}\n';
  expect(placesOf({ 'pod.yaml': pod })).toEqual(['pod.yaml:9:49-9:81']);
});
