import { withoutValues } from '../credential/without-values.ts';
import type { TextSource, Tracked } from '../object/provenance.ts';
import type { MadeText } from '../source/made-text.ts';
import type { Mapping } from '../source/value.ts';
import { executeTemplate } from './execute.ts';
import { applicationSetFunctions, argocdFunctions } from './functions/argocd.ts';
import { budgetWithin } from './run.ts';
import { parseTemplate } from './syntax/parse.ts';
import type { Syntax } from './syntax/token.ts';
import { printsNothing as nothingPrinted, TemplateError, UnsupportedTemplate } from './template-error.ts';
import { knownFrom } from './value/from-value.ts';
import type { Run, TemplateBudget } from './value/model.ts';

/** Why a template has no text: a missing parameter, or what Go refuses. */
export type TemplateFailure =
  | {
      readonly missing: string;
      /** Whether Go would print `<no value>` in its place, and not end there. */
      readonly isPrinted?: boolean;
      /** What it becomes where the controller leaves what it does not know as it stands. */
      readonly left?: MadeText<TextSource>;
    }
  | { readonly refused: string }
  /** A limit that was reached. */
  | { readonly tooMuch: string };

/** A text with what each stretch of it came from, and the functions that only a cluster answers, of which stand-ins are in it. */
export interface TemplateText {
  readonly made: MadeText<TextSource>;
  readonly unsupported?: string;
}

export type TemplateResult = TemplateText | TemplateFailure;

export interface TemplateOptions {
  /** As `missingkey=error` has it: a field that is not there ends the template, whether it is printed or not. */
  readonly isStrict: boolean;
  /** Whether a field that is not there is printed as Go does, and ends nothing. */
  readonly printsNothing?: boolean;
  /** As `missingkey=zero` has it, where it is not strict: a field that is not there is nil. */
  readonly isZero?: boolean;
  readonly syntax?: Syntax;
  /** What all templates of the run may still cost. */
  readonly budget?: TemplateBudget;
}

/**
 * Fills a template in as Go's text/template does, with parameters whose origins are kept. Not strict, only a field that is printed has to
 * be there, for that would print `<no value>`.
 */
export function fillTemplate(
  template: Tracked<string>,
  parameters: Tracked<Mapping>,
  { isStrict, printsNothing = false, isZero = false, syntax, budget }: TemplateOptions,
): TemplateResult {
  const source = { name: '', text: template.value, origin: template.origin };
  const run: Run = {
    templates: new Map(),
    // Only those of Flux Operator have delimiters of their own.
    functions: syntax === undefined ? applicationSetFunctions : argocdFunctions,
    missingKey: isStrict ? 'error' : isZero ? 'zero' : 'invalid',
    syntax,
    budget: budgetWithin(budget),
    calls: [],
    printsNothing,
    unknown: new Set(),
  };
  const isFunction = (name: string): boolean =>
    name === 'and' || name === 'or' || name === 'call' || Object.hasOwn(run.functions, name);
  try {
    const templates = parseTemplate(source, { isFunction, syntax });
    for (const one of templates) run.templates.set(one.name, one);
    const own = run.templates.get('');
    const made = (own && executeTemplate(run, own, knownFrom(parameters))) ?? { text: '', stretches: [] };
    return run.unknown.size === 0 ? { made } : { made, unsupported: [...run.unknown].join(', ') };
  } catch (error) {
    if (error instanceof UnsupportedTemplate) return { tooMuch: error.message };
    if (!(error instanceof TemplateError)) throw error;
    const { missing, words } = error;
    if (missing === undefined) return { refused: withoutValues(words, [parameters.value]) };
    return { missing, isPrinted: words === nothingPrinted };
  }
}
