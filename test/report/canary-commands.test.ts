import { describe, expect, it } from 'vitest';
import { lint } from '../../src/run/judge.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { runCli, withFolder } from '../support/run-cli.ts';
import { cases, pluginKinds, traces } from './canary-cases.ts';
import { leaksIn, leaksOfReport, reportOf } from './canary-leaks.ts';

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

describe.each(Object.keys(cases))('the value of a secret by way of %s', (name) => {
  const files = cases[name] ?? {};

  it('is planted', () => {
    const planted = Object.values(files).join('');
    expect(traces.some((trace) => planted.includes(trace))).toBe(true);
  });

  it('is in no report', () => {
    const report = reportOf(files);
    expect(report.findings.length + report.unchecked.length).toBeGreaterThan(0);
    expect(leaksOfReport(traces, report)).toEqual([]);
  });

  it.skipIf(isAlike(name))('is in no output of a command', () =>
    withFolder({ ...files, '.git/HEAD': '' }, async (cwd) => {
      const leaks: string[] = [];
      for (const args of commands) {
        const { stdout, stderr } = await runCli(args, cwd);
        leaks.push(...leaksIn(traces, args.join(' '), stdout + stderr));
      }
      leaks.push(...leaksIn(traces, 'render', (await runCli(rendering, cwd)).stderr));
      const [finding] = lint({ fileSystem: memoryFileSystem(files), paths: [''] }).findings;
      if (finding !== undefined) {
        const { stdout, stderr } = await runCli(['explain', finding.fingerprint, '.'], cwd);
        leaks.push(...leaksIn(traces, 'explain', stdout + stderr));
      }
      expect(leaks).toEqual([]);
    }),
  );
});

it('the cases hold every plugin that kustomize builds in', () => {
  expect(pluginKinds).toContain('PatchTransformer');
  for (const kind of pluginKinds) expect(Object.keys(cases).join('\n')).toContain(`, ${kind}, `);
});
