import { expect, test } from 'vitest';
import { hasFormat } from '../../src/admit/schema/format.ts';
import { pemBlocks } from '../../src/admit/validation/pem.ts';
import { isKubeconfigWithoutLogin } from '../../src/credential/kubeconfig-login.ts';
import { cronProblem } from '../../src/object/cron-schedule.ts';
import { jqPath } from '../../src/reconcile/argocd/jq-path.ts';
import { commentedOut } from '../../src/reconcile/kustomization-uses.ts';
import { redactor } from '../../src/report/finding/redact.ts';
import { parseDuration } from '../../src/template/value/duration.ts';
import { readForKustomize, readTree } from '../fuzz/readings.ts';
import { lintFiles } from '../support/lint-files.ts';

// Each of these texts matched in as many ways as two to the number of its parts.
const count = 100;

test('many empty lines at the start of a patch are passed in one go', () => {
  const { isWhole } = readTree({
    'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n',
    'kustomization.yaml': 'resources: [a.yaml]\npatches: [{path: p.yaml, target: {kind: ConfigMap}}]\n',
    'p.yaml': `#\n${'\n'.repeat(count)}x`,
  });
  expect(isWhole).toBe(false);
});

test('so are many parts of a duration', () => {
  const duration = '11s'.repeat(count);
  expect(hasFormat(duration, 'duration', '1.36')).toBe(true);
  expect(hasFormat(`-${duration}1`.replaceAll('s', 'H'), 'duration', '1.36')).toBe(true);
  expect(hasFormat(`${duration}?`.replaceAll('s', 'm?'), 'duration', '1.36')).toBe(true);
  expect(cronProblem(`@every ${duration}`)).toBeUndefined();
  expect(cronProblem(`@every ${duration}?`)).toContain('duration');
  expect(parseDuration(`${duration}?`)).toBeUndefined();
});

test('so are many headers of a certificate', () => {
  const headers = 'a: b\r\n'.repeat(count);
  expect(pemBlocks(`-----BEGIN A-----\n${headers}!`)).toEqual([]);
  expect(pemBlocks(`-----BEGIN A-----\n${headers}\r\nYQ==\r\n-----END A-----\n`)).toMatchObject([
    { type: 'A', hasHeaders: true },
  ]);
});

test('so are hundreds of thousands of empty lines and spaces within a text', () => {
  const many = 200_000;
  const header = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n';
  const folded = `${header}data:\n  a: >\n    b\n${'\n'.repeat(many)}    c\n`;
  expect(readForKustomize(folded)).toMatchObject({ problems: [], isWhole: true });
  const { problems } = readTree({
    'a.yaml': header,
    'kustomization.yaml': `resources: [a.yaml]\npatches:\n- patch: |-\n    ${header.replaceAll('\n', '\n    ')}data: {a:${' '.repeat(many)}b}\n`,
  });
  expect(problems).toEqual([]);
});

test('so are they where programs, logins and comments are looked for', () => {
  const lines = '\n'.repeat(150_000);
  const pod = `apiVersion: v1
kind: Pod
metadata: {name: p}
spec: {containers: [{name: a, image: a, volumeMounts: [{name: a, mountPath: /a}]}], volumes: [{name: a, configMap: {name: x}}]}
`;
  const settings = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n  a: |\n    x\n${lines}    x\n`;
  const files = { 'kustomization.yaml': 'resources: [a.yaml]\n', 'a.yaml': `${pod}---\n${settings}` };
  expect(lintFiles(files, { only: ['discovery-not-permitted'] }).findings).toEqual([]);
  const login = `kind: Config\nclusters: []\n${lines}token: a${' '.repeat(150_000)}b`;
  expect(isKubeconfigWithoutLogin(login)).toBe(false);
  expect(commentedOut(`${'#\n'.repeat(75_000)}# - a\n`, '')).toEqual(['a']);
});

test('so are long parts of addresses, paths of jq, fields and values that end otherwise than they begin', () => {
  const many = 50_000;
  const remote = (ref: string) =>
    lintFiles({ 'kustomization.yaml': `resources: ["https://github.com/o/r//b?ref=${ref}"]\n` })
      .findings.filter(({ rule }) => rule === 'remote-not-pinned')
      .map(({ severity }) => severity);
  expect(remote(`${'1.'.repeat(2000)}1~`)).toEqual(['warning']);
  expect(remote('chart-v1.2.3-rc.1')).toEqual(['note']);

  expect(jqPath(`.spec${' '.repeat(many)}?x`)).toBeUndefined();
  expect(jqPath(`.spec[${' '.repeat(many)}x]`)).toBeUndefined();
  expect(jqPath('.spec [ "a" ] . [ 0 ] [ ]')?.steps).toEqual(['spec', 'a', 0, undefined]);

  const field = `data[${'['.repeat(many)}`;
  const redact = redactor({ spans: [] });
  const span = { file: { path: 'a.yaml', text: '' }, start: 0, end: 0 };
  const object = { apiVersion: 'v1', kind: 'Secret', namespace: '', name: 'x' };
  const told = { rule: 'r', severity: 'error', message: 'm', span, related: [], object } as const;
  expect(redact({ ...told, field }).field).toBe(field);
  expect(redact({ ...told, field: 'data[a b].data[c]' }).field).toBe('data[••••••].data[c]');

  const sops = (value: string) =>
    lintFiles({
      '.sops.yaml': 'creation_rules: [{path_regex: secret, age: age1}]\n',
      'kustomization.yaml': 'resources: [secret.yaml]\n',
      'secret.yaml': `apiVersion: v1\nkind: Secret\nmetadata: {name: x, namespace: y}\nstringData:\n  a: ${JSON.stringify(value)}\n  password: Xk29slPq8\n`,
    }).findings.filter(({ rule }) => rule === 'sops-file-not-encrypted').length;
  expect(sops(`\${A}a${' '.repeat(3000)}!`)).toBe(1);
  expect(sops('${'.repeat(many))).toBe(1);
});
