import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { reaches } from '../diagnostic/severity.ts';
import type { Span } from '../diagnostic/span.ts';
import { type Attributed, groupByRootCause } from './group.ts';
import { redactor } from './redact.ts';
import type { Coverage, EnvironmentReport, FailOn, Finding, Report, Unchecked } from './report.ts';

export interface Judgement {
  readonly diagnostics: readonly Diagnostic[];
  readonly accepted: readonly { readonly diagnostic: Diagnostic; readonly reason: string }[];
  readonly serviceOf: (diagnostic: Diagnostic) => string | undefined;
  readonly environments: readonly EnvironmentReport[];
  readonly coverage: Coverage;
  /** What was not judged beyond what diagnostics say. */
  readonly unchecked: readonly Unchecked[];
  readonly rules: readonly string[];
  readonly secrets: readonly Span[];
  readonly failOn: FailOn;
}

/** Makes the report of a run: groups by root cause, takes secrets out, counts, and decides the exit code. */
export function assembleReport(judgement: Judgement): Report {
  const { accepted, environments, coverage, rules, secrets, failOn } = judgement;
  const redact = redactor(secrets);
  const group = (diagnostics: readonly Diagnostic[]): Finding[] =>
    groupByRootCause(diagnostics.map((one) => attributed(redact(one), judgement.serviceOf(one))));
  const findings = group(judgement.diagnostics);
  const suppressed = accepted.flatMap(({ diagnostic, reason }) =>
    group([diagnostic]).map((finding) => ({ finding, reason })),
  );
  const unchecked = [...uncheckedBy(findings), ...judgement.unchecked];
  return {
    findings,
    suppressed: uniqueSuppressed(suppressed),
    summary: { ...countBySeverity(findings), suppressed: uniqueSuppressed(suppressed).length },
    environments,
    coverage,
    unchecked,
    rules,
    secrets,
    exitCode: unchecked.length > 0 ? 2 : fails(findings, failOn) ? 1 : 0,
  };
}

function attributed(diagnostic: Diagnostic, service: string | undefined): Attributed {
  return service === undefined ? { diagnostic } : { diagnostic, service };
}

function uncheckedBy(findings: readonly Finding[]): Unchecked[] {
  const seen = new Map<string, Unchecked>();
  for (const { unchecked, message, span } of findings) {
    if (unchecked === undefined) continue;
    const why = span.file.path === unchecked ? message : `${message} (${span.file.path})`;
    seen.set(`${unchecked}\u0000${why}`, { what: unchecked, why });
  }
  return [...seen.values()];
}

function uniqueSuppressed(suppressed: Report['suppressed']): Report['suppressed'] {
  const seen = new Map(
    suppressed.map((one) => {
      const { rule, message, span } = one.finding;
      return [[rule, message, span.file.path, span.start].join('\u0000'), one];
    }),
  );
  return [...seen.values()];
}

function countBySeverity(findings: readonly Finding[]): Record<'error' | 'warning' | 'note', number> {
  const counts = { error: 0, warning: 0, note: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}

function fails(findings: readonly Finding[], failOn: FailOn): boolean {
  return failOn !== 'never' && findings.some(({ severity }) => reaches(severity, failOn));
}
