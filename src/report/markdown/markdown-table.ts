/** A table; the cells are Markdown already. The first columns are words, the others marks or figures. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  words = 1,
): string {
  const line = head.map((_, index) => (index < words ? ':--' : ':-:'));
  return [head, line, ...rows].map(tableRow).join('\n');
}

export function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
