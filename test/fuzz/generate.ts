// Texts that are nearly Kubernetes manifests: a small grammar of objects in every style of YAML, then changed here and there.
import { generateCommented } from './generate-comments.ts';
import { openRare } from './generate-rare.ts';

/** Numbers below 1 that a seed determines (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const words = [
  'a',
  'b',
  'x y',
  'web',
  'true',
  'yes',
  'No',
  'null',
  '~',
  '1',
  '010',
  '0x1F',
  '1_000',
  '1.5',
  '1e3',
  '.5',
  '+1',
  '-0',
  '2001-01-01',
  '12:30:45',
  '0o7',
  '1Mi',
  'a:b',
  'a#b',
  'http://x/y',
  '-x',
  '--',
  'a-',
  '=',
  '<<',
  '0b1',
  '12e03',
  'é',
  '😀',
  'y',
  'on',
  '9223372036854775808',
  '18446744073709551616',
  'a?b',
  '1.',
  '-.5',
  '.inf',
  '0.0',
  '1e400',
  'a,b',
  'a[b',
  '%a',
  'NaN',
  '1__0',
  '0888',
];
const keys = [
  'a',
  'b',
  'c',
  'spec',
  'data',
  'items',
  'key one',
  "it's",
  'true',
  '1',
  'x.y/z',
  '"q"',
  "'s'",
  '"e\\n"',
  '? a',
  '<<',
  'é',
  '-k',
  'k-',
  '~',
  'null',
  'y',
  '&k a',
  '!!str 1',
  '""',
  '1.5',
  '2001-01-01',
];
const escapes = [
  '\\n',
  '\\t',
  '\\"',
  '\\\\',
  '\\/',
  '\\x41',
  '\\u00e9',
  '\\U0001F600',
  '\\L',
  '\\P',
  '\\N',
  '\\_',
  '\\e',
  '\\0',
  '\\a',
  '\\x7f',
  '\\x85',
  '\\uFEFF',
  '\\ ',
  '\\r',
  '\\ud83d\\ude00',
  '\\q',
  '\\u12',
  '\\\n',
  '\\\t',
];
const headers = ['|', '>', '|-', '>-', '|+', '>+', '|2', '>1', '|2-', '>+1', '| # c', '|0', '|-2 '];
const fragments = [
  '\n',
  '\r',
  '\r\n',
  '\t',
  ' ',
  '  ',
  '#',
  ' # c',
  '# c\n',
  ':',
  ': ',
  '- ',
  '-',
  '? ',
  ',',
  '[',
  ']',
  '{',
  '}',
  '"',
  "'",
  '&a ',
  '*a',
  '*a ',
  '&b',
  '!',
  '!!str ',
  '!t ',
  '!s!t ',
  '!!int ',
  '|',
  '>',
  '|\n',
  '>-\n',
  '---',
  '\n---\n',
  '\n--- # c\n',
  '\n--- x\n',
  '---\n',
  '\n...\n',
  '...',
  '\n... x\n',
  '\ufeff',
  '\n\ufeff',
  '\x85',
  '\u2028',
  '\u2029',
  '\u200b',
  '\u202e',
  '\xa0',
  '<<: *a\n',
  '%YAML 1.1\n',
  '\n\n',
  '\n ',
  '\n  ',
  '\n    ',
  '\n\t',
  '\n\n\t\n',
  '\\',
  '\\n',
  '@',
  '`',
  '%',
  '\x00',
  '\x7f',
  '{}',
  '[]',
  '""',
  "''",
  '~',
  'null',
  '=',
  '\n# c\r x: 1\n',
  '\n#\n \t#\n',
  '? a\n: b\n',
  '-\t',
  ':\t',
  '\n- \t',
  '{a: b}\n',
  '"a": 1,',
  '!<x> ',
  '!!binary aGk=',
  '\n---\r\n',
  '\n---\ufeff\n',
  '\n---\xa0\n',
  '\n---\n---\n',
  'a: &x {b: *x}\n',
  '\r\r\n',
  `${'k'.repeat(1030)}: `,
  `"${'k'.repeat(1030)}": `,
  ' '.repeat(1030),
  '! ',
  ': # c\n',
  ', # c\n',
  '|+\n',
  '\n\n# c\n',
  '- &a # c\n',
  '- | # d\n  e\n',
  '<<: {a: {<<: ~}, b: c}\n',
  '\n- !!null # c\n',
];

const another = '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "y"}}';

/** What stands before JSON. */
const blanks = [' ', '  ', '\t', '\n', '  \n', ' \r\n', '\xa0', '\ufeff', '# c\n', '---\n', '--- ', '\x85'];

/** What stands behind JSON. */
const tails = [
  '',
  '\n',
  '\n\n',
  '{}',
  '\n---\n',
  `${another}`,
  `\n${another}\n`,
  `\n---\n${another}\n`,
  `  \n---\n${another}`,
  `,\n${another}`,
  `, "name": ${another}`,
  `\n...\n---\n${another}`,
  ' # c\n',
  '\n# c\n',
  ' ',
  '  \n',
  '\r\n---\r\n',
  '\ta: b\n',
  ': a\n',
  ': {a: b}\n',
  '\na: b\n',
  '\n- a\n',
  'null',
  '\nnull\n---\n',
  ' [] ',
  ' "a" ',
  '\x00',
  '}',
  '\xa0\n',
];

/** The parts of texts, all of them from one source of random numbers. */
export interface Grammar {
  readonly pick: (list: readonly string[]) => string;
  readonly chance: (share: number) => boolean;
  /** A value behind its key, in any style. */
  readonly node: (depth: number) => string;
  readonly mapping: (depth: number) => string;
  /** A text with one thing changed. */
  readonly change: (text: string) => string;
  /** One or more documents, changed here and there. */
  readonly text: () => string;
}

/** A text from a source of random numbers. */
export function generateText(random: () => number): string {
  return openGrammar(random).text();
}

export function openGrammar(random: () => number): Grammar {
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? '';
  const chance = (share: number): boolean => random() < share;
  const times = (most: number, make: () => string): string[] =>
    Array.from({ length: Math.floor(random() * (most + 1)) }, make);
  const indentOf = (depth: number): string => ' '.repeat(depth * 2);

  function quoted(): string {
    const parts = times(4, () =>
      chance(0.4) ? pick(escapes) : pick([...words, ' ', '\n ', '\n\n  ', "''"]),
    );
    return chance(0.6) ? `"${parts.join('')}"` : `'${parts.join('').replaceAll('"', '')}'`;
  }

  const rare = openRare({ pick, chance });

  function scalar(depth: number): string {
    if (chance(0.6)) return pick(words);
    if (chance(0.15)) return rare.scalar();
    if (chance(0.5)) return quoted();
    if (chance(0.4))
      return pick([
        '*a',
        '&a x',
        '!!str 1',
        '!!int "1"',
        '!t x',
        '!!float 1',
        '!!bool "yes"',
        '!!null ""',
        '!!binary aGk=',
      ]);
    const lines = times(
      3,
      () => pick(['', ' ', '  ', '\t', '']) + pick([...words, '# no', '', ' x', '- y', 'k: v']),
    );
    return `${pick(headers)}\n${lines.map((line) => `${indentOf(depth + 1)}${line}\n`).join('')}`.replace(
      /\n$/,
      '',
    );
  }

  function flow(depth: number): string {
    if (depth > 4 || chance(0.5)) return chance(0.7) ? pick(words) : quoted();
    const blank = () => pick(['', ' ', ' ', ' ', '\n ', ' # c\n ']);
    if (chance(0.5))
      return `[${times(3, () => blank() + flow(depth + 1) + blank()).join(',')}${pick(['', ',', ''])}]`;
    return `{${times(3, () => `${blank()}${pick(keys)}${pick([': ', ': ', ':', ' : '])}${flow(depth + 1)}${blank()}`).join(',')}}`;
  }

  function node(depth: number): string {
    const shape = random();
    if (depth > 3 || shape < 0.45) return ` ${scalar(depth)}`;
    if (shape < 0.6) return ` ${flow(depth)}`;
    const property = chance(0.15)
      ? pick([' &a', ' !!map', ' !t', ' # c', ' # c', ' &a # c', ' # c\n# d'])
      : '';
    if (chance(0.02))
      return `${property}\n${indentOf(depth + 1)}<<: ${pick(['{}', '[]', '[{}]', '{<<: {}}', '*a', '~'])}`;
    if (shape < 0.8) return `${property}\n${mapping(depth + 1)}`.replace(/\n$/, '');
    return `${property}\n${sequence(depth + (chance(0.5) ? 0 : 1))}`.replace(/\n$/, '');
  }

  function mapping(depth: number): string {
    const own = ['', ...times(2, () => '')].map(() => pick(keys));
    const pairs = own.map((key) => `${indentOf(depth)}${key}:${node(depth)}\n`);
    const merged = `${indentOf(depth)}<<: ${pick(['{', '[{', '!!map {'])}${pick(own)}: ${pick(words)}, b: {c: }}`;
    if (chance(0.05)) pairs.push(`${merged}${merged.includes('[') ? ']' : ''}\n`);
    if (chance(0.05)) pairs.splice(chance(0.5) ? 0 : 1, 0, indented(rare.pair(), depth));
    return pairs.join('');
  }

  function indented(pair: string, depth: number): string {
    return `${indentOf(depth)}${pair.replaceAll('\n', `\n${indentOf(depth)}`)}\n`;
  }

  function sequence(depth: number): string {
    return ['', ...times(2, () => '')]
      .map(
        () =>
          `${indentOf(depth)}-${
            chance(0.2)
              ? ` ${mapping(depth + 1)
                  .trimStart()
                  .replace(/\n$/, '')}`
              : node(depth)
          }\n`,
      )
      .join('');
  }

  function object(): string {
    if (chance(0.03)) return generateCommented(random);
    if (chance(0.06)) return jsonText();
    if (chance(0.03)) return rare.list() + (chance(0.3) ? mapping(0) : '');
    const kind = pick([
      'ConfigMap',
      'ConfigMap',
      'ConfigMap',
      'Widget',
      'List',
      'ConfigMapList',
      'ResourceList',
    ]);
    if (chance(0.1))
      return `apiVersion: v1\nkind: ${kind}\n${rare.metadata()}${chance(0.7) ? mapping(0) : ''}`;
    const head = pick([
      `apiVersion: v1\nkind: ${kind}\nmetadata: {name: x}\n`,
      `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: x\n  annotations:\n    a: b\n`,
      `{"apiVersion": "v1", "kind": "${kind}", "metadata": {"name": "x"}, "data": ${flow(1)}}\n`,
    ]);
    if (head.startsWith('{')) return head;
    return head + (chance(0.15) ? items() : '') + mapping(0);
  }

  function items(): string {
    if (chance(0.5)) return 'items: [{apiVersion: v1, kind: Pod, metadata: {name: p}}]\n';
    const item = (name: string) =>
      `- apiVersion: v1\n  kind: ${pick(['Pod', 'ConfigMap'])}\n  metadata: {name: ${name}}\n${mapping(1)}`;
    return `items:${pick(['', ' # c'])}\n${['p', ...times(1, () => 'q')].map(item).join(pick(['', '# d\n']))}`;
  }

  function jsonText(): string {
    const value = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'x' },
      data: { a: pick(words), b: [1, null, true, 1.5] },
    };
    const json = JSON.stringify(value, null, pick(['', '  ', '\t']));
    return (chance(0.3) ? pick(blanks) : '') + json + pick(tails) + (chance(0.2) ? pick(tails) : '');
  }

  function change(text: string): string {
    const at = Math.floor(random() * (text.length + 1));
    const to = at + Math.floor(random() * 4);
    const how = random();
    if (how < 0.6) return text.slice(0, at) + pick(fragments) + text.slice(at);
    if (how < 0.75) return text.slice(0, at) + text.slice(to);
    if (how < 0.9) return text.slice(0, at) + pick(fragments) + text.slice(to);
    const lines = text.split('\n');
    const line = Math.floor(random() * lines.length);
    if (chance(0.5)) lines.splice(line, 1, pick(['', ' ', '  ', '\t']) + lines[line]);
    else lines.splice(line, 0, pick(lines));
    return lines.join('\n');
  }

  function wholeText(): string {
    let text = ['', ...times(chance(0.3) ? 2 : 0, () => '')]
      .map(object)
      .join(pick(['---\n', '---\n', '--- # c\n', '---\n\n', '...\n---\n']));
    if (chance(0.1))
      text = pick(['---\n', '# c\n', '\n', '\ufeff', '---\n# c\n', ' ', '%YAML 1.1\n---\n']) + text;
    for (let changes = Math.floor(random() * 4); changes > 0; changes--) text = change(text);
    if (chance(0.03)) text = rare.whole(text);
    return chance(0.1) ? text.replace(/\n$/, '') : text;
  }

  return { pick, chance, node, mapping, change, text: wholeText };
}
