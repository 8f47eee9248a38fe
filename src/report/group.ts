import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { compareSeverity } from '../diagnostic/severity.ts';
import type { Occurrence, RootCauseGroup } from './report.ts';

/** A diagnostic with the service that its object belongs to. */
export interface Attributed {
  readonly diagnostic: Diagnostic;
  readonly service?: string;
}

/** Makes one finding of all diagnostics with the same root cause; gravest first, then by file and place. */
export function groupByRootCause(diagnostics: readonly Attributed[]): RootCauseGroup[] {
  const groups = new Map<string, { first: Diagnostic; occurrences: Map<string, Occurrence> }>();
  for (const { diagnostic, service } of diagnostics) {
    const key = rootCause(diagnostic);
    const group = groups.get(key) ?? { first: diagnostic, occurrences: new Map<string, Occurrence>() };
    groups.set(key, group);
    const occurrence = occurrenceOf(diagnostic, service);
    group.occurrences.set(JSON.stringify(occurrence), occurrence);
  }
  return [...groups.values()]
    .map(({ first, occurrences }) => ({ ...first, occurrences: [...occurrences.values()] }))
    .sort(compareFindings);
}

function rootCause({ rule, severity, message, span }: Diagnostic): string {
  return [rule, severity, span.file.path, span.start, span.end, message].join('\u0000');
}

function occurrenceOf({ entryPoint, object }: Diagnostic, service: string | undefined): Occurrence {
  return {
    ...(entryPoint === undefined ? {} : { entryPoint }),
    ...(object === undefined ? {} : { object }),
    ...(service === undefined ? {} : { service }),
  };
}

function compareFindings(a: RootCauseGroup, b: RootCauseGroup): number {
  return (
    compareSeverity(a.severity, b.severity) ||
    compareText(a.span.file.path, b.span.file.path) ||
    a.span.start - b.span.start ||
    compareText(a.rule, b.rule) ||
    compareText(a.message, b.message)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
