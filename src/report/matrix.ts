import { type Criterion, criteria } from './criteria.ts';
import type { EnvironmentReport, Report } from './report.ts';

/** What is known of one service and one criterion: how many findings, or that nobody could or did judge it. */
export type Cell = number | 'unchecked' | 'not-judged';

export interface MatrixRow {
  readonly service: string;
  readonly cells: readonly Cell[];
}

export interface Matrix {
  readonly environment: EnvironmentReport;
  readonly criteria: readonly Criterion[];
  readonly rows: readonly MatrixRow[];
}

/** Service × criterion for each environment. Suppressed findings count as accepted, those of a baseline do not. */
export function criteriaMatrices(report: Report): Matrix[] {
  const counts = countFindings(report);
  return report.environments
    .filter((environment) => environment.services.length > 0)
    .map((environment) => ({
      environment,
      criteria,
      rows: environment.services.map((service) => ({
        service,
        cells: criteria.map((criterion): Cell => {
          const count = counts.get(cellKey(environment.entryPoint, service, criterion.name));
          if (count !== undefined) return count;
          if (!environment.complete) return 'unchecked';
          return criterion.rules.some((rule) => report.rules.includes(rule)) ? 0 : 'not-judged';
        }),
      })),
    }));
}

function countFindings(report: Report): Map<string, number> {
  const criterionOf = new Map<string, string>();
  for (const { name, rules } of criteria) for (const rule of rules) criterionOf.set(rule, name);
  const counts = new Map<string, number>();
  const known = report.baseline?.known.map(({ finding }) => finding) ?? [];
  for (const { rule, occurrences } of [...report.findings, ...known]) {
    const criterion = criterionOf.get(rule);
    if (criterion === undefined) continue;
    for (const { entryPoint, service } of occurrences) {
      if (entryPoint === undefined || service === undefined) continue;
      const key = cellKey(entryPoint, service, criterion);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return counts;
}

function cellKey(entryPoint: string, service: string, criterion: string): string {
  return [entryPoint, service, criterion].join('\u0000');
}
