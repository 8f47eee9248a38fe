import { getAsset, isSea } from 'node:sea';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

/** Something that runs beside this thread; what is said is copied. */
export interface Thread {
  post(message: unknown): void;
  listen(hear: (message: unknown) => void): void;
  /** Told once why it is gone, where nobody stopped it. */
  onGone(tell: (why: string) => void): void;
  stop(): void;
}

/** The thread that this code runs in, seen from inside. */
export interface OwnThread extends Pick<Thread, 'post' | 'listen'> {
  /** What it was started with. */
  readonly given: unknown;
}

/** What `scripts/build-executable.mjs` embeds the script as, for an executable has no file that a thread could run. */
const embeddedScript = 'cli.cjs';

/** Runs a script, which is one of our own, in a thread; it shares no memory but what is handed over as shared. */
export function startThread(script: URL, given: unknown): Thread {
  const worker = isSea()
    ? new Worker(getAsset(embeddedScript, 'utf8'), { workerData: given, eval: true })
    : new Worker(script, { workerData: given });
  let isStopped = false;
  return {
    post: (message) => worker.postMessage(message),
    listen: (hear) => void worker.on('message', hear),
    onGone(tell) {
      let why = 'it ended';
      worker.on('error', (error) => {
        why = error.message;
      });
      worker.on('exit', () => {
        if (!isStopped) tell(why);
      });
    },
    stop() {
      isStopped = true;
      void worker.terminate();
    },
  };
}

/** Undefined in the main thread. */
export function ownThread(): OwnThread | undefined {
  const port = parentPort;
  if (isMainThread || port === null) return undefined;
  return {
    given: workerData,
    post: (message) => port.postMessage(message),
    listen: (hear) => void port.on('message', hear),
  };
}
