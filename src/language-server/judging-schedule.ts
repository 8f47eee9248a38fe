import { errorText } from '../source/error-text.ts';
import type { JudgeQuestion } from './judging/messages.ts';
import { type JudgingThread, ThreadGone } from './judging-thread.ts';

/** When what is typed is judged. */
export interface JudgingSchedule {
  /** Judges after a pause in typing; the text of `uri` was changed, or something else that the disk may show. */
  soon(uri?: string): void;
  /** Judges without a pause: of what was opened, nobody types yet. */
  now(uri?: string): void;
  /** Resolves when all that was changed is judged, or judging failed. */
  settled(): Promise<void>;
  stop(): void;
}

export interface Scheduling {
  readonly thread: JudgingThread;
  /** What to ask, with the texts as they are now. */
  question(): Omit<JudgeQuestion, 'wanted' | 'first' | 'isTypedOnly'>;
  asked(id: number, question: Omit<JudgeQuestion, 'wanted'>): void;
  /** Told when a judgement begins, and when it ends or is called off. */
  isBusy(now: boolean): void;
  complain(words: string): void;
}

/** Milliseconds without a keystroke before what was typed is judged. */
const pause = 150;
/** How many of the files that were changed are judged before all others. */
const mostFirst = 3;

export function newJudgingSchedule({
  thread,
  question,
  asked,
  isBusy,
  complain,
}: Scheduling): JudgingSchedule {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStopped = false;
  let current = 0;
  let isJudging = false;
  let isSecondTry = false;
  let waiting: (() => void)[] = [];
  const changed = new Set<string>();
  let isTypedOnly = false;
  let isOpened = false;

  function settle(): void {
    const all = waiting;
    waiting = [];
    for (const tell of all) tell();
  }

  async function judge(): Promise<void> {
    const whole = { ...question(), first: [...changed].slice(-mostFirst), isTypedOnly };
    isJudging = true;
    isBusy(true);
    const { id, answer } = thread.judge(whole);
    current = id;
    asked(id, whole);
    const isDone = await outcome(answer);
    if (current !== id || isStopped) return;
    isJudging = false;
    isBusy(false);
    // Where nothing was typed, something more urgent was asked in between; what ended is tried once more.
    if (isDone === 'no longer needed' || (isDone === 'gone' && !isSecondTry))
      return timer === undefined ? again(isDone === 'gone') : undefined;
    // What changed meanwhile is judged next.
    if (timer !== undefined) return;
    changed.clear();
    isTypedOnly = isDone === 'done';
    settle();
  }

  async function outcome(answer: Promise<string>): Promise<string> {
    try {
      return await answer;
    } catch (error) {
      // A fault of ours must not take the editor's server away; the next change gets another try.
      if (error instanceof ThreadGone) return 'gone';
      complain(`this is a bug in cdb-lint: ${errorText(error)}`);
      return 'failed';
    }
  }

  function soon(uri?: string): void {
    if (uri === undefined) isTypedOnly = false;
    else {
      changed.delete(uri);
      changed.add(uri);
    }
    again(false);
  }

  function again(isSecond: boolean): void {
    isSecondTry = isSecond;
    clearTimeout(timer);
    thread.callOff();
    timer = setTimeout(
      () => {
        timer = undefined;
        isOpened = false;
        void judge();
      },
      isOpened ? 0 : pause,
    );
  }

  return {
    soon,
    now(uri) {
      isOpened = true;
      soon(uri);
    },
    settled: () =>
      timer === undefined && !isJudging ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve)),
    stop() {
      isStopped = true;
      settle();
      clearTimeout(timer);
      thread.stop();
    },
  };
}
