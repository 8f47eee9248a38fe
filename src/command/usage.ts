import type { Invocation } from './options.ts';
import { type Command, type Commands, globalOptions, type Option } from './options.ts';

/** What `--help` prints: of the whole tool, or of one command. */
export async function usage({ command, commands }: Invocation): Promise<string> {
  return command.name === 'lint' ? wholeUsage(command, commands) : commandUsage(command);
}

async function wholeUsage(lint: Command, { names, load }: Commands): Promise<string> {
  const commands = (await Promise.all(names.map(load))).map(
    ({ synopsis, words }) => [synopsis, words] as const,
  );
  return [
    'cdb-lint: the merge gate for GitOps repositories. It builds every environment as Kustomize',
    'does, admits it as an API server would, and points at the line to edit. Nothing is sent anywhere.',
    '',
    ...columns(commands),
    '',
    'Options of lint:',
    ...optionRows(lint.options),
    ...optionRows(globalOptions),
    '',
    'Exit code: 0 clean, 1 findings at or above --fail-on, 2 something could not be checked.',
    '',
    'Examples:',
    ...columns(lint.examples),
    '',
    'Run "cdb-lint COMMAND --help" or "cdb-lint help COMMAND" for details.',
    '',
  ].join('\n');
}

function commandUsage({ synopsis, words, options, examples }: Command): string {
  const rows = optionRows([...options, ...globalOptions]);
  return [`${synopsis}: ${words}`, '', 'Options:', ...rows, '', 'Examples:', ...columns(examples), ''].join(
    '\n',
  );
}

function optionRows(options: readonly Option[]): string[] {
  return columns(
    options.map(({ name, value, mode, words }) => {
      const behind = value === undefined ? '' : ` ${value}`;
      return [`--${name}${mode === undefined ? behind : `[=${mode}]`}`, words] as const;
    }),
    29,
  );
}

const lineWidth = 110;

function columns(rows: readonly (readonly [string, string])[], least = 0): string[] {
  const width = Math.max(least, ...rows.map(([left]) => left.length));
  return rows.flatMap(([left, right]) => {
    const [first = '', ...more] = wrapped(right, Math.max(40, lineWidth - width - 4));
    return [
      `  ${left.padEnd(width)}  ${first}`.trimEnd(),
      ...more.map((line) => `${''.padEnd(width + 4)}${line}`),
    ];
  });
}

function wrapped(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last === '') lines[lines.length - 1] = word;
    else if (last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
