import { nearest } from '../configuration/nearest.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { grouped } from '../diagnostic/grouped.ts';
import { lineKey, objectKey, type Suppression } from '../diagnostic/suppression.ts';
import type { Accepted, Settled } from './settled.ts';

export interface SuppressionContext {
  readonly suppressions: readonly Suppression[];
  /** The day, as 2026-11-23; nothing expires where it is not known. */
  readonly today?: string;
  readonly knownRules: readonly string[];
  /** The rules that were run: of another one nobody knows whether a suppression is still needed. */
  readonly runRules: readonly string[];
  /** Whether everything was judged, so that what matched nothing is not needed. */
  readonly isWhole: boolean;
}

/** Takes the findings that somebody accepts out, and complains of what accepts nothing, or nothing any more. */
export function applySuppressions(diagnostics: readonly Diagnostic[], context: SuppressionContext): Settled {
  const { suppressions, today = '' } = context;
  const groups = groupByKey(suppressions.filter((one) => !hasExpired(one, today)));
  const kept: Diagnostic[] = [];
  const accepted: Accepted[] = [];
  const used = new Set<string>();
  for (const diagnostic of diagnostics) {
    const covering = coveringOf(diagnostic, groups).filter(
      ({ by }) => (by === 'entry of notJudged') === (diagnostic.unchecked !== undefined),
    );
    for (const one of covering) used.add(placeOf(one));
    const [first] = covering;
    if (first === undefined) kept.push(diagnostic);
    else
      accepted.push({ diagnostic, reason: reasonOf(first), ...(isInline(first) ? { isInline: true } : {}) });
  }
  return { kept: [...kept, ...complaints(context, used)], accepted };
}

function isInline({ by }: Suppression): boolean {
  return by === 'comment' || by === 'annotation';
}

function hasExpired({ expires }: Suppression, today: string): boolean {
  return expires !== undefined && expires < today;
}

type Groups = ReadonlyMap<string, readonly Suppression[]>;

function groupByKey(suppressions: readonly Suppression[]): Groups {
  return grouped(suppressions, ({ rule, key }) => groupName(rule, key));
}

function groupName(rule: string, key = ''): string {
  return `${rule}\u0000${key}`;
}

function coveringOf(diagnostic: Diagnostic, groups: Groups): Suppression[] {
  if (groups.size === 0) return [];
  const { rule, span, object } = diagnostic;
  const keys = [undefined, ...(object === undefined ? [] : [objectKey(object)]), lineKey(span)];
  return keys
    .flatMap((key) => groups.get(groupName(rule, key)) ?? [])
    .filter((one) => one.covers(diagnostic));
}

/** An annotation that several environments render is one place, and needed where one of them needs it. */
function placeOf({ rule, span }: Suppression): string {
  return `${rule}\u0000${span.file.path}\u0000${span.start}`;
}

function reasonOf({ reason, owner, expires }: Suppression): string {
  const more = [
    ...(owner === undefined ? [] : [owner]),
    ...(expires === undefined ? [] : [`until ${expires}`]),
  ];
  return more.length === 0 ? reason : `${reason} (${more.join(', ')})`;
}

function complaints(context: SuppressionContext, used: ReadonlySet<string>): Diagnostic[] {
  const known = new Set(context.knownRules);
  const run = new Set(context.runRules);
  const places = new Map(context.suppressions.map((one) => [placeOf(one), one]));
  return [...places].flatMap(([place, one]) => {
    // The configuration's own names are judged with all that it names.
    if (!known.has(one.rule)) return one.by === 'exclusion' ? [] : [unknownRule(one, context.knownRules)];
    if (hasExpired(one, context.today ?? '')) return [expired(one)];
    return context.isWhole && run.has(one.rule) && !used.has(place) ? [unused(one)] : [];
  });
}

function unknownRule({ rule, span }: Suppression, known: readonly string[]): Diagnostic {
  const close = nearest(rule, known);
  const help = close === undefined ? '`cdb-lint rules` lists them' : `did you mean "${close}"?`;
  const message = `there is no rule "${rule}"`;
  return { rule: 'suppression-invalid', severity: 'error', message, help, span, related: [] };
}

function expired({ by, rule, expires, span }: Suppression): Diagnostic {
  return {
    rule: 'suppression-expired',
    severity: 'warning',
    message: `the ${by} that accepts ${rule} has expired on ${expires}`,
    help: 'fix the finding, or set a later date',
    span,
    related: [],
  };
}

function unused({ by, rule, span }: Suppression): Diagnostic {
  return {
    rule: 'suppression-unused',
    severity: 'warning',
    message: `the ${by} that accepts ${rule} matches no finding`,
    help: 'remove it, or correct its rule or place',
    span,
    related: [],
  };
}
