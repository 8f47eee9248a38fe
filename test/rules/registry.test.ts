import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { rules } from '../../src/rules/judge.ts';

const folder = new URL('../../src/rules/', import.meta.url);

test('the generated list and the pages are current', () => {
  const script = new URL('../../scripts/generate-rules.mjs', import.meta.url).pathname;
  expect(execFileSync(process.execPath, [script, '--check'], { encoding: 'utf8' })).toBe('');
});

test('every rule has the name of its file', () => {
  const pages = readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => name.slice(0, -'.md'.length));
  expect(rules.map(({ id }) => id).sort()).toEqual(pages.sort());
  expect(rules.every(({ id }) => /^[a-z0-9]+(-[a-z0-9]+)+$/u.test(id))).toBe(true);
});
