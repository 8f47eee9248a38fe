import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runCli } from '../support/run-cli.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'policies-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('init policy writes what test passes, and never over what is there', async () => {
  const written = await runCli(['init', 'policy', 'team-missing'], folder);
  expect([written.status, written.stderr]).toEqual([0, '']);
  expect(written.stdout).toContain('wrote policies/team-missing.md');
  const tested = await runCli(['test'], folder);
  expect([tested.status, tested.stdout]).toEqual([
    0,
    '✓ team-missing (2 cases)\n\n1 policy, 2 cases, 0 failures\n',
  ]);
  const again = await runCli(['init', 'policy', 'team-missing'], folder);
  expect([again.status, again.stderr]).toEqual([2, expect.stringContaining('already exists')]);
});

it('test fails with 1 where a page does not hold, with 2 where a policy does not compile', async () => {
  await runCli(['init', 'policy', 'team-missing'], folder);
  change('team-missing.md', 'team: shop', 'tem: shop');
  expect(await runCli(['test'], folder)).toMatchObject({
    status: 1,
    stdout: expect.stringContaining('policies/team-missing.md:47: this finding has no mark'),
  });
  change('team-missing.yaml', "'team' in", "'team' inn");
  expect(await runCli(['test'], folder)).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('policies/team-missing.yaml:18'),
  });
});

it('says what it cannot do', async () => {
  const problemOf = async (args: string[]) => {
    const { status, stderr } = await runCli(args, folder);
    return `${status} ${stderr.split('\n')[0]}`;
  };
  expect(await problemOf(['test'])).toBe('2 cdb-lint: there is no directory policies');
  expect(await problemOf(['test', '.'])).toBe('2 cdb-lint: no ValidatingAdmissionPolicy below .');
  expect(await problemOf(['init', 'policy', 'Team'])).toBe('2 cdb-lint: "Team" is not a valid policy name');
  expect(await problemOf(['init', 'rule', 'team'])).toBe('2 cdb-lint: cannot write a rule');
});

function change(name: string, before: string, after: string): void {
  const path = join(folder, 'policies', name);
  writeFileSync(path, readFileSync(path, 'utf8').replace(before, after));
}
