import { describe, expect, it } from 'vitest';
import { writeBaseline } from '../../src/report/finding/baseline.ts';
import { formatNames, formatReport } from '../../src/report/format.ts';
import { deliverySummary } from '../../src/report/markdown/delivery-summary.ts';
import { lint } from '../../src/run/judge.ts';
import { rulePages } from '../../src/run/rule-pages.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { runCli, withFolder } from '../support/run-cli.ts';
import { cases, pluginKinds, token, traces } from './canary-cases.ts';

/** What says something of a tree by other ways than a report; `render` prints Secrets, which is what it is for: of it only the words count. */
const commands: readonly (readonly string[])[] = [
  ['lint', '--fix=preview', '--stats', '.'],
  ['admit', '.'],
  ['init', '--dry-run'],
  ['graph', '.'],
  ['graph', '.', '--format', 'svg'],
  ['blame', '.', 'Secret/s'],
  ['blame', '.', 'Secret/s', 'stringData.a'],
  ['blame', '.', 'Secret/s', 'data.x'],
  ['blame', '.', 'Service/x'],
  ['blame', '.', 'Service/x', 'spec.type'],
];
const renderings: readonly (readonly string[])[] = [
  ['render', '.', '--origins'],
  ['render', '--all', '.'],
];

const pages = rulePages();
const terminal = { colours: true, width: 200, guardCommands: false };

/** The line of each text that holds a trace. */
function leaksIn(what: string, text: string): string[] {
  const found = traces.find((trace) => text.includes(trace));
  if (found === undefined) return [];
  const line = text.split('\n').find((one) => one.includes(found)) ?? '';
  return [`${what}: ${line.trim().slice(0, 200)}`];
}

describe.each(Object.keys(cases))('the value of a secret by way of %s', (name) => {
  const files = cases[name] ?? {};

  it('is planted', () => {
    expect(Object.values(files).join('')).toContain(token);
  });

  it('is in no report', () => {
    const report = lint({
      fileSystem: memoryFileSystem(files),
      paths: [''],
      profile: 'all',
      requireSchemas: true,
      withEvidence: true,
    });
    expect(report.findings.length + report.unchecked.length).toBeGreaterThan(0);
    const leaks = [
      ...formatNames.flatMap((format) => leaksIn(format, formatReport(report, format, { pages, terminal }))),
      ...leaksIn('report', deliverySummary(report)),
      ...leaksIn('baseline', writeBaseline(report, '2026-11-23')),
    ];
    expect(leaks).toEqual([]);
  });

  it('is in no output of a command', () =>
    withFolder({ ...files, '.git/HEAD': '' }, async (cwd) => {
      const leaks: string[] = [];
      for (const args of commands) {
        const { stdout, stderr } = await runCli(args, cwd);
        leaks.push(...leaksIn(args.join(' '), stdout + stderr));
      }
      for (const args of renderings) leaks.push(...leaksIn(args.join(' '), (await runCli(args, cwd)).stderr));
      const { findings } = lint({ fileSystem: memoryFileSystem(files), paths: [''] });
      for (const { fingerprint } of findings.slice(0, 2)) {
        const { stdout, stderr } = await runCli(['explain', fingerprint, '.'], cwd);
        leaks.push(...leaksIn('explain', stdout + stderr));
      }
      expect(leaks).toEqual([]);
    }));
});

it('the cases hold every plugin that kustomize builds in', () => {
  expect(pluginKinds).toEqual(
    expect.arrayContaining(['SecretGenerator', 'PatchTransformer', 'ValueAddTransformer']),
  );
  expect(pluginKinds.length).toBeGreaterThan(15);
});
