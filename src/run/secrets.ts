import { secretSpansIn } from '../build/secret-spans.ts';
import { credentialsInText } from '../credential/credentials-in-text.ts';
import { hiddenInText } from '../credential/hidden-in-text.ts';
import { privateKeys } from '../credential/private-key.ts';
import { isRandom } from '../credential/random-text.ts';
import { secretKindOf } from '../credential/secret-name.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { grouped } from '../diagnostic/grouped.ts';
import type { SourceFile } from '../diagnostic/source-file.ts';
import type { Span } from '../diagnostic/span.ts';
import { isKustomizationPath } from '../object/kustomization-path.ts';
import type { Resource } from '../object/resource.ts';
import { type SecretValues, secretValues } from '../object/secret-values.ts';
import { isSecretRule } from '../report/criteria.ts';
import { textsIn, textsOf, valueSpan } from '../report/finding/redact.ts';
import { touchesSecret } from '../report/finding/secrets-within.ts';
import type { Reader } from '../source/document.ts';
import { openSources, type Sources } from '../source/load.ts';
import { memoryFileSystem } from '../source/memory.ts';
import { knownTexts, repeatedIn, repeatedInScalars } from './repeated-secrets.ts';
import { namesFromSecrets, namesOf } from './secret-names.ts';
import { type Window, windowsOf } from './window.ts';
import { hiddenSpans, type WrittenScalar, writtenScalars } from './written-scalars.ts';

export interface Secrets {
  /** Where they stand in files that may be shown. */
  readonly spans: readonly Span[];
  /** What they are, in files that are not shown as well. */
  readonly texts: readonly string[];
  /** What of these is the name of an object, and neither made up nor kept under the name of a secret, or a word that is hidden where it stands. */
  readonly open: readonly string[];
  /** Names of objects that were taken from a Secret. */
  readonly names: readonly string[];
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
  const readerOf = (path: string): Reader => (plain.has(path) ? 'api-server' : 'kustomize');
  const read = [...inputs, ...plain].flatMap((path) => (shown.has(path) ? [] : (sources.file(path) ?? [])));
  const written = secretSpansIn(sources, { files: [...shown.values(), ...read], readerOf, inputs });
  const resources = rendered.flatMap((one) => one.resources);
  const values = resources.map(secretValues);
  const spans = values.flatMap((one) => one.spans);
  const all = [...written, ...spans.map(valueSpan), ...suspects.map(valueSpan)];
  const texts = new Set([...values.flatMap((one) => one.texts).flatMap(textsIn), ...all.flatMap(textsOf)]);
  const names = namesFromSecrets(resources, {
    values: spans.filter((span) => touchesSecret(written, span)),
    texts,
  });
  const guarded = guardedTexts(values, all);
  const hidden = new Set(names);
  const open = namesOf(resources).filter(
    (name) => !hidden.has(name) && !guarded.has(name) && !isRandom(name),
  );
  const isOpen = new Set(open);
  const known = knownTexts(
    [...texts].filter((text) => !isOpen.has(text)),
    open,
  );
  const placesIn = grouped(places, ({ file }) => file.path);
  const beside = [...shown.values()].flatMap((file) => {
    const windows = windowsOf(file, placesIn.get(file.path) ?? []);
    const scalars = scalarsOf(sources, file, windows, readerOf);
    return [
      ...credentialsBeside(file, windows),
      ...repeatedIn(file, windows, known),
      ...repeatedInScalars(file, known, scalars),
      ...scalars.flatMap(hiddenSpans),
    ];
  });
  return {
    spans: [...all.filter(({ file }) => shown.has(file.path)), ...beside],
    texts: [...texts, ...names],
    open: [...open, ...plainWords(beside).filter((word) => !texts.has(word))],
    names,
  };
}

/** Where secrets are in a file of which any line may be shown, as far as that file alone tells. */
export function secretsOfText(path: string, text: string): readonly Span[] {
  const file = { path, text };
  const places: Span[] = [];
  for (let start = 0; start < text.length; start += 1000) places.push({ file, start, end: start });
  return secretsAt(openSources(memoryFileSystem({ [path]: text })), { places, rendered: [] }).spans;
}

/** The scalars of a file that may be shown; none where it is shown otherwise than it is read. */
function scalarsOf(
  sources: Sources,
  file: SourceFile,
  windows: readonly Window[],
  readerOf: (path: string) => Reader,
): WrittenScalar[] {
  const { path, text } = file;
  if (windows.length === 0 || !/\.(?:ya?ml|json)$/u.test(path) || sources.file(path)?.text !== text)
    return [];
  const documents = sources.reread(path, isKustomizationPath(path) ? 'api-server' : readerOf(path));
  return writtenScalars(documents, windows);
}

/** Words that stand under the name of a secret beside a finding, which tell nothing elsewhere: `postgres`, `admin`. */
function plainWords(spans: readonly Span[]): string[] {
  return [...new Set(spans.flatMap(textsOf))].filter((text) => /^[A-Za-z]+(?:-[A-Za-z]+)*$/u.test(text));
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
  return /([\w.-]+)["']?\s*[:=]\s*$/u.exec(before)?.[1] ?? '';
}

/** A text in which the first item of each list stands where a value does, each character at its place. */
function withoutBrackets(text: string): string {
  return text.replaceAll(': [', ':  ');
}

/** Credentials on the lines around findings, which frames show, and private keys, of which a line alone tells nothing. */
function credentialsBeside(file: SourceFile, windows: readonly Window[]): Span[] {
  const near = windows.flatMap(({ start, end }) => {
    const text = file.text.slice(start, end);
    const plain = withoutBrackets(text);
    const asLists = plain === text ? [] : credentialsInText(text);
    return [...asLists, ...hiddenInText(plain)].map((one) => ({
      file,
      start: start + one.start,
      end: start + one.end,
    }));
  });
  return [...near, ...privateKeys(file.text).map((one) => ({ file, ...one }))];
}
