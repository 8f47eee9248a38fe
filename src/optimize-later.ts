import { setFlagsFromString } from 'node:v8';

// What V8 optimizes early, most runs are done with before it pays: of 11 a third of all CPU time goes there, of 12 and 13 a tenth.
// Each version spells it its own way, and one that is not known here decides for itself: it complains of flags that it does not have.
const flags: ReadonlyMap<string, string> = new Map([
  ['11', '--interrupt-budget=5000000'],
  ['12', '--invocation-count-for-turbofan=20000'],
  ['13', '--invocation-count-for-turbofan=20000'],
]);

/** Lets V8 wait until a function has run much before it spends time on it; called before anything else runs. */
export function optimizeLater(v8Version: string): void {
  const [major = ''] = v8Version.split('.');
  const flag = flags.get(major);
  if (flag !== undefined) setFlagsFromString(flag);
}
