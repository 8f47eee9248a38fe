import { expect, it } from 'vitest';
import { formatReport } from '../../src/report/format.ts';
import { rulePages } from '../../src/run/rule-pages.ts';
import { lintFiles } from '../support/lint-files.ts';

const secret = (value: string): string =>
  `apiVersion: v1\nkind: Secret\nmetadata: {name: access}\nstringData:\n  user: ${value}\n`;
const service =
  'apiVersion: v1\nkind: Service\nmetadata: {name: airflow}\nspec:\n  selector: {app: airflow}\n  ports: [{port: 80}]\n';

function wordsFor(value: string): readonly string[] {
  return lintFiles({ 'a/secret.yaml': secret(value), 'a/service.yaml': service }, { profile: 'all' })
    .findings.filter(({ rule }) => rule === 'service-selects-nothing')
    .map(({ message }) => message);
}

it('leaves a secret that is the name of an object in messages, and no other one', () => {
  const message = 'Service airflow selects app=airflow, but no pod in its namespace has these labels';
  expect(wordsFor('airflow')).toEqual([message]);
  expect(wordsFor('these labels')).toEqual([message.replace('these labels', '••••••')]);
});

const stateful = `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: ledger-db}
spec:
  serviceName: ledger-db
  selector: {matchLabels: {app: x}}
  template:
    metadata: {labels: {app: x}}
    spec: {containers: [{name: x, image: "x:1"}]}
`;

/** The frame of a StatefulSet that names a missing Service, next to a Secret that holds the same. */
function frameBeside(key: string, value: string): string {
  const files = {
    'a/secret.yaml': `apiVersion: v1\nkind: Secret\nmetadata: {name: access}\nstringData:\n  ${key}: ${value}\n`,
    'a/set.yaml': stateful.replace('serviceName: ledger-db', `serviceName: ${value}`),
  };
  const text = formatReport(lintFiles(files, { profile: 'all' }), 'terminal', {
    pages: rulePages(),
    terminal: { colours: false, width: 200, guardCommands: false },
  });
  return /serviceName: (.*)/u.exec(text)?.[1] ?? '';
}

it.each([
  ['database', 'ledger-db', 'ledger-db'],
  // What is kept as a password is one, whatever is called so.
  ['password', 'ledger-db', '••••••'],
  ['database', 'kv7x4f19e3b2', '••••••'],
])('shows a name that Secrets keep as %s: %s', (key, value, shown) => {
  expect(frameBeside(key, value)).toBe(shown);
});

it.each(['object', 'admin', 'ledger-db'])('never shows the line of a Secret that holds %s', (password) => {
  const secret = `apiVersion: v1
kind: Secret
metadata: {name: access}
typo: ${password}
stringData: {password: ${password}}
data: {password: ${password}}
`;
  const report = lintFiles({ 'secret.yaml': secret, 'set.yaml': stateful }, { profile: 'all' });
  const findings = report.findings.filter(({ object }) => object?.kind === 'Secret');
  expect(findings.length).toBeGreaterThan(0);
  const text = formatReport({ ...report, findings }, 'terminal', {
    pages: rulePages(),
    terminal: { colours: false, width: 200, guardCommands: false },
  });
  const lines = text.split('\n').filter((line) => /typo|password/u.test(line));
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) expect(line).not.toContain(password);
});

it('leaves keys alone that a file in a Secret has too, and hides its other lines', () => {
  const settings = [
    'settings.yaml: |',
    '    metadata:',
    '      name: Hagel_4711',
    '      severity: |',
    '        warning',
  ];
  const files = {
    'a/secret.yaml': `apiVersion: v1\nkind: Secret\nmetadata: {name: access}\nstringData:\n  ${settings.join('\n')}\n`,
    'a/map.yaml': 'kind: ConfigMap\napiVersion: v1\nmetadata:\n  name: Hagel_4711\n',
    'main.go': 'package main\n',
  };
  const text = formatReport(lintFiles(files, { profile: 'all' }), 'terminal', {
    pages: rulePages(),
    terminal: { colours: false, width: 200, guardCommands: false },
  });
  expect(text).toContain('| metadata:');
  expect(text).toContain('reported as a warning, because');
  expect(text).toContain('4 |   ••••••');
});

it('shows the other lines of a text of which one line is a secret', () => {
  const text = `apiVersion: v1
kind: ConfigMap
metadata: {name: template}
data:
  template: |
    allowPrivilegeEscalation: false
    login: kv7x4f19e3b2
---
${stateful}`;
  const files = { 'a/secret.yaml': secret('kv7x4f19e3b2'), 'a/set.yaml': text };
  const report = lintFiles(files, { profile: 'all' });
  const [finding] = report.findings.filter(({ rule }) => rule === 'privilege-escalation-allowed');
  expect(finding?.help).toBe('set allowPrivilegeEscalation: false in its securityContext');
  expect(
    formatReport(report, 'json', {
      pages: rulePages(),
      terminal: { colours: false, width: 200, guardCommands: false },
    }),
  ).not.toContain('kv7x4f19e3b2');
});
