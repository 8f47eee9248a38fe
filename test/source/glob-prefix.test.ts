import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchesGlob } from '../../src/source/glob.ts';
import { prefixLength, type Which } from '../../src/source/glob-prefix.ts';
import { matchesPart } from '../../src/source/path-match.ts';

test('finds what trying every length finds', () => {
  const letters = fc.constantFrom('a', 'b', 'c');
  const text = fc.string({ unit: letters, maxLength: 10 });
  const pattern = fc.string({ unit: fc.oneof(letters, fc.constantFrom('*', '?')), maxLength: 6 });
  const which = fc.constantFrom<Which>('shortest', 'longest');
  fc.assert(
    fc.property(text, pattern, which, (one, glob, wanted) => {
      const lengths = Array.from({ length: one.length }, (_, index) => index + 1);
      if (wanted === 'longest') lengths.reverse();
      const tried = lengths.find((length) => matchesGlob(glob, one.slice(0, length)));
      expect([one, glob, prefixLength(one, glob, wanted)]).toEqual([one, glob, tried]);
    }),
    { numRuns: 5000 },
  );
});

test('finds what trying every length finds, classes included', () => {
  const letters = fc.constantFrom('a', 'b', 'c');
  const text = fc.string({ unit: letters, maxLength: 10 });
  const unit = fc.oneof(letters, fc.constantFrom('*', '?', '[ab]', '[^a]', '\\c'));
  const which = fc.constantFrom<Which>('shortest', 'longest');
  fc.assert(
    fc.property(text, fc.string({ unit, maxLength: 6 }), which, (one, glob, wanted) => {
      const lengths = Array.from({ length: one.length }, (_, index) => index + 1);
      if (wanted === 'longest') lengths.reverse();
      const tried = lengths.find((length) => matchesPart(glob, one.slice(0, length)));
      expect([one, glob, prefixLength(one, glob, wanted)]).toEqual([one, glob, tried]);
    }),
    { numRuns: 3000 },
  );
});
