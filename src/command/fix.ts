import type { FixOutcome } from '../fix/fix-tree.ts';
import type { Fixable } from '../fix/prove.ts';
import { lineColumn } from '../report/finding/line-column.ts';
import { maskedText } from '../report/finding/masked-text.ts';
import { unifiedDiff } from '../report/machine/unified-diff.ts';
import { guardWorkflowCommands, visible, visibleLines } from '../report/visible.ts';
import { fix } from '../run/judge.ts';
import type { LintOptions } from '../run/request.ts';
import { secretsOfText } from '../run/secrets.ts';
import type { Repository } from '../source/working-directory.ts';
import { complain, type ExitCode, type Io, isInWorkflow } from './io.ts';
import { type Output, printReport } from './print-report.ts';

export interface FixOptions {
  readonly outputs: readonly Output[];
  readonly repository: Repository;
  /** `preview` writes nothing. */
  readonly mode: string;
  /** Whether fixes with which a program may not work any more are made as well. */
  readonly unsafe: boolean;
}

/** Repairs what has one right answer and judges what remains, or prints the repairs as a diff. */
export async function runFix(request: LintOptions, options: FixOptions, io: Io): Promise<ExitCode> {
  const { outputs, repository, mode, unsafe } = options;
  const outcome = fix(request, { unsafe });
  const isPreview = mode === 'preview';
  if (isPreview) previewFixes(outcome, io);
  else if (!writeFixes(outcome, repository, io)) return 2;
  tell(outcome, isPreview ? 'fixable' : 'fixed', io);
  // A preview changes nothing, so that everything still counts; standard output belongs to the diff.
  if (isPreview)
    return printReport(outcome.before, {
      outputs: outputs.filter(({ file }) => file !== undefined),
      repository,
      io,
    });
  return printReport(outcome.report, { outputs, repository, io });
}

/** The lines around a change may hold secrets, and a preview is for everybody. */
function previewFixes({ files, before: { secrets }, report }: FixOutcome, io: Io): void {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const changed = files.map(({ path, ...texts }) => ({
    path,
    before: decoder.decode(texts.before),
    after: decoder.decode(texts.after),
  }));
  const shown = unifiedDiff(
    changed.map(({ path, before, after }) => ({
      path,
      before,
      after,
      shownBefore: visibleLines(maskedText(path, before, secrets)),
      shownAfter: visibleLines(maskedText(path, after, [...report.secrets, ...secretsOfText(path, after)])),
    })),
  );
  const guarded = isInWorkflow(io) ? guardWorkflowCommands(shown) : shown;
  io.stdout.write(guarded);
  if (guarded !== unifiedDiff(changed))
    io.stderr.write(
      'this diff hides secrets and escapes invisible characters and workflow commands, so git apply may reject parts of it; --fix writes the full change\n',
    );
}

function writeFixes({ files }: FixOutcome, repository: Repository, io: Io): boolean {
  let isWritten = true;
  for (const { path, before, after } of files) {
    const why = repository.replace(path, before, after);
    if (why === undefined) continue;
    complain(io, `${path} is not written`, why);
    isWritten = false;
  }
  return isWritten;
}

/** Which findings are fixed, and which fixes are not made and why: to people, as every word. */
function tell({ applied, refused, files }: FixOutcome, verb: string, io: Io): void {
  const lines = [
    ...applied.map((one) => `${verb}: ${titleOf(one)}`),
    ...refused.map((one) => `not ${verb}: ${titleOf(one)}: ${one.why}${insteadOf(one)}`),
    `${count(applied.length, 'finding')} ${verb} in ${count(files.length, 'file')}`,
  ];
  io.stderr.write(guardWorkflowCommands(lines.map((line) => `${visible(line)}\n`).join('')));
}

/** What to do by hand, where the finding says so. */
function insteadOf({ finding: { help }, fix }: Fixable): string {
  return help === undefined || fix.risk !== undefined ? '' : `; by hand: ${help}`;
}

function titleOf({ finding: { rule, span }, fix: { description } }: Fixable): string {
  const { line } = lineColumn(span.file, span.start);
  return `${span.file.path}:${line} ${rule}: ${description}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
