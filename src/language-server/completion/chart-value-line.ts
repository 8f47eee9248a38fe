import type { Range } from 'vscode-languageserver';
import type { FileSystem } from '../../source/file-system.ts';
import { cursorAt } from '../yaml/cursor.ts';
import { linesOf, outlineOf } from '../yaml/outline.ts';
import { childAt } from '../yaml/outline-node.ts';
import { type ChartSetting, chartSettingAt } from './chart-values.ts';

/** The line of a chart's own values.yaml with the value that a release or an application sets at a place. */
export function chartValueAt(
  text: string,
  offset: number,
  files: FileSystem,
): { readonly path: string; readonly range: Range } | undefined {
  const set = settingAt(text, offset, files);
  if (set === undefined) return undefined;
  const { chart } = set;
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
function settingAt(text: string, offset: number, files: FileSystem): ChartSetting | undefined {
  const cursor = cursorAt(text, offset);
  if (cursor === undefined) return undefined;
  const { within } = cursor;
  const outer = within ?? cursor;
  const set = chartSettingAt(outer.path, outer.outline.root, files);
  if (set === undefined) return undefined;
  const line = linesOf(text)[cursor.line]?.text ?? '';
  const key = line
    .slice(cursor.from, cursor.to)
    .replace(/\s*:\s*$/u, '')
    .replaceAll(/^["']|["']$/gu, '');
  const path = cursor.role === 'key' ? [...cursor.path, key] : cursor.path;
  const below = within === undefined ? path.slice(set.path.length) : path;
  return below.length === 0 ? undefined : { ...set, path: below };
}
