import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { grouped } from '../diagnostic/grouped.ts';
import { findingOfRun } from '../diagnostic/of-run.ts';

/** Tells once which limit of the run builds came too late for, instead of once for each of thousands. */
export function withoutRepeatedLimits(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const byLimit = grouped(diagnostics.filter(isBeyondLimit), limitOf);
  if ([...byLimit.values()].every(({ length }) => length === 1)) return diagnostics;
  return diagnostics.flatMap((one) => {
    const same = isBeyondLimit(one) ? byLimit.get(limitOf(one)) : undefined;
    if (same === undefined || same.length === 1) return [one];
    return same[0] === one ? [tellAll(one, same.length)] : [];
  });
}

/** A build that was not made, not an object of one. */
function isBeyondLimit({ rule, isOfRun, entryPoint, object }: Diagnostic): boolean {
  return rule === 'too-large' && isOfRun === true && entryPoint !== undefined && object === undefined;
}

function limitOf({ severity, message, help }: Diagnostic): string {
  return JSON.stringify([severity, message, help]);
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
