import type { FileSystem } from '../../source/file-system.ts';
import { directoryOf, lastPartOf } from '../../source/path.ts';
import { type ChartSetting, chartSettingAt } from '../completion/chart-values.ts';
import { cursorAt } from '../yaml/cursor.ts';
import { linesOf, outlineOf } from '../yaml/outline.ts';
import { childAt, type OutlineNode } from '../yaml/outline-node.ts';
import { templateUses } from './template-uses.ts';

/** A value of a chart in the repository. */
export interface ChartValue {
  /** The folder of the chart. */
  readonly chart: string;
  readonly path: readonly (string | number)[];
}

/** The value that a template reads, that a release or an application sets, or that is the chart's own, at a place. */
export function chartValueAt(
  text: string,
  path: string,
  offset: number,
  files: FileSystem,
): ChartValue | undefined {
  const chart = chartOfTemplate(files, path);
  if (chart === undefined) return ownValueAt(text, path, offset, files) ?? settingAt(text, offset, files);
  const read = readPathAt(text, offset);
  const [first, ...below] = read ?? [];
  return first === 'Values' && below.length > 0 ? { chart, path: below } : undefined;
}

/** The folder of the chart that a file is a template of. */
export function chartOfTemplate(files: FileSystem, path: string): string | undefined {
  const end = path.search(/(?:^|\/)templates\//u);
  if (end < 0) return undefined;
  const chart = path.slice(0, end);
  return files.kind(within(chart, 'Chart.yaml')) === 'file' ? chart : undefined;
}

/** What a template reads up to the name at an offset. */
function readPathAt(text: string, offset: number): ChartValue['path'] | undefined {
  for (const { path, written } of templateUses(text)) {
    const index = written.findIndex(({ start, end }) => start <= offset && offset <= end);
    if (index >= 0) return path.slice(0, path.length - written.length + index + 1);
  }
  return undefined;
}

function ownValueAt(text: string, path: string, offset: number, files: FileSystem): ChartValue | undefined {
  const chart = directoryOf(path);
  if (!isValuesFile(lastPartOf(path)) || files.kind(within(chart, 'Chart.yaml')) !== 'file') return undefined;
  const cursor = cursorAt(text, offset);
  if (cursor === undefined || cursor.within !== undefined) return undefined;
  const own = writtenPath(text, cursor);
  return own.length === 0 ? undefined : { chart, path: own };
}

export function isValuesFile(name: string): boolean {
  return /^[\w.-]*values[\w.-]*\.ya?ml$/u.test(name);
}

/** The document around a place, and the way to what it sets there below its values. */
function settingAt(text: string, offset: number, files: FileSystem): ChartSetting | undefined {
  const cursor = cursorAt(text, offset);
  if (cursor === undefined) return undefined;
  const { within } = cursor;
  const outer = within ?? cursor;
  const set = chartSettingAt(outer.path, outer.outline.root, files);
  if (set === undefined) return undefined;
  const path = writtenPath(text, cursor);
  const below = within === undefined ? path.slice(set.path.length) : path;
  return below.length === 0 ? undefined : { ...set, path: below };
}

/** The way to the key, or to the value, at a cursor. */
function writtenPath(text: string, cursor: NonNullable<ReturnType<typeof cursorAt>>): ChartValue['path'] {
  if (cursor.role !== 'key') return cursor.path;
  const line = linesOf(text)[cursor.line]?.text ?? '';
  const key = line
    .slice(cursor.from, cursor.to)
    .replace(/\s*:\s*$/u, '')
    .replaceAll(/^["']|["']$/gu, '');
  return [...cursor.path, key];
}

/** A place in a file with values. */
export interface ValueLine {
  readonly path: string;
  readonly text: string;
  readonly node: OutlineNode;
}

/** Where a file of a chart has a value. */
export function valueLine(
  files: FileSystem,
  { chart, path }: ChartValue,
  file = 'values.yaml',
): ValueLine | undefined {
  const name = within(chart, file);
  const bytes = files.read(name);
  if (typeof bytes === 'string') return undefined;
  const text = new TextDecoder().decode(bytes);
  const node = childAt(outlineOf(linesOf(text)).root, ...path);
  return node && { path: name, text, node };
}

export function within(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
