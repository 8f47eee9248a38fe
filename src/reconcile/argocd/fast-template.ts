import type { Mapping } from '../../source/value.ts';
import { evaluateTemplate, type TemplateResult } from '../../template/evaluate.ts';

/** How the templates of an ApplicationSet are written. */
export interface TemplateDialect {
  readonly isGoTemplate: boolean;
  /** Whether `goTemplateOptions` has `missingkey=error`. */
  readonly isStrict: boolean;
}

/** Fills a template in as its ApplicationSet wants it. */
export function fillTemplate(
  text: string,
  parameters: Mapping,
  { isGoTemplate, isStrict }: TemplateDialect,
): TemplateResult {
  if (!text.includes('{{')) return { text };
  return isGoTemplate ? evaluateTemplate(text, parameters, isStrict) : evaluateFastTemplate(text, parameters);
}

const maximumLength = 1_000_000;

/** Evaluates `{{name}}` as fasttemplate does, where a name may be a path with dots and every value is a text. */
export function evaluateFastTemplate(template: string, parameters: Mapping): TemplateResult {
  const missing: string[] = [];
  let length = 0;
  const text = template.replaceAll(/\{\{([^{}]*)\}\}/gu, (whole, name: string) => {
    const value = parameters[name.trim()];
    if (typeof value !== 'string') missing.push(name.trim());
    const filled = typeof value === 'string' ? value : whole;
    length += filled.length;
    return length > maximumLength ? '' : filled;
  });
  if (length > maximumLength) return { unsupported: 'a text of this length' };
  return missing[0] === undefined ? { text } : { missing: missing[0], left: text };
}
