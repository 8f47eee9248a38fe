import { answerAhead } from '../run/answer-ahead.ts';
import { type AskedOfHelpers, beginIn, ring } from '../run/crew.ts';
import type { OwnSideThread } from '../source/thread.ts';
import type { HelperGiven } from './jobs.ts';

/** What a thread does that helps with a run. Where it stumbles it says nothing more, and the run does without it. */
export function helpInThread({ given, listen, tell }: OwnSideThread): void {
  const { place, size, memory } = given as HelperGiven;
  listen((asked) =>
    answerAhead(asked as AskedOfHelpers, {
      place,
      size,
      begin: beginIn(memory),
      tell(told) {
        tell(told);
        ring(memory);
      },
    }),
  );
}
