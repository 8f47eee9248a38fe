import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { untracked } from '../../src/object/provenance.ts';
import { parseDocuments } from '../../src/source/parse.ts';
import type { Value } from '../../src/source/value.ts';
import { executeTemplate } from '../../src/template/execute.ts';
import { helmFunctions } from '../../src/template/functions/helm.ts';
import { parseTemplate } from '../../src/template/syntax/parse.ts';
import { TemplateError } from '../../src/template/template-error.ts';
import { knownFromText } from '../../src/template/value/from-value.ts';
import type { Run } from '../../src/template/value/model.ts';
import { withoutNothing } from '../../src/template/without-nothing.ts';

interface Case {
  readonly template: string;
  readonly text?: string;
  readonly error?: string;
}

// What helm 3.22 renders of each template, or the words with which it refuses it; of durations and `mustToToml` helm 4.3, which alone has them.
const recorded = JSON.parse(
  readFileSync(new URL('fixtures/helm-functions.json', import.meta.url), 'utf8'),
) as {
  readonly values: string;
  readonly cases: readonly Case[];
};

const isFunction = (name: string): boolean =>
  ['and', 'or', 'call'].includes(name) || Object.hasOwn(helmFunctions, name);

function render(text: string): Case {
  const values = parseDocuments({ path: 'values.yaml', text: recorded.values }, 'api-server').documents[0];
  const run: Run = {
    templates: new Map(),
    functions: helmFunctions,
    missingKey: 'zero',
    budget: { steps: 100_000, length: 1_000_000 },
    calls: [],
    printsNothing: true,
    unknown: new Set(),
  };
  const name = 'c/templates/t';
  try {
    for (const one of parseTemplate({ name, text, origin: untracked }, { isFunction }))
      run.templates.set(one.name, one);
    const template = run.templates.get(name);
    if (template === undefined) return { template: text };
    const dot = knownFromText({ Values: values?.value ?? null, Release: { Name: 'rel' } } as Value);
    return { template: text, text: withoutNothing(executeTemplate(run, template, dot)).text };
  } catch (error) {
    if (error instanceof TemplateError) return { template: text, error: error.message };
    throw error;
  }
}

/** Helm takes its own prefix for the template's, and of what a chart says itself all but the words. */
function wordsOf(error: string): string {
  return error.replace(/^(?:parse error|execution error) at \([^)]*\): /u, '');
}

it('renders what helm renders, and refuses what it refuses in the same words', () => {
  const different = recorded.cases.filter(({ template, text, error }) => {
    const own = render(template);
    return error === undefined ? own.text !== text : own.error?.includes(wordsOf(error)) !== true;
  });
  expect(recorded.cases.length).toBeGreaterThan(700);
  expect(different.map(({ template }) => ({ ...render(template) }))).toEqual(
    different.map(({ template, text, error }) => ({
      template,
      ...(text === undefined ? { error } : { text }),
    })),
  );
});
