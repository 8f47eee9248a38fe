import { type TrendPoint, trendColumns, trendFigures } from '../trend.ts';
import { type Html, html } from './html-text.ts';
import { headPart, scrollPart } from './table.ts';

const severities = ['error', 'warning', 'note'] as const;
const height = 96;
const barWidth = 22;
const step = 34;

/** How findings came and went over earlier runs: a bar a run, and the same as a table. */
export function trendPart(points: readonly TrendPoint[] = []): Html {
  if (points.length < 2) return html``;
  return html`<h2 id="trend">Trend</h2>
${scrollPart('Picture of the trend', picturePart(points))}${scrollPart('Table of the trend', tablePart(points))}`;
}

function picturePart(points: readonly TrendPoint[]): Html {
  const most = Math.max(1, ...points.map(total));
  const width = points.length * step;
  const label = `Causes of findings in ${points.length} runs, from ${total(points[0])} to ${total(points.at(-1))}; the table below has the same data`;
  return html`<svg role="img" aria-label="${label}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${points.map((point, index) => barPart(point, index * step, (height - 2) / most))}</svg>`;
}

/** Errors at the bottom, then warnings, then notes. */
function barPart(point: TrendPoint, x: number, scale: number): Html {
  let y = height;
  const parts = severities.map((severity) => {
    const size = Math.round(point.counts[severity] * scale);
    y -= size;
    return html`<rect class="${severity}" fill="currentColor" x="${x}" y="${y}" width="${barWidth}" height="${size}"/>`;
  });
  return html`<g><title>${point.name}: ${total(point)}</title>${parts}</g>`;
}

function tablePart(points: readonly TrendPoint[]): Html {
  return html`<table>${headPart(trendColumns)}<tbody>\n${points.map(rowPart)}</tbody></table>`;
}

function rowPart(point: TrendPoint): Html {
  const cells = trendFigures(point).map((figure) => html`<td class="number">${figure}</td>`);
  return html`<tr><th scope="row">${point.name}</th>${cells}</tr>\n`;
}

function total(point: TrendPoint | undefined): number {
  return point === undefined ? 0 : severities.reduce((sum, severity) => sum + point.counts[severity], 0);
}
