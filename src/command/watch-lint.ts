import { judgeGate } from '../run/gate.ts';
import { lint } from '../run/judge.ts';
import type { LintOptions } from '../run/request.ts';
import { compareAgain } from './compare-again.ts';
import type { ExitCode } from './io.ts';
import type { Printing } from './print-report.ts';
import { watchRuns } from './watch.ts';

/** Judges again whenever something changes, against a base where one is named. */
export function watchLint(
  request: LintOptions,
  base: string | undefined,
  printing: Printing,
): Promise<ExitCode> {
  const run = base === undefined ? lint : compareAgain(printing.repository, base, judgeGate);
  return watchRuns(request, run, printing);
}
