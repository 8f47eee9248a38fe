/** What has to stand just before a text (a pattern that ends in `$`) and just behind it (one that begins with `^`). */
export interface Around {
  readonly before?: RegExp;
  readonly after?: RegExp;
}

// Nothing that is looked for around a name is longer, and a pattern sees no more, however long the text is.
const reach = 300;

/**
 * Where a text stands in another, each place at which the surroundings fit. The start and the end of the whole count as line breaks.
 * Names of a repository become no patterns: an engine that goes back over what it has seen would take as long as they please.
 */
export function findLiteral(
  text: string,
  literal: string,
  { before, after }: Around = {},
  most = Number.POSITIVE_INFINITY,
): number[] {
  const found: number[] = [];
  if (literal === '') return found;
  for (let at = text.indexOf(literal); at >= 0; at = text.indexOf(literal, at + 1)) {
    if (before !== undefined && !before.test(textBefore(text, at))) continue;
    if (after !== undefined && !after.test(textBehind(text, at + literal.length))) continue;
    found.push(at);
    if (found.length >= most) break;
  }
  return found;
}

export function hasLiteral(text: string, literal: string, around: Around = {}): boolean {
  return findLiteral(text, literal, around, 1).length > 0;
}

/** What stands just behind a place in a text. */
export function textBehind(text: string, at: number): string {
  return at + reach < text.length ? text.slice(at, at + reach) : `${text.slice(at)}\n`;
}

/** What stands just before a place in a text. */
export function textBefore(text: string, at: number): string {
  return at > reach ? text.slice(at - reach, at) : `\n${text.slice(0, at)}`;
}
