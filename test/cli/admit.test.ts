import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { admit } from '../../src/run/admit.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { readAdmissionCases } from '../support/admission-cases.ts';
import { knownDifferences } from '../support/admission-differences.ts';
import { project, runCli, withFolder } from '../support/run-cli.ts';

const pod =
  'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers: [{name: a, image: "a:1"}]\n';
const wrong = pod.replace('containers', 'contaners');
const custom = 'apiVersion: example.com/v1\nkind: Wheel\nmetadata: {name: w}\nspec: {size: 3, colr: red}\n';
const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: wheels.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: wheels, singular: wheel, kind: Wheel, listKind: WheelList}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec: {type: object, properties: {size: {type: integer}, color: {type: string}}}
`;

function admitFiles(files: Readonly<Record<string, string>>, paths = ['']): ReturnType<typeof admit> {
  return admit({ fileSystem: memoryFileSystem(files), paths });
}

describe('admit', () => {
  it('checks every document by itself, at its line, and exits as everywhere', async () => {
    await withFolder(
      { '.git/HEAD': '', 'good.yaml': pod, 'bad.yaml': `${pod}---\n${wrong}` },
      async (folder) => {
        expect((await runCli(['admit', 'good.yaml'], folder)).status).toBe(0);
        const bad = await runCli(['admit', '.'], folder);
        expect(bad.stdout).toContain('--> bad.yaml:11:3');
        expect(bad.stdout).toContain('did you mean "containers"?');
        expect(bad.stdout).toContain('3 objects');
        expect(bad.status).toBe(1);
        expect((await runCli(['admit', '.', '--fail-on', 'never'], folder)).status).toBe(0);
        expect((await runCli(['admit', 'gone.yaml'], folder)).status).toBe(2);
        expect((await runCli(['admit', '.git'], folder)).status).toBe(2);
      },
    );
  });

  it('reads standard input', () => {
    const args = [join(project, 'dist/cli.js'), 'admit', '-', '--format', 'json'];
    const { stdout, status } = spawnSync(process.execPath, args, { input: wrong, encoding: 'utf8' });
    expect(status).toBe(1);
    expect(JSON.parse(stdout).diagnostics).toMatchObject([
      { rule: 'unknown-field', location: { file: 'stdin', line: 5 } },
    ]);
  });

  it('checks what was there before as an update, file by file', async () => {
    const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ntype: a/b\n';
    const changed = secret.replace('a/b', 'c/d');
    const files = {
      '.git/HEAD': '',
      'old/a/s.yaml': secret,
      'new/a/s.yaml': `${changed}---\n${pod}`,
      'new/b/s.yaml': changed,
    };
    await withFolder(files, async (folder) => {
      const { stdout, status } = await runCli(['admit', 'new', '--old', 'old', '--format', 'json'], folder);
      expect(status).toBe(1);
      expect(JSON.parse(stdout).diagnostics).toMatchObject([
        { rule: 'invalid-value', field: 'type', location: { file: 'new/a/s.yaml', line: 4 } },
      ]);
      expect((await runCli(['admit', 'new/b/s.yaml', '--old', 'old/a/s.yaml'], folder)).status).toBe(1);
      expect((await runCli(['admit', 'new/b/s.yaml', '--old', 'old/a'], folder)).status).toBe(1);
      expect((await runCli(['admit', 'old', '--old', 'old'], folder)).status).toBe(0);
    });
  });

  it('says where nothing was there before', async () => {
    const files = { '.git/HEAD': '', 'old/a.yaml': pod, 'new/b.yaml': pod };
    await withFolder(files, async (folder) => {
      const apart = await runCli(['admit', 'new', '--old', 'old'], folder);
      expect(apart.status).toBe(2);
      expect(apart.stdout).toContain('no update was checked');
      expect((await runCli(['admit', 'new', '--old', 'gone'], folder)).stderr).toContain(
        'neither a file nor a directory',
      );
      expect((await runCli(['admit', 'new', '--old', '..'], folder)).stderr).toContain(
        'outside the repository',
      );
    });
  });

  it('cannot check an update of what no server could hold', () => {
    const files = { 'old.yaml': pod.replace('"a:1"', '[1]'), 'new.yaml': pod };
    const report = admit({ fileSystem: memoryFileSystem(files), paths: ['new.yaml'], old: 'old.yaml' });
    expect(report.findings.map(({ rule }) => rule)).toEqual(['not-admitted']);
    expect(report.exitCode).toBe(2);
  });

  it('points at the change that is refused', () => {
    const files = {
      'old/p.yaml': pod,
      'new/p.yaml': `${pod}  nodeSelector: {a: b}\n  restartPolicy: Always\n`,
    };
    const report = admit({ fileSystem: memoryFileSystem(files), paths: ['new'], old: 'old' });
    const [finding] = report.findings;
    expect(finding?.field).toBe('spec');
    expect(finding?.span.file.text.slice(finding.span.start)).toMatch(/^nodeSelector/);
  });

  it('runs no Kustomize, no rules and no policies', () => {
    const files = { 'k/kustomization.yaml': 'resources: [gone.yaml]\nnamePrefix: x-\n', 'k/pod.yaml': pod };
    const report = admitFiles(files);
    expect(report.findings).toEqual([]);
    expect(report.coverage).toMatchObject({ builds: 0, policies: 0, objects: 1 });
    expect(report.coverage.notDeployed).toEqual(['k/kustomization.yaml']);
    expect(report.exitCode).toBe(0);
  });

  it('takes lists apart, and refuses what is not an object', () => {
    const list = `apiVersion: v1\nkind: List\nitems:\n  - ${wrong.replaceAll('\n', '\n    ')}\n  - text\n`;
    const report = admitFiles({ 'list.yaml': list, 'note.yaml': '- a\n', 'values.yaml': 'replicas: 1\n' });
    expect(report.findings.map(({ rule, span }) => [rule, span.file.path])).toEqual([
      ['unknown-field', 'list.yaml'],
      ['not-admitted', 'list.yaml'],
      ['not-admitted', 'note.yaml'],
      ['required-field-missing', 'values.yaml'],
    ]);
  });

  it('takes CRDs among the files as schemas, and names kinds without one', () => {
    const without = admitFiles({ 'wheel.yaml': custom });
    expect(without.findings).toEqual([]);
    expect(without.coverage).toMatchObject({
      withoutSchema: ['example.com/v1 Wheel'],
      objectsWithoutSchema: 1,
    });
    const report = admitFiles({ 'wheel.yaml': custom, 'zz/crd.yaml': definition });
    expect(report.findings.map(({ rule, help }) => [rule, help])).toEqual([
      ['unknown-field', 'did you mean "color"?'],
    ]);
    expect(report.coverage.withoutSchema).toEqual([]);
  });

  it('--require-schemas makes a kind without schema something that was not checked', async () => {
    await withFolder({ '.git/HEAD': '', 'wheel.yaml': custom }, async (folder) => {
      expect((await runCli(['admit', '.'], folder)).status).toBe(0);
      const { status, stdout } = await runCli(['admit', '.', '--require-schemas'], folder);
      expect(stdout).toContain('error[schema-missing] there is no schema for example.com/v1 Wheel');
      expect(status).toBe(2);
    });
  });

  it('a repeated key is refused on create; anyone who applies has the last one win', async () => {
    const repeated = pod.replace('metadata: {name: a}', 'metadata: {name: a, name: b}');
    await withFolder({ '.git/HEAD': '', 'pod.yaml': repeated }, async (folder) => {
      expect((await runCli(['admit', '.'], folder)).status).toBe(2);
      const applied = await runCli(['admit', '.', '--applied-by', 'client-side-apply'], folder);
      expect(applied.stdout).toContain('warning[duplicate-key]');
      expect(applied.status).toBe(0);
    });
  });

  it('shows no value of a Secret, from whatever file', () => {
    const secret =
      'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData:\n  a: c4n4ry\ntyp: c4n4ry-2\n';
    const { findings } = admitFiles({ stdin: secret }, ['stdin']);
    expect(findings).toHaveLength(1);
    const args = [join(project, 'dist/cli.js'), 'admit', '-'];
    const { stdout } = spawnSync(process.execPath, args, { input: secret, encoding: 'utf8' });
    expect(stdout).toContain('stdin:6:1');
    expect(stdout).not.toContain('a: c4n4ry');
  });

  it('finds nothing in our own policies and bases', async () => {
    expect(await runCli(['admit', 'policies'])).toMatchObject({ status: 0, stderr: '' });
  });
});

// Each is judged by itself in test/conformance/admission.test.ts; here as files of one tree, of which some are enough.
const cases = readAdmissionCases()?.filter((_, index) => index % 8 === 0);

it.skipIf(cases === undefined)(
  'says of the shared cases what a real API server says',
  () => {
    if (cases === undefined) return;
    const path = (id: string): string => `${id.replaceAll('/', '_')}.yaml`;
    const files = Object.fromEntries(cases.map(({ id, yaml }) => [path(id), yaml]));
    expect(cases.length).toBeGreaterThan(300);
    const { findings } = admitFiles(files);
    const rejected = new Set(
      findings.filter(({ severity }) => severity === 'error').map(({ span }) => span.file.path),
    );
    const others = cases.filter(({ id, verdict }) => rejected.has(path(id)) !== (verdict === 'reject'));
    const unexplained = others.filter(({ id }) => !knownDifferences.has(id)).map(({ id }) => id);
    expect(unexplained).toEqual([]);
  },
  60_000,
);
