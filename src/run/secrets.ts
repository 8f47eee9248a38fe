import { secretSpansIn } from '../build/secret-spans.ts';
import { addressLogins } from '../credential/address-password.ts';
import { credentialsInText } from '../credential/credentials-in-text.ts';
import { isPartOfWord } from '../credential/part-of-word.ts';
import { privateKeys } from '../credential/private-key.ts';
import { isRandom } from '../credential/random-text.ts';
import { secretKindOf } from '../credential/secret-name.ts';
import { inTextOrder, standingAt } from '../credential/standing-at.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { grouped } from '../diagnostic/grouped.ts';
import type { SourceFile } from '../diagnostic/source-file.ts';
import type { Span } from '../diagnostic/span.ts';
import { groupVersionKind, nameOf, namespaceOf, type Resource } from '../object/resource.ts';
import { type SecretValues, secretValues } from '../object/secret-values.ts';
import { isSecretRule } from '../report/criteria.ts';
import { textsIn, textsOf, valueSpan } from '../report/finding/redact.ts';
import type { Sources } from '../source/load.ts';

export interface Secrets {
  /** Where they stand in files that may be shown. */
  readonly spans: readonly Span[];
  /** What they are, in files that are not shown as well. */
  readonly texts: readonly string[];
  /** What of these is the name of an object, and neither made up nor kept under the name of a secret. */
  readonly open: readonly string[];
}

/** What was read and rendered, by whom. */
export interface Rendered {
  readonly resources: readonly Resource[];
  readonly inputs: readonly string[];
}

export interface SecretQuestion {
  /** What may be shown, with the lines around it. */
  readonly places: readonly Span[];
  /** What rules take for secrets. */
  readonly suspects?: readonly Span[];
  readonly rendered: readonly Rendered[];
  /** Manifests that no build reads. */
  readonly plainFiles?: readonly string[];
}

/** The secrets that the report of a run must not show. */
export function secretsIn(
  sources: Sources,
  diagnostics: readonly Diagnostic[],
  rendered: readonly Rendered[],
  plainFiles: readonly string[] = [],
): Secrets {
  const placesOf = (some: readonly Diagnostic[]): Span[] =>
    some.flatMap(({ span, related }) => [span, ...related.map((one) => one.span)]);
  return secretsAt(sources, {
    places: placesOf(diagnostics),
    suspects: placesOf(diagnostics.filter(({ rule }) => isSecretRule(rule))),
    rendered,
    plainFiles,
  });
}

/** The secrets of files and of what is rendered of them, and what looks like one beside a place. */
export function secretsAt(
  sources: Sources,
  { places, suspects = [], rendered, plainFiles = [] }: SecretQuestion,
): Secrets {
  const shown = new Map(places.map(({ file }) => [file.path, file]));
  const inputs = [...new Set(rendered.flatMap((one) => one.inputs))];
  const plain = new Set(plainFiles);
  const read = [...inputs, ...plain].flatMap((path) => (shown.has(path) ? [] : (sources.file(path) ?? [])));
  const written = secretSpansIn(sources, {
    files: [...shown.values(), ...read],
    readerOf: (path) => (plain.has(path) ? 'api-server' : 'kustomize'),
    inputs,
  });
  const values = rendered.flatMap(({ resources }) => resources.map(secretValues));
  const all = [
    ...written,
    ...values.flatMap(({ spans }) => spans).map(valueSpan),
    ...suspects.map(valueSpan),
  ];
  const texts = [...values.flatMap((one) => one.texts), ...all.flatMap(textsOf)];
  const guarded = guardedTexts(values, all);
  const open = new Set(namesOf(rendered).filter((name) => !guarded.has(name) && !isRandom(name)));
  const repeated = byStart(texts.filter((text) => !open.has(text)));
  const placesIn = grouped(places, ({ file }) => file.path);
  const beside = [...shown.values()].flatMap((file) => {
    const windows = windowsOf(file, placesIn.get(file.path) ?? []);
    return [...credentialsBeside(file, windows), ...repeatedIn(file, windows, repeated)];
  });
  return { spans: [...all.filter(({ file }) => shown.has(file.path)), ...beside], texts, open: [...open] };
}

/** What stands under a key such as `password`, which is one even where something is called so. */
function guardedTexts(values: readonly SecretValues[], written: readonly Span[]): ReadonlySet<string> {
  const rendered = values.flatMap(({ keys, texts }) =>
    texts.filter((_, index) => secretKindOf(keys[index] ?? '') !== undefined),
  );
  const spans = written.filter((span) => secretKindOf(keyBefore(span)) !== undefined);
  return new Set([...rendered.flatMap(textsIn), ...spans.flatMap(textsOf)]);
}

const longestKey = 100;

function keyBefore({ file, start }: Span): string {
  const before = file.text.slice(Math.max(0, start - longestKey), start);
  return /([\w.-]+)["']?\s*[:=]\s*["']?$/u.exec(before)?.[1] ?? '';
}

/** What all objects are called by, which every report shows. */
function namesOf(rendered: readonly Rendered[]): string[] {
  const names = new Set<string>();
  for (const { object } of rendered.flatMap(({ resources }) => resources)) {
    const { group, kind } = groupVersionKind(object);
    for (const name of [group, kind, namespaceOf(object), nameOf(object)]) names.add(name);
  }
  return [...names];
}

const linesAround = 12;

/** Credentials on the lines around findings, which frames show, and private keys, of which a line alone tells nothing. */
function credentialsBeside(file: SourceFile, windows: readonly Window[]): Span[] {
  const near = windows.flatMap(({ start, end }) => {
    const text = file.text.slice(start, end);
    const logins = addressLogins(text).filter((one) => isRandom(text.slice(one.start, one.end)));
    return [...credentialsInText(text), ...logins].map((one) => ({
      file,
      start: start + one.start,
      end: start + one.end,
    }));
  });
  return [...near, ...privateKeys(file.text).map((one) => ({ file, ...one }))];
}

const shortestRepeated = 8;

/** What a Secret holds as well, on those lines; found by its first characters. */
function repeatedIn(file: SourceFile, windows: readonly Window[], known: TextsByStart): Span[] {
  if (known.size === 0) return [];
  return windows.flatMap(({ start, end }) => {
    const found: Span[] = [];
    for (let at = start; at + shortestRepeated <= end; at++) {
      const some = known.get(file.text.slice(at, at + shortestRepeated));
      if (some === undefined) continue;
      const longest = standingAt(some, file.text, at).findLast((text) => !isPartOfWord(file.text, at, text));
      if (longest !== undefined) found.push({ file, start: at, end: at + longest.length });
    }
    return found;
  });
}

type TextsByStart = ReadonlyMap<string, readonly string[]>;

function byStart(texts: readonly string[]): TextsByStart {
  const telling = inTextOrder(texts).filter(
    (text) => text.length >= shortestRepeated && /[^a-z]/u.test(text) && !text.includes('\n'),
  );
  return grouped(telling, (text) => text.slice(0, shortestRepeated));
}

interface Window {
  readonly start: number;
  end: number;
}

/** Stretches of whole lines around places in a file, those that touch made one. */
function windowsOf(file: SourceFile, places: readonly Span[]): Window[] {
  const windows: Window[] = [];
  const lineEnd = { from: 0, to: -1, after: 0 };
  for (const { start, end } of places.toSorted((a, b) => a.start - b.start)) {
    const last = windows.at(-1);
    // What begins inside of a stretch needs no search for its first line, and on the same line none for the last one.
    const from = last !== undefined && start <= last.end ? start : lineBefore(file.text, start);
    const shown = Math.min(end, start + 2000);
    if (shown < lineEnd.from || shown > lineEnd.to)
      Object.assign(lineEnd, {
        from: shown,
        to: endOfLine(file.text, shown),
        after: lineAfter(file.text, shown),
      });
    const to = lineEnd.after;
    if (last !== undefined && from <= last.end) last.end = Math.max(last.end, to);
    else windows.push({ start: from, end: to });
  }
  return windows;
}

function endOfLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset + 1);
  return newline < 0 ? text.length : newline - 1;
}

function lineBefore(text: string, offset: number): number {
  let at = offset;
  for (let line = 0; line <= linesAround && at > 0; line++) at = text.lastIndexOf('\n', at - 1);
  return Math.max(0, at + (at < 0 ? 1 : 0));
}

function lineAfter(text: string, offset: number): number {
  let at = offset;
  for (let line = 0; line <= linesAround; line++) {
    at = text.indexOf('\n', at + 1);
    if (at < 0) return text.length;
  }
  return at;
}
