import { invisible } from '../visible.ts';

/**
 * JSON as machines read it, in which no eye is misled: what a terminal would obey or nobody would see is escaped, and GitHub's runner
 * obeys `##[` anywhere in a line that it sees; with escapes it is the same JSON.
 */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, undefined, 2).replaceAll('##[', '#\\u0023[');
  return `${text.replace(invisible, (found) => (found === '\n' ? found : escaped(found)))}\n`;
}

function escaped(text: string): string {
  let units = '';
  for (let index = 0; index < text.length; index++)
    units += `\\u${text.charCodeAt(index).toString(16).padStart(4, '0')}`;
  return units;
}
