// How the names of things are spelt in code, and how a line joins others.

/** Ids read well behind "ignore": the kebab-case name of the defect, in two words at least. */
export const defectPattern = /^[a-z][a-z0-9]*(-[a-z0-9]+)+$/u;

/** Names of formats and commands. */
export const wordPattern = /^[a-z][a-z0-9]*$/u;

export function camelCase(id) {
  return id.replace(/-([a-z0-9])/gu, (_, letter) => letter.toUpperCase());
}

/** The text with a line behind the last one that matches; without any, the author of the script has to look. */
export function withLineAfter(text, pattern, line) {
  const lines = text.split('\n');
  const last = lines.findLastIndex((one) => pattern.test(one));
  if (last < 0) throw new Error(`no line is like ${pattern}`);
  return lines.toSpliced(last + 1, 0, line).join('\n');
}

/** The text with a line at its place among those that match, which are sorted. */
export function withSortedLine(text, pattern, line) {
  const lines = text.split('\n');
  const next = lines.findIndex((one) => pattern.test(one) && one > line);
  if (next < 0) return withLineAfter(text, pattern, line);
  return lines.toSpliced(next, 0, line).join('\n');
}
