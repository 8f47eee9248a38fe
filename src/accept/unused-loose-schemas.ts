import type { Configuration } from '../configuration/configuration.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';

/** Entries under looseSchemas that no object of a whole run needed. */
export function unusedLooseSchemas(
  { looseSchemas }: Configuration,
  used: ReadonlySet<{ readonly kind: string }>,
): Diagnostic[] {
  return looseSchemas
    .filter((one) => !used.has(one))
    .map(({ kind, span }) => ({
      rule: 'suppression-unused',
      severity: 'warning',
      message: `no ${kind} needs a loose schema`,
      help: 'remove the entry, or correct its kind or apiVersion',
      span,
      related: [],
    }));
}
