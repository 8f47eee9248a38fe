import fc from 'fast-check';
import type { KustomizationTree } from './random-kustomization.ts';

function filesOf(
  text: string,
  paths: readonly string[],
  value: string,
  option: string,
): Record<string, string> {
  return {
    'c.txt': text,
    'kustomization.yaml': [
      'configMapGenerator: [{name: c, options: {disableNameSuffixHash: true}, files: [c.txt]}]',
      `replacements:\n- sourceValue: ${JSON.stringify(value)}\n  targets:`,
      `  - select: {kind: ConfigMap}\n    fieldPaths: ${JSON.stringify(paths.map((path) => `data.c\\.txt.${path}`))}`,
      option,
      '',
    ].join('\n'),
  };
}

const key = fc.constantFrom('a', 'b', 'c', 'name', 'x.y', '1', 'true', '"q"');
const scalarText = fc.constantFrom(
  'x',
  '1',
  'true',
  'null',
  '~',
  '',
  '0777',
  '1e3',
  '12345678901234567890',
  '2024-01-01',
  '"q"',
  "'s'",
  '"é😀"',
  'é😀',
  '"a\\nb"',
  "'it''s'",
  '"#"',
  'a b',
  '!!str 5',
  '!x y',
  '&anchor v',
  'http://x:1/y',
  '-1',
  '.5',
  'yes',
  '"a\\tb"',
  '\\',
  'long words '.repeat(12).trim(),
  '"',
);
const comment = fc.constantFrom('# one', '#two', '# three # more', '#');

function document(): fc.Arbitrary<string> {
  const plain = fc.tuple(
    preamble(),
    block(3, ''),
    fc.constantFrom('', '\n', '\n\n# end\n', '# end', '...\n', '---\na: 1\n'),
  );
  return fc.oneof(
    { weight: 8, arbitrary: plain.map((parts) => parts.join('')) },
    { weight: 2, arbitrary: json() },
    { weight: 1, arbitrary: flow(3) },
  );
}

function preamble(): fc.Arbitrary<string> {
  return fc.constantFrom(
    '',
    '',
    '',
    '---\n',
    '# top\n',
    '# top\n\n',
    '# top\n\n# second\n',
    '\n\n',
    '--- # x\n',
    '\n# top\n',
  );
}

function json(): fc.Arbitrary<string> {
  const value = fc.jsonValue({ maxDepth: 2 });
  const members = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'name', 'x.y'), value, { minKeys: 1 });
  const space = fc.constantFrom<string | number>('', 1, 2, 4, '\t');
  return fc.tuple(members, space).map(([object, indent]) => JSON.stringify(object, null, indent));
}

/** Lines of a mapping or a list at an indentation, each ended by a line break. */
function block(depth: number, indent: string): fc.Arbitrary<string> {
  const size = { minLength: 1, maxLength: 3 };
  const entries = fc.uniqueArray(fc.tuple(key, entry(depth, indent)), {
    ...size,
    selector: ([name]) => name,
  });
  const items = fc.array(entry(depth, indent), size);
  return fc.oneof(
    {
      weight: 3,
      arbitrary: entries.map((all) =>
        all.map(([name, [before, after]]) => `${before}${indent}${name}:${after}`).join(''),
      ),
    },
    {
      weight: 1,
      arbitrary: items.map((all) => all.map(([before, after]) => `${before}${indent}-${after}`).join('')),
    },
  );
}

/** What stands before a key or dash, and what behind it. */
function entry(depth: number, indent: string): fc.Arbitrary<[string, string]> {
  return fc.tuple(between(indent), valueAfter(depth, indent));
}

/** Comments and empty lines between entries, aligned or not. */
function between(indent: string): fc.Arbitrary<string> {
  const line = fc.oneof(
    {
      weight: 4,
      arbitrary: fc
        .tuple(fc.constantFrom(indent, indent, `${indent}  `, ''), comment)
        .map((parts) => `${parts.join('')}\n`),
    },
    { weight: 3, arbitrary: fc.constantFrom('\n', '\n', '  \n') },
  );
  return fc.oneof(
    { weight: 5, arbitrary: fc.constant('') },
    { weight: 2, arbitrary: fc.array(line, { maxLength: 4 }).map((lines) => lines.join('')) },
  );
}

function valueAfter(depth: number, indent: string): fc.Arbitrary<string> {
  const lineEnd = fc.oneof(
    { weight: 4, arbitrary: fc.constant('\n') },
    {
      weight: 1,
      arbitrary: fc.tuple(fc.constantFrom(' ', '   '), comment).map((parts) => `${parts.join('')}\n`),
    },
  );
  const scalar = fc.tuple(scalarText, lineEnd).map(([text, end]) => ` ${text}${end}`);
  const inFlow = fc.tuple(flow(2), lineEnd).map(([text, end]) => ` ${text}${end}`);
  const lines = fc.array(fc.constantFrom('one', 'two words', '', '  more', '# no comment'), {
    minLength: 1,
    maxLength: 3,
  });
  const text = fc
    .tuple(fc.constantFrom('|', '|-', '|+', '>', '>-', '|2'), lineEnd, lines)
    .map(
      ([sign, end, all]) =>
        ` ${sign}${end}${all.map((line) => (line === '' ? '\n' : `${indent}  ${line}\n`)).join('')}`,
    );
  const choices = [
    { weight: 6, arbitrary: scalar },
    { weight: 2, arbitrary: inFlow },
    { weight: 1, arbitrary: text },
  ];
  if (depth <= 1) return fc.oneof(...choices);
  const nested = fc
    .tuple(
      lineEnd,
      fc.constantFrom('  ', '  ', '    ', '').chain((more) => block(depth - 1, indent + more)),
    )
    .map(([end, lowered]) => `${end}${lowered}`);
  return fc.oneof(...choices, { weight: 5, arbitrary: nested });
}

function flow(depth: number): fc.Arbitrary<string> {
  const simple = fc.constantFrom('x', '1', '"q"', "'s'", 'null', 'true', 'a b', '', '0x1F');
  const inner = depth <= 1 ? simple : fc.oneof(simple, flow(depth - 1));
  const separator = fc.constantFrom(', ', ', ', ',', ',\n  ', ', # c\n  ');
  const mapping = fc.tuple(
    fc.uniqueArray(fc.tuple(key, inner), { maxLength: 3, selector: ([name]) => name }),
    separator,
  );
  const list = fc.tuple(fc.array(inner, { maxLength: 3 }), separator);
  return fc.oneof(
    mapping.map(([all, by]) => `{${all.map(([name, value]) => `${name}: ${value}`).join(by)}}`),
    list.map(([all, by]) => `[${all.filter((value) => value !== '').join(by)}]`),
  );
}

function fieldPath(): fc.Arbitrary<string> {
  const step = fc.constantFrom(
    'a',
    'a',
    'b',
    'c',
    'name',
    'x\\.y',
    '1',
    '0',
    '*',
    '[name=x]',
    '[a=1]',
    '[=x]',
    'true',
    'q',
  );
  const found = fc.array(step, { minLength: 1, maxLength: 3 }).map((steps) => steps.join('.'));
  // What no document has is created in each that is a mapping, so that most of them are written.
  return fc.oneof(found, fc.constantFrom('new', 'new.field', 'new.0', 'new.[name=x].v'));
}

function sourceValue(): fc.Arbitrary<string> {
  return fc.constantFrom(
    'new',
    '5',
    'true',
    '',
    'a: b',
    '#x',
    ' lead',
    'trail ',
    'multi\nline',
    'multi\nline\n',
    'null',
    '~',
    '1.5',
    'é😀',
    '{x}',
    "it's",
    '"',
    '- a',
    'yes',
    '2024-01-01',
    'w '.repeat(60).trim(),
    'a\tb',
    '0777',
    '!x',
    '&x',
    '*x',
    '@x',
    'x:',
    '? x',
    '|',
    '---',
    '%',
  );
}

function options(): fc.Arbitrary<string> {
  return fc.constantFrom(
    '',
    '    options: {create: true}',
    '    options: {create: true}',
    '    options: {create: true}',
    '    options: {delimiter: "b", index: 0}',
    '    options: {delimiter: " ", index: 1, create: true}',
  );
}

/** A replacement into the YAML or JSON that a ConfigMap holds, with whatever people write around their values. */
export const structuredTextTree: fc.Arbitrary<KustomizationTree> = fc
  .tuple(document(), fc.array(fieldPath(), { minLength: 1, maxLength: 2 }), sourceValue(), options())
  .map(([text, paths, value, option]) => ({ root: '', files: filesOf(text, paths, value, option) }));
