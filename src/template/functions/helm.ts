import type { Origin } from '../../object/provenance.ts';
import { untracked } from '../../object/provenance.ts';
import { executeTemplate } from '../execute.ts';
import { parseTemplate } from '../syntax/parse.ts';
import { FunctionError, TemplateError } from '../template-error.ts';
import { textIn } from '../value/argument.ts';
import { knownValue, newMap, originsOf } from '../value/datum.ts';
import { hands } from '../value/go-function.ts';
import type { Call, Functions, Known, Run } from '../value/model.ts';
import { quoteGo } from '../value/quote.ts';
import { withoutNothing } from '../without-nothing.ts';
import { durationFunctions } from './durations.ts';
import { knownText } from './pieces.ts';
import { sprigFunctions } from './sprig.ts';
import { unknownHere } from './world.ts';

const nothing = knownValue(null);

/** All functions of Helm 3 and 4 (pkg/engine/funcs.go): those of sprig, and those that know the templates. */
export const helmFunctions: Functions = {
  ...sprigFunctions,
  ...durationFunctions,
  include: { takes: ['text', 'any'], nests: true, call: include },
  tpl: { takes: ['text', 'any'], nests: true, call: fillText },
  required: hands(['text', 'any'], ([message, value = nothing]) => {
    if (value.value === null || value.value === '') throw new FunctionError(warning(textIn(message)));
    return value;
  }),
  fail: hands(['text'], ([message]) => {
    throw new FunctionError(warning(textIn(message)));
  }),
  // A chart that is rendered without a cluster finds nothing there.
  lookup: {
    takes: ['text', 'text', 'text', 'text'],
    call: (_, call) => ({ value: newMap(), origins: [unknownHere('lookup', call)] }),
  },
};

/** What a chart says when it refuses values stands between these marks, as Helm has it. */
function warning(message: string): string {
  return `HELM_ERR_START${message}HELM_ERR_END`;
}

function include([name, data = nothing]: readonly Known[], { run }: Call): Known {
  const own = textIn(name);
  const template = run.templates.get(own);
  if (template === undefined)
    throw new FunctionError(
      `template: no template ${quoteGo(own)} associated with template ${quoteGo('gotpl')}`,
    );
  return knownText(executeTemplate(run, template, data));
}

/** A text that stands in values is a template of its own, which knows all others; what it defines only it knows. */
function fillText([text = nothing, data = nothing]: readonly Known[], { run }: Call): Known {
  const own = textIn(text);
  if (!own.includes('{{')) return text;
  const source = { name: 'gotpl', text: own, origin: originOf(text) };
  const inner: Run = { ...run, templates: new Map(run.templates) };
  try {
    for (const template of parseTemplate(source, {
      isFunction: (name) =>
        name === 'and' || name === 'or' || name === 'call' || Object.hasOwn(run.functions, name),
    }))
      inner.templates.set(template.name, template);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const frames = [...run.calls, ...error.frames];
    throw new TemplateError(`cannot parse template ${quoteGo(own)}: ${error.message}`, { ...error, frames });
  }
  const template = inner.templates.get('gotpl');
  if (template === undefined) return knownValue('');
  try {
    return knownText(withoutNothing(executeTemplate(inner, template, data)));
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new TemplateError(
      `error during tpl function execution for ${quoteGo(own)}: ${error.message}`,
      error,
    );
  }
}

function originOf(text: Known): Origin {
  const [first] = originsOf(text);
  return first ?? untracked;
}
