/** SARIF's levels; `Deny`, `Warn` and `Audit` of a ValidatingAdmissionPolicyBinding map onto them in this order. */
export type Severity = 'error' | 'warning' | 'note';

const ranks: Record<Severity, number> = { error: 3, warning: 2, note: 1 };

/** Whether `severity` is as grave as `threshold` or graver. */
export function reaches(severity: Severity, threshold: Severity): boolean {
  return ranks[severity] >= ranks[threshold];
}

/** Orders graver severities first. */
export function compareSeverity(a: Severity, b: Severity): number {
  return ranks[b] - ranks[a];
}

export function isError({ severity }: { readonly severity: Severity }): boolean {
  return severity === 'error';
}
