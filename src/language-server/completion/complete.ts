import {
  type CompletionItem,
  type CompletionList,
  InsertTextFormat,
  InsertTextMode,
} from 'vscode-languageserver';
import { visible } from '../../report/visible.ts';
import type { Cursor } from '../yaml/cursor-shape.ts';
import { proposeKnownValues } from './known-values.ts';
import type { LineParts } from './line-parts.ts';
import type { Proposal } from './proposal.ts';
import { proposeExpressions } from './propose-expressions.ts';
import { proposeFields } from './propose-fields.ts';
import { proposeLabels } from './propose-labels.ts';
import { proposeNames } from './propose-names.ts';
import { beginOperations, proposeOperations } from './propose-operations.ts';
import { proposeParameters } from './propose-parameters.ts';
import { proposePaths } from './propose-paths.ts';
import { proposeRules } from './propose-rules.ts';
import { proposeSetParameters } from './propose-set-parameters.ts';
import { proposeValues } from './propose-values.ts';
import { type PartProposals, proposeSubstitutions, proposeVariables } from './propose-variables.ts';
import { type Subject, subjectOf } from './subject.ts';
import { withValues } from './with-values.ts';
import type { Writing } from './writing.ts';

/** What may stand at a place, with words; an editor narrows it down while somebody types on. */
export function complete(writing: Writing, line: LineParts, takesSnippets: boolean): CompletionList {
  const { cursor } = writing;
  const variables = proposeVariables(line, writing.knowledge);
  if (variables !== undefined) return completePart(cursor.line, variables, takesSnippets);
  const parameters = proposeSetParameters(writing, line);
  if (parameters !== undefined) return completePart(cursor.line, parameters, takesSnippets);
  const expression = proposeExpressions(writing, line);
  if (expression !== undefined) return completePart(cursor.line, expression, takesSnippets);
  const subject = subjectOf(writing);
  return listOf(
    subject === undefined ? [] : proposalsOf(writing, withValues(writing, subject)),
    cursor,
    takesSnippets,
  );
}

/** What stands in a part of a line, whatever quotes are around the whole. */
export function completePart(
  line: number,
  { proposals, from, to }: PartProposals,
  takesSnippets: boolean,
): CompletionList {
  return listOf(proposals, { line, from, to }, takesSnippets);
}

function proposalsOf(writing: Writing, subject: Subject): Proposal[] {
  const { cursor, knowledge } = writing;
  const named = [
    ...proposeNames(cursor, subject, knowledge),
    ...proposeLabels(cursor, subject, knowledge),
    ...proposeKnownValues(cursor, subject),
    ...proposeSubstitutions(writing),
    ...proposePaths(writing, subject),
    ...proposeParameters(writing),
    ...proposeRules(writing, subject),
    ...(subject.isPatch === true ? beginOperations(cursor) : []),
    ...(subject.is === 'operations' ? proposeOperations(writing, subject) : []),
  ];
  const fields = cursor.role === 'value' ? [] : proposeFields(cursor, subject);
  const values = cursor.role === 'key' ? [] : proposeValues(cursor, subject);
  return [...named, ...fields, ...values];
}

type Replaced = Pick<Cursor, 'line' | 'from' | 'to' | 'quote'>;

function listOf(proposals: readonly Proposal[], cursor: Replaced, takesSnippets: boolean): CompletionList {
  const seen = new Set<string>();
  const items = proposals.flatMap((one) => {
    if (seen.has(one.label)) return [];
    seen.add(one.label);
    return [itemOf(one, cursor, takesSnippets)];
  });
  return { isIncomplete: false, items };
}

function itemOf(
  proposal: Proposal,
  { line, from, to, quote }: Replaced,
  takesSnippets: boolean,
): CompletionItem {
  const { label, kind, text = label, isSnippet, detail, words, rank = 1 } = proposal;
  const isRich = isSnippet === true && takesSnippets;
  const plain = isSnippet === true && !isRich ? withoutPlaces(text) : text;
  const newText = quote === undefined ? plain : endQuote(plain, label, quote);
  return {
    label: visible(label),
    kind,
    sortText: `${rank}${label}`,
    filterText: label,
    textEdit: { range: { start: { line, character: from }, end: { line, character: to } }, newText },
    insertTextFormat: isRich ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    // The lines of a snippet begin where they belong already.
    insertTextMode: InsertTextMode.asIs,
    ...(detail === undefined ? {} : { detail }),
    ...(words === undefined || words === '' ? {} : { documentation: { kind: 'markdown', value: words } }),
  };
}

/** A key or a value with the quote that ends it. */
function endQuote(text: string, label: string, quote: string): string {
  return text.startsWith(label) ? label + quote + text.slice(label.length) : text + quote;
}

/** For editors without snippets: up to the first place where something is to be written. */
function withoutPlaces(text: string): string {
  return text
    .slice(0, text.indexOf('$'))
    .replace(/\s+$/u, (blanks) => (blanks.includes('\n') ? blanks : ' '));
}
