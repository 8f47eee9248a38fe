import { describe, expect, it } from 'vitest';
import { secretsWithin, touchesSecret } from '../../src/report/finding/secrets-within.ts';

const files = ['a.yaml', 'b.yaml'].map((path) => ({ path, text: '' }));
const span = (index: number, start: number, end: number) => ({
  file: files[index % 2] ?? { path: '', text: '' },
  start,
  end,
});

describe('spans that touch one of many secrets', () => {
  it('are those that a comparison with each finds', () => {
    let seed = 3;
    const next = (limit: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % limit;
    };
    const any = () => {
      const start = next(400);
      return span(next(7), start, start + next(12));
    };
    const many = Array.from({ length: 60 }, any);
    const asked = Array.from({ length: 500 }, any);
    const expected = asked.map(({ file, start, end }) =>
      many.some((one) => one.file.path === file.path && one.start < end && start < one.end),
    );
    expect(asked.map((one) => touchesSecret(many, one))).toEqual(expected);
    const within = asked.map(({ file, start, end }) =>
      many
        .filter((one) => one.file.path === file.path && one.start < end && start < one.end)
        .toSorted((one, other) => one.start - other.start),
    );
    expect(asked.map(({ file, start, end }) => secretsWithin(many, file.path, start, end))).toEqual(within);
    expect(new Set(expected).size).toBe(2);
  });

  it('are none in a file without secrets, or where they only meet', () => {
    const secrets = [span(0, 5, 10), span(0, 20, 25)];
    expect(secretsWithin(secrets, 'b.yaml', 0, 100)).toEqual([]);
    expect(touchesSecret(secrets, span(1, 0, 100))).toBe(false);
    expect(secretsWithin(secrets, 'a.yaml', 10, 20)).toEqual([]);
    expect(secretsWithin(secrets, 'a.yaml', 9, 20)).toEqual([secrets[0]]);
    expect(secretsWithin(secrets, 'a.yaml', 10, 21)).toEqual([secrets[1]]);
    expect(secretsWithin([], 'a.yaml', 0, 100)).toEqual([]);
  });

  it('are looked up without a look at all of them', () => {
    let reads = 0;
    const counted = Array.from({ length: 4_096 }, (_, index) => {
      const one = span(0, index * 10, index * 10 + 5);
      const end = (): number => {
        reads += 1;
        return one.start + 5;
      };
      return Object.defineProperty({ ...one }, 'end', { get: end });
    });
    // They are put in order once.
    touchesSecret(counted, span(0, 0, 0));
    const before = reads;
    expect(touchesSecret(counted, span(0, 20_003, 20_004))).toBe(true);
    expect(touchesSecret(counted, span(0, 20_006, 20_009))).toBe(false);
    expect(reads).toBe(before);
  });
});
