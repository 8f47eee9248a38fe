import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { pagedRules } from '../../src/rules/paged-rules.ts';
import { rules } from '../../src/rules/registry.ts';
import { ruleTags } from '../../src/rules/rule-tag.ts';
import { runCli } from '../support/run-cli.ts';

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

test('every tag is of several rules, and no rule has one twice', () => {
  for (const tag of ruleTags) {
    const tagged = rules.filter(({ tags }) => tags.some((one) => one === tag));
    expect(tagged.length, tag).toBeGreaterThan(2);
  }
  for (const { id, tags } of rules) expect(new Set(tags).size, id).toBe(tags.length);
});

test('rules are listed by their tags', async () => {
  const { stdout, status } = await runCli(['rules', '--tag', 'order']);
  const listed = stdout.split('\n').flatMap((line) => line.match(/^[\w-]+/u)?.[0] ?? []);
  const tagged = rules.filter(({ tags }) => tags.some((one) => one === 'order'));
  expect([status, listed]).toEqual([0, tagged.map(({ id }) => id).sort()]);
  const unknown = await runCli(['rules', '--tag', 'ordr']);
  expect([unknown.status, unknown.stderr]).toEqual([2, expect.stringContaining('order')]);
});
