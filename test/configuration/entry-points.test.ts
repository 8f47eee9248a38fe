import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diskFileSystem } from '../../src/source/disk.ts';
import { openSources } from '../../src/source/load.ts';
import { findEntryPoints } from '../../src/survey/entry-points.ts';
import { lintFiles } from '../support/lint-files.ts';

const template = '{{- if .Values.enabled }}\nkind: Service\n{{- end }}\n';
const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n';

describe('findEntryPoints', () => {
  it('finds a circle of kustomizations next to one that is right', () => {
    const { findings, exitCode } = lintFiles({
      'a/kustomization.yaml': 'resources: [../b]\n',
      'b/kustomization.yaml': 'resources: [../a, ../c]\n',
      'c/kustomization.yaml': 'resources: [settings.yaml]\n',
      'c/settings.yaml': configMap,
      'd/kustomization.yaml': 'resources: [../c]\n',
    });
    expect(findings.map(({ rule }) => rule)).toContain('kustomization-cycle');
    expect(exitCode).toBe(2);
  });

  it('reads a folder named templates that belongs to no chart', () => {
    const { findings } = lintFiles({ 'templates/settings.yaml': `${configMap}data: {a: "1", a: "2"}\n` });
    expect(findings.map(({ rule }) => rule)).toEqual(['duplicate-key']);
  });

  it('names templates of other tools instead of checking them, and what only its own syntax breaks is an error', () => {
    const { findings, coverage } = lintFiles({
      'settings.yaml': configMap,
      'filled-in.yaml': `${configMap}${template}data: {a: "1", a: "2"}\n`,
      'as-key.yaml': configMap.replace('settings', '{{ .Name }}'),
      'by-shell.yaml': configMap.replace('settings', '$' + '{NAME}'),
      'rules.yaml': `${configMap}data: {summary: "{{ $value }}"}\n  broken`,
      'renovate.json': '{"matchStrings": ["a\\/b"]}',
    });
    expect(findings.map(({ rule, span }) => [rule, span.file.path])).toEqual([['yaml-syntax', 'rules.yaml']]);
    expect(coverage.notDeployed).toEqual(['as-key.yaml', 'filled-in.yaml']);
  });

  it('names tests and what they read instead of checking them, unless they are named or built', () => {
    const wrong = `${configMap}data: [a]\n`;
    const files = {
      'settings.yaml': configMap,
      'pkg/testdata/wrong.yaml': wrong,
      'api/src/test/resources/wrong.yaml': wrong,
      'quotas/.chainsaw-test/chainsaw-test.yaml': 'apiVersion: chainsaw.kyverno.io/v1alpha1\nkind: Test\n',
      'quotas/.chainsaw-test/wrong.yaml': wrong,
      'labels/kyverno-test.yaml': 'apiVersion: cli.kyverno.io/v1alpha1\nkind: Test\n',
      'labels/kustomization.yaml': 'resources: [wrong.yaml]\n',
      'labels/wrong.yaml': wrong,
      'tests/smoke/00-install.yaml': wrong,
      'tests/smoke/00-assert.yaml': 'apiVersion: v1\nkind: ConfigMap\n',
      'vendor/modules.txt': '# k8s.io/api v0.36.0\n',
      'vendor/k8s.io/api/wrong.yaml': wrong,
    };
    const places = (paths: readonly string[]) =>
      lintFiles(files, { paths, profile: 'baseline' }).findings.flatMap(({ severity, span }) =>
        severity === 'error' ? span.file.path : [],
      );
    expect(places([''])).toEqual(['labels/wrong.yaml']);
    expect(places(['pkg/testdata'])).toEqual(['pkg/testdata/wrong.yaml']);
    expect(lintFiles(files).coverage.notDeployed).toEqual([
      'labels/kyverno-test.yaml',
      'api/src/test/resources',
      'pkg/testdata',
      'quotas/.chainsaw-test',
      'tests/smoke',
    ]);
  });

  it('leaves the files of other tools alone, and no misspelled manifest', () => {
    const { findings, coverage } = lintFiles({
      '.travis.yml': 'language: go\nlanguage: go\n',
      'settings.yaml': configMap,
      'skaffold.yaml': 'apiVersion: skaffold/v4beta13\nkind: Config\n',
      'typo.yaml': 'apiVersion: aps/v1\nkind: Deployment\nmetadata:\n  name: web\n',
    });
    expect(findings.map(({ rule, span }) => [rule, span.file.path])).toEqual([
      ['unsupported-value', 'typo.yaml'],
    ]);
    expect(coverage.objects).toBe(2);
  });

  it('reads a hidden file that holds a manifest', () => {
    const { findings } = lintFiles({ '.k8s/web.yaml': `${configMap}data: {a: "1", a: "2"}\n` });
    expect(findings.map(({ rule }) => rule)).toEqual(['duplicate-key']);
  });

  it('does not follow a link to a folder above it', () => {
    const root = mkdtempSync(join(tmpdir(), 'entry-points-'));
    mkdirSync(join(root, 'deploy/self'), { recursive: true });
    writeFileSync(join(root, 'deploy/settings.yaml'), configMap);
    symlinkSync('..', join(root, 'deploy/self/above'));
    symlinkSync('deploy', join(root, 'again'));
    const found = findEntryPoints(openSources(diskFileSystem(root)), {
      paths: [''],
      environments: [],
      selected: [],
    });
    expect(found.diagnostics).toEqual([]);
    expect(found.plainFiles).toEqual(['again/settings.yaml', 'deploy/settings.yaml']);
  });
});
