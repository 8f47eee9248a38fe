import { availableParallelism, freemem } from 'node:os';
import process from 'node:process';
import { getAsset, isSea } from 'node:sea';
import { setFlagsFromString } from 'node:v8';
import {
  isMainThread,
  MessageChannel,
  MessagePort,
  parentPort,
  receiveMessageOnPort,
  Worker,
  type WorkerOptions,
  workerData,
} from 'node:worker_threads';

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

function startWorker(script: URL, options: WorkerOptions): Worker {
  return isSea()
    ? new Worker(getAsset(embeddedScript, 'utf8'), { ...options, eval: true })
    : new Worker(script, options);
}

/** What a thread that runs for hours has for what it made last; V8 takes up to 48 by itself, and keeps it. */
export const youngMegabytes = 8;

// The majors that were seen to know the flag: one that does not would complain.
const knowing: ReadonlySet<string> = new Set(['11', '12', '13', '14']);

/**
 * Lets V8 collect when the heap is a fifth larger than what was in use, and not up to four times as large: each run of a server makes
 * as much garbage as it keeps. Holds for the threads that are started after it too.
 */
function growSlowly(v8Version: string): void {
  const [major = ''] = v8Version.split('.');
  if (knowing.has(major)) setFlagsFromString('--heap-growing-percent=20');
}

/** Runs a script, which is one of our own, in a thread; it shares no memory but what is handed over as shared. */
export function startThread(script: URL, given: unknown): Thread {
  growSlowly(process.versions.v8);
  const worker = startWorker(script, {
    workerData: given,
    resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes },
  });
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

/** A thread that works for one which never waits for the event loop. */
export interface SideThread {
  post(message: unknown): void;
  /** The next thing that it told; undefined where there is none yet. */
  take(): unknown;
  stop(): void;
}

/** The other side of it: what it was started with, and how it hears and tells something. */
export interface OwnSideThread {
  readonly given: unknown;
  listen(hear: (message: unknown) => void): void;
  tell(message: unknown): void;
}

/** Runs a script beside this thread, with so many megabytes at most; one that dies is not heard of any more. */
export function startSideThread(script: URL, given: unknown, megabytes: number): SideThread {
  const { port1: near, port2: far } = new MessageChannel();
  const worker = startWorker(script, {
    workerData: { given, tells: far },
    transferList: [far],
    resourceLimits: { maxOldGenerationSizeMb: megabytes },
  });
  worker.on('error', () => undefined);
  return {
    post: (message) => near.postMessage(message),
    take: () => (receiveMessageOnPort(near) as { readonly message: unknown } | undefined)?.message,
    stop() {
      near.close();
      void worker.terminate();
    },
  };
}

/** Undefined in any other thread. */
export function ownSideThread(): OwnSideThread | undefined {
  const data: unknown = workerData;
  if (isMainThread || typeof data !== 'object' || data === null) return undefined;
  const { given, tells } = data as { readonly given?: unknown; readonly tells?: unknown };
  if (!(tells instanceof MessagePort)) return undefined;
  return {
    given,
    listen: (hear) => void tells.on('message', hear),
    tell: (message) => tells.postMessage(message),
  };
}

/** How many threads may run at the same time, and how many megabytes there are for them. */
export function machineRoom(): { readonly cores: number; readonly megabytes: number } {
  const bytes = typeof process.availableMemory === 'function' ? process.availableMemory() : freemem();
  return { cores: availableParallelism(), megabytes: Math.floor(bytes / 2 ** 20) };
}
