/** Lines of at most `width` columns, broken between words; a longer word has a line of its own. */
export function wrapWords(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}

/** A line broken between words, the first part behind one margin and the others behind another. */
export function indented(text: string, width: number, first: string, others: string): string[] {
  return wrapWords(text, Math.max(20, width - others.length)).map(
    (line, index) => `${index === 0 ? first : others}${line}`,
  );
}
