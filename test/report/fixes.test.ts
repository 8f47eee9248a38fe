import { expect, it } from 'vitest';
import { formatReport } from '../../src/report/format.ts';
import { unifiedDiff } from '../../src/report/machine/unified-diff.ts';
import { lintFiles } from '../support/lint-files.ts';

const terminal = { colours: false, width: 100, guardCommands: false };
const report = lintFiles({
  'prod/kustomization.yaml': 'bases:\n  - ../base\nresources:\n  - a.yaml\n',
  'prod/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: 1}\n',
  'base/kustomization.yaml': 'namePrefix: b-\nresources: []\n',
});

function formatted(format: 'sarif' | 'json' | 'github' | 'markdown'): string {
  return formatReport(report, format, { pages: new Map(), terminal });
}

it('SARIF holds every edit, by file, with what goes and what comes', () => {
  const sarif = JSON.parse(formatted('sarif')) as {
    runs: [{ results: { ruleId: string; fixes?: unknown }[] }];
  };
  const fixes = new Map(sarif.runs[0].results.map(({ ruleId, fixes: all }) => [ruleId, all]));
  expect(fixes.get('kustomization-field-deprecated')).toEqual([
    {
      description: { text: 'move the entries of bases to resources' },
      artifactChanges: [
        {
          artifactLocation: { uri: 'prod/kustomization.yaml' },
          replacements: [
            {
              deletedRegion: { startLine: 5, startColumn: 1, endLine: 5, endColumn: 1 },
              insertedContent: { text: '  - ../base\n' },
            },
            { deletedRegion: { startLine: 1, startColumn: 1, endLine: 3, endColumn: 1 } },
          ],
        },
      ],
    },
  ]);
});

it('JSON likewise', () => {
  const json = JSON.parse(formatted('json')) as { diagnostics: { rule: string; fix?: unknown }[] };
  expect(json.diagnostics.find(({ rule }) => rule === 'wrong-type')?.fix).toEqual({
    description: 'write the value in quotes',
    edits: [
      { file: 'prod/a.yaml', line: 4, column: 11, endLine: 4, endColumn: 11, text: '"' },
      { file: 'prod/a.yaml', line: 4, column: 12, endLine: 4, endColumn: 12, text: '"' },
    ],
  });
});

it('annotations and summaries say that there is a fix', () => {
  expect(formatted('github').match(/may be fixed with --fix/gu)).toHaveLength(2);
  expect(formatted('markdown').match(/may be fixed with --fix/gu)).toHaveLength(2);
});

it('no report holds a fix that would repeat a secret', () => {
  const secret = 'zq7Canary-5e1f';
  const patch = (field: string): string =>
    `${field}:\n  - |-\n    apiVersion: v1\n    kind: Secret\n    metadata: {name: s}\n    stringData: {a: ${secret}}\n`;
  const leaking = lintFiles({
    'kustomization.yaml': `resources: [s.yaml]\n${patch('patchesStrategicMerge')}patches:\n  - path: p.yaml\n`,
    's.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n',
    'p.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: s, labels: {a: b}}\n',
  });
  const [finding] = leaking.findings.filter(({ rule }) => rule === 'kustomization-field-deprecated');
  expect(JSON.stringify(finding?.fix?.edits.map(({ text }) => text))).toContain(secret);
  for (const format of [
    'sarif',
    'json',
    'github',
    'markdown',
    'terminal',
    'html',
    'junit',
    'gitlab',
  ] as const)
    expect(formatReport(leaking, format, { pages: new Map(), terminal }), format).not.toContain(secret);
});

it('a diff has its lines around each change, and says where a file ends without one', () => {
  const lines = Array.from({ length: 20 }, (_, index) => `l${index}\n`).join('');
  expect(
    unifiedDiff([
      { path: 'a "b".yaml', before: lines, after: lines.replace('l2\n', 'x\ny\n').replace('l17\n', '') },
      { path: 'b.yaml', before: 'a\r\nb', after: 'a\r\nc' },
      { path: 'c.yaml', before: 'a\n', after: 'a\n' },
    ]),
  ).toBe(
    '--- "a/a \\"b\\".yaml"\n+++ "b/a \\"b\\".yaml"\n@@ -1,6 +1,7 @@\n l0\n l1\n-l2\n+x\n+y\n l3\n l4\n l5\n' +
      '@@ -15,6 +16,5 @@\n l14\n l15\n l16\n-l17\n l18\n l19\n' +
      '--- a/b.yaml\n+++ b/b.yaml\n@@ -1,2 +1,2 @@\n a\r\n-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file\n',
  );
});
