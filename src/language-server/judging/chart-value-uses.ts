import type { Span } from '../../diagnostic/span.ts';
import type { FileSystem } from '../../source/file-system.ts';
import { filesBelow } from '../../source/files-below.ts';
import { normalisePath } from '../../source/path.ts';
import { isSequence, type Mapping, type Path, valueAt } from '../../source/value.ts';
import { type ChartValue, chartValueAt, isValuesFile, valueLine, within } from '../chart/chart-value.ts';
import { templateUses } from '../chart/template-uses.ts';
import { spanOf } from './field-span.ts';
import type { JudgedFolder } from './judged-folder.ts';
import type { TextPlace } from './pointed-field.ts';

/** A stretch of a file that sets or reads a value of a chart. */
export interface ValueUse {
  readonly span: Span;
  /** Whether it is the chart's own value. */
  readonly isOwn: boolean;
}

/** Where a value of a chart is set and read, from any of these places; undefined where there is none at the place. */
export function chartValueUses(
  folder: JudgedFolder,
  { path, text, offset }: TextPlace,
): ValueUse[] | undefined {
  const { fileSystem, judgement } = folder;
  const value = chartValueAt(text, path, offset, fileSystem);
  if (value === undefined) return undefined;
  const { chart } = value;
  const files = (fileSystem.list(chart === '' ? '.' : chart) ?? [])
    .map(({ name }) => name)
    .filter(isValuesFile);
  const own = files.flatMap((file) => {
    const found = valueLine(fileSystem, value, file);
    if (found === undefined) return [];
    const { start, end } = found.node;
    return [
      { span: { file: { path: found.path, text: found.text }, start, end }, isOwn: file === 'values.yaml' },
    ];
  });
  const read = filesBelow(fileSystem, within(chart, 'templates'), mostLooked)
    .files.filter((file) => /\.(?:ya?ml|tpl|txt)$/u.test(file))
    .flatMap((file) => readsIn(fileSystem, file, value));
  const set = [...judgement.builds.values()].flatMap(({ resources }) =>
    resources.flatMap((resource) =>
      valuesFor(resource.object, chart)
        .map((holder) => [...holder, ...value.path])
        .filter((field) => valueAt(resource.object, field) !== undefined)
        .flatMap((field) => spanOf(resource, field)),
    ),
  );
  return [...own, ...[...read, ...set].map((span) => ({ span, isOwn: false }))];
}

// More templates than these are not searched while somebody waits.
const mostLooked = 10_000;

function readsIn(files: FileSystem, path: string, value: ChartValue): Span[] {
  const bytes = files.read(path);
  if (typeof bytes === 'string') return [];
  const file = { path, text: new TextDecoder().decode(bytes) };
  const wanted = ['Values', ...value.path];
  return templateUses(file.text).flatMap((use) => {
    const step = use.written[wanted.length - 1 - (use.path.length - use.written.length)];
    const isIt = wanted.every((name, index) => use.path[index] === name);
    return isIt && step !== undefined ? [{ file, ...step }] : [];
  });
}

/** The fields of an object with values for a chart: of a HelmRelease, or of sources of an Application. */
function valuesFor(object: Mapping, chart: string): Path[] {
  if (object['kind'] === 'HelmRelease')
    return isFolder(valueAt(object, ['spec', 'chart', 'spec', 'chart']), chart) ? [['spec', 'values']] : [];
  if (object['kind'] !== 'Application') return [];
  const sources = valueAt(object, ['spec', 'sources']);
  const all: Path[] = [
    ['spec', 'source'],
    ...(isSequence(sources) ? sources.map((_, index) => ['spec', 'sources', index]) : []),
  ];
  return all
    .filter((source) => isFolder(valueAt(object, [...source, 'path']), chart))
    .map((source) => [...source, 'helm', 'valuesObject']);
}

function isFolder(named: unknown, chart: string): boolean {
  return typeof named === 'string' && normalisePath(named.replace(/^\.\//u, '')) === chart;
}
