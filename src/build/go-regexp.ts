import { errorText } from '../source/error-text.ts';
// Loaded when called: most patterns are plain.
import { plainPattern } from '../source/plain-pattern.ts';
import { compileRe2 } from '../source/re2.ts';
import type { Problem } from './problem.ts';

export interface GoRegExp {
  /** Whether the expression matches anywhere in `text` (Go's MatchString). */
  test(text: string): boolean;
}

/** Compiles a regular expression of Go; the commonest ones need no RE2 engine. */
export function compileGoRegExp(source: string): GoRegExp | Problem {
  const plain = plainPattern(source);
  if (plain !== undefined) return { test: plain };
  try {
    const compiled = compileRe2(source);
    return { test: (text) => compiled.test(text) };
  } catch (error) {
    return {
      problem: `${JSON.stringify(source)} is not a regular expression: ${reasonOf(error)}`,
      help: 'write it in the syntax of Go (RE2), which has no lookaround and no backreferences',
    };
  }
}

/** As selectors use it: the whole text must match, and an empty expression matches everything. */
export function compileWholeGoRegExp(source: string): GoRegExp | Problem {
  if (source === '') return { test: () => true };
  if (/^[\w/-]+$/.test(source)) return { test: (text) => text === source };
  const compiled = compileGoRegExp(`^(?:${source})$`);
  // The error speaks of what the user wrote.
  return 'problem' in compiled ? compileGoRegExp(source) : compiled;
}

function reasonOf(error: unknown): string {
  const message = errorText(error);
  return message.replace(/^error parsing regexp: /, '');
}
