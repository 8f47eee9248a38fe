import { type TrendPoint, trendColumns, trendFigures } from '../trend.ts';
import { markdownTable } from './markdown-table.ts';
import { codeCell } from './markdown-text.ts';

/** How findings came and went over earlier runs; nothing where there is only this one. */
export function trendTable(points: readonly TrendPoint[]): string[] {
  if (points.length < 2) return [];
  const rows = points.map((point) => [codeCell(point.name), ...trendFigures(point)]);
  return [markdownTable(trendColumns, rows)];
}
