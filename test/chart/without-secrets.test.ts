import { expect, it } from 'vitest';
import type { Chart } from '../../src/chart/chart.ts';
import { withoutSecrets } from '../../src/chart/without-secrets.ts';
import type { Value } from '../../src/source/value.ts';
import { knownFromText } from '../../src/template/value/from-value.ts';
import type { GoMap } from '../../src/template/value/model.ts';

const mapOf = (value: Value): GoMap => knownFromText(value).value as GoMap;
const chartOf = (values: Value, dependencies: readonly Chart[] = []): Chart =>
  ({ values: mapOf(values), dependencies }) as unknown as Chart;
const empty = chartOf({});

it.each<[message: string, values: Value, expected: string]>([
  ['bad hunter22', { password: 'hunter22' }, 'bad ••••••'],
  ['bad kettle and kettle', { auth: { adminPassword: 'kettle' } }, 'bad •••••• and ••••••'],
  ['bad KETTLE, kettle', { password: 'Kettle' }, 'bad ••••••, ••••••'],
  ['bad "pa\\"ss1x"', { password: 'pa"ss1x' }, 'bad "••••••"'],
  ['bad a2V0dGxl', { password: 'kettle' }, 'bad ••••••'],
  ['bad w6RoaDIyMg==', { password: 'ähh222' }, 'bad ••••••'],
  ['bad two oaks 1n', { password: 'two oaks 1n the rain' }, 'bad ••••••'],
  ['bad marble lantern', { password: 'marble lantern' }, 'bad ••••••'],
  ['bad 123456', { password: 123456 }, 'bad ••••••'],
  ['bad kettle', { args: ['--password', 'kettle'] }, 'bad ••••••'],
  ['bad marble lantern', { args: ['--password=marble lantern'] }, 'bad ••••••'],
  ['bad hunter22', { url: 'postgres://app:hunter22@db' }, 'bad ••••••'],
  ['bad kettle kettle2x', { password: 'kettle', token: 'x', passphrase: 'kettle2x' }, 'bad •••••• ••••••'],
  ['see https://a:hunter22@b/c', {}, 'see https://a:••••••@b/c'],
  ['bad kettle', { title: 'kettle' }, 'bad kettle'],
  ['bad kettle', ['kettle'], 'bad kettle'],
])('%j, of the values %j, is %j', (message, values, expected) => {
  expect(withoutSecrets(message, empty, { values: mapOf(values) })).toBe(expected);
  if (!Array.isArray(values))
    expect(withoutSecrets(message, chartOf({}, [chartOf(values)]), { values: mapOf({}) })).toBe(expected);
});

it.each<[message: string, secret: Value, expected: string]>([
  ['bad kettle', { title: 'kettle' }, 'bad ••••••'],
  ['bad tripod', { a: [{ b: 'tripod' }, 'kettle'], c: null }, 'bad ••••••'],
  ['bad 12345', { port: 12345 }, 'bad ••••••'],
  ['bad abcd', { a: 'abcd' }, 'bad abcd'],
  ['bad false default', { a: 'false', b: 'default' }, 'bad false default'],
])('%j, where a Secret holds %j, is %j', (message, secret, expected) => {
  const secrets = [knownFromText(secret)];
  expect(withoutSecrets(message, empty, { values: mapOf({}), secrets })).toBe(expected);
});

it('of a long value the beginning is known in base64', () => {
  const long = `1${'ab'.repeat(2500)}`;
  const said = btoa(long.slice(0, 4096));
  expect(withoutSecrets(said, empty, { values: mapOf({}), secrets: [knownFromText({ a: long })] })).toBe(
    '••••••',
  );
});
