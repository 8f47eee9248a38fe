import { describe, expect, it } from 'vitest';
import { complain, type Io, isInWorkflow, say, sayYaml, writeFile } from '../../src/command/io.ts';

interface World {
  readonly io: Io;
  readonly said: string[];
  readonly complained: string[];
}

/** A world in which a file is written or not, and `problem` says why. */
function world(variables: Record<string, string> = {}, problem?: string): World {
  const [said, complained]: [string[], string[]] = [[], []];
  const io = {
    stdout: { write: (text: string) => said.push(text) },
    stderr: { write: (text: string) => complained.push(text) },
    files: { write: () => problem },
    variables,
  } as unknown as Io;
  return { io, said, complained };
}

const workflow = { GITHUB_ACTIONS: 'true' };
const command = '::stop-commands::x\n';

it.each([
  [workflow, true],
  [{ GITHUB_ACTIONS: 'false' }, false],
  [{}, false],
])('a workflow is where the runner says so: %j', (variables, is) => {
  expect(isInWorkflow({ variables })).toBe(is);
});

describe('what is said', () => {
  it('is the text as it is, and a success', () => {
    const { io, said } = world();
    expect([say(io, command), sayYaml(io, command)]).toEqual([0, 0]);
    expect(said).toEqual([command, command]);
  });

  it('is no command to the runner of a workflow', () => {
    const { io, said } = world(workflow);
    expect(say(io, command)).toBe(0);
    expect(said).toEqual([': :stop-commands::x\n']);
  });

  it('stays YAML in a workflow, between comments that no text can foresee where it has commands', () => {
    const yaml = 'a: |\n  ##[error]b\n';
    const { io, said } = world(workflow);
    expect([sayYaml(io, 'a: 1\n'), sayYaml(io, yaml)]).toEqual([0, 0]);
    const [harmless, enclosed = ''] = said;
    expect(harmless).toBe('a: 1\n');
    const [, token = ''] = /^# ##\[stop-commands\]([0-9a-f]{64})\n/u.exec(enclosed) ?? [];
    expect(enclosed).toBe(`# ##[stop-commands]${token}\n${yaml}# ##[${token}]\n`);
    sayYaml(io, `${yaml}# ##[${token}]\n`);
    expect(said.at(-1)).not.toMatch(new RegExp(`^# ##\\[stop-commands\\]${token}`, 'u'));
  });
});

describe('a complaint', () => {
  it('keeps a call from being answered, and is spelled out', () => {
    const { io, said, complained } = world();
    expect(complain(io, 'no\u001b[2J', '::error::\u202e')).toBe(2);
    expect(complained).toEqual(['cdb-lint: no<U+001B>[2J\n  : :error::<U+202E>\n']);
    expect(said).toEqual([]);
  });

  it('is made of a file that cannot be written, and of no other', () => {
    const [fine, full] = [world(), world({}, 'the disk is full')];
    expect([writeFile(fine.io, 'a', ''), writeFile(full.io, 'a', '')]).toEqual([true, false]);
    expect([fine.complained, full.complained]).toEqual([
      [],
      ['cdb-lint: cannot write a\n  the disk is full\n'],
    ]);
  });
});
