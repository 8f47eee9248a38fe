import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { writeBaseline } from '../../src/report/finding/baseline.ts';
import { jsonReport } from '../../src/report/machine/json.ts';
import type { Report } from '../../src/report/report.ts';
import { lint } from '../../src/run/judge.ts';
import { diskFileSystem } from '../../src/source/disk.ts';
import { hostileReport } from '../support/hostile-report.ts';
import { lintFiles } from '../support/lint-files.ts';

const schema = JSON.parse(
  readFileSync(new URL('../../schema/report.json', import.meta.url), 'utf8'),
) as object;
const validate = new Ajv({ strict: true, strictRequired: false, allErrors: true }).compile(schema);

const pod = `apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: a}\nspec:\n  containers:\n    - name: web\n      image: web:latest\n      imagee: x\n`;
const tree = {
  'base/kustomization.yaml': 'resources: [pod.yaml]\n',
  'base/pod.yaml': pod,
  'dev/kustomization.yaml': 'resources: [../base]\nimages: [{name: web, newTag: main}]\n',
  'prod/kustomization.yaml': 'resources: [../base]\n',
};
const baseline = writeBaseline(lintFiles({ 'pod.yaml': pod }), '2026-11-23');

function platformReport(): Report {
  const fileSystem = diskFileSystem(new URL('../..', import.meta.url).pathname);
  const report = lint({ fileSystem, paths: ['k8s'], withEvidence: true });
  expect([report.parity.length, report.resources.length, report.evidence?.length]).toEqual([1, 2, 2]);
  return report;
}

describe('schema/report.json', () => {
  it.each([
    ['findings through layers', () => lintFiles(tree)],
    ['nothing', () => lintFiles(tree, { only: ['host-path-mounted'] })],
    ['what was not checked', () => lintFiles({ ...tree, 'dev/kustomization.yaml': 'resources: [gone]\n' })],
    ['a file that is not YAML', () => lintFiles({ 'a.yaml': 'a: [' })],
    [
      'a baseline',
      () =>
        lintFiles({ 'pod.yaml': pod.replace('imagee', 'other'), 'b.json': baseline }, { baseline: 'b.json' }),
    ],
    ['hostile data', hostileReport],
    ['the platform, with the lines behind each mark', platformReport],
  ])('describes %s', (_, report) => {
    validate(JSON.parse(jsonReport(report())));
    expect(validate.errors).toBeNull();
  });

  it('refuses what it does not describe', () => {
    const report = JSON.parse(jsonReport(lintFiles(tree))) as { diagnostics: object[] };
    expect(report.diagnostics.length).toBeGreaterThan(0);
    expect(validate({ ...report, version: 1 })).toBe(false);
    expect(validate({ ...report, more: 1 })).toBe(false);
    expect(validate({ ...report, diagnostics: [{ ...report.diagnostics[0], line: 1 }] })).toBe(false);
  });
});
