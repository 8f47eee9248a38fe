import { type ChangeSeverity, changeSeverities } from '../diagnostic/change-severity.ts';

export function gravest(effects: readonly { readonly severity: ChangeSeverity }[]): ChangeSeverity {
  const ranks = effects.map(({ severity }) => rank(severity));
  return changeSeverities[Math.min(...ranks)] ?? 'silent';
}

/** The graver, the smaller. */
export function rank(severity: ChangeSeverity): number {
  return changeSeverities.indexOf(severity);
}
