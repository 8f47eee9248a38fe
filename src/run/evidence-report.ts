import type { EvidenceReport } from '../report/evidence-report.ts';
import type { Scope } from '../survey/scope.ts';
import { evidenceOf } from '../workload/environment/evidence.ts';

/** The lines behind the marks of each environment. */
export function evidenceReports(scopes: readonly Scope[]): EvidenceReport[] {
  return scopes.flatMap((scope) =>
    scope.entryPoint === undefined || scope.isBeside
      ? []
      : [
          {
            environment: scope.entryPoint.name,
            entryPoint: scope.entryPoint.root,
            services: evidenceOf(scope),
          },
        ],
  );
}
