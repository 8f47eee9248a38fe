import type { Span } from '../diagnostic/span.ts';
import { locateField, type Origin } from './provenance.ts';

/** Why a step of a build could not be done; the caller makes it a diagnostic and fails the build. */
export interface Problem {
  readonly problem: string;
  /** The rule that reports it; `build-failed` where absent. */
  readonly rule?: string;
  readonly help?: string;
  /** The origin of the value at fault; the caller's entry where absent. */
  readonly at?: Origin;
  /** What could not be judged because of it, where that is not the whole build. */
  readonly unchecked?: string;
  /** Already told by a diagnostic of its own. */
  readonly reported?: true;
}

export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'problem' in value;
}

/** Where a problem stands. */
export function spanOfProblem(problem: Problem, fallback: Span): Span {
  if (problem.at === undefined) return fallback;
  return locateField({ value: null, origin: problem.at }, []).span ?? fallback;
}
