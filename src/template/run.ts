import { UnsupportedTemplate } from './template-error.ts';
import type { Datum, Known, Run, TemplateBudget } from './value/model.ts';

const maximumSteps = 100_000;
const maximumLength = 1_000_000;

/** What all templates of a run may cost together. */
export function newTemplateBudget(): TemplateBudget {
  return { steps: 100 * maximumSteps, length: 50 * maximumLength };
}

/** What one template may cost: never more than what is left of the run's. */
export function budgetWithin(whole: TemplateBudget | undefined): TemplateBudget {
  return {
    steps: Math.min(maximumSteps, whole?.steps ?? maximumSteps),
    length: Math.min(maximumLength, whole?.length ?? maximumLength),
    ...(whole === undefined ? {} : { whole }),
  };
}

/** Counts steps; throws where the budget is spent. */
export function spendSteps({ budget }: Run, steps = 1): void {
  budget.steps -= steps;
  if (budget.whole !== undefined) budget.whole.steps -= steps;
  if (budget.steps < 0) throw new UnsupportedTemplate('a template of this many steps');
}

/** Counts characters that were made; throws where the budget is spent. */
export function spendLength({ budget }: Run, length: number): void {
  budget.length -= length;
  if (budget.whole !== undefined) budget.whole.length -= length;
  if (budget.length < 0) throw new UnsupportedTemplate('a string of this length');
}

/** Throws where so many characters are more than the budget has left; whoever makes them counts them. */
export function refuseLength({ budget }: Run, length: number): void {
  if (length > budget.length) throw new UnsupportedTemplate('a string of this length');
}

/** Counts what it costs to read texts: a function that makes a value of one looks at each letter more than once. */
export function spendTexts(run: Run, args: readonly Known[], isParsing: boolean): void {
  let length = 0;
  for (const { value } of args) if (typeof value === 'string') length += value.length;
  spendSteps(run, Math.floor(length / (isParsing ? 2 : 100)));
}

const maximumDepth = 200;

/** Counts each part of a value as a step, for whoever goes through all of it: what is shared is gone through again, and a circle never ends. */
export function spendValue(run: Run, value: Datum, depth = 0): void {
  if (typeof value !== 'object' || value === null || value.kind === 'integer' || value.kind === 'bytes')
    return;
  if (depth > maximumDepth) throw new UnsupportedTemplate('values nested this deeply');
  const parts =
    value.kind === 'list' ? value.items : (value.kind === 'map' ? value.entries : value.fields).values();
  for (const part of parts) {
    spendSteps(run);
    spendValue(run, part.value, depth + 1);
  }
}
