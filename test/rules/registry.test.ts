import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { rules } from '../../src/rules/judge.ts';
import { pagedRules } from '../../src/rules/pages.ts';

const folder = new URL('../../src/rules/', import.meta.url);

test('every rule has the name of its file, and a page; a page without rule is of what building says', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const names = files.flatMap((file) => file.split(/[\\/]/u)[1] ?? []);
  const pages = names.filter((name) => name.endsWith('.md')).map((name) => name.slice(0, -'.md'.length));
  expect([...pagedRules]).toEqual(pages.sort());
  expect(rules.map(({ id }) => id).sort()).toEqual(pages.filter((id) => names.includes(`${id}.ts`)));
  expect(rules.every(({ id }) => /^[a-z0-9]+(-[a-z0-9]+)+$/u.test(id))).toBe(true);
});

test('the architecture says of each folder of rules what belongs there', () => {
  const page = readFileSync(new URL('../../docs/architecture.md', import.meta.url), 'utf8');
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const rows = [...page.matchAll(/^\| `rules\/([a-z]+)\/` \| \S.* \|$/gmu)].map(([, name]) => name);
  expect(rows.sort()).toEqual(folders.map(({ name }) => name).sort());
});
