import { type TextSource, untracked } from '../../object/provenance.ts';
import { executeTemplate } from '../execute.ts';
import { parseTemplate } from '../syntax/parse.ts';
import type { TemplateText } from '../template.ts';
import { TemplateError } from '../template-error.ts';
import { textIn } from '../value/argument.ts';
import { knownValue, originsOf } from '../value/datum.ts';
import type { Call, Known, Run } from '../value/model.ts';
import { quoteGo } from '../value/quote.ts';
import { withoutNothing } from '../without-nothing.ts';
import { knownText, madeOf } from './pieces.ts';

const nothing = knownValue(null);

/** A text that stands in values is a template of its own, which knows all others; what it defines only it knows. */
export function fillText([text = nothing, data = nothing]: readonly Known[], { run, here }: Call): Known {
  const own = textIn(text);
  if (!own.includes('{{') && !own.includes('<no value>')) return text;
  const source = sourceOf(text, here);
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

/** A text as a template; of one that several values made each part remains theirs. */
function sourceOf(text: Known, here: TextSource): TemplateText {
  const [first = untracked, ...more] = originsOf(text);
  const source = { name: 'gotpl', text: textIn(text), origin: first };
  if (text.made === undefined && more.length === 0) return source;
  return { ...source, stretches: madeOf(text, here).stretches };
}
