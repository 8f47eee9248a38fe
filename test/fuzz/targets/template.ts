import { untracked } from '../../../src/object/provenance.ts';
import { parseDocuments } from '../../../src/source/parse.ts';
import { executeTemplate } from '../../../src/template/execute.ts';
import { helmFunctions } from '../../../src/template/functions/helm.ts';
import { parseTemplate } from '../../../src/template/syntax/parse.ts';
import { TemplateError } from '../../../src/template/template-error.ts';
import { knownFromText } from '../../../src/template/value/from-value.ts';
import type { Run } from '../../../src/template/value/model.ts';
import { withoutNothing } from '../../../src/template/without-nothing.ts';
import { requireSame, textsOf } from './numbers.ts';

const values = `a: text
b: 1
c: 1.5
d: true
e: null
f: [1, two, {three: 3}]
g: {h: {i: j}, "k l": m}
`;
const dot = knownFromText({
  Values: parseDocuments({ path: 'values.yaml', text: values }, 'api-server').documents[0]?.value ?? null,
});
const isFunction = (name: string): boolean =>
  ['and', 'or', 'call'].includes(name) || Object.hasOwn(helmFunctions, name);

/** Templates as Helm executes them. */
export function fuzz(data: Uint8Array): void {
  const text = textsOf(data).join('');
  requireSame(() => render(text));
}

function render(text: string): string {
  const name = 'c/templates/t';
  const run: Run = {
    templates: new Map(),
    functions: helmFunctions,
    missingKey: 'zero',
    budget: { steps: 20_000, length: 200_000 },
    calls: [],
    printsNothing: true,
    unknown: new Set(),
  };
  try {
    for (const one of parseTemplate({ name, text, origin: untracked }, { isFunction }))
      run.templates.set(one.name, one);
    const template = run.templates.get(name);
    return template === undefined ? '' : withoutNothing(executeTemplate(run, template, dot)).text;
  } catch (error) {
    if (error instanceof TemplateError) return error.message;
    throw error;
  }
}
