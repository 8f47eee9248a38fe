import { type Judged, type JudgeOptions, judgeResources, type LooseKind } from '../admit/judge.ts';
import { isError } from '../diagnostic/severity.ts';
import type { Step } from '../diagnostic/step.ts';
import type { Coverage } from '../report/report.ts';
import type { Scope } from '../survey/scope.ts';

/** What is said of each scope; tells before each what was found so far. */
export function admitScopes(
  scopes: readonly Scope[],
  optionsOf: (scope: Scope, index: number) => JudgeOptions,
  onStep: (step: Step) => void,
): Judged[] {
  const errors = scopes.flatMap(({ diagnostics }) => diagnostics.filter(isError));
  return scopes.map((scope, index) => {
    const what = scope.entryPoint?.name;
    const at = [index + 1, scopes.length] as const;
    onStep({ name: 'admit', at, errors, ...(what === undefined ? {} : { what }) });
    const judged = admitScope(scope, optionsOf(scope, index));
    errors.push(...judged.diagnostics.slice(scope.diagnostics.length).filter(isError));
    return judged;
  });
}

/** What the API server and the policies say of a scope, after what building it said. */
function admitScope(scope: Scope, options: JudgeOptions): Judged {
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
