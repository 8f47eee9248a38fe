import { setFlagsFromString } from 'node:v8';

// What V8 optimizes early, most runs are done with before it pays: with 11 a third of all CPU time goes there, with the later ones a tenth.
// A run of ten seconds becomes longer where it comes too late; these values suit runs of one second and of ten. Each version spells it
// its own way, and one that is not known here decides for itself: it complains of flags that it does not have.
const flags: ReadonlyMap<string, string> = new Map([
  ['11', '--interrupt-budget=1000000'],
  ['12', '--invocation-count-for-turbofan=20000'],
  ['13', '--invocation-count-for-turbofan=60000'],
  ['14', '--invocation-count-for-turbofan=60000'],
]);

/** Lets V8 wait until a function has run much before it spends time on it; called before anything else runs. */
export function optimizeLater(v8Version: string): void {
  const [major = ''] = v8Version.split('.');
  const flag = flags.get(major);
  if (flag !== undefined) setFlagsFromString(flag);
}
