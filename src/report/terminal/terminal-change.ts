import { type ChangeSeverity, changeSeverities } from '../../diagnostic/change-severity.ts';
import { plural } from '../../diagnostic/plural.ts';
import {
  type ChangedPlace,
  type ChangeReport,
  type ChangeRow,
  type ClusterChange,
  countedActions,
  isGrave,
} from '../change-report.ts';
import { codeFrame } from '../finding/code-frame.ts';
import { place } from '../finding/place.ts';
import { noChangeKnown } from '../finding/summary-line.ts';
import { visible } from '../visible.ts';
import type { Paint, Style } from './colour.ts';
import type { Link } from './hyperlink.ts';
import { wrapWords } from './wrap-words.ts';

export interface ChangeContext {
  readonly paint: Paint;
  readonly link: Link;
  readonly width: number;
  /** Whether something could not be checked: then no change that is known is not the same as none. */
  readonly isOpen?: boolean;
}

const styles: Readonly<Record<ChangeSeverity, Style>> = {
  destroys: 'error',
  breaks: 'error',
  disrupts: 'warning',
  changes: 'note',
  silent: 'faint',
};

const marks: Readonly<Record<ChangeSeverity, string>> = {
  destroys: '✗',
  breaks: '✗',
  disrupts: '~',
  changes: '+',
  silent: '·',
};

/** What a change does to each cluster: the counts, a row for each cause, and a table of the clusters. */
export function changeSections(change: ChangeReport, context: ChangeContext): string[][] {
  const whole = change.rows.filter(isGrave);
  const brief = change.rows.filter((row) => !isGrave(row));
  return [
    changeHead(change, context),
    ...whole.map((row) => rowLines(row, change, context)),
    ...brief.map((row) => briefLines(row, context)),
    clusterLines(change, context),
  ];
}

/** One row with everything that is known of it, all of its objects included. */
export function wholeRow(row: ChangeRow, change: ChangeReport, context: ChangeContext): string[] {
  const objects = row.objects.map(({ cluster, kind, namespace, name, owner, actions }) => {
    const full = namespace === undefined ? name : `${namespace}/${name}`;
    return `    ${visible(`${cluster}: ${kind} ${full}: ${actions.join(', ')}, by ${owner}`)}`;
  });
  return [...rowLines(row, change, context), ...objects];
}

/** What is compared, and the counts. */
export function changeHead(
  { base, head, builds, rows, summary }: ChangeReport,
  { paint, isOpen = false }: ChangeContext,
): string[] {
  const compared = `base ${visible(base.name)}   head ${visible(head.name)}   `;
  const counts = `${builds.changed} of ${plural(builds.all, 'build')} ${builds.changed === 1 ? 'differs' : 'differ'}`;
  if (rows.length === 0)
    return [compared + counts, '', isOpen ? noChangeKnown : paint('good', 'No cluster changes.')];
  const words = changeSeverities.map((one) => {
    const text = `${one} ${summary[one]}`;
    return summary[one] === 0 ? paint('faint', text) : paint(styles[one], text);
  });
  return [compared + counts, '', words.join('   ')];
}

function titleLine({ severity, title, clusters }: ChangeRow, { paint }: ChangeContext): string {
  const where = clusters.length > 1 ? `  ${paint('faint', `[${clusters.length} clusters]`)}` : '';
  return `${paint(styles[severity], `${marks[severity]} ${severity}`)}  ${paint('strong', visible(title))}${where}`;
}

/** A row with its place, its reason and the safe way. */
export function rowLines(row: ChangeRow, change: ChangeReport, context: ChangeContext): string[] {
  const { paint, width } = context;
  const labelled = (label: string, text: string): string[] =>
    wrapWords(visible(text), width - 12).map(
      (line, index) => `  ${paint('faint', (index === 0 ? label : '').padEnd(9))} ${line}`,
    );
  return [
    titleLine(row, context),
    ...labelled(row.clusters.length === 1 ? 'cluster' : 'clusters', row.clusters.join(', ')),
    ...placeLines(row, change, context),
    ...(row.objects.length > 1 ? labelled('objects', objectWords(row)) : []),
    ...(row.pods > 0 ? labelled('pods', `${row.pods} restart`) : []),
    ...row.details.flatMap((detail) => labelled('also', detail)),
    ...labelled('why', row.link === undefined ? row.why : `${row.why} ${row.link}`),
    ...row.safe.flatMap((step, index) =>
      labelled(index === 0 ? 'safe' : '', `${index + 1}. ${step.text}${at(step.place)}`),
    ),
    ...acknowledgementWords(row).flatMap(([label, words]) => labelled(label, words)),
  ];
}

function acknowledgementWords(row: ChangeRow): [label: string, words: string][] {
  const { reason, digest, acknowledged, protected: forbidden } = row;
  if (forbidden !== undefined)
    return [['protected', `${forbidden}: remove cdb-lint.dev/protect in an earlier change`]];
  if (acknowledged !== undefined) return [['meant', `${acknowledged.reason} (${acknowledged.by})`]];
  return [['ack', `${reason} ${digest}`]];
}

function at(where: ChangedPlace | undefined): string {
  return where === undefined ? '' : ` (${place(where.span)})`;
}

/** The kinds of the objects, and the first of them by name. */
function objectWords({ objects }: ChangeRow): string {
  const names = [...new Set(objects.map(({ kind, name }) => `${kind} ${name}`))];
  const more = names.length > 6 ? ` and ${names.length - 6} more` : '';
  return names.slice(0, 6).join(', ') + more;
}

function placeLines(row: ChangeRow, change: ChangeReport, context: ChangeContext): string[] {
  const where = row.place;
  if (where === undefined) return [];
  const { paint, link, width } = context;
  const gone = where.revision === 'base' ? paint('faint', ' (of the base)') : '';
  const frame = codeFrame(where.span, {
    paint,
    style: styles[row.severity],
    secrets: change.secrets[where.revision],
    width: width - 8,
  });
  return [
    `  ${paint('faint', '-->')} ${link(where.span, paint('place', place(where.span)))}${gone}`,
    ...frame.map((line) => `  ${line}`),
  ];
}

export function briefLines(row: ChangeRow, context: ChangeContext): string[] {
  const { paint, link } = context;
  const where = row.place;
  const shown =
    where === undefined
      ? []
      : [
          `  ${paint('faint', '-->')} ${link(where.span, paint('place', place(where.span)))}${where.revision === 'base' ? paint('faint', ' (of the base)') : ''}`,
        ];
  const pods = row.pods > 0 ? [`  ${plural(row.pods, 'pod')} start${row.pods === 1 ? 's' : ''} again`] : [];
  return [titleLine(row, context), ...shown, ...pods, ...row.details.map((detail) => `  ${visible(detail)}`)];
}

/** The clusters in which something happens, with the counts of each action that happens at all. */
export function clusterLines({ clusters }: ChangeReport, { paint }: ChangeContext): string[] {
  const touched = clusters.filter(({ severity }) => severity !== undefined);
  if (touched.length === 0) return [];
  const shown = countedActions.filter((action) =>
    touched.some(({ actions }) => actions[action] !== undefined),
  );
  const names = touched.map(({ name }) => visible(name));
  const width = Math.max(7, ...names.map(({ length }) => length));
  const row = (name: string, { actions }: ClusterChange): string =>
    [name.padEnd(width), ...shown.map((action) => String(actions[action] ?? 0).padStart(action.length))].join(
      '  ',
    );
  return [
    paint('faint', ['cluster'.padEnd(width), ...shown].join('  ')),
    ...touched.map((cluster, index) => row(names[index] ?? '', cluster)),
  ];
}
