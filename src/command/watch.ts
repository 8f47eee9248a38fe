import { newBuildMemory } from '../build/build-memory.ts';
import { plural } from '../diagnostic/plural.ts';
import type { Report } from '../report/report.ts';
import { visible } from '../report/visible.ts';
import type { LintOptions } from '../run/request.ts';
import type { FileSystem } from '../source/file-system.ts';
import type { BaseProblem } from '../source/open-base.ts';
import { rememberFiles } from '../source/remembered-files.ts';
import { complain, type ExitCode } from './io.ts';
import { type Printing, printReport } from './print-report.ts';

/** A run over the files as they are now; or why there is none. */
export type WatchedRun = (request: LintOptions) => Report | BaseProblem;

/** Judges again whenever something changes that the last run has seen; ends when it is ended. */
export async function watchRuns(
  request: LintOptions,
  run: WatchedRun,
  printing: Printing,
): Promise<ExitCode> {
  const { repository, io } = printing;
  const files = rememberFiles(repository.reopen);
  const memory = newBuildMemory();
  const watcher = repository.watch();
  for (let changed: readonly string[] = []; ; ) {
    const begun = io.clock();
    const report = run({ ...request, fileSystem: files, memory, now: io.now() });
    if ('problem' in report) {
      watcher.close();
      return complain(io, report.problem, report.help);
    }
    const took = Math.round(io.clock() - begun);
    if (io.stdout.isTerminal) io.stdout.write('\u001b[2J\u001b[3J\u001b[H');
    await printReport(report, printing);
    const problem = watcher.follow(files.folders());
    if (problem !== undefined) {
      watcher.close();
      return complain(io, `cannot watch ${problem}`, 'watch a smaller part of the repository');
    }
    io.stderr.write(`${statusLine(report, worthNaming(changed, files), took)}\n`);
    do changed = await watcher.next();
    while (!files.refresh(changed));
  }
}

/** What of the changed paths a person knows: editors write a file under another name first, which is gone when they are done. */
export function worthNaming(changed: readonly string[], files: FileSystem): readonly string[] {
  const there = changed.filter((path) => files.kind(path) !== undefined);
  return there.length > 0 ? there : changed;
}

function statusLine({ coverage }: Report, changed: readonly string[], took: number): string {
  const [first] = changed;
  const more = changed.length > 1 ? ` and ${changed.length - 1} more` : '';
  const after = first === undefined ? '' : ` after ${visible(first)}${more} changed`;
  return `cdb-lint: checked ${plural(coverage.objects, 'object')} in ${took} ms${after}; waiting for changes (Ctrl+C ends)`;
}
