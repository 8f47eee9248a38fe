import fc from 'fast-check';
import { stringify } from 'yaml';

/** Names that meet each other often. */
export const name = fc.constantFrom('app', 'web', 'db');

/** Texts that some YAML reader takes for something else, or that some writer has to quote, fold or escape. */
export const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('x', 'y1', 'some words', 'a/b:c') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...['yes', 'n', 'on', 'null', '~', '', 'true', '012', '0x1F', '1e3', '1_000', '12:30:45', '2001-01-01'],
      ...[
        '1.0',
        '.5',
        '-',
        '- x',
        'a: b',
        'a #b',
        '# a',
        '@a',
        '*a',
        '&a',
        '!a',
        '%a',
        '{a',
        '[a',
        "it's",
        '"q"',
      ],
      ...[
        '=',
        '<<',
        '?',
        ' lead',
        'trail ',
        'tab\there',
        'é ü',
        '\u00a0',
        '🙂 x',
        'back\\slash',
        '$(app)',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: text that looks like a variable
        '${x}',
      ],
      ...[
        'two\nlines',
        'two\nlines\n',
        'keep\n\n',
        ' lead\nline\n',
        'a\n  deeper\nb',
        'space \nbreak',
        '\nfirst empty',
      ],
      ...[
        'a\n\nparagraph\n',
        'x\ttab\nline\n',
        'cr\r\nlf',
        'v1.2',
        '1.',
        '+1',
        '1e',
        '0b11',
        '0o7',
        'Infinity',
      ],
      `${'long words that go on '.repeat(6)}end`,
      `${'x'.repeat(90)} and ${'y'.repeat(90)}`,
      `first ${'long line '.repeat(12)}\nsecond\n`,
    ),
  },
);

export const scalar: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: text },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(
      ...[0, 1, -1, 80, 3000000000, 1.5, 0.1, 1e21, 123456789.125, 1e-7, 9007199254740993n],
      ...[true, false, null],
    ),
  },
);

/** Anything that a field which nobody knows may hold. */
export const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.array(tie('tree'), { maxLength: 3 }).map((items) => items.filter((item) => item !== null)),
    fc.dictionary(
      fc.constantFrom('name', 'value', 'items', 'a', 'a2', 'a10', 'B', 'x-y', '1', 'on'),
      tie('tree'),
      {
        maxKeys: 3,
      },
    ),
  ),
}));

/** A mapping of such, as most objects hold. */
export const branch = fc.dictionary(fc.constantFrom('a', 'b', 'name', 'items', 'x-y', 'replicas'), tree, {
  maxKeys: 3,
});

export interface Style {
  readonly defaultStringType: 'PLAIN' | 'QUOTE_SINGLE' | 'QUOTE_DOUBLE' | 'BLOCK_LITERAL' | 'BLOCK_FOLDED';
  readonly collectionStyle: 'any' | 'flow';
  readonly indentSeq: boolean;
  readonly lineWidth: number;
  readonly version: '1.1' | '1.2';
}

/** Ways to write the same document. */
export const style: fc.Arbitrary<Style> = fc.record({
  defaultStringType: fc.oneof(
    { weight: 5, arbitrary: fc.constant('PLAIN' as const) },
    fc.constantFrom('QUOTE_SINGLE', 'QUOTE_DOUBLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'),
  ) as fc.Arbitrary<Style['defaultStringType']>,
  collectionStyle: fc.oneof(
    { weight: 9, arbitrary: fc.constant('any' as const) },
    fc.constant('flow' as const),
  ),
  indentSeq: fc.boolean(),
  lineWidth: fc.constantFrom(0, 80),
  version: fc.constantFrom('1.1', '1.2'),
});

export function write(value: unknown, how?: Style): string {
  return stringify(value, {
    aliasDuplicateObjects: false,
    defaultKeyType: 'PLAIN',
    ...(how ?? {}),
  });
}

export function optional<T>(fields: Record<string, fc.Arbitrary<T>>): fc.Arbitrary<Record<string, T>> {
  return fc.record(fields, { requiredKeys: [] }) as fc.Arbitrary<Record<string, T>>;
}
