import { expect, it } from 'vitest';
import { jsonReport } from '../../src/report/machine/json.ts';
import { lintFiles } from '../support/lint-files.ts';

const pod = `apiVersion: v1
kind: Pod
metadata:
  name: "##[error]web"
  namespace: shop
spec:
  containers:
    - name: web
      image: web:1.0.0
      imagePulPolicy: Always
`;

it('has the shape that the contract promises', () => {
  const text = jsonReport(lintFiles({ 'pod.yaml': pod }, { only: ['unknown-field'] }));
  const report = JSON.parse(text) as Record<string, unknown>;
  expect(Object.keys(report)).toEqual([
    'version',
    'summary',
    'coverage',
    'parity',
    'resources',
    'ownership',
    'causes',
    'diagnostics',
  ]);
  expect(report['version']).toBe(2);
  expect(report['summary']).toEqual({
    error: 1,
    warning: 0,
    note: 0,
    suppressed: 0,
    places: { error: 1, warning: 0, note: 0 },
  });
  expect(report['diagnostics']).toEqual([
    {
      rule: 'unknown-field',
      severity: 'error',
      message: expect.stringContaining('imagePulPolicy'),
      help: expect.stringContaining('imagePullPolicy'),
      location: { file: 'pod.yaml', line: 10, column: 7, endLine: 10, endColumn: 21 },
      related: [],
      object: { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: '##[error]web' },
      field: 'spec.containers[0].imagePulPolicy',
      fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/u),
      occurrences: [{ object: { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: '##[error]web' } }],
    },
  ]);
});

it('holds nothing that a runner would take for a command', () => {
  const text = jsonReport(lintFiles({ 'pod.yaml': pod }, { only: ['unknown-field'] }));
  expect(text).not.toContain('##[');
});

it('says what was covered and what was not', () => {
  const report = JSON.parse(jsonReport(lintFiles({ 'pod.yaml': 'apiVersion: [\n' }))) as {
    coverage: Record<string, unknown>;
  };
  expect(report.coverage).toMatchObject({ filesRead: 1, builds: 0, objects: 0 });
  expect(report.coverage['unchecked']).toEqual([{ what: 'pod.yaml', why: expect.any(String) }]);
});
