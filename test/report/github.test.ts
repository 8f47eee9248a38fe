import { describe, expect, it } from 'vitest';
import { readDiff } from '../../src/report/finding/changed-lines.ts';
import { githubReport } from '../../src/report/machine/github.ts';
import { workflowCommand } from '../../src/report/machine/workflow-command.ts';
import type { Finding, Report } from '../../src/report/report.ts';
import { hostileReport } from '../support/hostile-report.ts';
import { lintFiles } from '../support/lint-files.ts';

interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

/** Reads commands as actions/runner does (ActionCommand.TryParseV2). */
function read(text: string): Command[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [, head = '', data = ''] = /^::(.*?)::(.*)$/u.exec(line) ?? [];
      const [name = '', list = ''] = head.split(/ (.*)/u);
      const properties = Object.fromEntries(
        list.split(',').map((pair) => {
          const [key = '', value = ''] = pair.split(/=(.*)/u);
          return [key, unescaped(value)];
        }),
      );
      return { name, properties, data: unescaped(data) };
    });
}

function unescaped(text: string): string {
  return [
    ['%0D', '\r'],
    ['%0A', '\n'],
    ['%3A', ':'],
    ['%2C', ','],
    ['%25', '%'],
  ].reduce((rest, [code = '', character = '']) => rest.replaceAll(code, character), text);
}

const pod = (field: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n    - name: web\n      image: web:1.0.0\n      ${field}: x\n`;

function reportOf(files: number, severity: Finding['severity'] = 'error'): Report {
  const names = Array.from({ length: files }, (_, index) => [
    `p${String(index).padStart(3, '0')}.yaml`,
    pod('imagee'),
  ]);
  const report = lintFiles(Object.fromEntries(names), { only: ['unknown-field'] });
  return { ...report, findings: report.findings.map((one) => ({ ...one, severity })) };
}

describe('annotations', () => {
  it('are at the line, with message and help', () => {
    const [command] = read(githubReport(reportOf(1)));
    expect(command?.name).toBe('error');
    expect(command?.properties).toEqual({
      file: 'p000.yaml',
      line: '8',
      endLine: '8',
      col: '7',
      endColumn: '13',
      title: 'unknown-field',
    });
    expect(command?.data).toContain('imagee');
  });

  it('are one a line, as grave as the gravest, and name what the line breaks', () => {
    const files = {
      'base/kustomization.yaml': 'resources: [pod.yaml]\n',
      'base/pod.yaml': pod('imagee'),
      'dev/kustomization.yaml': 'resources: [../base]\n',
      'prod/kustomization.yaml': 'resources: [../base]\n',
    };
    const report = lintFiles(files, { only: ['unknown-field'] });
    const [finding] = report.findings as [Finding];
    const second: Finding = { ...finding, rule: 'other', severity: 'note', message: 'also wrong' };
    const commands = read(githubReport({ ...report, findings: [second, finding] }));
    expect(commands).toHaveLength(1);
    expect(commands[0]?.name).toBe('error');
    expect(commands[0]?.properties['title']).toBe('unknown-field and 1 more');
    expect(commands[0]?.data).toContain('other: also wrong');
    expect(commands[0]?.data).toContain('this breaks 2 objects in 2 environments');
  });

  it('are no more than GitHub keeps of a type; the rest is counted and linked', () => {
    for (const [severity, name, kept] of [
      ['error', 'error', 10],
      ['warning', 'warning', 10],
      ['note', 'notice', 9],
    ] as const) {
      const commands = read(githubReport(reportOf(40, severity), { link: 'https://github.example/run/1' }));
      expect(commands.filter((one) => one.properties['file'] !== undefined)).toHaveLength(kept);
      expect(commands.slice(0, kept).every((one) => one.name === name)).toBe(true);
      expect(commands.at(-1)?.data).toBe(
        `${40 - kept} more findings are not annotated; see https://github.example/run/1`,
      );
      expect(commands.filter((one) => one.name === 'notice').length).toBeLessThanOrEqual(10);
    }
  });

  it('put the lines of the pull request first', () => {
    const diff = '--- a/p039.yaml\n+++ b/p039.yaml\n@@ -8 +8 @@\n-      old: x\n+      imagee: x\n';
    const changed = readDiff(diff);
    const [first] = read(githubReport(reportOf(40), { changed }));
    expect(first?.properties['file']).toBe('p039.yaml');
    const only = read(githubReport(reportOf(40), { changed, onlyChanged: true }));
    expect(only.map((one) => one.properties['file'])).toEqual(['p039.yaml', undefined]);
    expect(only.at(-1)?.data).toContain('39 more findings');
  });

  it('are cut to what GitHub keeps of a message', () => {
    const report = reportOf(1);
    const long = report.findings.map((one) => ({ ...one, message: 'x'.repeat(10_000) }));
    const [command] = read(githubReport({ ...report, findings: long }));
    expect(command?.data.length).toBeLessThanOrEqual(4_096);
  });

  it('let no data become a command', () => {
    const text = githubReport(hostileReport());
    const commands = read(text);
    expect(commands.length).toBeGreaterThan(1);
    for (const { name, properties } of commands) {
      expect(['error', 'warning', 'notice']).toContain(name);
      expect(Object.keys(properties)).toEqual(['file', 'line', 'endLine', 'col', 'endColumn', 'title']);
    }
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/u);
  });
});

it('a command escapes data and properties, each in its way', () => {
  expect(workflowCommand('error', { file: 'a,b:c%\n', title: undefined }, 'x%0A\r\n::y,z')).toBe(
    '::error file=a%2Cb%3Ac%25%0A::x%250A%0D%0A::y,z',
  );
});

describe('a diff', () => {
  it('gives the lines that are added or edited', () => {
    const diff = [
      'diff --git a/x.yaml b/x.yaml',
      '--- a/x.yaml',
      '+++ b/x.yaml',
      '@@ -1,2 +1,4 @@ heading',
      ' a',
      '+b',
      '+++ b/not-a-file.yaml',
      ' c',
      '@@ -10 +12,0 @@',
      '-gone',
      '@@ -20,0 +22 @@',
      '+new',
      '\\ No newline at end of file',
      '--- a/gone.yaml',
      '+++ /dev/null',
      '@@ -1 +0,0 @@',
      '-x',
      '',
    ].join('\n');
    expect([...readDiff(diff)]).toEqual([
      [
        'x.yaml',
        [
          [2, 3],
          [22, 22],
        ],
      ],
    ]);
  });

  it('that is none gives nothing', () => {
    expect(readDiff('fatal: bad object').size).toBe(0);
  });
});
