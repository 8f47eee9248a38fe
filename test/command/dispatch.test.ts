import { expect, it, vi } from 'vitest';
import { dispatch } from '../../src/command/dispatch.ts';
import type { ExitCode, Io } from '../../src/command/io.ts';
import type { Command } from '../../src/command/options.ts';

const variables = vi.hoisted(() => [] as unknown[]);

vi.mock('../../src/command/commands.ts', () => {
  const command: Command = {
    ...{ name: 'probe', synopsis: 'cdb-lint probe', words: 'tells how it ends', examples: [] },
    options: [{ name: 'root', value: 'DIR', words: 'the repository' }],
    operands: { min: 1, max: 1, name: 'code' },
    run: ({ operands: [code] }, io) => {
      variables.push(io.variables);
      return Number(code) as ExitCode;
    },
  };
  return { commands: { names: ['probe'], load: async () => command } };
});

/** How a call ends, what it says and complains, and with which variables the command ran. */
async function call(...argv: readonly string[]): Promise<unknown[]> {
  variables.length = 0;
  const [said, complained]: [string[], string[]] = [[], []];
  const kinds = new Map([
    ['folder', 'directory'],
    ['file', 'file'],
  ]);
  const io = {
    stdout: { write: (text: string) => said.push(text) },
    stderr: { write: (text: string) => complained.push(text) },
    files: { kind: (path: string) => kinds.get(path) },
    variables: { NO_COLOR: 'set', A: 'b' },
    version: '1.2.3',
  } as unknown as Io;
  const code = await dispatch(argv, io);
  return [code, said.join('').split('\n')[0], complained.join('').split('\n')[0], ...variables];
}

const asItIs = { NO_COLOR: 'set', A: 'b' };

it.each(['0', '1', '2'])('a call ends as its command does: %s', async (code) => {
  expect(await call('probe', code)).toEqual([Number(code), '', '', asItIs]);
  expect(await call('probe', code, '--root', 'folder')).toEqual([Number(code), '', '', asItIs]);
});

it.each([
  [['probe', '0', '--no-such-option'], 'cdb-lint: '],
  [['probe'], 'cdb-lint: '],
  [['probe', '0', '--root', 'file'], 'cdb-lint: there is no directory file'],
  [['probe', '0', '--root', 'nowhere'], 'cdb-lint: there is no directory nowhere'],
])('a call that makes no sense runs nothing: %j', async (argv, words) => {
  expect(await call(...argv)).toEqual([2, '', expect.stringContaining(words)]);
});

it('the version and the help are told, and nothing runs', async () => {
  expect(await call('probe', '1', '--version')).toEqual([0, '1.2.3', '']);
  expect(await call('probe', '1', '--help')).toEqual([0, expect.stringContaining('cdb-lint probe'), '']);
});

it('an option for colour is before the variables', async () => {
  expect(await call('probe', '0', '--color', 'auto')).toEqual([0, '', '', asItIs]);
  expect(await call('probe', '0', '--color', 'never')).toEqual([0, '', '', { NO_COLOR: '1', A: 'b' }]);
  expect(await call('probe', '0', '--color', 'always')).toEqual([
    0,
    '',
    '',
    { NO_COLOR: '', FORCE_COLOR: '1', A: 'b' },
  ]);
});
