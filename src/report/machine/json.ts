import type { Fix } from '../../diagnostic/fix.ts';
import type { Span } from '../../diagnostic/span.ts';
import type { Evidence } from '../../workload/environment/evidence.ts';
import type { EvidenceReport } from '../evidence-report.ts';
import { type Cause, causesOf } from '../finding/cause.ts';
import { shownFix } from '../finding/fix-words.ts';
import { lineColumn } from '../finding/line-column.ts';
import { differs, type ParityReport } from '../parity-report.ts';
import type { BaselineReport, ComparedReport, Finding, Report } from '../report.ts';
import type { ResourceReport } from '../resource-report.ts';
import { changeOf } from './json-change.ts';
import { jsonText } from './json-text.ts';

/** The machine-readable report; its shape is a promise to scripts and `version` changes with it. */
export function jsonReport(report: Report): string {
  const json = {
    version: 2,
    summary: report.summary,
    ...(report.change === undefined ? {} : { change: changeOf(report.change) }),
    coverage: { ...report.coverage, environments: report.environments, unchecked: report.unchecked },
    parity: report.parity.map(parityOf),
    resources: report.resources.map(resourcesOf),
    ownership: report.ownership,
    ...(report.evidence === undefined ? {} : { evidence: report.evidence.map(evidenceOf) }),
    ...(report.baseline === undefined ? {} : { baseline: baselineOf(report.baseline, report.secrets) }),
    ...(report.compared === undefined ? {} : { compared: comparedOf(report.compared, report.secrets) }),
    causes: causesOf(report).flatMap(causeGroup),
    diagnostics: report.findings.map((finding) => diagnosticOf(finding, report.secrets)),
  };
  return jsonText(json);
}

/** A cause that several findings have, which stand among the diagnostics by themselves. */
function causeGroup({ title, by, findings }: Cause): object[] {
  const [{ severity }, ...others] = findings;
  if (others.length === 0) return [];
  return [{ title, severity, by, findings: findings.map(({ fingerprint }) => fingerprint) }];
}

function parityOf({ environments, rows }: ParityReport): object {
  return {
    environments,
    rows: rows.map((row) => ({
      service: row.service,
      property: row.property,
      differs: differs(row),
      cells: row.cells.map(({ state, span, approved }) => ({
        state,
        location: span && locationOf(span),
        approved,
      })),
    })),
  };
}

function resourcesOf({ quotas, limitRanges, ...rest }: ResourceReport): object {
  return {
    ...rest,
    quotas: quotas.map(({ shares: _, ...quota }) => withLocation(quota)),
    limitRanges: limitRanges.map(withLocation),
  };
}

function withLocation<T extends { readonly span?: Span }>({ span, ...rest }: T): object {
  return { ...rest, location: span && locationOf(span) };
}

function evidenceOf({ services, ...environment }: EvidenceReport): object {
  const located = <T extends Evidence>({ spans, ...item }: T): object => ({
    ...item,
    locations: spans.map(locationOf),
  });
  return {
    ...environment,
    services: services.map(({ service, criteria, safeguards }) => ({
      service,
      criteria: criteria.map(located),
      safeguards: safeguards.map(located),
    })),
  };
}

function baselineOf({ file, known, fixed }: BaselineReport, secrets: readonly Span[]): object {
  return {
    file,
    known: known.map(({ finding, since }) => ({ ...diagnosticOf(finding, secrets), since })),
    fixed: fixed.map(({ fingerprint, rule, file: path, since }) => ({
      fingerprint,
      rule,
      file: path,
      since,
    })),
  };
}

function comparedOf(
  { base, before, gone, uncheckedBefore }: ComparedReport,
  secrets: readonly Span[],
): object {
  return {
    base,
    before: before.map((finding) => diagnosticOf(finding, secrets)),
    gone: gone.map(({ fingerprint, rule, span }) => ({ fingerprint, rule, file: span.file.path })),
    uncheckedBefore,
  };
}

function diagnosticOf(finding: Finding, secrets: readonly Span[]): object {
  const {
    rule,
    severity,
    message,
    help,
    span,
    related,
    object,
    field,
    release,
    entryPoint,
    occurrences,
    fingerprint,
  } = finding;
  return {
    rule,
    severity,
    message,
    help,
    location: locationOf(span),
    related: related.map(({ span: other, message: text }) => {
      const { file, line, column } = locationOf(other);
      return { file, line, column, message: text };
    }),
    object,
    field,
    release,
    entryPoint,
    fingerprint,
    fix: fixOf(shownFix(finding, secrets)),
    occurrences: occurrences.map(({ entryPoint: root, object: reference }) => ({
      entryPoint: root,
      object: reference,
    })),
  };
}

function fixOf(fix: Fix | undefined): object | undefined {
  if (fix === undefined) return undefined;
  const edits = fix.edits.map(({ span, text }) => ({ ...locationOf(span), text }));
  return { description: fix.description, ...(fix.risk === undefined ? {} : { risk: fix.risk }), edits };
}

interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

function locationOf({ file, start, end }: Span): Location {
  const from = lineColumn(file, start);
  const to = lineColumn(file, Math.max(start, end));
  return { file: file.path, line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}
