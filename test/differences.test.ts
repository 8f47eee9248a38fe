import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { knownDifferences } from './support/admission-differences.ts';
import { skippedCases } from './support/kustomize-skips.ts';
import { project } from './support/run-cli.ts';
import { knownUpdateDifferences } from './support/update-differences.ts';

const page = readFileSync(join(project, 'docs/differences.md'), 'utf8');

/** The cells of each table, by the heading above it. */
const tables = page
  .split(/^## /mu)
  .slice(1)
  .map((section) => ({
    title: section.split('\n')[0] ?? '',
    rows: [...section.matchAll(/^\| (.*) \|$/gmu)].slice(1).map(([, row = '']) => row.split(' | ')),
  }));

it('each of the five has a table', () => {
  const judges = ['kustomize', 'The API server', 'Flux', 'Argo CD', 'Helm'];
  expect(tables.map(({ title }) => judges.find((name) => title.startsWith(name)))).toEqual(judges);
});

it.each(tables)('$title: each difference has a reason and what it means for the reader', ({ rows }) => {
  expect(rows.length).toBeGreaterThan(4);
  for (const row of rows) {
    expect(row).toHaveLength(4);
    expect(row.filter((cell) => cell.trim() === '')).toEqual([]);
  }
});

it('what the conformance tests know to differ is in a table', () => {
  const ids = [
    ...Object.keys(skippedCases),
    ...[...knownDifferences.keys(), ...knownUpdateDifferences.keys()].map((id) =>
      id.replace(/^(yaml-form)\.\w+\./u, '$1.deployment.'),
    ),
  ];
  expect(ids.length).toBeGreaterThan(4);
  expect([...new Set(ids)].filter((id) => !page.includes(`\`${id}\``))).toEqual([]);
});

it('the pages that the tables point at are there', () => {
  const linked = [...page.matchAll(/\]\(([\w-]+\.md)/gu)].map(([, name = '']) => name);
  expect(linked.length).toBeGreaterThan(2);
  expect(linked.filter((name) => !existsSync(join(project, 'docs', name)))).toEqual([]);
});
