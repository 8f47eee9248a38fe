import type { Answer } from './render.ts';

/** Helm takes its own prefix for the template's, and of what a chart says itself all but the words. */
function wordsOf(error: string): string {
  return error.replace(/^(?:parse error|execution error) at \([^)]*\): /u, '');
}

/** How two answers agree: in all, both refusing in other words, or not. */
export function compareAnswers(own: Answer, theirs: Answer): 'same' | 'other words' | 'different' {
  if (theirs.error === undefined) return own.text === theirs.text ? 'same' : 'different';
  if (own.error === undefined) return 'different';
  return own.error.includes(wordsOf(theirs.error)) ? 'same' : 'other words';
}
