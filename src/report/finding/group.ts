import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Identity } from '../../diagnostic/identity.ts';
import { compareSeverity } from '../../diagnostic/severity.ts';
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
  for (const { diagnostic, ...place } of diagnostics) {
    const key = rootCause(diagnostic);
    const group = groups.get(key) ?? { first: diagnostic, occurrences: new Map(), identities: new Map() };
    groups.set(key, group);
    const { identity } = diagnostic;
    if (identity !== undefined) group.identities.set(JSON.stringify(identity), identity);
    const occurrence = occurrenceOf(diagnostic, place);
    group.occurrences.set(JSON.stringify(occurrence), occurrence);
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
  const alike = new Map<string, RootCauseGroup[]>();
  for (const finding of findings) {
    const known = alike.get(meaning(finding));
    if (known === undefined) alike.set(meaning(finding), [finding]);
    else known.push(finding);
  }
  const above = new Map<RootCauseGroup, RootCauseGroup[]>();
  const kept = findings.filter((finding) => {
    const others = finding.field === undefined ? [] : (alike.get(meaning(finding)) ?? []);
    const base = others.find((other) => other !== finding && isBaseOf(other, finding));
    if (base !== undefined) above.set(base, [...(above.get(base) ?? []), finding]);
    return base === undefined;
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

function meaning({ rule, message, field, object }: RootCauseGroup): string {
  return [rule, message, field, object?.kind, object?.name].join('\u0000');
}

/** Only what no layer changed can be the base of another finding, so that none is the base of its own base. */
function isBaseOf({ span: base, related: layers }: RootCauseGroup, { related }: RootCauseGroup): boolean {
  return (
    layers.length === 0 &&
    related.some(
      ({ span }) => span.file.path === base.file.path && span.start <= base.start && base.start < span.end,
    )
  );
}

function rootCause({ rule, severity, message, span }: Diagnostic): string {
  return [rule, severity, span.file.path, span.start, span.end, message].join('\u0000');
}

function occurrenceOf({ entryPoint, object }: Diagnostic, place: Omit<Attributed, 'diagnostic'>): Occurrence {
  return {
    ...(entryPoint === undefined ? {} : { entryPoint }),
    ...(object === undefined ? {} : { object }),
    ...place,
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

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
