type Random = () => number;

/** What the texts use; the last one is not set. */
export const variables: Readonly<Record<string, string>> = {
  a: 'text',
  b: '',
  c: '${a}',
  d: '/usr/local/lib.tar.gz',
  e: 'Äöü ß',
  f_1: 'aXbXc',
  g: '-7',
};
const names = [...Object.keys(variables), 'none', '', '1', 'a.b', 'a-b', 'ä'];
const operators = [
  '',
  ':-',
  ':=',
  ':+',
  ':?',
  '-',
  '=',
  '+',
  '?',
  '#',
  '##',
  '%',
  '%%',
  '/',
  '//',
  '/#',
  '/%',
  ':',
  ',',
  ',,',
  '^',
  '^^',
  ',^',
  '###',
  '%%%',
  '///',
  '~',
  '!',
  '@',
  '::',
  ' ',
];
const pieces = [
  'a',
  'X',
  't',
  '/',
  '*',
  '?',
  '.',
  '\\',
  '\\/',
  '\\}',
  '[a-z]',
  '[!a]',
  '[^t]',
  '[',
  ']',
  ':',
  '1',
  '-1',
  '0',
  '2',
  ' ',
  '"',
  "'",
  '$',
  '$$',
  '}',
  '{',
  'ü',
  '\n',
  '*/',
  '/*',
  '%',
  '#',
  '\u{1f600}',
  '',
];

function oneOf<T>(random: Random, values: readonly T[]): T {
  return values[Math.floor(random() * values.length)] as T;
}

function wordOf(random: Random, depth: number): string {
  const count = Math.floor(random() * 4);
  return Array.from({ length: count }, () =>
    random() < 0.15 && depth < 3 ? expressionOf(random, depth + 1) : oneOf(random, pieces),
  ).join('');
}

function expressionOf(random: Random, depth: number): string {
  const operator = oneOf(random, operators);
  const words = operator === '' ? '' : wordOf(random, depth);
  const second = random() < 0.4 ? `${oneOf(random, ['/', ':', ','])}${wordOf(random, depth)}` : '';
  const start = random() < 0.04 ? '$$' : '$';
  const length = random() < 0.03 ? '#' : '';
  const end = random() < 0.04 ? '' : '}';
  return `${start}{${length}${oneOf(random, names)}${operator}${words}${operator === '' ? '' : second}${end}`;
}

/** A text with a few variables of Flux in it, most of which are as people write them. */
export function generateSubstitution(random: Random): string {
  const parts = 1 + Math.floor(random() * 3);
  return Array.from({ length: parts }, () =>
    random() < 0.7 ? expressionOf(random, 0) : oneOf(random, pieces),
  ).join('');
}
