import type { ObjectReference } from '../../diagnostic/diagnostic.ts';
import { listSome } from '../../diagnostic/list-some.ts';
import type { Span } from '../../diagnostic/span.ts';
import { codeFrame, sourceLine } from '../finding/code-frame.ts';
import { environmentNames } from '../finding/environment-names.ts';
import { fixableWords } from '../finding/fix-words.ts';
import { place } from '../finding/place.ts';
import { releaseWords } from '../finding/release-words.ts';
import type { Report, RootCauseGroup } from '../report.ts';
import { visible } from '../visible.ts';
import { type Paint, paintWith, type Style } from './colour.ts';
import { type Link, linkWith } from './hyperlink.ts';
import type { TerminalOptions } from './terminal-options.ts';
import { indented, wrapWords } from './wrap-words.ts';

/** What a finding is written with. */
export interface FindingContext extends Pick<Report, 'secrets' | 'environments'> {
  readonly paint: Paint;
  readonly link: Link;
  readonly width: number;
}

export function contextOf(
  { secrets, environments }: Pick<Report, 'secrets' | 'environments'>,
  { colours, rootUrl, width }: TerminalOptions,
): FindingContext {
  return {
    paint: paintWith(colours),
    link: linkWith(rootUrl),
    width: Math.max(40, width),
    secrets,
    environments,
  };
}

/** A finding with its frame, its object, its layers and what to do. */
export function findingLines(finding: RootCauseGroup, context: FindingContext): string[] {
  const { paint, link, secrets } = context;
  const { severity, rule, message, help, fix, span } = finding;
  return [
    ...titleLines(`${severity}[${visible(rule)}]`, visible(message), {
      severity,
      paint,
      width: context.width,
    }),
    `  ${paint('faint', '-->')} ${link(span, paint('place', place(span)))}`,
    ...codeFrame(span, {
      paint,
      style: severity,
      secrets,
      width: context.width - 8,
    }).map((line) => `  ${line}`),
    ...aboutObject(finding, context).flatMap((line) => indented(line, context.width, '  ', '    ')),
    ...layerLines(finding, context),
    ...(help === undefined && fix === undefined
      ? []
      : labelled('help:', 'good', helpWords(finding), context)),
    ...(finding.unchecked === undefined
      ? []
      : labelled('not checked because of this:', 'error', visible(finding.unchecked), context)),
  ];
}

/** A title in its colour and the words behind it, broken between words. */
export function titleLines(
  title: string,
  words: string,
  { severity, paint, width }: { readonly severity: Style; readonly paint: Paint; readonly width: number },
): string[] {
  const [first = '', ...others] = wrapWords(`${title} ${words}`, width - 2);
  return [
    `${paint(severity, title)} ${paint('strong', first.slice(title.length + 1))}`,
    ...others.map((line) => `  ${paint('strong', line)}`),
  ];
}

/** A label in its colour and the words behind it. */
export function labelled(
  label: string,
  style: Style,
  words: string,
  { paint, width }: Pick<FindingContext, 'paint' | 'width'>,
): string[] {
  const [first = '', ...others] = indented(`${label} ${words}`, width, '  ', '    ');
  return [first.replace(label, paint(style, label)), ...others];
}

function helpWords({ help, fix }: RootCauseGroup): string {
  const words = help ?? fix?.description ?? '';
  return fix === undefined ? visible(words) : `${visible(words)} (${fixableWords(fix)})`;
}

function aboutObject(finding: RootCauseGroup, context: FindingContext): string[] {
  const { object, field, occurrences } = finding;
  const objects = new Set(
    occurrences.flatMap((one) => (one.object === undefined ? [] : [kindAndName(one.object)])),
  );
  const lines: string[] = [];
  if (object !== undefined) {
    const path = field === undefined || field === '' ? '' : `: ${visible(field)}`;
    lines.push(`${objects.size > 1 ? listSome([...objects]) : kindAndName(object)}${path}`);
  }
  const release = releaseWords(finding);
  if (release !== '') lines.push(`installed by ${visible(release)}`);
  const names = environmentNames(occurrences, context.environments);
  const isNamed = (name: string): boolean =>
    context.environments.some((one) => one.isNamed && one.name === name);
  const word = names.every(isNamed) ? 'environment' : 'entry point';
  if (names.length > 1) lines.push(`${names.length} ${word}s: ${names.join(', ')}`);
  else lines.push(...names.map((name) => `${word}: ${name}`));
  return lines;
}

function kindAndName({ kind, name }: ObjectReference): string {
  return visible(`${kind} ${name === '' ? '(unnamed)' : name}`);
}

/** Where it is, and what is to be said of it next to that or below. A place is never broken: terminals and editors make a link of it. */
export function placeLines(span: Span, said: string, { paint, link, width }: FindingContext): string[] {
  const at = `  ${paint('faint', '-->')} ${link(span, paint('place', place(span)))}`;
  if (said === '') return [at];
  return place(span).length + said.length + 7 <= width ? [`${at} ${said}`] : [at, `      ${said}`];
}

/** The other places that have a part in it: in a build the layers of the value, the first one first. */
function layerLines(finding: RootCauseGroup, context: FindingContext): string[] {
  const { related } = finding;
  if (related.length === 0) return [];
  const { paint, link, secrets, width } = context;
  const layers = eachOnce(related.map(({ span, message }) => ({ span, note: visible(message) })));
  const rows = [...layers, { span: finding.span, note: 'effective value, shown above' }];
  const placeWidth = Math.max(...rows.map(({ span }) => place(span).length));
  const noteWidth = Math.max(...rows.map(({ note }) => note.length));
  const room = Math.min(36, width - placeWidth - noteWidth - 11);
  const isWide = room >= 14;
  const below = Math.max(20, width - noteWidth - 9);
  const texts = rows.map(({ span }) => sourceLine(span, secrets, isWide ? room : below));
  const textWidth = Math.max(...texts.map((text) => text.length));
  return [
    `  ${paint('faint', 'set by:')}`,
    ...rows.flatMap(({ span, note }, index) => {
      const at = `    ${index + 1}. ${link(span, paint('place', place(span)))}`;
      const text = texts[index] ?? '';
      if (!isWide) return [at, `       ${text}  ${paint('faint', note)}`];
      const gap = ''.padEnd(placeWidth - place(span).length);
      return [`${at}${gap}  ${text.padEnd(textWidth)}  ${paint('faint', note)}`];
    }),
  ];
}

/** Objects of several builds may have one line in common. */
function eachOnce(rows: readonly Layer[]): Layer[] {
  const seen = new Set<string>();
  return rows.filter((row) => seen.size < seen.add(`${place(row.span)} ${row.note}`).size);
}

interface Layer {
  readonly span: Span;
  readonly note: string;
}
