/** A text as the source of a pattern that matches it and nothing else. */
export function literalPattern(text: string): string {
  return text.replaceAll(/[.\\*+?^${}()|[\]]/gu, '\\$&');
}
