import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { conformanceCases } from '../support/conformance-case.ts';
import { conformanceTable } from '../support/kustomize-table.ts';

const page = 'docs/kustomize.md';
const marks = /(<!-- table: start -->\n)[\s\S]*?(\n<!-- table: end -->)/;
const cases = conformanceCases();

describe.skipIf(cases.length === 0)('docs/kustomize.md (skipped where ../shared is absent)', () => {
  it('shows what this run of the recorded cases gives; UPDATE_PAGES=1 writes it', () => {
    const text = readFileSync(page, 'utf8');
    const current = text.replace(
      marks,
      (_, start: string, end: string) => start + conformanceTable(cases) + end,
    );
    if (process.env['UPDATE_PAGES'] === '1') writeFileSync(page, current);
    expect(marks.test(text)).toBe(true);
    expect(process.env['UPDATE_PAGES'] === '1' ? current : text).toBe(current);
  });
});
