import type { Diagnostic, ObjectReference } from './diagnostic.ts';
import type { Span } from './span.ts';

/** Somebody accepts the findings of one rule: by a comment, an annotation, or an entry of the configuration. */
export interface Suppression {
  readonly by: 'comment' | 'annotation' | 'exclusion' | 'approval' | 'entry of notJudged';
  readonly rule: string;
  readonly reason: string;
  /** The last day it holds, as 2027-01-31. */
  readonly expires?: string;
  readonly owner?: string;
  /** Where it stands. */
  readonly span: Span;
  /** Where it has one, it speaks only of findings with the same `lineKey` or `objectKey`. */
  readonly key?: string;
  /** Whether it speaks of this finding, the rule and the key aside. */
  readonly covers: (diagnostic: Diagnostic) => boolean;
}

/** The line that a span begins in. */
export function lineKey({ file, start }: Span): string {
  return `${file.path}\u0000${start === 0 ? 0 : file.text.lastIndexOf('\n', start - 1) + 1}`;
}

/** A text for each object; made once for each reference, which all that is said of an object has in common. */
export function objectKey(reference: ObjectReference): string {
  let key = keys.get(reference);
  if (key === undefined) {
    const { apiVersion, kind, namespace, name } = reference;
    key = JSON.stringify([apiVersion, kind, namespace, name]);
    keys.set(reference, key);
  }
  return key;
}

const keys = new WeakMap<ObjectReference, string>();

/** What a comment or an annotation says, one entry for each rule; nothing of it counts where it has a fault. */
export type SuppressionText =
  | {
      readonly rules: readonly string[];
      readonly reason: string;
      readonly expires?: string;
      readonly owner?: string;
    }
  | { readonly fault: 'too-broad' | 'invalid'; readonly message: string; readonly help: string };

const help = 'write RULE -- reason, or RULE (until 2027-01-31) (owner NAME) -- reason';

/** Reads `RULE[, RULE…] -- reason`, with `(until YYYY-MM-DD)` and `(owner NAME)` on either side of the dashes. */
export function readSuppression(text: string): SuppressionText {
  const until = /\(until ([^()]*)\)/u.exec(text)?.[1]?.trim();
  const owner = /\(owner ([^()]*)\)/u.exec(text)?.[1]?.trim();
  const words = text.replace(/\((?:until|owner) [^()]*\)/gu, ' ').trim();
  const dashes = /(?:^|\s)--(?=\s|$)/u.exec(words);
  const names = dashes === null ? words : words.slice(0, dashes.index);
  const reason = dashes === null ? '' : words.slice(dashes.index + dashes[0].length).trim();
  const rules = names.split(/[\s,]+/u).filter((name) => name !== '');
  if (rules.length === 0 || rules.some((name) => name.includes('*') || name === 'all'))
    return { fault: 'too-broad', message: 'a suppression must name its rules', help };
  if (reason === '') return { fault: 'invalid', message: 'a suppression must have a reason', help };
  if (until !== undefined && !isDay(until))
    return { fault: 'invalid', message: `"${until}" is not a date`, help: 'write it as (until 2027-01-31)' };
  return {
    rules: [...new Set(rules)],
    reason,
    ...(until === undefined ? {} : { expires: until }),
    ...(owner === undefined || owner === '' ? {} : { owner }),
  };
}

function isDay(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/u.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** The suppressions of one text, or the finding that says why there are none. */
export function suppressionsOf(
  text: string,
  at: Pick<Suppression, 'by' | 'span' | 'key' | 'covers'>,
): { readonly suppressions: readonly Suppression[]; readonly diagnostics: readonly Diagnostic[] } {
  const read = readSuppression(text);
  if (!('fault' in read)) {
    const { rules, ...rest } = read;
    return { suppressions: rules.map((rule) => ({ rule, ...rest, ...at })), diagnostics: [] };
  }
  const diagnostic: Diagnostic = {
    rule: read.fault === 'too-broad' ? 'suppression-too-broad' : 'suppression-invalid',
    severity: 'error',
    message: read.message,
    help: read.help,
    span: at.span,
    related: [],
  };
  return { suppressions: [], diagnostics: [diagnostic] };
}
