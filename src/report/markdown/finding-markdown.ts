import type { Edit } from '../../diagnostic/fix.ts';
import { lineStart } from '../../diagnostic/line-start.ts';
import type { Span } from '../../diagnostic/span.ts';
import { codeFrame } from '../finding/code-frame.ts';
import { fixableWords, shownFix } from '../finding/fix-words.ts';
import { impactWords } from '../finding/impact.ts';
import { lineColumn } from '../finding/line-column.ts';
import type { PlaceUrl } from '../finding/place-url.ts';
import { releaseWords } from '../finding/release-words.ts';
import { touchesSecret } from '../finding/secrets-within.ts';
import type { Finding } from '../report.ts';
import { paintWith } from '../terminal/colour.ts';
import { visible } from '../visible.ts';
import { tableRow } from './markdown-table.ts';
import { codeElement, codeSpan, details, fenced } from './markdown-text.ts';

/** What every block about findings needs. */
export interface FindingContext {
  readonly secrets: readonly Span[];
  readonly urlOf: PlaceUrl;
}

/** A finding with its lines, what to do, and the layers folded away. */
export function findingBlock(finding: Finding, context: FindingContext): string {
  const { rule, severity, message, help, span, related, fix } = finding;
  const impact = impactWords([finding]);
  const release = releaseWords(finding);
  const layers = related.map(
    (one, index) =>
      `${index + 1}. ${placeLink(one.span, context)}: ${codeSpan(one.message)}\n\n${frame(one.span, severity, context)}`,
  );
  const suggested = suggestion(finding, context);
  return [
    `**${severity}** ${codeSpan(rule)}: ${codeSpan(message)}`,
    `${placeLink(span, context)}${impact === '' ? '' : `; ${impact}`}`,
    frame(span, severity, context),
    ...(release === '' ? [] : [`Installed by ${codeSpan(release)}`]),
    ...(help === undefined
      ? []
      : [`Help: ${codeSpan(help)}${fix === undefined ? '' : `; ${fixableWords(fix)}`}`]),
    ...(help !== undefined || fix === undefined
      ? []
      : [`${fixableWords(fix)}: ${codeSpan(fix.description)}`]),
    suggested,
    ...(layers.length === 0 ? [] : [details('Set by', layers.join('\n\n'))]),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** A finding as one row of a table. */
export function findingRow({ severity, rule, span, message }: Finding, { urlOf }: FindingContext): string {
  const url = urlOf(span);
  const place = codeElement(placeOf(span));
  return tableRow([
    severity,
    codeElement(rule),
    url === undefined ? place : `[${place}](${url})`,
    codeElement(message),
  ]);
}

/** A place that leads to its line at the commit, where that is known. */
export function placeLink(span: Span, { urlOf }: Pick<FindingContext, 'urlOf'>): string {
  const url = urlOf(span);
  return url === undefined ? codeSpan(placeOf(span)) : `[${codeSpan(placeOf(span))}](${url})`;
}

function placeOf({ file, start }: Span): string {
  const { line, column } = lineColumn(file, start);
  return `${file.path}:${line}:${column}`;
}

function frame(span: Span, style: Finding['severity'], { secrets }: FindingContext): string {
  const lines = codeFrame(span, { paint: paintWith(false), style, secrets, width: 110 });
  return lines.length === 0 ? '' : fenced(lines);
}

const mostLines = 12;

/** The lines as a fix leaves them, to be taken over; none where more than a few lines, another file, or a secret has a part in it. */
function suggestion(finding: Finding, { secrets }: FindingContext): string {
  const edits = shownFix(finding, secrets)?.edits ?? [];
  const [first] = edits;
  if (first === undefined || edits.some(({ span }) => span.file.path !== first.span.file.path)) return '';
  const { file } = first.span;
  const start = lineStart(file.text, Math.min(...edits.map(({ span }) => span.start)));
  const end = lineEnd(file.text, Math.max(...edits.map(({ span }) => span.end)));
  if (touchesSecret(secrets, { file, start, end })) return '';
  const lines = edited(file.text, { start, end }, edits).split(/\r?\n/u);
  if (lines.length > mostLines || lines.some((line) => visible(line) !== line)) return '';
  const [from, to] = [lineColumn(file, start).line, lineColumn(file, end).line];
  const where = from === to ? `line ${from}` : `lines ${from} to ${to}`;
  return `Suggested for ${where} of ${codeSpan(file.path)}:\n\n${fenced(lines, 'suggestion')}`;
}

function edited(
  text: string,
  { start, end }: { start: number; end: number },
  edits: readonly Edit[],
): string {
  let made = '';
  let at = start;
  for (const { span, text: added } of edits.toSorted((a, b) => a.span.start - b.span.start)) {
    made += text.slice(at, span.start) + added;
    at = Math.max(at, span.end);
  }
  return made + text.slice(at, end);
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}
