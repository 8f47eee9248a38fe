import type { TrendPoint } from '../trend.ts';
import { markdownTable } from './markdown-table.ts';
import { codeCell } from './markdown-text.ts';

const head = [
  'run',
  'errors',
  'warnings',
  'notes',
  'suppressed',
  'findings',
  'new',
  'gone',
  'objects',
  'fully checked',
];

/** How findings came and went over earlier runs; nothing where there is only this one. */
export function trendTable(points: readonly TrendPoint[]): string[] {
  if (points.length < 2) return [];
  const rows = points.map(({ name, counts, findings, since, objects, coverage }) => [
    codeCell(name),
    String(counts.error),
    String(counts.warning),
    String(counts.note),
    String(counts.suppressed),
    String(findings),
    String(since?.new ?? '–'),
    String(since?.gone ?? '–'),
    String(objects),
    coverage,
  ]);
  return [markdownTable(head, rows)];
}
