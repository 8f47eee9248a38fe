import { judgeInThread } from '../../src/command/judge-for-editor.ts';
import type { Thread } from '../../src/source/thread.ts';
import { openWorkingDirectory } from '../../src/source/working-directory.ts';

/** A judging thread that runs in this one, turn by turn; what is said to it and by it is copied as between threads. */
export function threadInProcess(given: unknown, cwd: string): Thread {
  let isStopped = false;
  const later = (hear: ((message: unknown) => void) | undefined, message: unknown): void => {
    const copy = structuredClone(message);
    setImmediate(() => {
      if (!isStopped) hear?.(copy);
    });
  };
  let hearInside: ((message: unknown) => void) | undefined;
  let hearOutside: ((message: unknown) => void) | undefined;
  const inside = {
    given: structuredClone(given),
    post: (message: unknown) => later(hearOutside, message),
    listen: (hear: (message: unknown) => void) => {
      hearInside = hear;
    },
  };
  judgeInThread(inside, { files: openWorkingDirectory(cwd), now: () => new Date() });
  return {
    post: (message) => later(hearInside, message),
    listen: (hear) => {
      hearOutside = hear;
    },
    onGone: () => undefined,
    stop: () => {
      isStopped = true;
    },
  };
}
