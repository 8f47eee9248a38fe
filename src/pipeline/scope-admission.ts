import { type Judged, type JudgeOptions, judgeResources, type LooseKind } from '../admit/judge.ts';
import type { Coverage } from '../report/report.ts';
import type { Scope } from './scope.ts';

/** What the API server and the policies say of a scope, after what building it said. */
export function admitScope(scope: Scope, options: JudgeOptions): Judged {
  const { entryPoint, resources, diagnostics, byFlux } = scope;
  const judged = judgeResources(resources, {
    ...options,
    ...(byFlux === undefined ? {} : { byFlux }),
    ...(entryPoint === undefined ? {} : { entryPoint: entryPoint.root }),
  });
  return { ...judged, diagnostics: [...diagnostics, ...judged.diagnostics] };
}

/** The kinds without schema, and how many objects have one of them. */
export function withoutSchema(
  judged: readonly Judged[],
): Pick<Coverage, 'withoutSchema' | 'objectsWithoutSchema'> {
  const kinds = judged.flatMap((one) => one.withoutSchema);
  return { withoutSchema: [...new Set(kinds)], objectsWithoutSchema: kinds.length };
}

export function usedLooseKinds(judged: readonly Judged[]): ReadonlySet<LooseKind> {
  return new Set(judged.flatMap((one) => one.usedLooseKinds));
}
