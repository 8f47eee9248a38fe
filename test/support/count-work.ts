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
  try {
    ask('Profiler.enable');
    ask('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
    ask('Profiler.takePreciseCoverage');
    act();
    const { result } = ask('Profiler.takePreciseCoverage') as Coverage;
    return result
      .filter(({ url }) => url.includes('/src/'))
      .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
      .reduce((sum, { count }) => sum + count, 0);
  } finally {
    ask('Profiler.stopPreciseCoverage');
    session.disconnect();
  }
}
