import { plural } from '../../diagnostic/plural.ts';
import type { Cause } from '../finding/cause.ts';
import { memberWords } from '../finding/member-words.ts';
import { type FindingContext, findingBlock, findingRow, placeLink } from './finding-markdown.ts';
import { codeSpan, details } from './markdown-text.ts';

/** How many members of a cause are listed. */
const mostMembers = 10;

/** A cause with its members, the first of them with its lines folded away; of a single finding all that is known of it. */
export function causeBlock(cause: Cause, context: FindingContext): string {
  const { title, findings } = cause;
  const [first, ...others] = findings;
  if (others.length === 0) return findingBlock(first, context);
  const rules = new Set(findings.map(({ rule }) => rule));
  const name = rules.size === 1 ? ` ${codeSpan(first.rule)}` : '';
  const wordsOf = memberWords(cause);
  const members = findings.slice(0, mostMembers).map((one) => {
    const words = wordsOf(one);
    return `- ${placeLink(one.span, context)}${words === '' ? '' : `: ${codeSpan(words)}`}`;
  });
  const more = findings.length - members.length;
  const list = [...members, ...(more === 0 ? [] : [`- and ${more} more`])].join('\n');
  return [
    `**${first.severity}**${name}: ${codeSpan(title)} (${plural(findings.length, 'finding')})`,
    list,
    details('The first of them', findingBlock(first, context)),
  ].join('\n\n');
}

/** A cause as one row of a table: where its first finding is, and how many there are. */
export function causeRow({ title, findings }: Cause, context: FindingContext): string {
  const [first, ...others] = findings;
  if (others.length === 0) return findingRow(first, context);
  return findingRow({ ...first, message: `${title} (${plural(findings.length, 'finding')})` }, context);
}
