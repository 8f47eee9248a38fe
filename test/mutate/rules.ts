import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rulePage } from '../../src/rules/pages.ts';
import { rules } from '../../src/rules/registry.ts';
import { readPage } from '../support/page.ts';
import { expectMarks } from '../support/page-marks.ts';
import { judgeFiles } from '../support/rule-page.ts';

const { samples } = (await import(new URL('defences.mjs', import.meta.url).href)) as {
  readonly samples: { readonly rules: Readonly<Record<string, unknown>> };
};

// The examples of the rules that are changed: test/pages.test.ts has those of all, which take a minute.
describe.each(Object.keys(samples.rules).map((file) => basename(file, '.ts')))('%s', (id) => {
  const { cases } = readPage(rulePage(id) ?? '');
  test.each(cases.map((one) => [one.title, one] as const))('%s', (_, one) => {
    const rule = rules.find((some) => some.id === id);
    expect(rule).toBeDefined();
    expectMarks(one, judgeFiles(one.files, rule ?? id));
  });
});
