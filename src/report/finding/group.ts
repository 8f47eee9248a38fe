import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { firstWhere } from '../../diagnostic/first-where.ts';
import { addTo } from '../../diagnostic/grouped.ts';
import type { Identity } from '../../diagnostic/identity.ts';
import { compareSeverity } from '../../diagnostic/severity.ts';
import type { Span } from '../../diagnostic/span.ts';
import { objectKey } from '../../diagnostic/suppression.ts';
import type { Occurrence, RootCauseGroup } from '../report.ts';

/** A diagnostic with the service that its object belongs to. */
export interface Attributed {
  readonly diagnostic: Diagnostic;
  readonly service?: string;
  /** The environment of the object, where its cluster holds several. */
  readonly environment?: string;
}

interface Group {
  readonly first: Diagnostic;
  readonly occurrences: Map<string, Occurrence>;
  readonly identities: Map<string, Identity>;
}

/** Makes one finding of all diagnostics with the same root cause; gravest first, then by file and place. */
export function groupByRootCause(diagnostics: readonly Attributed[]): RootCauseGroup[] {
  const groups = new Map<string, Group>();
  // What one line of a base does to thousands of objects is told by findings that share their span.
  const bySpan = new Map<Span, Map<string, Group>>();
  for (const attributed of diagnostics) {
    const { diagnostic } = attributed;
    const group = groupOf(diagnostic, groups, bySpan);
    const { identity } = diagnostic;
    if (identity !== undefined) group.identities.set(identityKey(identity), identity);
    const occurrence = occurrenceOf(attributed);
    group.occurrences.set(occurrenceKey(occurrence), occurrence);
  }
  const findings = [...groups.values()].map(({ first, occurrences, identities }) => ({
    ...first,
    occurrences: [...occurrences.values()],
    identities: [...identities.values()],
  }));
  return underTheirBase(findings).sort(compareFindings);
}

/**
 * A field that is missing shows at the last layer that touches its parent. Where the base lacks it for one environment,
 * a patch of another one that does not speak of it is not to blame.
 */
function underTheirBase(findings: readonly RootCauseGroup[]): RootCauseGroup[] {
  const basesOf = basesByPlace(findings);
  const above = new Map<RootCauseGroup, RootCauseGroup[]>();
  const kept = findings.filter((finding) => {
    const base = finding.field === undefined ? undefined : baseOf(finding, basesOf);
    if (base === undefined) return true;
    addTo(above, base, finding);
    return false;
  });
  return kept.map((base) => {
    const all = [base, ...(above.get(base) ?? [])];
    return {
      ...base,
      occurrences: all.flatMap(({ occurrences }) => occurrences),
      identities: all.flatMap(({ identities }) => identities),
    };
  });
}

/** What can be the base of another finding, by meaning and file, in the order of the file: only what no layer changed, so that none is the base of its own base. */
function basesByPlace(findings: readonly RootCauseGroup[]): ReadonlyMap<string, readonly RootCauseGroup[]> {
  const bases = new Map<string, RootCauseGroup[]>();
  for (const finding of findings) {
    if (finding.related.length > 0) continue;
    const key = meaningIn(finding.span.file.path, finding);
    addTo(bases, key, finding);
  }
  for (const some of bases.values()) some.sort((a, b) => a.span.start - b.span.start);
  return bases;
}

function baseOf(
  finding: RootCauseGroup,
  bases: ReadonlyMap<string, readonly RootCauseGroup[]>,
): RootCauseGroup | undefined {
  for (const { span } of finding.related) {
    const some = bases.get(meaningIn(span.file.path, finding)) ?? [];
    const base = some[firstWhere(some, (other) => other.span.start >= span.start)];
    if (base !== undefined && base.span.start < span.end) return base;
  }
  return undefined;
}

function meaningIn(path: string, { rule, message, field, object }: RootCauseGroup): string {
  return [path, rule, message, field, object?.kind, object?.name].join('\u0000');
}

function rootCause({ rule, severity, message, span }: Diagnostic): string {
  return [rule, severity, span.file.path, span.start, span.end, message].join('\u0000');
}

function groupOf(
  diagnostic: Diagnostic,
  groups: Map<string, Group>,
  bySpan: Map<Span, Map<string, Group>>,
): Group {
  const { rule, severity, message, span } = diagnostic;
  const ofSpan = bySpan.get(span) ?? new Map<string, Group>();
  bySpan.set(span, ofSpan);
  const words = `${rule}\0${severity}\0${message}`;
  const known = ofSpan.get(words);
  if (known !== undefined) return known;
  const key = rootCause(diagnostic);
  const group = groups.get(key) ?? { first: diagnostic, occurrences: new Map(), identities: new Map() };
  groups.set(key, group);
  ofSpan.set(words, group);
  return group;
}

function occurrenceOf({ diagnostic, service, environment }: Attributed): Occurrence {
  const { entryPoint, object } = diagnostic;
  // Written out: thousands of overlays of one base make as many of each.
  const found: { -readonly [Key in keyof Occurrence]: Occurrence[Key] } = {};
  if (entryPoint !== undefined) found.entryPoint = entryPoint;
  if (object !== undefined) found.object = object;
  if (service !== undefined) found.service = service;
  if (environment !== undefined) found.environment = environment;
  return found;
}

function identityKey({ subject, field, object, home, written }: Identity): string {
  return `${subject}\0${field}\0${object}\0${home}\0${written}`;
}

function occurrenceKey({ entryPoint, object, service, environment }: Occurrence): string {
  const named = object === undefined ? '' : objectKey(object);
  return `${named}\0${textKey(entryPoint)}\0${textKey(service)}\0${textKey(environment)}`;
}

function textKey(text: string | undefined): string {
  return text === undefined ? '\u0001' : text;
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

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
