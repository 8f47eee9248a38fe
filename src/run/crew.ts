import type { Answered, ContentQuestion } from '../admit/content-question.ts';
import type { PolicyChoice } from '../admit/policy/built-in.ts';

/** What helpers are asked, as plain data. */
export interface AskedOfHelpers {
  readonly choice: Omit<PolicyChoice, 'parameters'>;
  /** The number of the first question. */
  readonly first: number;
  readonly questions: readonly ContentQuestion[];
}

/** What a helper says to one of the questions. */
export interface ToldByHelper {
  readonly question: number;
  /** Absent where whoever asked has to find it out. */
  readonly answered: Answered | undefined;
}

/** Threads that answer what a run is going to ask. Nobody begins what another has begun, and what is begun and never answered is asked again. */
export interface Crew {
  /** Whether it has nothing else to do, so that what may never be asked is worth a guess. */
  readonly mayGuess: boolean;
  ask(asked: AskedOfHelpers): void;
  /** Begins a question; false where a helper has begun it. */
  begin(question: number): boolean;
  /** What was told since the last time. */
  hear(): readonly ToldByHelper[];
  /** Waits until something is told, for as long as it is worth waiting; whether something was. */
  wait(): boolean;
}

/** One of the helpers, counted from 1. */
export interface Helper extends Pick<Crew, 'begin'> {
  readonly place: number;
  readonly size: number;
  tell(told: ToldByHelper): void;
}

/** More questions than that are not shared out: the run answers the rest itself. */
export const mostQuestions = 1 << 16;

/** The memory that all threads of a crew look at: how often something was told, and which questions were begun. */
export function newCrewMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT * (1 + mostQuestions));
}

/** Begins questions; whoever is first has them. */
export function beginIn(memory: SharedArrayBuffer): Crew['begin'] {
  const cells = new Int32Array(memory);
  return (question) => Atomics.compareExchange(cells, 1 + question, 0, 1) === 0;
}

/** Says that something was told. */
export function ring(memory: SharedArrayBuffer): void {
  const cells = new Int32Array(memory);
  Atomics.add(cells, 0, 1);
  Atomics.notify(cells, 0);
}

/** How often something was told so far. */
export function rings(memory: SharedArrayBuffer): number {
  return Atomics.load(new Int32Array(memory), 0);
}

/** Waits until it was told more often than so, for so many milliseconds at most. */
export function waitForRing(memory: SharedArrayBuffer, before: number, patience: number): boolean {
  return Atomics.wait(new Int32Array(memory), 0, before, patience) !== 'timed-out';
}
