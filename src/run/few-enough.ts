import type { Settled } from '../accept/settled.ts';
import { causeOf, mostCauses } from '../diagnostic/cause.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { findingOfRun } from '../diagnostic/of-run.ts';
import { compareSeverity } from '../diagnostic/severity.ts';

/** What is told of a run: the gravest, where there is more than anybody reads, and that the rest is not. */
export function fewEnough({ kept, accepted }: Settled, bytes: number): Settled {
  const most = mostCauses(bytes);
  const told = within(most, kept, (one) => one);
  const silent = within(most, accepted, ({ diagnostic }) => diagnostic);
  const left = told.left ?? silent.left;
  return left === undefined
    ? { kept, accepted }
    : { kept: [...told.some, tooMany(most, left)], accepted: silent.some };
}

interface Some<T> {
  readonly some: readonly T[];
  /** The first of those that are left out. */
  readonly left: Diagnostic | undefined;
}

function within<T>(most: number, all: readonly T[], diagnosticOf: (one: T) => Diagnostic): Some<T> {
  if (all.length <= most) return { some: all, left: undefined };
  const causes = new Set<string>();
  for (const one of all) causes.add(causeOf(diagnosticOf(one)));
  if (causes.size <= most) return { some: all, left: undefined };
  const inOrder = [...all].sort((a, b) => compareGravity(diagnosticOf(a), diagnosticOf(b)));
  const known = new Set<string>();
  const some: T[] = [];
  let left: Diagnostic | undefined;
  for (const one of inOrder) {
    const cause = causeOf(diagnosticOf(one));
    if (known.size < most) known.add(cause);
    if (known.has(cause)) some.push(one);
    else left ??= diagnosticOf(one);
  }
  return { some, left };
}

function compareGravity(a: Diagnostic, b: Diagnostic): number {
  return (
    Number(b.unchecked !== undefined) - Number(a.unchecked !== undefined) ||
    compareSeverity(a.severity, b.severity)
  );
}

function tooMany(most: number, { rule }: Diagnostic): Diagnostic {
  return findingOfRun({
    rule: 'too-large',
    message: `more than ${most} findings; only the most severe are reported, and the first one left out is ${rule}`,
    help: 'fix findings, turn off rules that no one follows, or check parts of the repository in separate runs',
    unchecked: 'the remaining findings',
  });
}
