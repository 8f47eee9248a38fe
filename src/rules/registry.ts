import * as all from './index.ts';
import type { Rule } from './rule.ts';

/** The rules, by their identifiers. */
export const rules: readonly Rule[] = Object.values(all);
