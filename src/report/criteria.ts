import { type CriterionName, criterionNames } from '../diagnostic/criterion.ts';
import { rulesByCriterion } from './rules-by-criterion.ts';

/** A column of the criteria matrix and the rules that judge it. */
export interface Criterion {
  readonly name: CriterionName;
  readonly rules: readonly string[];
  /** Whether policies judge it, which see nothing of an object that cannot be decoded. */
  readonly isOfObjects: boolean;
  /** A column that is left out where all is well. */
  readonly isShownWhenBroken?: true;
}

const notOfObjects: ReadonlySet<CriterionName> = new Set(['exists', 'admitted', 'wired']);

/** The columns of the matrix; a rule that names no criterion counts in none. */
export const criteria: readonly Criterion[] = criterionNames.map((name) => ({
  name,
  rules: rulesByCriterion[name],
  isOfObjects: !notOfObjects.has(name),
  ...(name === 'admitted' ? { isShownWhenBroken: true } : {}),
}));

/** Whether a rule points at what may be a secret value. */
export function isSecretRule(rule: string): boolean {
  return rulesByCriterion.secrets.includes(rule);
}
