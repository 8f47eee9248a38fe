import { getPart, type TextSource, type Tracked } from '../../object/provenance.ts';
import { joinMade, type MadeText, madeText } from '../../source/made-text.ts';
import type { Mapping } from '../../source/value.ts';
import { fillTemplate as fillGoTemplate, type TemplateResult } from '../../template/fill.ts';
import type { TemplateBudget } from '../../template/value/model.ts';

/** How the templates of an ApplicationSet are written. */
export interface TemplateDialect {
  readonly isGoTemplate: boolean;
  /** Whether `goTemplateOptions` has `missingkey=error`. */
  readonly isStrict: boolean;
  /** Whether it has `missingkey=zero`. */
  readonly isZero?: boolean;
  /** Whether `<no value>` is printed for what is not there. */
  readonly printsNothing?: boolean;
  /** What all templates of the run may still cost. */
  readonly budget?: TemplateBudget;
}

/** Fills a template in as its ApplicationSet wants it; parameters keep their origins. */
export function fillTemplate(
  template: Tracked<string>,
  parameters: Tracked<Mapping>,
  { isGoTemplate, isStrict, isZero = false, printsNothing = false, budget }: TemplateDialect,
): TemplateResult {
  const { value: text, origin } = template;
  if (!text.includes('{{')) return { made: madeText(text, { template: origin, text, values: [] }, 0) };
  return isGoTemplate
    ? fillGoTemplate(template, parameters, {
        isStrict,
        isZero,
        printsNothing,
        ...(budget === undefined ? {} : { budget }),
      })
    : fillFastTemplate(template, parameters, budget);
}

const maximumLength = 1_000_000;

/** Fills `{{name}}` in as fasttemplate does, where a name may be a path with dots and every value is a text. */
export function fillFastTemplate(
  { value: text, origin }: Tracked<string>,
  parameters: Tracked<Mapping>,
  budget?: TemplateBudget,
): TemplateResult {
  const own: TextSource = { template: origin, text, values: [] };
  const parts: MadeText<TextSource>[] = [];
  let missing: string | undefined;
  let length = 0;
  let from = 0;
  for (const { 0: found, 1: name = '', index } of text.matchAll(/\{\{([^{}]*)\}\}/gu)) {
    const end = index + found.length;
    const value = getPart(parameters, name.trim());
    parts.push(madeText(text.slice(from, index), own, from));
    from = end;
    if (typeof value?.value === 'string')
      parts.push(madeText(value.value, { ...own, part: { start: index, end }, values: [value.origin] }));
    else {
      missing ??= name.trim();
      parts.push(madeText(found, own, index));
    }
    const grown = parts.at(-1)?.text.length ?? 0;
    length += grown;
    if (budget !== undefined) budget.length -= grown;
    if (length > maximumLength || (budget?.length ?? 0) < 0) return { tooMuch: 'a string of this length' };
  }
  const made = joinMade([...parts, madeText(text.slice(from), own, from)]);
  return missing === undefined ? { made } : { missing, left: made };
}
