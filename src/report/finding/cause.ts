import { plural } from '../../diagnostic/plural.ts';
import { compareSeverity, type Severity } from '../../diagnostic/severity.ts';
import type { Finding, Report } from '../report.ts';
import { countBySeverity } from './verdict.ts';

/** Findings with one cause, the gravest first; most causes have one. */
export interface Cause {
  /** What is wrong, for all of them: of a single finding its message. */
  readonly title: string;
  /** What they have in common: nothing, a cause that their rules name, what is said of each, a line, an object, a policy. */
  readonly by: 'finding' | 'cause' | 'message' | 'place' | 'object' | 'policy';
  readonly findings: readonly [Finding, ...Finding[]];
}

/** What findings are grouped by: the key of a group, what it is called, and what it has in common. */
type Grouping = (finding: Finding) => { readonly key: string; readonly by: Cause['by'] };

/**
 * Findings by their cause, in the order of the first of each: the cause that their rules name, else what is said of fields of that name, else the
 * rule and place, and of what policies ask for whichever makes fewer groups, an object with all that it lacks or a policy with all that lack it.
 */
export function causesOf({
  findings,
  policies,
  policyWords = new Map(),
}: Pick<Report, 'findings' | 'policies' | 'policyWords'>): Cause[] {
  const asking = new Set(policies);
  const ofPolicy = findings.filter(({ rule, unchecked }) => asking.has(rule) && unchecked === undefined);
  const perObject = isFewer(ofPolicy, objectKey, ({ rule }) => rule);
  const often = repeated(findings.map(messageKey));
  return grouped(findings, (finding) => {
    const { severity, rule, cause, unchecked } = finding;
    if (cause !== undefined) return { key: `cause ${cause}`, by: 'cause' };
    if (unchecked !== undefined || !asking.has(rule)) {
      const message = messageKey(finding);
      if (often.has(message)) return { key: `message ${message}`, by: 'message' };
      if (unchecked !== undefined) return { key: `finding ${finding.fingerprint}`, by: 'finding' };
      return { key: `place ${placeKey(finding)}`, by: 'place' };
    }
    return perObject
      ? { key: `object ${severity} ${objectKey(finding)}`, by: 'object' }
      : { key: `policy ${severity} ${rule}`, by: 'policy' };
  }).map(({ by, findings: members }) => causeOf(by, members, policyWords));
}

function grouped(
  findings: readonly Finding[],
  grouping: Grouping,
): { by: Cause['by']; findings: [Finding, ...Finding[]] }[] {
  const groups = new Map<string, { by: Cause['by']; findings: [Finding, ...Finding[]] }>();
  for (const finding of findings) {
    const { key, by } = grouping(finding);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { by, findings: [finding] });
    else known.findings.push(finding);
  }
  return [...groups.values()];
}

/** The counts that every format prints, of these findings: causes count, and next to them the places. */
export function summaryOf(
  findings: readonly Finding[],
  {
    policies,
    summary: { suppressed },
  }: Pick<Report, 'policies'> & { readonly summary: Pick<Report['summary'], 'suppressed'> },
): Report['summary'] {
  return { ...countCauses({ findings, policies }), suppressed, places: countBySeverity(findings) };
}

/** How many causes have findings of each severity. */
function countCauses(report: Pick<Report, 'findings' | 'policies'>): Record<Severity, number> {
  const numbers = { error: 0, warning: 0, note: 0 };
  for (const { findings } of causesOf(report))
    for (const severity of new Set(findings.map((one) => one.severity))) numbers[severity] += 1;
  return numbers;
}

function repeated(keys: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  return new Set(keys.filter((key) => seen.size === seen.add(key).size));
}

/** What is said of a field, wherever it stands: of another field, or an object of another kind, the same words have another cause. */
function messageKey({ rule, severity, message, object, field }: Finding): string {
  const place = field?.replace(/\[\d+\]/gu, '[]') ?? '';
  return [rule, severity, object?.kind ?? '', place, message].join('\u0000');
}

/** Whether one key divides findings into fewer groups than the other. */
function isFewer(
  findings: readonly Finding[],
  one: (finding: Finding) => string,
  other: (finding: Finding) => string,
): boolean {
  return new Set(findings.map(one)).size < new Set(findings.map(other)).size;
}

function objectKey({ object, span }: Finding): string {
  return object === undefined ? span.file.path : `${object.kind}/${object.name} ${object.namespace ?? ''}`;
}

function placeKey({ rule, severity, span, occurrences }: Finding): string {
  return `${rule} ${severity} ${span.file.path} ${span.start} ${span.end} ${occurrences.length === 0}`;
}

function causeOf(
  by: Cause['by'],
  members: readonly [Finding, ...Finding[]],
  words: ReadonlyMap<string, string>,
): Cause {
  const [first, ...others] = members;
  if (others.length === 0) return { title: first.message, by: 'finding', findings: members };
  const sorted = members.toSorted((a, b) => compareSeverity(a.severity, b.severity));
  const [gravest = first, ...rest] = sorted;
  return { title: titleOf(by, gravest, members, words), by, findings: [gravest, ...rest] };
}

function titleOf(
  by: Cause['by'],
  first: Finding,
  members: readonly Finding[],
  words: ReadonlyMap<string, string>,
): string {
  const { rule, message, cause, object } = first;
  if (by === 'cause') return cause ?? message;
  if (by === 'object') {
    const name = object === undefined ? first.span.file.path : `${object.kind} ${object.name}`;
    return `${name} does not meet ${plural(new Set(members.map((one) => one.rule)).size, 'policy', 'policies')}`;
  }
  if (by === 'policy') return (words.get(rule) ?? message).replace(/\.$/u, '');
  return message;
}
