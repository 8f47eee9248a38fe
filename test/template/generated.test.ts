import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { compareAnswers } from '../fuzz/template/compare.ts';
import { renderTemplate } from '../fuzz/template/render.ts';

interface Case {
  readonly template: string;
  readonly text?: string;
  readonly error?: string;
}

// What helm 3.22 renders of templates at random, or why it refuses them; see test/fuzz/record-templates.mjs.
const cases = JSON.parse(
  readFileSync(new URL('fixtures/generated.json', import.meta.url), 'utf8'),
) as readonly Case[];
const values = readFileSync(new URL('../fuzz/template/values.yaml', import.meta.url), 'utf8');

it('renders templates at random as helm does, and refuses them in the same words', () => {
  const answers = cases.map(({ template }) => renderTemplate(values, template));
  const isDifferent = (one: Case, index: number): boolean =>
    compareAnswers(answers[index] ?? {}, one) !== 'same';
  const different = cases.filter(isDifferent);
  expect(cases.length).toBeGreaterThan(700);
  expect(different.map((one) => ({ template: one.template, ...answers[cases.indexOf(one)] }))).toEqual(
    different,
  );
});
