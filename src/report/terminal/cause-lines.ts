import type { Cause } from '../finding/cause.ts';
import { fixableWords } from '../finding/fix-words.ts';
import { memberWords } from '../finding/member-words.ts';
import { place } from '../finding/place.ts';
import { plural } from '../finding/plural.ts';
import type { Finding } from '../report.ts';
import { visible } from '../visible.ts';
import { type FindingContext, findingLines, labelled, titleLines } from './finding-lines.ts';
import { indented } from './wrap-words.ts';

/** How many members of a cause are listed, and how many causes of one rule are told. */
export interface Amount {
  readonly members: number;
  readonly causesOfRule: number;
}

export const some: Amount = { members: 10, causesOfRule: 5 };
export const everything: Amount = {
  members: Number.POSITIVE_INFINITY,
  causesOfRule: Number.POSITIVE_INFINITY,
};
/** Of each cause some members, of causes as many as there are. */
export const everyCause: Amount = { ...everything, members: some.members };

/** Causes as they are told: of each rule so many, and a line for the rest. */
export function causeSections(
  causes: readonly Cause[],
  context: FindingContext,
  amount: Amount,
): (readonly string[])[] {
  const told = new Map<string, number>();
  const left = new Map<string, { severity: Finding['severity']; findings: number }>();
  const sections: (readonly string[])[] = [];
  for (const cause of causes) {
    const { rule, severity } = cause.findings[0];
    const count = (told.get(rule) ?? 0) + 1;
    told.set(rule, count);
    if (count <= amount.causesOfRule) sections.push(causeLines(cause, context, amount));
    else {
      const known = left.get(rule)?.findings ?? 0;
      left.set(rule, { severity, findings: known + cause.findings.length });
    }
  }
  if (left.size === 0) return sections;
  const rows = [...left].map(([rule, { severity, findings }]) => {
    const title = context.paint(severity, `${severity}[${visible(rule)}]`);
    return `${title} and ${findings} more`;
  });
  return [...sections, [...rows, '  --all prints every one of them']];
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
