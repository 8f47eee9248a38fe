import type { Cell, Matrix } from '../matrix.ts';
import { markdownTable } from './markdown-table.ts';
import { codeElement, codeSpan } from './markdown-text.ts';

export function matrixTable({ environment, criteria, rows }: Matrix): string {
  const count = environment.objects;
  const title = `### ${codeSpan(environment.name)} (${count} ${count === 1 ? 'object' : 'objects'})`;
  const table = markdownTable(
    ['service', ...criteria.map(({ name }) => name)],
    rows.map(({ service, cells }) => [codeElement(service), ...cells.map(markOf)]),
  );
  return `${title}\n\n${table}`;
}

export function markOf(cell: Cell): string {
  if (cell === 'unchecked') return '❔';
  if (cell === 'known') return 'known';
  if (cell === 'not-judged') return '–';
  return cell === 0 ? '✅' : `❌ ${cell}`;
}
