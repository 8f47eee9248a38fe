import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Severity } from '../../diagnostic/severity.ts';
import { findingAt } from '../../object/finding.ts';
import type { Resource } from '../../object/resource.ts';
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
  const length = /^[\w$]+/u.exec(text.slice(offset))?.[0].length ?? 1;
  return findingAt(resource, { ...words, path, within: { start: offset, end: offset + length } });
}
