import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { compareAnswers } from '../fuzz/template/compare.ts';
import { renderTemplate } from '../fuzz/template/render.ts';

interface Case {
  readonly template: string;
  readonly text?: string;
  readonly error?: string;
}

const values = readFileSync(new URL('../fuzz/template/values.yaml', import.meta.url), 'utf8');

// What helm 3.22 renders of templates, or why it refuses them: of some at random (test/fuzz/record-templates.mjs), and of some that once differed.
it.each([
  ['generated', 700],
  ['corners', 50],
])('renders templates as helm does, and refuses them in the same words: %s', (name, least) => {
  const text = readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8');
  const cases = JSON.parse(text) as readonly Case[];
  const answers = cases.map(({ template }) => renderTemplate(values, template));
  const isDifferent = (one: Case, index: number): boolean =>
    compareAnswers(answers[index] ?? {}, one) !== 'same';
  const different = cases.filter(isDifferent);
  expect(cases.length).toBeGreaterThan(least);
  expect(different.map((one) => ({ template: one.template, ...answers[cases.indexOf(one)] }))).toEqual(
    different,
  );
});
