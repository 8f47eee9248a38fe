import type { Origin } from '../../object/provenance.ts';
import { untracked } from '../../object/provenance.ts';
import { executeTemplate } from '../execute.ts';
import { parseTemplate } from '../syntax/parse.ts';
import { TemplateError } from '../template-error.ts';
import { textIn } from '../value/argument.ts';
import { knownValue, originsOf } from '../value/datum.ts';
import type { Call, Known, Run } from '../value/model.ts';
import { quoteGo } from '../value/quote.ts';
import { withoutNothing } from '../without-nothing.ts';
import { knownText } from './pieces.ts';

const nothing = knownValue(null);

/** A text that stands in values is a template of its own, which knows all others; what it defines only it knows. */
export function fillText([text = nothing, data = nothing]: readonly Known[], { run }: Call): Known {
  const own = textIn(text);
  if (!own.includes('{{')) return text;
  const source = { name: 'gotpl', text: own, origin: originOf(text) };
  const inner: Run = { ...run, templates: new Map(run.templates), printsNothing: true };
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
