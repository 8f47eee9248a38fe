import type { LoadedFile } from '../source/document.ts';

const action = /\{\{|\{%|<%/u;

/**
 * Whether a file is a template of another tool: what stops the reader is an action of Go, Helm or Mustache (`{{`), of Jinja (`{%`) or
 * of ERB (`<%`), and not one that a comment holds. Such a file is no manifest before that tool has filled it in.
 */
export function isForeignTemplate({ file: { text }, diagnostics }: LoadedFile): boolean {
  const first = diagnostics.find(
    ({ rule, unchecked }) => unchecked !== undefined && (rule === 'yaml-syntax' || rule === 'not-json'),
  );
  if (first === undefined) return false;
  const { start } = first.span;
  const end = text.indexOf('\n', start);
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, end < 0 ? text.length : end);
  return action.test(line.replace(/(?:^|\s)#.*$/u, ''));
}
