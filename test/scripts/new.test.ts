import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readPage } from '../support/page.ts';
import { project } from '../support/run-cli.ts';

// What is copied of the project, where things are made anew.
const copied = [
  'bench',
  'biome.json',
  'docs',
  'package.json',
  'policies',
  'README.md',
  'schema',
  'scripts',
  'src',
  'test',
  'tsconfig.json',
];
const copy = mkdtempSync(join(tmpdir(), 'cdb-lint-new-'));

// Judges the pages of what is new by itself, and prints what it finds.
const judging = `
import { loadInternals } from './bench/load-internals.mjs';
const { check } = await loadInternals('../test/judge-new.ts');
console.log(JSON.stringify(check()));
`;
const judgeNew = `
import { testPolicies } from '../src/admit/page/test-policies.ts';
import { formatNames } from '../src/report/format.ts';
import { commands } from '../src/command/commands.ts';
import { rules } from '../src/rules/registry.ts';
import { rulePage } from '../src/rules/pages.ts';
import { diskFileSystem } from '../src/source/disk.ts';
import { openSources } from '../src/source/load.ts';
import { readPage } from './support/page.ts';
import { judgeFiles } from './support/rule-page.ts';

export function check() {
  const rule = rules.find(({ id }) => id === 'deployment-held');
  const page = rulePage('deployment-held');
  if (rule === undefined || page === undefined) throw new Error('the new rule is not in the lists');
  const { cases } = readPage(page);
  const { tests } = testPolicies(openSources(diskFileSystem('.')), 'policies/base', '1.30');
  return {
    cases: cases.map(({ isBad, files }) => [isBad, judgeFiles(files, rule).map(({ message }) => message)]),
    policy: tests.filter(({ policy }) => policy === 'owner-unnamed').map(({ problems, cases }) => [problems, cases]),
    formats: formatNames.at(-1),
    commands: commands.names.at(-1),
  };
}
`;

function run(...args: readonly string[]): { status: number | null; stderr: string; stdout: string } {
  const { status, stderr, stdout } = spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8' });
  return { status, stderr, stdout };
}

beforeAll(() => {
  for (const name of copied) cpSync(join(project, name), join(copy, name), { recursive: true });
  symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'));
  writeFileSync(join(copy, 'judge-new.mjs'), judging);
  writeFileSync(join(copy, 'test/judge-new.ts'), judgeNew);
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

it('what is recreated works at once, and all that is generated knows it', () => {
  const made = [
    ['rule', 'deployment-held', 'workload'],
    ['policy', 'owner-unnamed'],
    ['format', 'lines'],
    ['command', 'there'],
  ].map((args) => run('scripts/new.mjs', ...args));
  expect(made.map(({ status, stderr }) => [status, stderr])).toEqual(made.map(() => [0, '']));
  expect(run('scripts/generate.mjs', '--check')).toMatchObject({ status: 0, stderr: '' });
  const compiled = run('node_modules/typescript/bin/tsc', '--noEmit');
  expect([compiled.status, compiled.stdout]).toEqual([0, '']);
  const found = run('judge-new.mjs');
  expect(found.stderr).toBe('');
  expect(JSON.parse(found.stdout)).toEqual({
    cases: [
      [true, [expect.stringContaining('the Deployment is paused')]],
      [false, []],
    ],
    policy: [
      [
        [],
        [
          { title: 'Without the label', problems: [] },
          { title: 'With the label', problems: [] },
        ],
      ],
    ],
    formats: 'lines',
    commands: 'there',
  });
});

it('what init policy writes passes the generators and the test of its page as well', () => {
  const written = run(join(project, 'dist/cli.js'), 'init', 'policy', 'owner-forgotten', 'policies/base');
  expect(written).toMatchObject({ status: 0, stderr: '' });
  expect(run('scripts/generate.mjs')).toMatchObject({ status: 0, stderr: '' });
  expect(run('scripts/generate.mjs', '--check')).toMatchObject({ status: 0, stderr: '' });
  const page = readFileSync(join(copy, 'policies/base/owner-forgotten.md'), 'utf8');
  expect(readPage(page).sections.at(-1)).toBe('In the cluster');
  const tested = run(join(project, 'dist/cli.js'), 'test', 'policies/base');
  expect(tested.stdout).toContain('✓ owner-forgotten (2 cases)');
});

it.each([
  ['rule', 'Paused', 'is not a name for a rule'],
  ['rule', 'image-not-pinned', 'there is a image-not-pinned already'],
  ['rule', 'deployment-stopped-here nowhere', 'subjects are admission, argocd, '],
  ['format', 'json', 'src/report/machine/json.ts is there already'],
  ['page', 'x', 'what is new can be a rule, policy, format, command'],
])('%s %s: %s', (kind, name, problem) => {
  const { status, stderr, stdout } = run('scripts/new.mjs', kind, ...name.split(' '));
  expect(stderr).toContain(problem);
  expect([status, stdout]).toEqual([1, '']);
});
