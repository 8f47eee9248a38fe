import { expect } from 'vitest';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import type { PageCase } from './page.ts';

/** What is found in the files of an example is what its marks say, each at its line. */
export function expectMarks({ files }: PageCase, diagnostics: readonly Diagnostic[]): void {
  const found = diagnostics.map(({ span, severity, rule, message }) => ({
    file: span.file.path,
    line: span.file.text.slice(0, span.start).split('\n').length,
    severity,
    rule,
    message,
  }));
  const expected = files.flatMap(({ path, marks }) =>
    marks.map(({ message, line, severity, rule }) => ({
      file: path,
      line,
      severity,
      rule,
      message: expect.stringContaining(message),
    })),
  );
  expect(found.toSorted(byPlace)).toEqual(expected.toSorted(byPlace));
}

function byPlace(a: { file: string; line: number }, b: { file: string; line: number }): number {
  return a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1;
}
