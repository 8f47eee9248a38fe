import type { Span } from '../../diagnostic/span.ts';
import type { Digest, RootCause } from './fingerprint.ts';
import { lineBounds, lineColumn } from './line-column.ts';
import {
  byStart,
  documentAt,
  enclosingLines,
  isItem,
  itemName,
  linesAbove,
  lineText,
  type Masks,
  maskedText,
  masksByFile,
  normalised,
  wholeLine,
} from './written-lines.ts';

const digits = 32;

interface Fingerprinting {
  readonly secrets: readonly Span[];
  readonly digest: Digest;
  /** The rules of policies, which versions from 0.2 on knew by the names of items alone. */
  readonly policies: ReadonlySet<string>;
}

type Cause = Pick<RootCause, 'rule' | 'message' | 'span'>;

/** What baselines of version 1 know root causes by: one fingerprint, and of policies the one before version 0.2 as well. */
export function formerFingerprints<T extends Cause>(
  causes: readonly T[],
  { secrets, digest, policies }: Fingerprinting,
): ReadonlyMap<T, readonly string[]> {
  const last = fingerprints(causes, { secrets, digest, ofItems: policies });
  const first = fingerprints(
    causes.filter(({ rule }) => policies.has(rule)),
    { secrets, digest, ofItems: new Set() },
  );
  return new Map(
    causes.map((cause) => [
      cause,
      [...new Set([last.get(cause), first.get(cause)])].filter((one) => one !== undefined),
    ]),
  );
}

/**
 * The fingerprint of each root cause: rule, file, document, the keys that enclose the line, the line without comment and
 * indentation, and of several that are alike in this the how-many-eth. Line numbers have no part in it. Nor have secrets: who
 * knows a fingerprint could try values.
 */
function fingerprints<T extends Cause>(
  causes: readonly T[],
  { secrets, digest, ofItems }: Omit<Fingerprinting, 'policies'> & { readonly ofItems: ReadonlySet<string> },
): ReadonlyMap<T, string> {
  const masks = masksByFile(secrets);
  const alike = new Map<string, Map<string, string>>();
  const found = new Map<T, string>();
  for (const cause of causes.toSorted(byPlace)) {
    const identity = ofItems.has(cause.rule) ? itemOf(cause, masks) : identityOf(cause, masks, digest);
    const others = alike.get(identity) ?? new Map<string, string>();
    alike.set(identity, others);
    // What is accepted in one environment and not in another is still one root cause.
    const exact = JSON.stringify([cause.span.start, cause.span.end, cause.message]);
    const fingerprint = others.get(exact) ?? digest(`${identity}\u0000${others.size}`).slice(0, digits);
    others.set(exact, fingerprint);
    found.set(cause, fingerprint);
  }
  return found;
}

function byPlace(a: Cause, b: Cause): number {
  return byStart(a.span, b.span) || a.span.end - b.span.end || (a.message < b.message ? -1 : 1);
}

function identityOf({ rule, span }: Cause, masks: Masks, digest: Digest): string {
  const { file } = span;
  if (file.text === '') return JSON.stringify([rule, file.path]);
  const { line } = lineColumn(file, span.start);
  const secrets = masks.get(file.path) ?? [];
  const own = wholeLine(file, line, { secrets, digest });
  const end = Math.min(span.end, lineBounds(file, line)?.end ?? span.end);
  const part = normalised(maskedText(file, span.start, end, secrets));
  return JSON.stringify([rule, file.path, ...enclosingLines(file, line, secrets), own, part]);
}

/** The document of a root cause, and the keys and items that enclose it down to the innermost item, each by its name. */
function itemOf({ rule, span }: Cause, masks: Masks): string {
  const { file } = span;
  if (file.text === '') return JSON.stringify([rule, file.path]);
  const { line } = lineColumn(file, span.start);
  const lines = [...linesAbove(file, line).toReversed(), line];
  const last = lines.findLastIndex((one) => isItem(lineText(file, one, [])));
  const secrets = masks.get(file.path) ?? [];
  const names = lines.slice(0, last + 1).map((one) => itemName(file, one, secrets));
  return JSON.stringify([rule, file.path, documentAt(file, line).name, ...names]);
}
