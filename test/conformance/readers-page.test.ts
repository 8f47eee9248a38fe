import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { differingTexts } from '../fuzz/differing-texts.ts';
import { type Answers, ourReading, readersTable, toldOf } from '../support/readers-table.ts';
import { project } from '../support/run-cli.ts';

const answers: Readonly<Record<string, Answers>> = JSON.parse(
  readFileSync(new URL('../source/fixtures/readers.json', import.meta.url), 'utf8'),
);
const path = join(project, 'docs/readers.md');
const rows = Object.entries(differingTexts).map(([title, text]) => ({ title, text }));

it('the table of docs/readers.md is what the readers and cdb-lint say', () => {
  const page = readFileSync(path, 'utf8');
  const table = /(?<=<!-- table: start -->\n)[^<]*/u;
  const current = page.replace(table, () => `${readersTable(differingTexts, answers)}\n`);
  if (process.env['UPDATE_PAGES'] !== undefined) writeFileSync(path, current);
  expect(readFileSync(path, 'utf8')).toBe(current);
});

it.each(rows)('$title: what kustomize reads otherwise than cdb-lint is told', ({ title, text }) => {
  const { objects } = ourReading('kustomize', text);
  if (isSame(answers[title]?.kustomize, objects)) return;
  expect(toldOf(text).kustomization).not.toEqual([]);
});

it.each(rows)('$title: what kubectl or Argo CD reads otherwise than cdb-lint is told', ({ title, text }) => {
  const { objects } = ourReading('kubectl', text);
  if (isSame(answers[title]?.kubectl, objects) && isSame(answers[title]?.argocd, objects)) return;
  expect(toldOf(text).plain).not.toEqual([]);
});

it.each(rows)(
  '$title: what Helm reads otherwise than kubectl, of which cdb-lint knows, is told',
  ({ title, text }) => {
    const { helm, kubectl } = answers[title] ?? {};
    // A document on the line of its separator is one for Helm, which splits by itself, and one here (test/chart).
    if (isSame(helm, kubectl) || (typeof helm === 'string' && typeof kubectl === 'string')) return;
    if (title === 'a document on the same line as its `---`') return;
    expect(toldOf(text).chart).not.toEqual([]);
  },
);

function isSame(theirs: unknown, ours: unknown): boolean {
  return typeof theirs !== 'string' && canonical(theirs) === canonical(ours);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}
