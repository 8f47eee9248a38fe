import type { Step, StepName } from '../diagnostic/step.ts';
import { progressLine } from '../report/terminal/progress.ts';
import type { Io } from './io.ts';

/** Takes the time of each step, and shows on a terminal what goes on. */
export interface FollowedSteps {
  onStep(step: Step): void;
  /** Takes the last time, clears the line, and says how long each step took. */
  end(): ReadonlyMap<StepName | 'start', number>;
}

// What is over sooner needs no line, and one that changes more often cannot be read.
const patience = 400;
const between = 80;

export function followSteps(io: Io): FollowedSteps {
  const times = new Map<StepName | 'start', number>();
  const begun = io.clock();
  const isShown = showsProgress(io);
  let current: StepName | 'start' = 'start';
  let since = begun;
  let shownAt: number | undefined;
  const take = (): number => {
    const now = io.clock();
    times.set(current, (times.get(current) ?? 0) + now - since);
    since = now;
    return now;
  };
  return {
    onStep(step) {
      const now = take();
      current = step.name;
      if (!isShown || now - begun < patience || (shownAt !== undefined && now - shownAt < between)) return;
      io.stderr.write(`\r\u001b[K${progressLine(step, io.stderr.columns ?? 80)}`);
      shownAt = now;
    },
    end() {
      take();
      if (shownAt !== undefined) io.stderr.write('\r\u001b[K');
      return times;
    },
  };
}

/** Somebody has to look, and logs keep every line. */
function showsProgress({ stderr, variables }: Io): boolean {
  const { CI, TERM } = variables;
  return stderr.isTerminal && TERM !== 'dumb' && (CI === undefined || CI === '' || CI === 'false');
}
