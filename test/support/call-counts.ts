import { type Profiler, Session } from 'node:inspector';
import { fileURLToPath } from 'node:url';
import { project } from './run-cli.ts';

/** How often each function of src/ is called meanwhile, as V8 counts it; by file, name and place. */
export function countCalls(work: () => void): ReadonlyMap<string, number> {
  const session = new Session();
  session.connect();
  try {
    session.post('Profiler.enable');
    session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
    work();
    return takeCounts(session);
  } finally {
    session.post('Profiler.stopPreciseCoverage');
    session.disconnect();
  }
}

/** What some work returns, with the calls of its functions. */
export function countIn<T>(work: () => T): {
  readonly result: T;
  readonly calls: ReadonlyMap<string, number>;
} {
  const results: T[] = [];
  const calls = countCalls(() => void results.push(work()));
  return { result: results[0] as T, calls };
}

/** The calls of all functions of a name. */
export function callsOf(name: string, calls: ReadonlyMap<string, number>): number {
  return [...calls].reduce((sum, [key, count]) => sum + (key.startsWith(`${name} `) ? count : 0), 0);
}

/** A session of the own thread answers before `post` returns. */
function takeCounts(session: Session): Map<string, number> {
  const counts = new Map<string, number>();
  session.post('Profiler.takePreciseCoverage', (error, { result }) => {
    if (error !== null) throw error;
    for (const { url, functions } of result)
      if (isSource(url)) for (const one of functions) addCounts(counts, url, one);
  });
  return counts;
}

function isSource(url: string): boolean {
  return pathOf(url).startsWith(`${project}/src/`);
}

function pathOf(url: string): string {
  return url.startsWith('file:') ? fileURLToPath(url) : url;
}

function addCounts(
  counts: Map<string, number>,
  url: string,
  { functionName, ranges }: Profiler.FunctionCoverage,
): void {
  const [range] = ranges;
  if (range === undefined || functionName === '') return;
  const key = `${functionName} ${pathOf(url).slice(project.length + 1)}`;
  counts.set(key, (counts.get(key) ?? 0) + range.count);
}
