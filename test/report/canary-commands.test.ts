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
  ['blame', '.', 'Secret/s'],
  ['blame', '.', 'Secret/s', 'stringData.a'],
  ['blame', '.', 'Service/x', 'spec.type'],
];
const rendering = ['render', '.', '--origins'];

/** Targets of other forms end in the same reports; one form for each command is enough. */
function isAlike(name: string): boolean {
  return /target by (?:pattern|label)$|Transformer, strategic$/u.test(name);
}

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

  it.skipIf(isAlike(name))('is in no output of a command', () =>
    withFolder({ ...files, '.git/HEAD': '' }, async (cwd) => {
      const leaks: string[] = [];
      for (const args of commands) {
        const { stdout, stderr } = await runCli(args, cwd);
        leaks.push(...leaksIn(args.join(' '), stdout + stderr));
      }
      leaks.push(...leaksIn('render', (await runCli(rendering, cwd)).stderr));
      const [finding] = lint({ fileSystem: memoryFileSystem(files), paths: [''] }).findings;
      if (finding !== undefined) {
        const { stdout, stderr } = await runCli(['explain', finding.fingerprint, '.'], cwd);
        leaks.push(...leaksIn('explain', stdout + stderr));
      }
      expect(leaks).toEqual([]);
    }),
  );
});

it('the cases hold every plugin that kustomize builds in', () => {
  expect(pluginKinds).toContain('PatchTransformer');
  for (const kind of pluginKinds) expect(Object.keys(cases).join('\n')).toContain(`, ${kind}, `);
});
