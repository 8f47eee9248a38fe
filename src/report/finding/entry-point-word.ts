import type { Report } from '../report.ts';

/** What people call what is built: an environment where the configuration names all of them. */
export function entryPointWord(environments: Report['environments']): 'environment' | 'entry point' {
  return environments.every(({ isNamed }) => isNamed === true) ? 'environment' : 'entry point';
}
