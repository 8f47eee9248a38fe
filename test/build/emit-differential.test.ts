import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emitDocuments } from '../../src/source/emit/emit.ts';
import { compareKeys, naturalOrder } from '../../src/source/emit/emit-key-order.ts';
import type { Mapping, Value } from '../../src/source/value.ts';
import { hasKubectl, kubectlKustomize } from '../support/kubectl-kustomize.ts';

// What yaml v2 treats in a way of its own: syntax, breaks, quotes, digits, escapes, several planes.
const character = fc.constantFrom(
  ...' \n\n:#-?,[]{}&*!|>\'"%@`aAyYnNoO01289_.e+=~<xXbTZ\t\r\\/é\u00a0\u2028\u2029\u{1F600}\ufeff\ufffd\ue000\ud7ff\u3042',
);
const word = fc.constantFrom(
  ...['yes', 'No', 'on', 'y', 'null', '~', 'true', '<<', '=', '---', '--- a', '...', '.inf', '-.INF', '.NaN'],
  ...[
    '0x1F',
    '0X1f',
    '1_000',
    '012',
    '08',
    '0o17',
    '0b101',
    '-0b1',
    '0b-1',
    '0b2',
    '1e3',
    '1e400',
    '.5',
    '.3_0',
  ],
  ...[
    '.e5',
    '+1',
    '+.5',
    '12:30:45',
    '1:99',
    '0xFFFFFFFFFFFFFFFFFF',
    '18446744073709551616',
    '-_1',
    '5.',
    '1,5',
  ],
  ...[
    '2001-01-01',
    '2001-02-30',
    '2001-1-1 1:2:3',
    '2001-1-1T1:2:3Z',
    '2001-1-1t1:2:3,5+25:00',
    '0000-02-29',
  ],
  ...[
    'a: b',
    'a #b',
    'a:',
    '- a',
    '-a',
    '? x',
    '?x',
    ': y',
    ':y',
    "it's",
    'say "x"',
    '%a',
    '@a',
    '`a',
    '!a',
    '&a',
  ],
  'a sentence that is a little longer than the others are, for the lines to be folded',
);
const text = fc.oneof(
  word,
  fc.string({ unit: character, maxLength: 12 }),
  fc.string({ unit: fc.constantFrom(...'0123456789_.:-+exTZ'), maxLength: 8 }),
  fc
    .array(fc.oneof({ weight: 3, arbitrary: word }, { weight: 1, arbitrary: character }), { maxLength: 16 })
    .map((words) => words.join(' ')),
  fc.string({ unit: fc.oneof(fc.constantFrom(...'abc abc  '), character), minLength: 70, maxLength: 200 }),
);
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }),
  fc.constantFrom(-0, 1e20, 1e21, 1e6, 1234567.5, 0.0001, 0.00001),
);
// A key `<<` vanishes when kustomize reads the file.
const key = fc
  .oneof(text, fc.stringMatching(/^[ab_]?[0-9]{0,3}[a.]?[0-9]{0,2}$/))
  .filter((name) => name !== '<<');
const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 4, arbitrary: text },
    { weight: 1, arbitrary: fc.oneof(number, fc.boolean(), fc.constant(null)) },
    { weight: 2, arbitrary: fc.dictionary(key, tie('value'), { maxKeys: 6 }).filter(hasOneOrder) },
    { weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 4 }) },
  ),
}));

/** The order of v2 goes round in a circle for `1T`, `01`, `10`, so that Go's random map order shows. */
function hasOneOrder(mapping: Mapping): boolean {
  const keys = naturalOrder(Object.keys(mapping));
  return keys.every((first, index) =>
    keys.slice(index + 1).every((second) => compareKeys(first, second) < 0),
  );
}

/** JSON that YAML reads back exactly: characters beyond ASCII escaped, and beyond U+FFFF as one. */
function toJson(item: Value): string {
  if (typeof item === 'bigint') return String(item);
  if (typeof item === 'number') return Object.is(item, -0) ? '-0.0' : String(item);
  if (typeof item === 'string') {
    return JSON.stringify(item).replace(/[\u{7f}-\u{10ffff}]/gu, (rune) => {
      return `\\U${(rune.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`;
    });
  }
  if (Array.isArray(item)) return `[${item.map(toJson).join(', ')}]`;
  if (typeof item !== 'object' || item === null) return String(item);
  return `{${Object.entries(item)
    .map(([name, part]) => `${toJson(name)}: ${toJson(part)}`)
    .join(', ')}}`;
}

function toObject(spec: Value, index: number): Mapping {
  return { apiVersion: 'v1', kind: 'Any', metadata: { name: `n${String(index).padStart(4, '0')}` }, spec };
}

describe.skipIf(!hasKubectl)('kubectl kustomize (skipped where kubectl is absent)', () => {
  test('prints the same for any value', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 150, size: 'max' }), (values) => {
        const objects = values.map(toObject);
        const printed = kubectlKustomize({
          'kustomization.yaml': 'resources: [all.yaml]\n',
          'all.yaml': objects.map(toJson).join('\n---\n'),
        });
        expect(emitDocuments(objects)).toBe(printed);
      }),
      { numRuns: 12, interruptAfterTimeLimit: 60_000 },
    );
  });
});
