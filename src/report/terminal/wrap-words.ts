/** Lines of at most `width` columns, broken between words; a longer one, such as an address, between its parts, and else on a line of its own. */
export function wrapWords(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const [first = '', ...others] = partsOf(word, width);
    if (line !== '' && line.length + 1 + first.length > width) {
      lines.push(line);
      line = first;
    } else line = line === '' ? first : `${line} ${first}`;
    for (const part of others) {
      lines.push(line);
      line = part;
    }
  }
  return line === '' ? lines : [...lines, line];
}

/** A word that fits, or parts of it that end where an address or a path has a joint. */
function partsOf(word: string, width: number): string[] {
  if (word.length <= width) return [word];
  const parts: string[] = [];
  let part = '';
  for (const [piece] of word.matchAll(/[^/?&=,;@]*[/?&=,;@]*/gu)) {
    if (part !== '' && part.length + piece.length > width) {
      parts.push(part);
      part = piece;
    } else part += piece;
  }
  return part === '' ? parts : [...parts, part];
}

/** A line broken between words, the first part behind one margin and the others behind another. */
export function indented(text: string, width: number, first: string, others: string): string[] {
  return wrapWords(text, Math.max(20, width - others.length)).map(
    (line, index) => `${index === 0 ? first : others}${line}`,
  );
}
