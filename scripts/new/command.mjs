// A command: its file with all that is to be known of it, its line in commands.ts, its test, and its row in the README.
import { withLineAfter, wordPattern } from './names.mjs';

export const pattern = wordPattern;

export function planNew(name) {
  return {
    files: {
      [`src/command/${name}.ts`]: codeText(name),
      [`test/cli/${name}.test.ts`]: testText(name),
    },
    edits: {
      'src/command/commands.ts': (text) =>
        withLineAfter(text, /^ {2}\w+: \(\) => import\(/u, `  ${name}: () => import('./${name}.ts'),`),
      'README.md': (text) =>
        withLineAfter(
          text,
          /^\| `cdb-lint [a-z]/u,
          `| \`cdb-lint ${name} [DIR]\` | says that there is a directory |`,
        ),
    },
    next: `Change them and run: npx vitest run test/cli/${name}.test.ts test/cli/cli.test.ts`,
  };
}

function codeText(name) {
  const run = `run${name[0].toUpperCase()}${name.slice(1)}`;
  return `import { complain, type ExitCode, type Io, say } from './io.ts';
import { type Command, type Invocation, root } from './options.ts';

export const command: Command = {
  name: '${name}',
  synopsis: 'cdb-lint ${name} [DIR]',
  words: 'say that there is a directory (default: .)',
  examples: [['cdb-lint ${name} k8s', 'one directory']],
  operands: { min: 0, max: 1, name: 'DIR' },
  options: [root],
  run: ${run},
};

/** Says that a directory is there. */
function ${run}({ operands }: Invocation, io: Io): ExitCode {
  const [directory = '.'] = operands;
  return io.files.kind(directory) === 'directory'
    ? say(io, \`\${directory} is there\\n\`)
    : complain(io, \`there is no directory \${directory}\`, 'name one that is there');
}
`;
}

function testText(name) {
  return `import { expect, it } from 'vitest';
import { runCli } from '../support/run-cli.ts';

it('says that a directory is there', async () => {
  expect(await runCli(['${name}', 'k8s'])).toEqual({ status: 0, stdout: 'k8s is there\\n', stderr: '' });
  expect(await runCli(['${name}', 'nowhere'])).toMatchObject({ status: 2, stdout: '' });
});
`;
}
