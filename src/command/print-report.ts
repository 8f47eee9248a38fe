import { nearest } from '../configuration/nearest.ts';
import { type FormatName, type FormatOptions, formatNames, formatReport } from '../report/format.ts';
import type { Report } from '../report/report.ts';
import type { TerminalOptions } from '../report/terminal/terminal-options.ts';
import type { EarlierRun } from '../report/trend.ts';
import { guardWorkflowCommands } from '../report/visible.ts';
import { errorText } from '../source/error-text.ts';
import type { Repository } from '../source/working-directory.ts';
import { complain, type ExitCode, type Io, writeFile } from './io.ts';
import { ruleUrlOf } from './link-template.ts';
import type { Option } from './options.ts';
import { pageOptions } from './page-options.ts';
import type { UsageProblem } from './parse-arguments.ts';
import { terminalOptions } from './terminal-options.ts';

/** What lint and admit print, one or several. */
export const format: Option = {
  name: 'format',
  value: 'NAME[=FILE]',
  words: `${formatNames.join(', ')}; repeatable`,
  repeatable: true,
  suggestions: formatNames,
};

export interface Output {
  readonly name: FormatName;
  /** Standard output where absent. */
  readonly file?: string;
}

/** Reads `NAME[=FILE]` of each --format. */
export function readOutputs(wanted: readonly string[]): Output[] | UsageProblem {
  const outputs: Output[] = [];
  for (const text of wanted.length > 0 ? wanted : ['terminal']) {
    const equals = text.indexOf('=');
    const word = equals < 0 ? text : text.slice(0, equals);
    const name = formatNames.find((one) => one === word);
    if (name === undefined) {
      const close = nearest(word, formatNames);
      const help = close === undefined ? `formats are ${formatNames.join(', ')}` : `did you mean "${close}"?`;
      return { problem: `unknown format "${word}"`, help };
    }
    const file = equals < 0 ? undefined : text.slice(equals + 1);
    if (file === '')
      return {
        problem: `"${text}" has no file name`,
        help: `write --format ${name}=FILE, or --format ${name}`,
      };
    outputs.push(file === undefined ? { name } : { name, file });
  }
  if (outputs.filter(({ file }) => file === undefined).length > 1)
    return {
      problem: 'only one format can use standard output',
      help: 'write all but one to a file: --format json=report.json',
    };
  return outputs;
}

/** How much of a report is printed on a terminal. */
export type Look = Pick<TerminalOptions, 'matrix' | 'all' | 'quiet'>;

/** What a report is printed with. */
export interface Printing {
  readonly outputs: readonly Output[];
  readonly repository: Repository;
  readonly io: Io;
  readonly look?: Look;
  /** Addresses of lines, with `{path}` and `{line}`. */
  readonly linkTemplate?: string | undefined;
  /** Runs before this one, for pages. */
  readonly earlier?: readonly EarlierRun[];
}

/** Prints the report in each of the formats; its exit code, or 2 where one cannot be written. */
export async function printReport(
  report: Report,
  { outputs, repository, io, look, linkTemplate, earlier = [] }: Printing,
): Promise<ExitCode> {
  const known = outputs.some(({ name }) => name === 'sarif') ? await knownOfRules() : { pages: new Map() };
  const ruleUrl = ruleUrlOf(io.variables);
  const isPage = outputs.some(({ name }) => name === 'html' || name === 'markdown');
  const page = isPage ? { page: { ...pageOptions(repository, io, linkTemplate), earlier } } : {};
  const onScreen = { ...terminalOptions(io, io.stdout, repository.url), ...look };
  const inFile = { colours: false, width: 120, guardCommands: onScreen.guardCommands, ...look };
  let exitCode: ExitCode = report.exitCode;
  for (const { name, file } of outputs) {
    const terminal = file === undefined ? onScreen : inFile;
    const text = formattedAlone(io, name, () =>
      formatReport(report, name, { ...known, ...page, ruleUrl, terminal }),
    );
    if (text === undefined) {
      exitCode = 2;
      continue;
    }
    if (file !== undefined) {
      if (!writeFile(io, file, text)) return 2;
      continue;
    }
    // The other formats cannot hold a command, or are made of them.
    const isGuarded = name === 'markdown' && onScreen.guardCommands;
    io.stdout.write(isGuarded ? guardWorkflowCommands(text) : text);
  }
  return exitCode;
}

/** Loaded when called: only SARIF carries pages. */
async function knownOfRules(): Promise<Pick<FormatOptions, 'pages' | 'facts'>> {
  const [{ rulePages }, { ruleFacts }] = await Promise.all([
    import('../run/rule-pages.ts'),
    import('../run/rule-facts.ts'),
  ]);
  return { pages: rulePages(), facts: ruleFacts() };
}

/** Where making one format stumbles, the others are printed all the same. */
function formattedAlone(io: Io, name: FormatName, make: () => string): string | undefined {
  try {
    return make();
  } catch (error) {
    complain(
      io,
      `format ${name} could not be written: ${errorText(error)}`,
      'report this as a bug in cdb-lint',
    );
    return undefined;
  }
}
