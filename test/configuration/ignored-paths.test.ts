import { expect, it } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';

const broken = 'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nsepc: {}\n';
const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\n';
const files = {
  'a/settings.yaml': settings,
  'a/test/broken.yaml': broken,
  'test/one/kustomization.yaml': 'resources: [broken.yaml]\n',
  'test/one/broken.yaml': broken,
  'test/keep.yaml': settings,
};

function linted(ignore: string, paths = ['']): { found: string[]; ignored: unknown; objects: number } {
  const report = lintFiles({ ...files, 'cdb-lint.yaml': `ignore: ${ignore}\n` }, { paths });
  return {
    found: report.findings.map(({ rule, span }) => `${rule} ${span.file.path}`),
    ignored: report.coverage.ignored,
    objects: report.coverage.objects,
  };
}

it('looks for manifests everywhere but there, and says where', () => {
  expect(linted('[test/]')).toEqual({ found: [], ignored: ['a/test', 'test'], objects: 1 });
  expect(linted('["/test/*", "!/test/keep.yaml", a/test]')).toMatchObject({
    found: [],
    ignored: ['a/test', 'test/one'],
    objects: 2,
  });
});

it('checks what is named, and what something else builds', () => {
  expect(linted('[test/]', ['test/one'])).toMatchObject({ objects: 1, ignored: [] });
  const using = {
    'b/kustomization.yaml': 'resources: [../test]\n',
    'test/kustomization.yaml': 'resources: [keep.yaml]\n',
    'test/keep.yaml': settings,
  };
  const { coverage } = lintFiles({ ...using, 'cdb-lint.yaml': 'ignore: [test/]\n' });
  expect(coverage.objects).toBe(1);
});

it('tells of a pattern that leaves nothing out, once all was looked through', () => {
  expect(linted('[test/, tests/]').found).toEqual(['ignore-unused cdb-lint.yaml']);
  expect(linted('[test/, tests/]', ['a']).found).toEqual([]);
});

it('takes patterns from where the configuration stands', () => {
  const { coverage, findings } = lintFiles(
    { 'a/cdb-lint.yaml': 'ignore: [/test/]\n', 'a/test/broken.yaml': broken, 'test/settings.yaml': settings },
    { configuration: 'a/cdb-lint.yaml' },
  );
  expect(findings.map(({ rule }) => rule)).toEqual([]);
  expect(coverage).toMatchObject({ ignored: ['a/test'], objects: 1 });
});
