import type { Identity } from '../../diagnostic/identity.ts';
import type { Span } from '../../diagnostic/span.ts';
import { lineBounds, lineColumn } from './line-column.ts';
import {
  documentAt,
  enclosingLines,
  keyIn,
  lineText,
  type Masks,
  maskedText,
  masksByFile,
  normalised,
  wholeLine,
} from './written-lines.ts';

/** What a root cause is known by. */
export interface RootCause {
  readonly rule: string;
  readonly message: string;
  readonly span: Span;
  readonly identities: readonly Identity[];
}

/** A text's digest in hexadecimal digits. */
export type Digest = (text: string) => string;

/** What a finding is paired with another one by. */
export interface KnownAs {
  /** Of the rule, the object as its file names it, and the field: equal for all that are alike in this. */
  readonly key: string;
  /** The file that the object comes from. */
  readonly home: string;
  /** Kind, namespace and name as that file writes them; empty where no object has to do with it. */
  readonly written: string;
  /** Of the rule, the object as the cluster knows it, and the field: one for each object that shows it. */
  readonly marks: readonly string[];
}

/** A fingerprint, and what it was made of. */
export interface Fingerprint {
  readonly fingerprint: string;
  readonly knownAs: KnownAs;
}

/** How fingerprints are made. */
export interface Fingerprinting {
  readonly secrets: readonly Span[];
  readonly digest: Digest;
}

const digits = 32;
const markDigits = 12;

/**
 * The fingerprint of each root cause: its rule, the object, the names of the items on the way to the field, and of several that are
 * alike in this the how-many-eth. Files, lines, layers and environments have no part in it. Nor have secrets: who knows a fingerprint
 * could try values.
 */
export function fingerprints<T extends RootCause>(
  causes: readonly T[],
  { secrets, digest }: Fingerprinting,
): ReadonlyMap<T, Fingerprint> {
  const masks = masksByFile(secrets);
  const alike = new Map<string, Map<string, string>>();
  const found = new Map<T, Fingerprint>();
  for (const { cause, known } of inOrder(causes, (cause) => knownAs(cause, { masks, digest }))) {
    const others = alike.get(known.key) ?? new Map<string, string>();
    alike.set(known.key, others);
    // What is accepted in one environment and not in another is still one root cause.
    const { file, start, end } = cause.span;
    const exact = JSON.stringify([file.path, start, end, cause.message]);
    const fingerprint = others.get(exact) ?? numbered(known.key, others.size, digest);
    others.set(exact, fingerprint);
    found.set(cause, { fingerprint, knownAs: known });
  }
  return found;
}

/** What no object has to do with, by words of its own. */
export function fingerprintOfWords(
  home: string,
  words: readonly string[],
  digest: Digest,
): Pick<RootCause, 'identities'> & { readonly fingerprint: string; readonly knownAs: KnownAs } {
  const key = digest(JSON.stringify(words)).slice(0, digits);
  return { identities: [], fingerprint: key, knownAs: { key, home, written: '', marks: [] } };
}

function numbered(key: string, number: number, digest: Digest): string {
  return number === 0 ? key : digest(`${key}\u0000${number}`).slice(0, digits);
}

/** Those that are alike by what tells them apart best: the objects in the cluster, then the file, and only last the place in it. */
function inOrder<T extends RootCause>(
  causes: readonly T[],
  knownOf: (cause: T) => KnownAs,
): { readonly cause: T; readonly known: KnownAs }[] {
  return causes
    .map((cause) => ({ cause, known: knownOf(cause) }))
    .sort(
      ({ cause: a, known: one }, { cause: b, known: other }) =>
        compare(one.key, other.key) ||
        compare(one.marks[0] ?? '', other.marks[0] ?? '') ||
        compare(one.home, other.home) ||
        a.span.start - b.span.start ||
        a.span.end - b.span.end ||
        compare(a.message, b.message),
    );
}

interface Known {
  readonly masks: Masks;
  readonly digest: Digest;
}

function knownAs(cause: RootCause, context: Known): KnownAs {
  const { rule, identities } = cause;
  const { digest } = context;
  const first = firstOf(identities);
  if (first === undefined) {
    const key = digest(textOf(cause, context)).slice(0, digits);
    return { key, home: cause.span.file.path, written: '', marks: [] };
  }
  // Only what pairs findings asks for them, and there are as many as objects.
  let marks: readonly string[] | undefined;
  return {
    key: digest(JSON.stringify([rule, first.subject, first.field])).slice(0, digits),
    home: first.home,
    written: first.written,
    get marks() {
      marks ??= marksOf(cause, digest);
      return marks;
    },
  };
}

function marksOf({ rule, identities }: RootCause, digest: Digest): readonly string[] {
  const all = identities.map(({ object, field }) =>
    digest(JSON.stringify([rule, object, field])).slice(0, markDigits),
  );
  return [...new Set(all)].sort();
}

function firstOf([known, ...others]: readonly Identity[]): Identity | undefined {
  let first = known;
  if (first === undefined) return undefined;
  for (const one of others) {
    const order =
      compare(one.subject, first.subject) || compare(one.field, first.field) || compare(one.home, first.home);
    if (order < 0) first = one;
  }
  return first;
}

/** Of what no object has to do with: the document, the keys that enclose the line, and the line, of which a comment needs only the key; the path only where there is nothing else. */
function textOf({ rule, span }: RootCause, { masks, digest }: Known): string {
  const { file } = span;
  if (file.text === '') return JSON.stringify([rule, file.path]);
  const { line } = lineColumn(file, span.start);
  const secrets = masks.get(file.path) ?? [];
  const end = Math.min(span.end, lineBounds(file, line)?.end ?? span.end);
  const text = maskedText(file, span.start, end, secrets);
  // What is wrong with a comment is known by the comment and the key beside it, whatever value the key has.
  const isComment = text.startsWith('#');
  const part = withoutPadding(isComment ? text.trim() : normalised(text));
  const name = documentAt(file, line).name;
  const whole = isComment ? keyIn(lineText(file, line, secrets)) : wholeLine(file, line, { secrets, digest });
  const own = withoutPaths(withoutPadding(whole), part);
  const above = enclosingLines(file, line, secrets).slice(1).map(withoutPadding);
  return JSON.stringify([rule, name === '/' ? lastPart(file.path) : name, ...above, own, part]);
}

/** `{ a: [ b ] }` as `{a: [b]}`: what formatters write otherwise and nobody means. */
function withoutPadding(line: string): string {
  return line.replaceAll(/(?<=[{[]) | (?=[}\]])/gu, '');
}

// An entry such as `../base`, `web.yaml` or `config/app.env`; no URL, and no image, which has no dot at its beginning and no such end.
const localPath =
  /(?<![\w/:@.-])(?:\.{1,2}\/[\w./@-]*|[\w./@-]+\.(?:ya?ml|json|env|properties|toml))(?![\w/:])/gu;

/** A line in which nothing that is not what the finding is about changes when a directory or a file gets another name. */
function withoutPaths(line: string, part: string): string {
  return line.replaceAll(localPath, (path) => (part.includes(path) ? path : '…'));
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
