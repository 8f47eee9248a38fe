import type { Span } from '../diagnostic/span.ts';
import { locateField, type Origin } from '../object/provenance.ts';

/** Why a step of a build could not be done; the caller makes it a diagnostic and fails the build. */
export interface Problem {
  readonly problem: string;
  /** The rule that reports it; `build-failed` where absent. */
  readonly rule?: string;
  readonly help?: string;
  /** The origin of the value at fault; the caller's entry where absent. */
  readonly at?: Origin;
  /** The origin of a value that could not be set. */
  readonly from?: Origin;
  /** What could not be judged because of it, where that is not the whole build. */
  readonly unchecked?: string;
  /** A directory that what is not rendered would have read. */
  readonly unrendered?: string;
  /** Whether what is named lies outside the repository: then nothing is wrong with it, and it is only not checked. */
  readonly isElsewhere?: true;
  /** Whether a limit of the whole run is reached, see `Diagnostic`. */
  readonly isOfRun?: true;
  /** What is wrong once, and shows in several places. */
  readonly cause?: string;
  /** Already told by a diagnostic of its own. */
  readonly reported?: true;
  /** More that was found on the way, so that nobody has to mend one thing to hear of the next. */
  readonly others?: readonly Problem[];
}

export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'problem' in value;
}

/** Several problems as one, undefined for none. */
export function joinProblems(problems: readonly Problem[]): Problem | undefined {
  const [first, ...rest] = problems.flatMap(everyProblem);
  return first === undefined || rest.length === 0 ? first : { ...first, others: rest };
}

/** A problem and all that were found with it. */
export function everyProblem({ others = [], ...problem }: Problem): readonly Problem[] {
  return [problem, ...others];
}

/** Where a problem stands. */
export function spanOfProblem(problem: Problem, fallback: Span): Span {
  if (problem.at === undefined) return fallback;
  return locateField({ value: null, origin: problem.at }, []).span ?? fallback;
}
