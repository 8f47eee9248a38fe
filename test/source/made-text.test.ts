import { expect, it } from 'vitest';
import { joinMade, madeText, sliceMade, stretchesIn } from '../../src/source/made-text.ts';

const made = joinMade([
  madeText('http://', 'template', 0),
  madeText('db', 'host'),
  madeText('', 'nothing'),
  madeText(':', 'template', 14),
  madeText('5432', 'port'),
]);

/** Each stretch with its text. */
function table({ text, stretches }: typeof made): string[] {
  return stretches.map(({ start, source, at }, index) => {
    const end = stretches[index + 1]?.start ?? text.length;
    return `${text.slice(start, end)} ${source}${at === undefined ? '' : ` ${at}`}`;
  });
}

it('knows of each stretch where it came from', () => {
  expect(made.text).toBe('http://db:5432');
  expect(table(made)).toEqual(['http:// template 0', 'db host', ': template 14', '5432 port']);
});

it.each([
  [0, 1, ['template']],
  [6, 8, ['template', 'host']],
  [8, 9, ['host']],
  [9, 14, ['template', 'port']],
  [0, 14, ['template', 'host', 'template', 'port']],
  [14, 20, []],
])('finds the stretches from %i to %i', (start, end, sources) => {
  expect(stretchesIn(made, start, end).map(({ source }) => source)).toEqual(sources);
});

it('keeps the place in the source when it is cut', () => {
  expect(table(sliceMade(made, 2, 8))).toEqual(['tp:// template 2', 'd host']);
  expect(table(joinMade([sliceMade(made, 9), sliceMade(made, 0, 4)]))).toEqual([
    ': template 14',
    '5432 port',
    'http template 0',
  ]);
});
