import { type Cell, criteriaMatrices, type Matrix } from '../matrix.ts';
import type { Report } from '../report.ts';
import { type Html, html } from './html-text.ts';
import { headPart, scrollPart } from './table.ts';

const mostOpen = 4;

/** Service by criterion, for each environment. */
export function matricesPart(report: Report): Html {
  const matrices = criteriaMatrices(report);
  if (matrices.length === 0) return html``;
  return html`<h2 id="criteria">Criteria</h2>
<p class="soft">✓ holds, ✗ how many findings, ? could not be checked, – no rule judged it</p>
${matrices.map((matrix, index) => matrixPart(matrix, index < mostOpen))}`;
}

function matrixPart({ environment, criteria, rows }: Matrix, isOpen: boolean): Html {
  const { name, objects, entryPoint } = environment;
  const lines = rows.map(
    ({ service, cells }) => html`<tr><th scope="row">${service}</th>${cells.map(cellPart)}</tr>\n`,
  );
  const bad = rows.filter(({ cells }) => cells.some((cell) => typeof cell === 'number' && cell > 0)).length;
  const words = bad === 0 ? '' : `, ${bad} of ${rows.length} services with findings`;
  const table = html`<table class="matrix">${headPart(['service', ...criteria.map((criterion) => criterion.name)])}<tbody>
${lines}</tbody></table>`;
  return html`<details${isOpen ? html` open` : html``}><summary><b>${name}</b> <span class="soft">${entryPoint}, ${objects} objects${words}</span></summary>
${scrollPart(`Criteria of ${name}`, table)}</details>
`;
}

function cellPart(cell: Cell): Html {
  if (cell === 'unchecked') return html`<td class="unknown">?</td>`;
  if (cell === 'known') return html`<td class="soft">known</td>`;
  if (cell === 'not-judged') return html`<td class="soft">–</td>`;
  return cell === 0 ? html`<td class="good">✓</td>` : html`<td class="bad">✗ ${cell}</td>`;
}
