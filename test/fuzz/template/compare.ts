import type { Answer } from './render.ts';

/** Helm takes its own prefix for the template's, and of what a chart says itself all but the words. */
function wordsOf(error: string): string {
  return error.replace(/^(?:parse error|execution error) at \([^)]*\): /u, '');
}

/** Without what differs between two builds and two runs of Helm: the version of Go, and addresses in memory. */
function withoutChance(text: string | undefined): string | undefined {
  return text?.replaceAll(/\bgo1\.26\.\d+\b/gu, 'go1.26').replaceAll(/\b0x[0-9a-f]{6,12}\b/gu, '0x0');
}

/** How two answers agree: in all, both refusing in other words, in nothing that could be known, or not. */
export function compareAnswers(own: Answer, theirs: Answer): 'same' | 'other words' | 'open' | 'different' {
  if (theirs.error === undefined)
    return withoutChance(own.text) === withoutChance(theirs.text)
      ? 'same'
      : own.isOpen
        ? 'open'
        : 'different';
  if (own.error === undefined) return 'different';
  return own.error.includes(wordsOf(theirs.error)) ? 'same' : 'other words';
}
