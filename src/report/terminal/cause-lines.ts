import { plural } from '../../diagnostic/plural.ts';
import { isError } from '../../diagnostic/severity.ts';
import type { Cause } from '../finding/cause.ts';
import { fixableWords } from '../finding/fix-words.ts';
import { memberWords } from '../finding/member-words.ts';
import { place } from '../finding/place.ts';
import { releaseWords } from '../finding/release-words.ts';
import type { Finding } from '../report.ts';
import { visible } from '../visible.ts';
import { type FindingContext, findingLines, labelled, placeLines, titleLines } from './finding-lines.ts';
import { indented, wrapWords } from './wrap-words.ts';

/** How many members of a cause are listed, and how many causes of one rule are told. */
export interface Amount {
  readonly members: number;
  readonly causesOfRule: number;
  /** Whether what is no error is a title and its first place, and of one rule so many. */
  readonly brief?: number;
}

export const some: Amount = { members: 10, causesOfRule: 5 };
const briefly: Amount = { ...some, brief: 3 };
export const everything: Amount = {
  members: Number.POSITIVE_INFINITY,
  causesOfRule: Number.POSITIVE_INFINITY,
};
/** Of each cause some members, of causes as many as there are. */
export const everyCause: Amount = { ...everything, members: some.members };

// What fills three screens or so; of more than that only errors are worth their frames before someone asks.
const mostInFull = 20;

/** How a terminal tells of so many causes, where not all was asked for. */
export function amountFor(causes: readonly Cause[]): Amount {
  return causes.length > mostInFull ? briefly : some;
}

/** Causes as they are told: of each rule so many, and a line for the rest. */
export function causeSections(
  causes: readonly Cause[],
  context: FindingContext,
  amount: Amount,
): (readonly string[])[] {
  const told = new Map<string, number>();
  const left = new Map<string, Left>();
  const sections: (readonly string[])[] = [];
  for (const cause of causes) {
    const { rule, severity } = cause.findings[0];
    const key = `${severity}[${visible(rule)}]`;
    const count = (told.get(key) ?? 0) + 1;
    told.set(key, count);
    const isBrief = amount.brief !== undefined && severity !== 'error';
    if (count > (isBrief ? (amount.brief ?? 0) : amount.causesOfRule)) {
      const known = left.get(key)?.findings ?? 0;
      left.set(key, { severity, findings: known + cause.findings.length });
    } else if (isBrief) sections.push(briefLines(cause, context, count === 1));
    else sections.push(causeLines(cause, context, amount));
  }
  const wasBrief = amount.brief !== undefined && causes.some(({ findings: [first] }) => !isError(first));
  return [...sections, leftLines(left, context, wasBrief)];
}

interface Left {
  readonly severity: Finding['severity'];
  readonly findings: number;
}

/** What is not told of, and how to have all of it. */
function leftLines(
  left: ReadonlyMap<string, Left>,
  { paint, width }: FindingContext,
  wasBrief: boolean,
): readonly string[] {
  const rows = [...left].map(
    ([title, { severity, findings }]) => `${paint(severity, title)} and ${findings} more`,
  );
  if (wasBrief) return [...rows, ...wrapWords(inBrief, width)];
  return rows.length === 0 ? [] : [...rows, '  --all prints all of them'];
}

const inBrief =
  'Warnings and notes are in brief: --all prints everything in full, and cdb-lint explain PLACE one finding';

/** What is wrong, the first place and how many there are; what to do once for each rule. */
function briefLines(cause: Cause, context: FindingContext, withHelp: boolean): string[] {
  const { severity, rule, span, help } = cause.findings[0];
  const more = cause.findings.length - 1;
  const isOneRule = cause.findings.every((one) => one.rule === rule);
  const release = visible(releaseWords(cause.findings[0]));
  return [
    ...titleLines(`${severity}${isOneRule ? `[${visible(rule)}]` : ''}`, visible(cause.title), {
      ...context,
      severity,
    }),
    ...placeLines(span, [release, more === 0 ? '' : `and ${more} more`].join(' ').trim(), context),
    ...(withHelp && help !== undefined ? labelled('help:', 'good', visible(help), context) : []),
  ];
}

function causeLines(cause: Cause, context: FindingContext, amount: Amount): string[] {
  const [first, ...others] = cause.findings;
  if (others.length === 0) return findingLines(first, context);
  if (cause.by === 'message') return repeatedLines(cause, context, amount);
  const { severity, help } = first;
  const rules = new Set(cause.findings.map(({ rule }) => rule));
  const name = rules.size === 1 ? `[${visible(first.rule)}]` : '';
  const words = `${visible(cause.title)}${countWords(cause)}`;
  const isHelpShared = help !== undefined && cause.findings.every((one) => one.help === help);
  return [
    ...titleLines(`${severity}${name}`, words, { ...context, severity }),
    ...memberLines(cause, context, amount),
    ...(isHelpShared ? labelled('help:', 'good', visible(help), context) : []),
  ];
}

/** The first in full, and where else the same is said. */
function repeatedLines(cause: Cause, context: FindingContext, amount: Amount): string[] {
  const [first, second, ...others] = cause.findings;
  if (second === undefined) return findingLines(first, context);
  return [
    ...findingLines(first, context),
    `  the same in ${plural(others.length + 1, 'other place')}:`,
    ...memberLines({ ...cause, findings: [second, ...others] }, context, amount),
  ];
}

/** How many there are, where the title does not say it, and whether a fix is known for each. */
function countWords({ by, findings }: Cause): string {
  const words = [...(by === 'object' ? [] : [plural(findings.length, 'finding')]), ...fixWords(findings)];
  return words.length === 0 ? '' : ` (${words.join(', ')})`;
}

function fixWords(findings: Cause['findings']): string[] {
  const fixes = findings.map(({ fix }) => fix);
  const [riskiest] = fixes.toSorted((a, b) => Number(b?.risk !== undefined) - Number(a?.risk !== undefined));
  return riskiest === undefined || fixes.includes(undefined) ? [] : [fixableWords(riskiest)];
}

function memberLines(cause: Cause, context: FindingContext, amount: Amount): string[] {
  const { findings } = cause;
  const wordsOf = memberWords(cause);
  const shown = findings.slice(0, amount.members);
  const placeWidth = Math.max(...shown.map(({ span }) => place(span).length));
  const lines = shown.flatMap((one) => memberLine(one, wordsOf(one), { ...context, placeWidth }));
  const more = findings.length - shown.length;
  return more === 0 ? lines : [...lines, `  and ${more} more (--all prints them)`];
}

/** The place and what is wrong there: side by side, or below each other where that is too wide. */
function memberLine(
  { span }: Finding,
  said: string,
  { paint, link, width, placeWidth }: FindingContext & { readonly placeWidth: number },
): string[] {
  const words = visible(said);
  const at = `  ${paint('faint', '-->')} ${link(span, paint('place', place(span)))}`;
  if (words === '') return [at];
  const gap = ''.padEnd(placeWidth - place(span).length);
  if (placeWidth + words.length + 8 <= width) return [`${at}${gap}  ${words}`];
  return [at, ...indented(words, width, '      ', '      ')];
}
