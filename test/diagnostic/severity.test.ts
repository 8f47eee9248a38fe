import { expect, it } from 'vitest';
import { compareSeverity, isError, reaches, type Severity } from '../../src/diagnostic/severity.ts';

const severities: readonly Severity[] = ['error', 'warning', 'note'];

it('a severity reaches itself and those that are less grave', () => {
  expect(severities.map((one) => severities.filter((other) => reaches(one, other)))).toEqual([
    ['error', 'warning', 'note'],
    ['warning', 'note'],
    ['note'],
  ]);
  expect(severities.filter((severity) => isError({ severity }))).toEqual(['error']);
});

it('graver severities come first', () => {
  expect([...severities].reverse().toSorted(compareSeverity)).toEqual(severities);
});
