import { Session } from 'node:inspector';

interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly { readonly ranges: readonly { readonly count: number }[] }[];
  }[];
}

/**
 * How often anything in the source was executed while `act` ran: each function and each block of it, by the engine's own count. The same
 * input gives the same count on every machine.
 */
export function countWork(act: () => void): number {
  const counting = beginCounting();
  try {
    act();
    return counting.count();
  } finally {
    counting.end();
  }
}

/** The same of what takes several turns, with what comes of it. */
export async function countWorkOf<T>(act: () => Promise<T>): Promise<{ work: number; answer: T }> {
  const counting = beginCounting();
  try {
    const answer = await act();
    return { work: counting.count(), answer };
  } finally {
    counting.end();
  }
}

function beginCounting(): { count(): number; end(): void } {
  const session = new Session();
  session.connect();
  const ask = (method: string, parameters: object = {}): unknown => {
    let answer: unknown;
    session.post(method, parameters, (error, result) => {
      if (error !== null) throw error;
      answer = result;
    });
    return answer;
  };
  ask('Profiler.enable');
  ask('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  ask('Profiler.takePreciseCoverage');
  return {
    count: () =>
      (ask('Profiler.takePreciseCoverage') as Coverage).result
        .filter(({ url }) => url.includes('/src/'))
        .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
        .reduce((sum, { count }) => sum + count, 0),
    end: () => {
      ask('Profiler.stopPreciseCoverage');
      session.disconnect();
    },
  };
}
