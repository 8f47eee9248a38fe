/** Where the line of an offset begins, in UTF-16 code units. */
export function lineStart(text: string, offset: number): number {
  // `lastIndexOf` takes a negative position for 0, where a line break may stand.
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}
