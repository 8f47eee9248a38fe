import { plural } from '../../diagnostic/plural.ts';
import type { Cell, Matrix } from '../matrix.ts';
import { visible } from '../visible.ts';
import type { Paint } from './colour.ts';
import { wrapWords } from './wrap-words.ts';

/** Services and criteria of one environment, cut into blocks of columns that fit the terminal. */
export function matrixLines(matrix: Matrix, paint: Paint, width: number): string[] {
  const { environment, criteria, rows } = matrix;
  if (criteria.length === 0) return [];
  const first = Math.max(...rows.map(({ service }) => visible(service).length), 8);
  const lines: string[] = [
    `${paint('strong', visible(environment.name))} ${paint('faint', `(${visible(environment.entryPoint)}, ${plural(environment.objects, 'object')})`)}`,
  ];
  for (const chunk of columnChunks(matrix, first, width)) {
    const heads = chunk.map((column) => ` ${criteria[column]?.name ?? ''}`).join('');
    lines.push(`  ${paint('faint', `${''.padEnd(first)}${heads}`)}`);
    for (const { service, cells } of rows) {
      const marks = chunk.map((column) => {
        const name = criteria[column]?.name ?? '';
        return ` ${mark(cells[column] ?? 'not-judged', name.length, paint)}`;
      });
      lines.push(`  ${visible(service).padEnd(first)}${marks.join('')}`);
    }
  }
  return lines;
}

/** What the marks mean, and where the columns are explained. */
export function matrixLegend(matrices: readonly Matrix[], paint: Paint, width: number): string[] {
  const cells = new Set(matrices.flatMap(({ rows }) => rows.flatMap((row) => row.cells)));
  const marks = [
    '✓ no finding',
    ...([...cells].some((cell) => typeof cell === 'number' && cell > 0) ? ['✗ findings'] : []),
    ...(cells.has('known') ? ['· known findings'] : []),
    ...(cells.has('unchecked') ? ['? not checked'] : []),
    ...(cells.has('not-judged') ? ['– not applicable'] : []),
  ];
  const words = `${marks.join(', ')}; cdb-lint explain COLUMN explains a column`;
  return wrapWords(words, width - 2).map((line) => `  ${paint('faint', line)}`);
}

function columnChunks({ criteria }: Matrix, first: number, width: number): number[][] {
  const chunks: number[][] = [[]];
  let used = first + 2;
  criteria.forEach(({ name }, column) => {
    if (used + name.length + 1 > width && chunks.at(-1)?.length !== 0) {
      chunks.push([]);
      used = first + 2;
    }
    chunks.at(-1)?.push(column);
    used += name.length + 1;
  });
  return chunks;
}

function mark(cell: Cell, width: number, paint: Paint): string {
  if (cell === 'unchecked') return paint('warning', '?'.padEnd(width));
  if (cell === 'known') return paint('faint', '·'.padEnd(width));
  if (cell === 'not-judged') return paint('faint', '–'.padEnd(width));
  return cell === 0 ? paint('good', '✓'.padEnd(width)) : paint('error', `✗ ${cell}`.padEnd(width));
}
