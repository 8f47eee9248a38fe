/** JSON as machines read it. GitHub's runner obeys `##[` anywhere in a line that it sees; with an escape it is the same JSON. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2).replaceAll('##[', '#\\u0023[')}\n`;
}
