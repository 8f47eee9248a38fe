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
    .map((environment) => {
      const countOf = (service: string, { name }: Criterion): number | undefined =>
        counts.get(
          cellKey(environment.entryPoint, environment.isPart ? environment.name : '', service, name),
        );
      const shown = criteria.filter(
        (criterion) =>
          criterion.isShownWhenBroken !== true ||
          environment.services.some((service) => countOf(service, criterion) !== undefined),
      );
      return {
        environment,
        criteria: shown,
        rows: environment.services.map((service) => ({
          service,
          cells: shown.map(
            (criterion) =>
              countOf(service, criterion) ?? silence(report, environment, { service, criterion }),
          ),
        })),
      };
    });
}

/** What it means that nobody found anything. */
function silence(
  { rules }: Report,
  { complete, unread = [] }: EnvironmentReport,
  { service, criterion }: { readonly service: string; readonly criterion: Criterion },
): Cell {
  if (!complete) return 'unchecked';
  if (!criterion.rules.some((rule) => rules.includes(rule))) return 'not-judged';
  return unread.includes(service) && criterion.isOfObjects ? 'unchecked' : 0;
}

function countFindings(report: Report): Map<string, number> {
  const criterionOf = new Map<string, string>();
  for (const { name, rules } of criteria) for (const rule of rules) criterionOf.set(rule, name);
  const counts = new Map<string, number>();
  const known = report.baseline?.known.map(({ finding }) => finding) ?? [];
  const before = report.compared?.before ?? [];
  for (const { rule, occurrences } of [...report.findings, ...known, ...before]) {
    const criterion = criterionOf.get(rule);
    if (criterion === undefined) continue;
    for (const { entryPoint, service, environment = '' } of occurrences) {
      if (entryPoint === undefined || service === undefined) continue;
      const key = cellKey(entryPoint, environment, service, criterion);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return counts;
}

function cellKey(...parts: readonly string[]): string {
  return parts.join('\u0000');
}
