import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands } from '../../src/command/commands.ts';
import { formatNames } from '../../src/report/format.ts';
import { project, runCli, withFolder } from '../support/run-cli.ts';

const hasShell = (name: string): boolean => spawnSync(name, ['-c', 'exit 0']).status === 0;

/** What bash offers behind the words, the last of them unfinished. */
async function offered(...words: readonly string[]): Promise<string[]> {
  const { stdout: script } = await runCli(['completion', 'bash']);
  const tool = `cdb-lint() { ${JSON.stringify(process.execPath)} ${JSON.stringify(join(project, 'dist/cli.js'))} "$@"; }`;
  const array = ['cdb-lint', ...words].map((word) => `'${word}'`).join(' ');
  const call = `COMP_WORDS=(${array}); COMP_CWORD=${words.length}; _cdb_lint; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = spawnSync('bash', ['--norc', '-c', `${tool}\n${script}\n${call}`], { encoding: 'utf8' });
  return stdout.split('\n').filter((line) => line !== '');
}

describe.skipIf(!hasShell('bash'))('bash', () => {
  it.each([
    [['re'], ['report', 'render']],
    [
      ['render', '--re'],
      ['--reorder', '--release'],
    ],
    [
      ['render', '--reorder', ''],
      ['none', 'legacy'],
    ],
    [
      ['--fail-on', 'n'],
      ['note', 'never'],
    ],
    // "=" is a word of its own.
    [['--format', '=', 'ht'], ['html']],
    [['--format', '='], formatNames],
    [['explain', 'image-not-p'], ['image-not-pinned']],
    [['k8s', '--only', 'image-not-p'], ['image-not-pinned']],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    // Paths are the shell's own affair.
    [['k8s', ''], []],
    [['--config', ''], []],
  ])('%j', async (words, expected) => {
    expect(await offered(...words)).toEqual(expected);
  });
});

it.each(['bash', 'zsh', 'fish'])('%s is given every command and option', async (shell) => {
  const { status, stdout, stderr } = await runCli(['completion', shell]);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  for (const { name, options } of await Promise.all(commands.names.map(commands.load))) {
    expect(stdout).toContain(name);
    for (const option of options) expect(stdout).toMatch(new RegExp(`(?:--|-l )${option.name}\\b`, 'u'));
  }
});

it.each(['zsh', 'fish'].filter(hasShell))('%s can read it', async (shell) => {
  const { stdout: script } = await runCli(['completion', shell]);
  withFolder({ script }, (folder) => {
    const { status, stderr } = spawnSync(shell, ['-n', join(folder, 'script')], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });
});
