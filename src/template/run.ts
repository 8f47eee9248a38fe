import { UnsupportedTemplate } from './template-error.ts';
import type { Run } from './value/model.ts';

/** Counts steps; throws where the budget is spent. */
export function spendSteps({ budget }: Run, steps = 1): void {
  budget.steps -= steps;
  if (budget.steps < 0) throw new UnsupportedTemplate('a template of this many steps');
}

/** Counts characters that were made; throws where the budget is spent. */
export function spendLength({ budget }: Run, length: number): void {
  budget.length -= length;
  if (budget.length < 0) throw new UnsupportedTemplate('a text of this length');
}
