import { plural } from '../../diagnostic/plural.ts';
import {
  type Action,
  type ChangedPlace,
  type ChangeReport,
  type ChangeRow,
  type ClusterChange,
  countedActions,
  isGrave,
  stopsMerge,
} from '../change-report.ts';
import { codeFrame } from '../finding/code-frame.ts';
import { place } from '../finding/place.ts';
import type { PlaceUrl } from '../finding/place-url.ts';
import { paintWith } from '../terminal/colour.ts';
import { placeLink } from './finding-markdown.ts';
import { tableRow } from './markdown-table.ts';
import { codeCell, codeElement, codeSpan, details, fenced } from './markdown-text.ts';

/** A part of what a change does, and how many of its rows it tells. */
export interface ChangeBlock {
  readonly text: string;
  readonly rows: number;
}

/** What a change does, in blocks from the gravest row to what is folded away. */
export function changeBlocks(change: ChangeReport, urlOf: PlaceUrl): ChangeBlock[] {
  const grave = change.rows.filter(isGrave);
  const rest = change.rows.filter((row) => !isGrave(row));
  return [
    { text: revisions(change), rows: 0 },
    { text: clusterTable(change), rows: 0 },
    ...grave.map((row) => ({ text: rowBlock(row, change, urlOf), rows: 1 })),
    ...restBlocks(rest, urlOf),
    { text: acknowledgements(grave), rows: 0 },
  ].filter(({ text }) => text !== '');
}

/** What a change does, in a sentence, and whether it stops the merge. */
export function changeVerdict(change: ChangeReport): string {
  const { rows, clusters } = change;
  const [gravest] = rows;
  const touched = clusters.filter(({ severity }) => severity === gravest?.severity).length;
  const where = touched === 0 ? '' : ` in ${plural(touched, 'cluster')}`;
  const stops = rows.filter(stopsMerge);
  const as = stops.length === 0 ? ', as acknowledged' : '';
  switch (gravest?.severity) {
    case 'destroys':
      return `${stops.length === 0 ? '✅' : '❌'} This merge destroys data or identity${where}${as}`;
    case 'breaks':
      return `${stops.length === 0 ? '✅' : '❌'} This merge breaks something${where}${as}`;
    case undefined:
      return '✅ No cluster changes';
    default:
      return stops.length > 0
        ? '❌ This merge deletes protected objects'
        : mildVerdict(gravest?.severity, touched);
  }
}

function mildVerdict(severity: ChangeRow['severity'] | undefined, touched: number): string {
  return severity === 'disrupts'
    ? `🔁 This merge restarts pods in ${plural(touched, 'cluster')}`
    : `✅ This merge changes ${plural(touched, 'cluster')} and disrupts nothing`;
}

function revisions({ base, head, builds }: ChangeReport): string {
  const differ = `${builds.changed} of ${plural(builds.all, 'build')} ${builds.changed === 1 ? 'differs' : 'differ'}`;
  return `${codeSpan(base.name)} → ${codeSpan(head.name)} · ${differ}`;
}

const mostClusters = 60;

function clusterTable({ clusters }: ChangeReport): string {
  const touched = clusters.filter(({ severity }) => severity !== undefined);
  if (touched.length === 0) return '';
  const shown = countedActions.filter((action) =>
    touched.some(({ actions }) => actions[action] !== undefined),
  );
  const rows = touched.slice(0, mostClusters).map((cluster) => clusterRow(cluster, shown));
  const more = touched.length - rows.length;
  return [
    tableRow(['cluster', ...shown]),
    `| :-- |${shown.map(() => ' --: |').join('')}`,
    ...rows,
    ...(more > 0 ? ['', `and ${plural(more, 'more cluster')}`] : []),
  ].join('\n');
}

function clusterRow({ name, actions }: ClusterChange, shown: readonly Action[]): string {
  return tableRow([codeCell(name), ...shown.map((action) => String(actions[action] ?? 0))]);
}

function rowBlock(row: ChangeRow, change: ChangeReport, urlOf: PlaceUrl): string {
  const { severity, title, clusters, details: known, why, link, safe } = row;
  const where = clusters.slice(0, 8).map(codeSpan).join(', ');
  const more = clusters.length > 8 ? ` and ${clusters.length - 8} more` : '';
  return [
    `> [!${severity === 'destroys' ? 'CAUTION' : 'WARNING'}]\n> **${severity}** ${codeSpan(title)} (${where}${more})`,
    ...(row.place === undefined ? [] : placeParts(row.place, change, urlOf)),
    ...(known.length === 0 ? [] : [known.map((one) => `- ${codeSpan(one)}`).join('\n')]),
    `Why: ${why}${link === undefined ? '' : ` ([source](${link}))`}`,
    ...(safe.length === 0
      ? []
      : [
          [
            'Safe way:',
            ...safe.map(
              (step, index) =>
                `${index + 1}. ${codeSpan(step.text)}${step.place === undefined ? '' : ` (${ofHead(step.place, urlOf)})`}`,
            ),
          ].join('\n'),
        ]),
    acceptedWords(row),
    objectsBlock(row),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function acceptedWords({ acknowledged, protected: reason }: ChangeRow): string {
  if (reason !== undefined)
    return `Protected: ${codeSpan(reason)}. Remove ${codeSpan('cdb-lint.dev/protect')} in an earlier change.`;
  return acknowledged === undefined
    ? ''
    : `Meant: ${codeSpan(acknowledged.reason)} (${codeSpan(acknowledged.by)})`;
}

function placeParts(where: ChangedPlace, { secrets }: ChangeReport, urlOf: PlaceUrl): string[] {
  const frame = codeFrame(where.span, {
    paint: paintWith(false),
    style: 'error',
    secrets: secrets[where.revision],
    width: 110,
  });
  const gone = where.revision === 'base' ? ' (of the base)' : '';
  return [`${ofHead(where, urlOf)}${gone}`, ...(frame.length === 0 ? [] : [fenced(frame)])];
}

/** A line of the base leads to nothing: the addresses are those of the head. */
function ofHead({ span, revision }: ChangedPlace, urlOf: PlaceUrl): string {
  return revision === 'head' ? placeLink(span, { urlOf }) : codeSpan(place(span));
}

const mostObjects = 200;

function objectsBlock({ objects }: ChangeRow): string {
  if (objects.length < 2) return '';
  const rows = objects
    .slice(0, mostObjects)
    .map(({ cluster, kind, namespace, name, actions }) =>
      tableRow([
        codeCell(cluster),
        codeElement(kind),
        codeElement(namespace === undefined ? name : `${namespace}/${name}`),
        actions.join(', '),
      ]),
    );
  const more = objects.length - rows.length;
  const head = [tableRow(['cluster', 'kind', 'object', 'what happens']), '| :-- | :-- | :-- | :-- |'];
  const rest = more > 0 ? ['', `and ${more} more`] : [];
  return details(plural(objects.length, 'object'), [...head, ...rows, ...rest].join('\n'));
}

// A fold of them is left out as a whole where it does not fit.
const rowsOfFold = 100;

function restBlocks(rows: readonly ChangeRow[], urlOf: PlaceUrl): ChangeBlock[] {
  const folds = Array.from({ length: Math.ceil(rows.length / rowsOfFold) }, (_, index) =>
    rows.slice(index * rowsOfFold, (index + 1) * rowsOfFold),
  );
  return folds.map((ofFold) => ({ text: restBlock(ofFold, urlOf), rows: ofFold.length }));
}

function restBlock(rows: readonly ChangeRow[], urlOf: PlaceUrl): string {
  const lines = rows.map((row) => {
    const at = row.place === undefined ? '' : cellOf(row.place, urlOf);
    return tableRow([row.severity, whatCell(row), at, row.pods === 0 ? '' : String(row.pods)]);
  });
  const head = [tableRow(['', 'what happens', 'line', 'pods']), '| :-- | :-- | :-- | --: |'];
  const counts = ['disrupts', 'changes', 'silent']
    .map((one) => ({ one, count: rows.filter(({ severity }) => severity === one).length }))
    .filter(({ count }) => count > 0)
    .map(({ one, count }) => `${one} ${count}`);
  return details(counts.join(' · '), [...head, ...lines].join('\n'));
}

const mostDetails = 6;

function whatCell({ title, clusters, details: known }: ChangeRow): string {
  const many = clusters.length > 1 ? ` [${clusters.length} clusters]` : '';
  const more = known.length > mostDetails ? [`and ${known.length - mostDetails} more`] : [];
  return [codeElement(title + many), ...[...known.slice(0, mostDetails), ...more].map(codeElement)].join(
    '<br>',
  );
}

function cellOf({ span, revision }: ChangedPlace, urlOf: PlaceUrl): string {
  const url = revision === 'head' ? urlOf(span) : undefined;
  const at = codeElement(place(span));
  return url === undefined ? at : `[${at}](${url})`;
}

function acknowledgements(rows: readonly ChangeRow[]): string {
  const open = rows.filter(
    (row) => row.acknowledged === undefined && row.protected === undefined && stopsMerge(row),
  );
  if (open.length === 0) return '';
  const lines = open.map(({ reason, digest }) => `cdb-ack: ${reason} ${digest} -- why this is intended`);
  return details('To acknowledge', fenced(lines));
}
