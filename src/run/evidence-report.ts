import type { EvidenceReport } from '../report/evidence-report.ts';
import type { Unit } from '../survey/unit.ts';
import { evidenceOf } from '../workload/environment/evidence.ts';

/** The lines behind the marks of each environment. */
export function evidenceReports(units: readonly Unit[]): EvidenceReport[] {
  return units.flatMap(({ id, title, build }) =>
    title === undefined || id.role === 'beside'
      ? []
      : [{ environment: title, entryPoint: id.root, services: evidenceOf(build) }],
  );
}
