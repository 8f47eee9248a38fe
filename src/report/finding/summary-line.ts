import { plural } from '../../diagnostic/plural.ts';
import type { Severity } from '../../diagnostic/severity.ts';
import { stopsMerge } from '../change-report.ts';
import type { Report, Summary, Unchecked } from '../report.ts';
import type { Paint } from '../terminal/colour.ts';
import { entryPointWord } from './entry-point-word.ts';

/** The last line of a report that people read: the verdict, and counts by severity. */
export function summaryLine(report: Report, paint: Paint): string {
  const { summary, unchecked, environments, compared, baseline } = report;
  const isPart = compared !== undefined || baseline !== undefined;
  const words = summaryWords(summary);
  const counts = [
    ...consequenceWords(report, paint),
    paint(summary.error > 0 ? 'error' : 'faint', words('error', isPart ? 'new error' : 'error')),
    paint(summary.warning > 0 ? 'warning' : 'faint', words('warning')),
    paint(summary.note > 0 ? 'note' : 'faint', words('note')),
    ...(summary.suppressed > 0 ? [paint('faint', acceptedWords(report))] : []),
    ...(unchecked.length > 0 ? [paint('error', `${uncheckedThings(unchecked).length} not checked`)] : []),
  ].join(', ');
  const word = entryPointWord(environments);
  const where = environments.length > 0 ? `; ${plural(environments.length, word)}` : '';
  const others =
    compared === undefined ? '' : `; ${compared.before.length} as before, ${compared.gone.length} gone`;
  return `${verdictWord(report, paint)} ${counts}${others}${where}`;
}

/** How many causes of a severity there are, and in how many places they show, where that is more: `4 errors in 23 places`. */
export function summaryWords({ places, ...causes }: Summary): (severity: Severity, name?: string) => string {
  return (severity, name = severity) => {
    const counted = plural(causes[severity], name);
    return causes[severity] === places[severity] ? counted : `${counted} in ${places[severity]} places`;
  };
}

/** How many rows of a change stop the merge, and how many would if no one had acknowledged them. */
function consequenceWords({ change }: Report, paint: Paint): string[] {
  const rows = change?.rows ?? [];
  const stopping = rows.filter(stopsMerge).length;
  const meant = rows.filter(({ acknowledged }) => acknowledged !== undefined).length;
  const stops = `${plural(stopping, 'consequence')} ${stopping === 1 ? 'stops' : 'stop'} the merge`;
  return [
    ...(stopping === 0 ? [] : [paint('error', stops)]),
    ...(meant === 0 ? [] : [paint('faint', `${plural(meant, 'consequence')} acknowledged`)]),
  ];
}

function verdictWord({ exitCode }: Report, paint: Paint): string {
  if (exitCode === 0) return paint('good', '✓ Passed:');
  return paint('error', exitCode === 1 ? '✗ Failed:' : '✗ Not fully checked:');
}

/** Those that comments and annotations accept are in the hands of whoever writes a manifest. */
function acceptedWords({ summary, suppressed }: Report): string {
  const inline = suppressed.filter(({ isInline }) => isInline === true).length;
  return `${summary.suppressed} suppressed${inline === 0 ? '' : ` (${inline} inline)`}`;
}

/** In place of the rows of a change, where something could not be checked. */
export const noChangeKnown = 'No cluster change is known, but not everything was checked.';

/** What is not checked, each thing once with all that is in the way. */
export function uncheckedThings(unchecked: readonly Unchecked[]): { what: string; whys: string[] }[] {
  const things = new Map<string, string[]>();
  for (const { what, why } of unchecked) things.set(what, [...(things.get(what) ?? []), why]);
  return [...things].map(([what, whys]) => ({ what, whys }));
}
