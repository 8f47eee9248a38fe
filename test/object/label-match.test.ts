import { expect, it } from 'vitest';
import { matchesPairs, matchesSelector } from '../../src/object/label-match.ts';
import type { Mapping, Value } from '../../src/source/value.ts';
import { mappingOf } from '../support/mapping-of.ts';

const labels = mappingOf({ app: 'web', tier: '', track: null }) as Mapping;
const one = (key: string, operator: string, ...values: readonly (string | null)[]) => ({
  matchExpressions: [{ key, operator, values }],
});

// What labels.Selector of k8s.io/apimachinery says of the same labels, decoded.
it.each([
  [undefined, false],
  [null, false],
  [{}, true],
  [{ matchLabels: { app: 'web' } }, true],
  [{ matchLabels: { app: 'web', tier: 'front' } }, false],
  [{ matchLabels: { absent: '' } }, false],
  [{ matchLabels: { tier: null } }, true],
  [{ matchLabels: { track: '' } }, true],
  [one('app', 'In', 'web', 'api'), true],
  [one('app', 'In', 'api'), false],
  [one('absent', 'In', ''), false],
  [one('app', 'NotIn', 'web'), false],
  [one('absent', 'NotIn', 'web'), true],
  [one('track', 'In', ''), true],
  [one('app', 'Exists'), true],
  [one('absent', 'Exists'), false],
  [one('absent', 'DoesNotExist'), true],
  [one('track', 'DoesNotExist'), false],
  [one('absent', 'Gt', '1'), false],
  [{ matchLabels: { app: 'web' }, ...one('tier', 'DoesNotExist') }, false],
])('%j: %j', (selector, expected) => {
  expect(matchesSelector(selector === undefined ? undefined : mappingOf(selector ?? null), labels)).toBe(
    expected,
  );
});

it('no labels are no pairs, and no pairs are always there', () => {
  const pairs = mappingOf({ app: 'web' }) as Mapping;
  expect([matchesPairs(pairs, undefined), matchesPairs(undefined, undefined)]).toEqual([false, true]);
  expect(matchesSelector(mappingOf({}) as Value, undefined)).toBe(true);
});
