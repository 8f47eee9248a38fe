import { plural } from '../../diagnostic/plural.ts';
import { criteria as allCriteria } from '../criteria.ts';
import { type Cell, criteriaMatrices, type Matrix } from '../matrix.ts';
import type { Report } from '../report.ts';
import { type Html, html } from './html-text.ts';
import { headPart, scrollPart } from './table.ts';

const mostOpen = 4;

/** Service by criterion, for each environment. */
export function matricesPart(report: Report): Html {
  const matrices = criteriaMatrices(report);
  if (matrices.length === 0) return html``;
  const shown = firstOf(matrices);
  const known = { report, leads: leadsIn(report) };
  return html`<h2 id="criteria">Criteria</h2>
<p class="soft">✓ no finding, ✗ number of findings, ? not checked, – not applicable</p>
${shown.map((matrix, index) => matrixPart(matrix, index < mostOpen, known))}${restPart(matrices.slice(shown.length))}`;
}

// As many as a page can bear; those of a repository by hand are far from it.
const mostCells = 50_000;

function firstOf(matrices: readonly Matrix[]): Matrix[] {
  let left = mostCells;
  return matrices.filter(({ rows, criteria }) => {
    const isShown = left > 0;
    left -= rows.length * criteria.length;
    return isShown;
  });
}

function restPart(matrices: readonly Matrix[]): Html {
  if (matrices.length === 0) return html``;
  const services = matrices.reduce((sum, { rows }) => sum + rows.length, 0);
  return html`<p class="soft">and ${plural(matrices.length, 'more environment')}, with ${plural(services, 'service')} in all</p>
`;
}

function matrixPart(
  { environment, criteria, rows }: Matrix,
  isOpen: boolean,
  { report, leads }: Known,
): Html {
  const { name, objects, entryPoint } = environment;
  const place = report.environments.indexOf(environment);
  const leadOf = (service: string, column: number): Lead => {
    const criterion = criteria[column];
    const fingerprint = criterion?.rules
      .map((rule) => leads.get(leadKey(environment.entryPoint, service, rule)))
      .find((one) => one !== undefined);
    return {
      fingerprint,
      environment: `e${place}`,
      criterion: `c${allCriteria.findIndex((one) => one.name === criterion?.name)}`,
      service,
    };
  };
  const lines = rows.map(
    ({ service, cells }) =>
      html`<tr><th scope="row">${service}</th>${cells.map((cell, column) => cellPart(cell, () => leadOf(service, column)))}</tr>\n`,
  );
  const bad = rows.filter(({ cells }) => cells.some((cell) => typeof cell === 'number' && cell > 0)).length;
  const words = bad === 0 ? '' : `, ${bad} of ${rows.length} services with findings`;
  const table = html`<table class="matrix">${headPart(['service', ...criteria.map((criterion) => criterion.name)])}<tbody>
${lines}</tbody></table>`;
  return html`<details${isOpen ? html` open` : html``}><summary><b>${name}</b> <span class="soft">${entryPoint === name ? '' : `${entryPoint}, `}${plural(objects, 'object')}${words}</span></summary>
${scrollPart(`Criteria of ${name}`, table)}</details>
`;
}

interface Known {
  readonly report: Report;
  readonly leads: ReadonlyMap<string, string>;
}

/** The first finding of each rule in each service of each entry point. */
function leadsIn({ findings }: Report): Known['leads'] {
  const leads = new Map<string, string>();
  for (const { rule, fingerprint, occurrences } of findings)
    for (const { entryPoint = '', service = '' } of occurrences) {
      const key = leadKey(entryPoint, service, rule);
      if (!leads.has(key)) leads.set(key, fingerprint);
    }
  return leads;
}

function leadKey(entryPoint: string, service: string, rule: string): string {
  return `${entryPoint}\0${service}\0${rule}`;
}

/** Where a mark leads: to the first of its findings, and with the script to all of them. */
interface Lead {
  readonly fingerprint: string | undefined;
  readonly environment: string;
  readonly criterion: string;
  readonly service: string;
}

function cellPart(cell: Cell, leadOf: () => Lead): Html {
  if (cell === 'unchecked') return html`<td class="unknown">?</td>`;
  if (cell === 'known') return html`<td class="soft">known</td>`;
  if (cell === 'not-judged') return html`<td class="soft">–</td>`;
  if (cell === 0) return html`<td class="good">✓</td>`;
  const lead = leadOf();
  return html`<td class="bad"><a href="#${lead.fingerprint ?? 'findings'}" data-e="${lead.environment}" data-c="${lead.criterion}" data-q="${lead.service}">✗ ${cell}</a></td>`;
}
