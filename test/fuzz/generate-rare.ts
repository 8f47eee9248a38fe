// What hardly anyone writes, and readers take in different ways: numbers and times in every spelling, tags of all kinds, merges in merges,
// aliases as keys, annotations that are no texts, lists of lists, and whole texts with other line breaks.
import type { Grammar } from './generate.ts';

const numbers = [
  '1e-7',
  '0.0000001',
  '1e21',
  '123456789012345678901234567890',
  '-9223372036854775809',
  '0x7fffffffffffffff',
  '0xffffffffffffffff',
  '0b102',
  '0o17',
  '-0x10',
  '+0b1',
  '0x',
  '1e',
  '1e+',
  '.e1',
  '+.inf',
  '-.INF',
  '.NaN',
  '.nan',
  '-0.0',
  '+0',
  '00',
  '0_',
  '_1',
  '1_',
  '1._5',
  '0x_1',
  '190:20:30',
  '190:20:30.15',
  '-1:30',
  '1e05',
  '1000000.0',
  '4.9e-324',
  '1.7976931348623159e308',
];
const times = [
  '2001-12-14t21:59:43.10-05:00',
  '2001-12-14 21:59:43.10 -5',
  '2001-12-15 2:59:43.10',
  '2001-1-1',
  '2001-02-30',
  '2001-12-14T21:59:43Z',
  '2001-12-14T24:00:00Z',
  '0001-01-01',
  '2001-12-14T21:59:43.1234567891Z',
];
const texts = [
  'True',
  'TRUE',
  'tRUE',
  'N',
  'OFF',
  'Null',
  'NULL',
  'nULL',
  '.',
  '..',
  '...x',
  '---x',
  '?a',
  ':a',
  '-',
  ': ',
  '::',
  'a: b',
  'a #b',
  '*',
  '&',
  '@a',
  '`a',
  '%',
  '!',
  'a\n    b',
  'a\n\n    b',
  '"a\n\n      b"',
  '"a\\\n      b"',
  "'a\n      b'",
  "'a\n\n\n      b'",
  '"\\x00"',
  '"\\u0000"',
  '"\\uD800"',
  '"\\U00110000"',
  '\u2003a',
  'a\u3000',
  '\ufffd',
  '\ufdd0',
  '\u{10ffff}',
  'a\u0301',
  `${'x '.repeat(70)}y`,
  `"${'x '.repeat(70)}y"`,
  `${'x'.repeat(140)} y`,
];
const tags = [
  '!!int',
  '!!float',
  '!!bool',
  '!!null',
  '!!str',
  '!!binary',
  '!!timestamp',
  '!!merge',
  '!!set',
  '!!omap',
  '!!value',
  '!',
  '!a',
  '!<tag:yaml.org,2002:int>',
  '!<tag:yaml.org,2002:str>',
  '!<!a>',
  '!e!a',
  '!!%69nt',
];
const directives = [
  '%YAML 1.2\n---\n',
  '%TAG ! tag:x,2000:\n---\n',
  '%TAG !e! tag:yaml.org,2002:\n---\n',
  '%a b\n---\n',
];

export interface Rare {
  scalar(): string;
  /** A pair of a mapping, with a merge, a property or an alias for its key, in flow style. */
  pair(): string;
  metadata(): string;
  list(): string;
  whole(text: string): string;
}

export function openRare({ pick, chance }: Pick<Grammar, 'pick' | 'chance'>): Rare {
  function plain(): string {
    return pick(chance(0.4) ? numbers : chance(0.3) ? times : texts);
  }

  function scalar(): string {
    const value = chance(0.5)
      ? plain()
      : pick(['1', 'a', 'true', '~', '""', '"1"', "'yes'", 'aGk=', '*a', '.inf']);
    if (chance(0.5)) return value;
    const properties = [pick(tags), ...(chance(0.3) ? [pick(['&a', '&b', '&é'])] : [])];
    return `${(chance(0.5) ? properties : properties.reverse()).join(' ')} ${value}`;
  }

  function inline(): string {
    return pick([
      '1',
      'a',
      '~',
      '',
      '.inf',
      '.nan',
      '!!int b',
      '!!str 1',
      '!!binary "_"',
      '[a]',
      '[.inf]',
      '{1: a}',
      '*a',
      '*b',
      '&b x',
      '"\\x7f"',
    ]);
  }

  function merged(depth: number): string {
    const own = () =>
      `${pick(['a', 'b', 'c', 'data', 'labels', 'annotations', '1', '~', '"a"', '&b c', '!!str a'])}: ${inline()}`;
    const below = () => (depth < 3 && chance(0.5) ? `<<: ${merged(depth + 1)}` : own());
    const map = () =>
      `${pick(['', '', '', '&a ', '&b ', '!!map '])}{${pick([`${below()}, ${own()}`, `${own()}, ${below()}`, below()])}}`;
    if (chance(0.1)) return pick(['*a', '*b', '[*a, *b]', '~', '[]', '{}', '[[]]', 'a']);
    return chance(0.3) ? `[${map()}${chance(0.6) ? `, ${map()}` : ''}]` : map();
  }

  function pair(): string {
    if (chance(0.5)) return `<<: ${merged(0)}`;
    if (chance(0.3)) return repeated();
    return pick([
      '*a : x',
      '*b : {a: b}',
      '&a b: *a',
      '? [a]\n: b',
      '? {a: b}\n: c',
      '? |\n  a\n: b',
      '? &a b\n: *a',
      '? a\n? b',
      '?\n: a',
      '? "a\n  b"\n: c',
      '!!int 1: a',
      '! 1: a',
      '&a : b',
      '"a" "b": c',
      '"\\u0061": b',
      '"<<": {a: b}',
      '!!merge <<: {a: b}',
      'é\u0301: a',
      '😀: a',
      `${'é'.repeat(520)}: a`,
      '- : a',
      '[]: a',
      '0x10: a',
      '.inf: a',
      '2001-12-14t21:59:43.10-05:00: a',
    ]);
  }

  // An anchor in block style, and what aliases of it become in braces, in merges, and repeated.
  function repeated(): string {
    const value = pick(['', ' 2001-01-01 01:01:01', ' 1', ` ${inline()}`, ` {<<: ${merged(1)}}`]);
    const anchored = `a: &a${pick(['', '', ' # c'])}\n  ${pick(['k', 'b', '<<', '1'])}:${value}\n${chance(0.3) ? `  <<: ${merged(1)}\n` : ''}`;
    const uses = [
      '{a: *a}',
      '[*a]',
      '{<<: *a}',
      '{<<: [*a, {k: }]}',
      '{<<: {<<: *a}}',
      '{<<: {c: *a}}',
      '{c: {<<: *a}}',
      '*a',
      '*a',
      '\n  <<: *a',
      '\n  <<:\n    <<: *a',
      ' # c\n  *a',
    ];
    const others = ['c', 'd', 'e'].slice(0, chance(0.5) ? 3 : 1);
    return `${anchored}${others.map((key) => `${key}: ${pick(uses)}`).join('\n')}`;
  }

  function metadata(): string {
    const merge = (indent: string) => (chance(0.1) ? `${indent}<<: ${merged(0)}\n` : '');
    const entries = () =>
      ['', ...(chance(0.5) ? [''] : [])]
        .map(
          () =>
            `    ${pick(['a', 'b', 'x.y/z', '"1"', '1', 'true', '"true"', '~', '!!binary aGk=', '"q w"', '2001-01-01'])}: ${chance(0.3) ? pick(['{a: b}', '[a]', '{}', '[]', '|\n      a', '>-\n      a\n      b', '', '~', '# c']) : scalar()}\n`,
        )
        .join('') + merge('    ');
    const field = () =>
      `  ${pick(['annotations', 'annotations', 'labels', 'finalizers', 'ownerReferences', 'Annotations'])}:${chance(0.85) ? `\n${entries()}` : `${pick([' ~', '', ' {}', ' []', ' a', ' *a'])}\n`}`;
    const name = pick([
      'name: x',
      'name: x',
      'name: x',
      'name: 1',
      'name: "1"',
      'name: ',
      'name: !!str 1',
      'generateName: x',
      'name: [x]',
      'namespace: n\n  name: x',
      'name: x\n  namespace: 1',
    ]);
    return `metadata:\n  ${name}\n${field()}${chance(0.3) ? field() : ''}${merge('  ')}`;
  }

  function list(): string {
    const item = () =>
      pick([
        'apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: p}\n  data: {a: b}',
        'apiVersion: v1\n  kind: List\n  items: [{apiVersion: v1, kind: Pod, metadata: {name: q}}]',
        'apiVersion: v1\n  kind: ConfigMapList\n  items: []',
        'apiVersion: v1\n  kind: ConfigMap',
        'kind: ConfigMap\n  metadata: {name: p}',
        '~',
        '{}',
        '[]',
        'a',
        `apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: p, annotations: {a: ${scalar().replaceAll('\n', ' ')}}}`,
        `&a\n  apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: p}`,
        '*a',
      ]);
    return `apiVersion: v1\nkind: ${pick(['List', 'ConfigMapList', 'ResourceList', 'WidgetList', 'List2', 'list'])}\nitems:\n- ${item()}\n${chance(0.6) ? `- ${item()}\n` : ''}${chance(0.2) ? 'metadata: {resourceVersion: ""}\n' : ''}`;
  }

  function whole(text: string): string {
    const how = pick(['crlf', 'crlf', 'cr', 'directive', 'directive', 'trailing', 'blank', 'indent']);
    if (how === 'crlf') return text.replaceAll('\n', '\r\n');
    if (how === 'cr') return text.replaceAll('\n', '\r');
    if (how === 'directive') return pick(directives) + text;
    if (how === 'trailing') return text.replaceAll('\n', pick([' \n', '\t\n', ' # c\n']));
    if (how === 'blank') return text.replaceAll('\n', '\n\n');
    return text.replaceAll(/^(?=[^\n])/gmu, pick([' ', '  ']));
  }

  return { scalar, pair, metadata, list, whole };
}
