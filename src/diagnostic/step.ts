import type { Diagnostic } from './diagnostic.ts';

export const stepNames = ['read', 'build', 'admit', 'rules', 'report'] as const;
export type StepName = (typeof stepNames)[number];

/** What a run begins to do. */
export interface Step {
  readonly name: StepName;
  /** The directory or environment that it does it to. */
  readonly what?: string;
  /** Which one of how many it is, where that is known. */
  readonly at?: readonly [number, number];
  /** Errors that were found so far, before anything is accepted. */
  readonly errors?: readonly Diagnostic[];
}
