import { visible } from './visible.ts';

interface Problem {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** How the tests of policies went, as `cdb-lint test` reports it. */
export interface PolicyTestsReport {
  readonly tests: readonly {
    readonly policy: string;
    readonly cases: readonly { readonly title: string; readonly problems: readonly Problem[] }[];
    readonly problems: readonly Problem[];
  }[];
}

/** One line a policy; what failed stands below it with its place. */
export function policyTestsReport({ tests }: PolicyTestsReport): string {
  const lines = tests.flatMap(({ policy, cases, problems }) => {
    const failed = cases.filter((one) => one.problems.length > 0);
    const isFine = failed.length === 0 && problems.length === 0;
    return [
      `${isFine ? '✓' : '✗'} ${policy} (${countOf(cases.length, 'case')})`,
      ...problems.map(problemLine),
      ...failed.flatMap((one) => [
        `  ✗ ${one.title}`,
        ...one.problems.map((problem) => `  ${problemLine(problem)}`),
      ]),
    ];
  });
  const cases = tests.flatMap((test) => test.cases);
  const failures = tests.reduce((sum, test) => sum + failuresOf(test), 0);
  const total = `${countOf(tests.length, 'policy')}, ${countOf(cases.length, 'case')}, ${countOf(failures, 'failure')}`;
  return [...lines, '', total, ''].map(visible).join('\n');
}

/** How many cases and pages are not as they should be. */
export function failuresIn({ tests }: PolicyTestsReport): number {
  return tests.reduce((sum, test) => sum + failuresOf(test), 0);
}

function failuresOf({ cases, problems }: PolicyTestsReport['tests'][number]): number {
  return problems.length + cases.filter((one) => one.problems.length > 0).length;
}

function problemLine({ file, line, message }: Problem): string {
  return `  ${file}:${line}: ${message}`;
}

function countOf(count: number, noun: string): string {
  const plural = noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`;
  return `${count} ${count === 1 ? noun : plural}`;
}
