import { type Criterion, criteria } from './criteria.ts';
import type { EnvironmentReport, Finding, Report } from './report.ts';

/** What is known of one service and one criterion: how many findings, that all of them were known before, or that nobody could or did judge it. */
export type Cell = number | 'known' | 'unchecked' | 'not-judged';

export interface MatrixRow {
  readonly service: string;
  readonly cells: readonly Cell[];
}

export interface Matrix {
  readonly environment: EnvironmentReport;
  readonly criteria: readonly Criterion[];
  readonly rows: readonly MatrixRow[];
}

/** Service × criterion for each environment. Suppressed findings count as accepted; what a baseline or the base of a change knows is no failure of this run. */
export function criteriaMatrices(report: Report): readonly Matrix[] {
  let matrices = known.get(report);
  if (matrices === undefined) {
    matrices = matricesOf(report);
    known.set(report, matrices);
  }
  return matrices;
}

// Found out once, for every format.
const known = new WeakMap<Report, readonly Matrix[]>();

function matricesOf(report: Report): Matrix[] {
  const { counts, known } = countFindings(report);
  return report.environments
    .filter((environment) => environment.services.length > 0)
    .map((environment) => {
      const countOf = (service: string, { name }: Criterion): Cell | undefined => {
        const key = cellKey(
          environment.entryPoint,
          environment.isPart ? environment.name : '',
          service,
          name,
        );
        return counts.get(key) ?? (known.has(key) ? 'known' : undefined);
      };
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

/** How many findings that count each cell has, and which have others. */
function countFindings(report: Report): { counts: Map<string, number>; known: Set<string> } {
  const criterionOf = new Map<string, string>();
  for (const { name, rules } of criteria) for (const rule of rules) criterionOf.set(rule, name);
  const counts = new Map<string, number>();
  const keysOf = ({ rule, occurrences }: Finding): string[] => {
    const criterion = criterionOf.get(rule);
    if (criterion === undefined) return [];
    return occurrences.flatMap(({ entryPoint, service, environment = '' }) =>
      entryPoint === undefined || service === undefined
        ? []
        : [cellKey(entryPoint, environment, service, criterion)],
    );
  };
  for (const finding of report.findings)
    for (const key of keysOf(finding)) counts.set(key, (counts.get(key) ?? 0) + 1);
  const before = [
    ...(report.baseline?.known.map(({ finding }) => finding) ?? []),
    ...(report.compared?.before ?? []),
  ];
  return { counts, known: new Set(before.flatMap(keysOf)) };
}

function cellKey(entryPoint: string, environment: string, service: string, criterion: string): string {
  return `${entryPoint}\0${environment}\0${service}\0${criterion}`;
}
