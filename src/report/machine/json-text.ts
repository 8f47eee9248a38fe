import { invisible } from '../visible.ts';

/**
 * JSON as machines read it, in which no eye is misled: what a terminal would obey or nobody would see is escaped, and GitHub's runner
 * obeys `##[` anywhere in a line that it sees; with escapes it is the same JSON.
 */
export function jsonText(value: unknown): string {
  return `${visible(JSON.stringify(value, undefined, 2))}\n`;
}

/** The same on one line, which nobody reads. */
export function jsonLine(value: unknown): string {
  return `${visible(JSON.stringify(value))}\n`;
}

function visible(text: string): string {
  return text
    .replaceAll('##[', '#\\u0023[')
    .replace(invisible, (found) => (found === '\n' ? found : escaped(found)));
}

function escaped(text: string): string {
  let units = '';
  for (let index = 0; index < text.length; index++)
    units += `\\u${text.charCodeAt(index).toString(16).padStart(4, '0')}`;
  return units;
}
