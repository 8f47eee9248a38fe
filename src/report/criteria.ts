/** A column of the criteria matrix and the rules that judge it. */
export interface Criterion {
  readonly name: string;
  readonly rules: readonly string[];
}

/** The acceptance criteria in the order of the matrix; a rule that no criterion names counts in none. */
export const criteria: readonly Criterion[] = [];
