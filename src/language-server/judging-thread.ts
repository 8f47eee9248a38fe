import type { Thread } from '../source/thread.ts';
import type { Answers, Asked, JudgeQuestion, Question, Told } from './judging/messages.ts';

/** The server's side of what judges, in whichever thread that runs. */
export interface JudgingThread {
  /** Calls off the judgement under way, as far as it may be. */
  judge(question: Omit<JudgeQuestion, 'wanted'>): {
    readonly id: number;
    readonly answer: Promise<Answers['judge']>;
  };
  /** Somebody waits for it: the judgement under way makes room. */
  ask<Q extends Exclude<Question, JudgeQuestion>>(question: Q): Promise<Answers[Q['ask']]>;
  callOff(): void;
  /** Starts what judges, which takes as long as an editor takes to tell what to judge. */
  warm(): void;
  stop(): void;
}

export interface Listening {
  /** What is told between the answers. */
  hear(told: Exclude<Told, { is: 'answer' | 'fault' }>): void;
  /** Told when a thread ended by itself; the next question starts another one. */
  onGone(why: string): void;
}

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

/** Starts a thread with the first question, and another one after one that ended. */
export function openJudgingThread(start: () => Thread, { hear, onGone }: Listening): JudgingThread {
  const wanted = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const waiting = new Map<number, Waiting>();
  let thread: Thread | undefined;
  let lastId = 0;

  function settle(id: number, act: (waiter: Waiting) => void): void {
    const waiter = waiting.get(id);
    waiting.delete(id);
    if (waiter !== undefined) act(waiter);
  }

  function listen(message: unknown): void {
    const told = message as Told;
    if (told.is === 'answer') settle(told.id, ({ resolve }) => resolve(told.answer));
    else if (told.is === 'fault') settle(told.id, ({ reject }) => reject(new Error(told.words)));
    else hear(told);
  }

  function started(): Thread {
    if (thread !== undefined) return thread;
    const begun = start();
    thread = begun;
    begun.listen(listen);
    begun.onGone((why) => {
      thread = undefined;
      const lost = [...waiting.keys()];
      for (const id of lost) settle(id, ({ reject }) => reject(new ThreadGone(why)));
      onGone(why);
    });
    return begun;
  }

  function ask<T>(question: Question): { readonly id: number; readonly answer: Promise<T> } {
    lastId += 1;
    const asked: Asked = { id: lastId, question };
    // Whatever is asked is more urgent than the judgement under way.
    Atomics.store(new Int32Array(wanted), 0, lastId);
    const answer = new Promise<T>((resolve, reject) => {
      waiting.set(asked.id, { resolve: (given) => resolve(given as T), reject });
      started().post(asked);
    });
    return { id: lastId, answer };
  }

  return {
    judge: (question) => ask({ ...question, wanted }),
    ask: <Q extends Question>(question: Q) => ask<Answers[Q['ask']]>(question).answer,
    warm: () => void started(),
    callOff: () => void Atomics.store(new Int32Array(wanted), 0, 0),
    stop: () => thread?.stop(),
  };
}

/** What answers that were waited for fail with when their thread ends. */
export class ThreadGone extends Error {}
