import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { grouped } from '../diagnostic/grouped.ts';
import { findingOfRun } from '../diagnostic/of-run.ts';

/**
 * Tells once which limit of the run builds came too late for, instead of once for each of thousands: those that were not made, and those whose
 * objects are not checked, of which the first is told as it is.
 */
export function withoutRepeatedLimits(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const byLimit = grouped(diagnostics.filter(isBeyondLimit), limitOf);
  if ([...byLimit.values()].every(({ length }) => length === 1)) return diagnostics;
  return diagnostics.flatMap((one) => {
    const same = isBeyondLimit(one) ? byLimit.get(limitOf(one)) : undefined;
    if (same === undefined || same.length === 1) return [one];
    if (same[0] !== one) return [];
    return [one.object === undefined ? tellAll(one, same.length) : tellFurther(one, same.length - 1)];
  });
}

/** A build that was not made, or whose objects are not checked from one on. */
function isBeyondLimit({ rule, isOfRun, entryPoint }: Diagnostic): boolean {
  return rule === 'too-large' && isOfRun === true && entryPoint !== undefined;
}

/** Of objects each message has their number. */
function limitOf({ severity, message, help, object }: Diagnostic): string {
  return JSON.stringify([severity, object === undefined ? message : 'objects', help]);
}

/** What is spent when one build is checked, is spent for all after it. */
function tellFurther(one: Diagnostic, count: number): Diagnostic {
  const further = count === 1 ? 'another build' : `${count} further builds`;
  return {
    ...one,
    message: `${one.message}, and none of ${further}`,
    unchecked: `${one.unchecked ?? one.message}, and all of ${further}`,
  };
}

function tellAll({ severity, rule, message, help = '', entryPoint }: Diagnostic, count: number): Diagnostic {
  const first = entryPoint || '.';
  return {
    ...findingOfRun({
      rule,
      message: `${message}: ${count} builds are left out, starting with ${first}`,
      help,
      unchecked: `${count} builds, starting with ${first}`,
    }),
    severity,
  };
}
