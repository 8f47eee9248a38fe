import { findingAt } from '../../build/finding.ts';
import type { Resource } from '../../build/resource.ts';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Severity } from '../../diagnostic/severity.ts';
import type { Span } from '../../diagnostic/span.ts';
import type { ExpressionProblem } from './expression.ts';
import type { PolicyExpression } from './policy.ts';

export interface ExpressionWords {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly help: string;
  readonly unchecked?: string;
}

/** A finding at the word of an expression that is wrong. */
export function expressionFinding(
  resource: Resource,
  { path, text }: Pick<PolicyExpression, 'path' | 'text'>,
  { offset }: ExpressionProblem,
  words: ExpressionWords,
): Diagnostic {
  const finding = findingAt(resource, { ...words, path });
  return { ...finding, span: spanInText(finding.span, text, offset) };
}

/**
 * The word at an offset of a text, found in the YAML scalar that holds it. Scalars fold, quote and indent, but keep what is no white
 * space; where a quoted one has escapes the whole of it is meant.
 */
export function spanInText(span: Span, text: string, offset: number): Span {
  const { file, start, end } = span;
  const written = file.text.slice(start, end);
  const first = /^[|>][^\n]*\n|^["']/u.exec(written)?.[0].length ?? 0;
  if (!squeezed(written.slice(first)).startsWith(squeezed(text))) return span;
  const before = squeezed(text.slice(0, offset)).length;
  let at = start + first;
  for (let seen = 0; at < end; at++) {
    if (/\s/u.test(file.text[at] ?? '')) continue;
    if (seen === before) break;
    seen++;
  }
  if (at >= end) return span;
  const word = /^[\w$]+/u.exec(file.text.slice(at, end))?.[0].length ?? 1;
  return { file, start: at, end: at + word };
}

function squeezed(text: string): string {
  return text.replaceAll(/\s+/gu, '');
}
