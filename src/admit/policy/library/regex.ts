import type { RE2JS } from 're2js';
import { spendEffort } from '../../../source/effort.ts';
import { errorText } from '../../../source/error-text.ts';
// Loaded when called: few expressions match patterns.
import { type PlainPattern, plainPattern } from '../../../source/plain-pattern.ts';
import { compileRe2 } from '../../../source/re2.ts';
import { CelError } from '../cel-error.ts';
import { charge, type Scope } from '../scope.ts';
import { intArgument, type Library, stringArgument } from './argument.ts';

const programs = new Map<string, RE2JS | string>();
const programLimit = 1000;

/** RE2's program for a pattern, or why it is none: linear time, without the backreferences that JavaScript would take. */
export function compilePattern(pattern: string): RE2JS | string {
  let program = programs.get(pattern);
  if (program === undefined) {
    spendEffort(500 + pattern.length * 10);
    try {
      program = compileRe2(pattern);
    } catch (error) {
      program = errorText(error);
    }
    if (programs.size >= programLimit) programs.clear();
    programs.set(pattern, program);
  }
  return program;
}

function chargeMatch(text: string, pattern: string, scope: Scope): void {
  // cel-go: a regular expression costs its own length times that of the text, each scaled down.
  charge(scope.root, Math.ceil(text.length / 10) * Math.ceil(pattern.length / 4));
}

function programOf(text: string, pattern: string, scope: Scope): RE2JS {
  chargeMatch(text, pattern, scope);
  const program = compilePattern(pattern);
  if (typeof program === 'string') throw new CelError(`invalid regular expression: ${program}`);
  return program;
}

function findAll(text: string, pattern: string, limit: bigint, scope: Scope): string[] {
  const matcher = programOf(text, pattern, scope).matcher(text);
  const found: string[] = [];
  while ((limit < 0n || BigInt(found.length) < limit) && matcher.find()) found.push(matcher.group() ?? '');
  return found;
}

const plain = new Map<string, PlainPattern | undefined>();

function plainOf(pattern: string): PlainPattern | undefined {
  if (!plain.has(pattern)) {
    spendEffort(10 + pattern.length);
    if (plain.size >= programLimit) plain.clear();
    plain.set(pattern, plainPattern(pattern));
  }
  return plain.get(pattern);
}

/** Whether a pattern is found in a text, or why it is none; for the common simple ones no engine has to be loaded. */
export function testPattern(pattern: string): ((text: string) => boolean) | string {
  const known = plainOf(pattern);
  if (known !== undefined) return known;
  const program = compilePattern(pattern);
  return typeof program === 'string' ? program : (text) => program.test(text);
}

export function matches(text: string, pattern: string, scope: Scope): boolean {
  chargeMatch(text, pattern, scope);
  const test = testPattern(pattern);
  if (typeof test === 'string') throw new CelError(`invalid regular expression: ${test}`);
  return test(text);
}

export const regexMethods: Library = {
  matches: ([text, pattern], scope) => matches(stringArgument(text), stringArgument(pattern), scope),
  find: ([text, pattern], scope) =>
    findAll(stringArgument(text), stringArgument(pattern), 1n, scope)[0] ?? '',
  findAll: ([text, pattern, limit], scope) =>
    findAll(
      stringArgument(text),
      stringArgument(pattern),
      limit === undefined ? -1n : intArgument(limit),
      scope,
    ),
};
