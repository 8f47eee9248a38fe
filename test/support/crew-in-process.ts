import { helpInThread } from '../../src/command/help-in-thread.ts';
import { withHelp } from '../../src/command/jobs.ts';
import type { Report } from '../../src/report/report.ts';
import type { ToldByHelper } from '../../src/run/crew.ts';
import { lint } from '../../src/run/judge.ts';
import type { LintOptions } from '../../src/run/request.ts';
import type { SideThread } from '../../src/source/thread.ts';

/** What becomes of what a helper tells; all of it arrives where absent. */
export type Arrive = (told: ToldByHelper) => ToldByHelper | undefined;

/** A helper in this thread: it answers all that it may as soon as it is asked. */
export function helperInProcess(given: unknown, arrive: Arrive = (told) => told): SideThread {
  const told: unknown[] = [];
  let hear: (message: unknown) => void = () => undefined;
  helpInThread({
    given,
    listen(one) {
      hear = one;
    },
    tell(message) {
      const arrived = arrive(structuredClone(message) as ToldByHelper);
      if (arrived !== undefined) told.push(arrived);
    },
  });
  return {
    post: (message) => hear(structuredClone(message)),
    take: () => told.shift(),
    stop: () => undefined,
  };
}

/** The report of a run with so many helpers, and how many answers came from them. */
export function lintInCrew(
  request: LintOptions,
  helpers: number,
  arrive: Arrive = (told) => told,
  leastQuestions = 1,
): { readonly report: Report; readonly answers: number; readonly started: number } {
  let answers = 0;
  let started = 0;
  const io = {
    room: () => ({ cores: helpers + 1, megabytes: 16_384 }),
    startHelper: (given: unknown) => {
      started += 1;
      return helperInProcess(given, (told) => {
        answers += 1;
        return arrive(told);
      });
    },
  };
  const report = withHelp(request, { io, manifestsForOne: 1, leastQuestions }, lint);
  return { report, answers, started };
}
