import type { Diagnostic } from './diagnostic.ts';

type Words = Pick<Diagnostic, 'rule' | 'message'> & Required<Pick<Diagnostic, 'help' | 'unchecked'>>;

/** That the run as a whole could not be checked, for a reason that no one place has: such a finding points at no file, and always counts. */
export function findingOfRun(words: Words): Diagnostic {
  const nowhere = { file: { path: '.', text: '' }, start: 0, end: 0 };
  return { severity: 'error', ...words, span: nowhere, related: [], isOfRun: true };
}
