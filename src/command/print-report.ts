import { nearest } from '../configuration/nearest.ts';
import { type FormatName, formatReport } from '../report/format.ts';
import type { Report } from '../report/report.ts';
import { guardWorkflowCommands } from '../report/visible.ts';
import { type ExitCode, type Io, terminalOptions, writeFile } from './io.ts';
import { formatNames } from './options.ts';
import type { UsageProblem } from './parse-arguments.ts';

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
    outputs.push(equals < 0 ? { name } : { name, file: text.slice(equals + 1) });
  }
  if (outputs.filter(({ file }) => file === undefined).length > 1)
    return {
      problem: 'two formats want standard output',
      help: 'give all but one a file: --format json=report.json',
    };
  return outputs;
}

/** Prints the report in each of the formats; its exit code, or 2 where one cannot be written. */
export async function printReport(report: Report, outputs: readonly Output[], io: Io): Promise<ExitCode> {
  for (const output of outputs) {
    const text = await formatted(report, output, io);
    if (output.file === undefined) io.stdout.write(text);
    else if (!writeFile(io, output.file, text)) return 2;
  }
  return report.exitCode;
}

async function formatted(report: Report, { name, file }: Output, io: Io): Promise<string> {
  const terminal = terminalOptions(io, io.stdout);
  const text = formatReport(report, name, {
    pages: name === 'sarif' ? (await io.pipeline()).rulePages() : new Map(),
    terminal: file === undefined ? terminal : { ...terminal, colours: false, width: 120 },
  });
  // The other formats cannot hold a command, or are made of them.
  const isGuarded = name === 'markdown' && file === undefined && terminal.guardCommands;
  return isGuarded ? guardWorkflowCommands(text) : text;
}
