import type { Range } from 'vscode-languageserver';
import type { FileSystem } from '../../source/file-system.ts';
import { cursorAt } from '../yaml/cursor.ts';
import { linesOf, outlineOf } from '../yaml/outline.ts';
import { childAt, type OutlineNode } from '../yaml/outline-node.ts';
import { chartOf, valuesPathOf } from './chart-values.ts';

/** The line of a chart's own values.yaml with the value that a release or an application sets at a place. */
export function chartValueAt(
  text: string,
  offset: number,
  files: FileSystem,
): { readonly path: string; readonly range: Range } | undefined {
  const set = settingAt(text, offset);
  const chart = set && chartOf(set.root, files);
  if (set === undefined || chart === undefined) return undefined;
  const path = chart === '' ? 'values.yaml' : `${chart}/values.yaml`;
  const bytes = files.read(path);
  if (typeof bytes === 'string') return undefined;
  const lines = linesOf(new TextDecoder().decode(bytes));
  const node = childAt(outlineOf(lines).root, ...set.path);
  if (node === undefined) return undefined;
  const character = node.start - (lines[node.line]?.start ?? 0);
  const start = { line: node.line, character };
  return { path, range: { start, end: { ...start, character: character + node.end - node.start } } };
}

/** The document around a place, and the way to what it sets there below its values. */
function settingAt(
  text: string,
  offset: number,
): { readonly root: OutlineNode; readonly path: readonly (string | number)[] } | undefined {
  const cursor = cursorAt(text, offset);
  const values = cursor && valuesPathOf(cursor.path);
  if (cursor === undefined || values === undefined) return undefined;
  const { root } = cursor.outline;
  const line = linesOf(text)[cursor.line]?.text ?? '';
  const key = line
    .slice(cursor.from, cursor.to)
    .replace(/\s*:\s*$/u, '')
    .replaceAll(/^["']|["']$/gu, '');
  const path = cursor.role === 'key' ? [...cursor.path, key] : cursor.path;
  return path.length === values.length ? undefined : { root, path: path.slice(values.length) };
}
