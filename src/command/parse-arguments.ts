import { nearest } from '../configuration/nearest.ts';
import { ownOf } from '../source/own.ts';
import type { Invocation } from './options.ts';
import { type Command, type Commands, globalOptions, type Option } from './options.ts';

/** Why the arguments make no sense. */
export interface UsageProblem {
  readonly problem: string;
  readonly help: string;
}

export function isUsageProblem<T extends object>(value: T | UsageProblem): value is UsageProblem {
  return 'problem' in value;
}

/** The command that is meant where none is named. */
const standard = 'lint';

/** Reads the arguments after the program's name: `--name value`, `--name=value`, operands, and `--` before further operands. */
export async function parseArguments(
  argv: readonly string[],
  commands: Commands,
): Promise<Invocation | UsageProblem> {
  const [first = '', ...rest] = argv;
  if (first === 'help') return helpAbout(rest[0], commands);
  const isNamed = commands.names.includes(first);
  const command = await commands.load(isNamed ? first : standard);
  return parseWords(isNamed ? rest : argv, command, commands);
}

function parseWords(
  words: readonly string[],
  command: Command,
  commands: Commands,
): Invocation | UsageProblem {
  const known = [...command.options, ...globalOptions];
  const operands: string[] = [];
  const values = new Map<string, string[]>();
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (word === '--') {
      operands.push(...words.slice(index + 1));
      break;
    }
    if (!word.startsWith('-') || word === '-') {
      operands.push(word);
      continue;
    }
    const read = readOption(word, words[index + 1], known, command);
    if ('problem' in read) return read;
    if (read.tookNext) index += 1;
    const earlier = values.get(read.option.name) ?? [];
    if (earlier.length > 0 && read.option.repeatable !== true)
      return { problem: `--${read.option.name} is given twice`, help: 'write it once' };
    values.set(read.option.name, [...earlier, read.value]);
  }
  const invocation: Invocation = {
    command,
    commands,
    operands,
    option: (name) => values.get(name)?.at(-1),
    options: (name) => values.get(name) ?? [],
    has: (name) => values.has(name),
  };
  if (invocation.has('help') || invocation.has('version')) return invocation;
  return countOperands(invocation) ?? invocation;
}

/** `help COMMAND` is `COMMAND --help`. */
async function helpAbout(name: string | undefined, commands: Commands): Promise<Invocation | UsageProblem> {
  if (name === undefined || name.startsWith('-')) return parseArguments(['--help'], commands);
  if (commands.names.includes(name)) return parseArguments([name, '--help'], commands);
  const meant = meantCommand(name, commands);
  return {
    problem: `there is no command "${name}"`,
    help: meant === undefined ? 'see cdb-lint --help' : `did you mean "cdb-lint help ${meant}"?`,
  };
}

interface ReadOption {
  readonly option: Option;
  readonly value: string;
  readonly tookNext: boolean;
}

const shortNames: Readonly<Record<string, string>> = {
  '-h': '--help',
  '-V': '--version',
  '-v': '--version',
  '-f': '--format',
  '-q': '--quiet',
  '-w': '--watch',
};

function readOption(
  word: string,
  next: string | undefined,
  known: readonly Option[],
  command: Command,
): ReadOption | UsageProblem {
  const long = ownOf(shortNames, word) ?? word;
  const equals = long.indexOf('=');
  const name = equals < 0 ? long : long.slice(0, equals);
  const option = known.find((one) => `--${one.name}` === name);
  if (option === undefined) return unknownOption(name, known, command);
  if (option.value === undefined) {
    const mode = equals < 0 ? '' : long.slice(equals + 1);
    if (equals >= 0 && option.mode !== undefined)
      return mode === option.mode
        ? { option, value: mode, tookNext: false }
        : { problem: `${name} does not accept "${mode}"`, help: `write ${name} or ${name}=${option.mode}` };
    if (equals >= 0) return { problem: `${name} takes no value`, help: `write ${name} without a value` };
    return { option, value: '', tookNext: false };
  }
  const value = equals < 0 ? next : long.slice(equals + 1);
  if (value === undefined || value === '' || (equals < 0 && value.startsWith('--')))
    return {
      problem: `${name} needs a value`,
      help: `write ${name} ${option.oneOf === undefined ? option.value : orList(option.oneOf)}`,
    };
  if (option.oneOf !== undefined && !option.oneOf.includes(value)) {
    const close = nearest(value, option.oneOf);
    const help = close === undefined ? `use ${option.oneOf.join(', ')}` : `did you mean "${close}"?`;
    return { problem: `${name} does not accept "${value}"`, help };
  }
  return { option, value, tookNext: equals < 0 };
}

function orList(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

function unknownOption(name: string, known: readonly Option[], command: Command): UsageProblem {
  const close = /^--no-colou?r$/u.test(name)
    ? 'color never'
    : nearest(
        name.replace(/^-+/u, ''),
        known.map((option) => option.name),
      );
  const where = command.name === standard ? '' : ` for ${command.name}`;
  return {
    problem: `unknown option ${name}${where}`,
    help: close === undefined ? 'see cdb-lint --help' : `did you mean --${close}?`,
  };
}

function countOperands({ command, operands }: Invocation): UsageProblem | undefined {
  const { min, max, name } = command.operands;
  if (operands.length < min)
    return { problem: `${command.name} needs a ${name}`, help: `write ${command.synopsis}` };
  if (operands.length > max) {
    const problem = `${command.name} takes ${max === 0 ? 'no argument' : `one ${name}`}, not ${operands.length}`;
    return { problem, help: `write ${command.synopsis}` };
  }
  return undefined;
}

/** For an operand that is no path: the command that was probably meant. */
export function meantCommand(operand: string, { names }: Commands): string | undefined {
  return ownOf(otherWords, operand) ?? nearest(operand, names);
}

/** What other tools call what a command does. */
const otherWords: Readonly<Record<string, string>> = {
  build: 'render',
  check: 'lint',
  diff: 'plan',
  scan: 'lint',
  template: 'render',
  validate: 'lint',
};
