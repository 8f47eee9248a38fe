import { placeOfLine } from '../finding/place.ts';
import { differs, type ParityCell, type ParityReport, type ParityRow } from '../parity-report.ts';
import { markdownTable } from './markdown-table.ts';
import { codeCell, codeElement } from './markdown-text.ts';

/** The properties that environments do not have in common, with the place that sets each. */
export function differenceTable({ environments, rows }: ParityReport): string {
  const different = rows.filter(differs);
  if (different.length === 0) return '';
  return markdownTable(
    ['service', 'property', ...environments.map(({ name }) => codeCell(name))],
    different.map(({ service, property, cells }) => [
      service === undefined ? '' : codeCell(service),
      codeCell(property),
      ...cells.map(cellText),
    ]),
    2,
  );
}

/** Service × property: who has it, where not all environments do. */
export function parityTable({ environments, rows }: ParityReport): string {
  const ofServices = rows.filter(({ service }) => service !== undefined);
  const properties = [...new Set(ofServices.map(({ property }) => property))];
  const services = [...new Set(ofServices.map(({ service }) => service ?? ''))];
  const byKey = new Map(ofServices.map((row) => [`${row.service}\u0000${row.property}`, row]));
  return markdownTable(
    ['service', ...properties.map(codeCell)],
    services.map((service) => [
      codeCell(service),
      ...properties.map((property) => whoHas(byKey.get(`${service}\u0000${property}`), environments)),
    ]),
  );
}

/** `1 of 3 properties differ between dev and prod`. */
export function parityWords({ environments, rows }: ParityReport): string {
  const names = environments.map(({ name }) => codeElement(name)).join(' and ');
  const count = rows.filter(differs).length;
  return `${count} of ${rows.length} properties differ between ${names}`;
}

function whoHas(row: ParityRow | undefined, environments: ParityReport['environments']): string {
  if (row === undefined) return '–';
  const having = environments.filter((_, index) => row.cells[index]?.state === 'has');
  if (!differs(row)) return row.cells.some(({ state }) => state === 'unknown') ? '❔' : '✅';
  return having.map(({ name }) => codeCell(name)).join(' ');
}

function cellText({ state, span, approved }: ParityCell): string {
  if (state === 'absent') return 'no such service';
  if (state === 'unknown') return '❔';
  if (state === 'has') return span === undefined ? '✅' : `✅ ${codeCell(placeOfLine(span))}`;
  return approved === undefined ? '–' : `– (approved: ${codeCell(approved)})`;
}
