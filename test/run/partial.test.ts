import { expect, it } from 'vitest';
import { digestOf, isWhole, type Partial } from '../../src/run/partial.ts';

const parts = {
  builds: { builds: [] },
  answers: { answers: [] },
  results: { units: [] },
} as unknown as Partial;

it.each<[string, object, boolean]>([
  ['nothing', {}, true],
  ['its version alone, which is looked at elsewhere', { version: 2 }, true],
  ['what was built', { builds: { builds: [1] } }, false],
  ['what was answered', { answers: { answers: [1] } }, false],
  ['what was found', { results: { units: [1] } }, false],
  ['its digest', { digest: 'x' }, false],
])('a part is whole, or not, where somebody changed %s', (_, change, is) => {
  expect(isWhole({ ...parts, digest: digestOf(parts), ...change } as Partial)).toBe(is);
});
