import { dots, withoutCredentials } from '../../credential/dots.ts';
import { namedValues } from '../../credential/named-values.ts';
import { isPartOfWord } from '../../credential/part-of-word.ts';
import { isProse } from '../../credential/prose-words.ts';
import { isRandom } from '../../credential/random-text.ts';
import { runsOf, wordsOfPhrases } from '../../credential/secret-phrases.ts';
import { inTextOrder, standingAt } from '../../credential/standing-at.ts';
import type { Diagnostic, RelatedLocation } from '../../diagnostic/diagnostic.ts';
import { addTo } from '../../diagnostic/grouped.ts';
import type { Span } from '../../diagnostic/span.ts';
import { piecesBeside, piecesOf, withoutPieces } from './secret-pieces.ts';
import { touchesSecret } from './secrets-within.ts';

// Shorter texts stand by chance in half of all sentences, and protect nothing.
const shortestSecret = 5;
const commonWords: ReadonlySet<string> = new Set(['false', 'default']);

/** Of a line or item that a rule about secrets points at, the part that may be one: what follows its key. */
export function valueSpan({ file, start, end }: Span): Span {
  // A key alone, with the value behind it elsewhere, is no secret.
  if (/^["']?\s*:\s/u.test(file.text.slice(end, end + 8))) return { file, start: end, end };
  const [before = ''] =
    /^\s*(?:-\s+)?["']?[\w./-]+["']?\s*(?::\s+|=(?!=?["']?\s*$))/u.exec(file.text.slice(start, end)) ?? [];
  return { file, start: start + before.length, end };
}

export interface KnownSecrets {
  /** Where they stand in files. */
  readonly spans: readonly Span[];
  /** What they are, wherever they stand: values as they are rendered, those of files that nothing shows. */
  readonly texts?: readonly string[];
  /** What of it is the name of something everybody sees as well. */
  readonly open?: readonly string[];
  /** What several runs have in common: most edits leave all Secrets as they are. */
  readonly memory?: object;
}

/**
 * Takes the secret values out of the words of diagnostics; code frames mask the places themselves. A value that is a word
 * of a path or name which the report shows anyway, such as the user `airflow` of Deployment airflow, stays readable.
 */
export function redactor(
  secrets: KnownSecrets,
  shown: readonly Diagnostic[] = [],
  redact: (words: string) => string = messageRedactor(secrets, shown),
): (diagnostic: Diagnostic) => Diagnostic {
  const { spans, texts = [] } = secrets;
  const inFields = keyRedactor(secrets);
  const quoted = quoteRedactor([...spans.flatMap(textsOf), ...texts.filter((one) => !variable.test(one))]);
  // What is said of a Secret may say what it holds, whatever else is called so. Most runs say nothing of one.
  let strict: ((words: string) => string) | undefined;
  const strictly = (words: string): string => {
    strict ??= wordRedactor(secrets, namesIn(shown, inFields), { ...nothingReadable, isOfSecret: true });
    return strict(quoted(words));
  };
  return (diagnostic) => {
    const own = isOfSecret(diagnostic, spans) ? strictly : redact;
    return redacted(diagnostic, own, (field) => inFields(shownField(field, diagnostic)));
  };
}

/** The diagnostic itself where there is nothing to take out, as in nearly all of them. */
function redacted(
  diagnostic: Diagnostic,
  own: (words: string) => string,
  inField: (field: string) => string,
): Diagnostic {
  const shown: Partial<Record<'message' | 'cause' | 'help' | 'unchecked' | 'field', string>> = {};
  for (const part of ['message', 'cause', 'help', 'unchecked'] as const) {
    const words = diagnostic[part];
    const told = words === undefined ? undefined : aroundLowered(words, own);
    if (told !== undefined && told !== words) shown[part] = told;
  }
  const { field, related } = diagnostic;
  const named = field === undefined ? undefined : inField(field);
  if (named !== undefined && named !== field) shown.field = named;
  const layers = related.map((one) => withMessage(one, own(one.message)));
  const isSame = layers.every((one, index) => one === related[index]);
  if (isSame && Object.keys(shown).length === 0) return diagnostic;
  return { ...diagnostic, ...shown, related: layers };
}

const ofLowered = 'reported as a warning, because ';

/** The words that say of an error that it counts as a warning stay, whatever is called so; those around them do not. */
function aroundLowered(words: string, redact: (words: string) => string): string {
  return words.includes(ofLowered) ? words.split(ofLowered).map(redact).join(ofLowered) : redact(words);
}

function withMessage(related: RelatedLocation, message: string): RelatedLocation {
  return message === related.message ? related : { span: related.span, message };
}

/** Takes secrets out of what diagnostics say; the paths and names that they show stay readable. */
export function messageRedactor(
  secrets: KnownSecrets,
  shown: readonly Diagnostic[],
): (words: string) => string {
  const { open = [] } = secrets;
  return wordRedactor(secrets, namesIn(shown, keyRedactor(secrets)), { open, isProse });
}

/** Takes out of the path of a field values that somebody, such as a template, made a key of, where no name looks like them. */
function keyRedactor(secrets: KnownSecrets): (field: string) => string {
  const { keys, phrases } = valuesOf(secrets);
  return (field) => withoutTexts(withoutTexts(field, keys, isPartOfWord), phrases, isPartOfWord);
}

/** The different values of secrets as somebody could show them. */
interface Values {
  readonly all: readonly string[];
  /** Those that no name looks like. */
  readonly keys: TextsByStart;
  readonly pieces: ReadonlySet<string>;
  /** Parts of passphrases: several words one after the other. */
  readonly runs: readonly string[];
  readonly phrases: TextsByStart;
  /** As they stand in files and as they are rendered. */
  readonly whole: readonly string[];
}

const knownValues = new WeakMap<KnownSecrets, Values>();

/** Found out once for all redactors of the same secrets. */
function valuesOf(secrets: KnownSecrets): Values {
  const known = knownValues.get(secrets);
  if (known !== undefined) return known;
  const { spans, texts = [], memory } = secrets;
  const all = [...new Set([...spans.flatMap(textsOf), ...[...new Set(texts)].flatMap(textsIn)])];
  const apart = memory === undefined ? takenApart(all) : takenApartOnce(all, memory);
  const whole = [...spans.map(({ file, start, end }) => file.text.slice(start, end)), ...texts];
  const runs = runsOf(whole);
  const values = { ...apart, runs, phrases: textsByStart(runs, new Set()), whole };
  knownValues.set(secrets, values);
  return values;
}

/** What of values tells them where a Secret is spoken of: what stands behind a name in their lines, and each word of a passphrase. */
function partsOf(whole: readonly string[]): string[] {
  const lines = new Set(whole.flatMap((text) => text.split(/\r\n?|\n/u)));
  const named = [...lines].flatMap((line) => [
    line.slice(line.search(/[:=]/u) + 1),
    ...[...namedValues(line)].map(({ value }) => value),
  ]);
  const all = [...whole.map((one) => one.trim()), ...named.map((one) => withoutQuotes(one.trim()))];
  return [...all, ...runsOf(all), ...wordsOfPhrases(all)];
}

type Parts = Pick<Values, 'all' | 'keys' | 'pieces'>;

const lastParts = new WeakMap<object, Parts>();

/** What the run before it found of the same values. */
function takenApartOnce(all: readonly string[], memory: object): Parts {
  const before = lastParts.get(memory);
  if (before?.all.length === all.length && before.all.every((one, index) => one === all[index]))
    return before;
  const parts = takenApart(all);
  lastParts.set(memory, parts);
  return parts;
}

function takenApart(all: readonly string[]): Parts {
  const random = all.filter((value) => value.length >= shortestKey && isRandom(value));
  return { all, keys: textsByStart(random, new Set()), pieces: piecesOf(all) };
}

const shortestKey = 12;

/** What cannot be the key of a Secret is a value that somebody wrote in its place, as a line without `=` in an env file. */
function shownField(field: string, { object }: Diagnostic): string {
  if (object?.kind !== 'Secret') return field;
  const [last = '', ...closed] = field.split(']').reverse();
  return [...closed.reverse().map(withoutOddKey), last].join(']');
}

/** What stands before a closing bracket. */
function withoutOddKey(text: string): string {
  const open = text.indexOf('[');
  return open >= 0 && /[^\w.-]/u.test(text.slice(open + 1)) ? `${text.slice(0, open)}[${dots}` : text;
}

/** Takes out of names and addresses what no name looks like: pieces of known values, and what has the shape of a credential. */
export function nameRedactor(secrets: KnownSecrets): (words: string) => string {
  const { pieces, phrases } = valuesOf(secrets);
  return (words) => withoutCredentials(withoutPieces(withoutTexts(words, phrases, isPartOfWord), pieces));
}

/** Takes texts out of words, wherever they stand as words of their own. */
export function textRedactor(texts: readonly string[]): (words: string) => string {
  const known = textsByStart(texts, new Set());
  return (words) => withoutTexts(words, known, isWithinWord);
}

function isWithinWord(words: string, at: number, text: string): boolean {
  return /[A-Za-z0-9]/u.test(words.charAt(at - 1)) || /[A-Za-z0-9]/u.test(words.charAt(at + text.length));
}

/**
 * Takes secrets out of words: known values, pieces of them that no word looks like, and what has the shape of a credential.
 * Paths and names that are shown anyway stay readable, with each of their words.
 */
export function wordRedactor(
  secrets: KnownSecrets,
  shown: readonly string[] = [],
  { open, isProse, isOfSecret: isStrict }: Readable = nothingReadable,
): (words: string) => string {
  const names = wordsOf(shown);
  const values = valuesOf(secrets);
  const parts = isStrict === true ? partsOf(values.whole) : values.runs;
  const known = textsByStart([...values.all, ...parts], new Set([...names, ...open]));
  const isReadable: IsAt = (words, at, text) => isPartOfWord(words, at, text) || isProse(words, at, text);
  const pieces = piecesBeside(names, values.pieces);
  // One line of a base is told of in the same words for each of its overlays.
  const told = new Map<string, string>();
  return (words) => {
    let shown = told.get(words);
    if (shown === undefined) {
      shown = withoutCredentials(
        withoutPieces(known.size === 0 ? words : withoutTexts(words, known, isReadable), pieces),
      );
      if (told.size < mostTold) told.set(words, shown);
    }
    return shown;
  };
}

const mostTold = 10_000;

type IsAt = (words: string, at: number, text: string) => boolean;

/** What a Secret may hold and a sentence show: names of what everybody sees, and the words that sentences are made of. */
interface Readable {
  readonly open: readonly string[];
  readonly isProse: IsAt;
  /** Whether it is said of a Secret, of which each word of a passphrase could tell. */
  readonly isOfSecret?: true;
}

const nothingReadable: Readable = { open: [], isProse: () => false };

/** Whether a finding is about a Secret, or about what was taken from one. */
function isOfSecret({ object, span, related }: Diagnostic, secrets: readonly Span[]): boolean {
  return (
    object?.kind === 'Secret' ||
    [span, ...related.map((one) => one.span)].some((one) => touchesSecret(secrets, one))
  );
}

const shortestQuoted = 3;

/** Strings, code and words in quotes; an apostrophe is no quote. */
const inQuotes = /"(?:[^"\\]|\\.)*"|`[^`]*`|(?<!\w)'[^']*'(?!\w)/gu;

/** Of what is quoted, that which is a part of a secret, however short. */
function quoteRedactor(values: readonly string[]): (words: string) => string {
  const all = values.join('\n').toLowerCase();
  return (words) =>
    words.replaceAll(inQuotes, (quoted) => {
      const inner = quoted.slice(1, -1);
      const isPart = inner.length >= shortestQuoted && all.includes(inner.toLowerCase());
      return isPart ? `${quoted.charAt(0)}${dots}${quoted.charAt(0)}` : quoted;
    });
}

/** The paths and names that diagnostics show. */
function namesIn(diagnostics: readonly Diagnostic[], inFields: (field: string) => string): readonly string[] {
  const texts = new Set<string>();
  for (const diagnostic of diagnostics) {
    const { span, related, object } = diagnostic;
    const field =
      diagnostic.field === undefined ? undefined : inFields(shownField(diagnostic.field, diagnostic));
    for (const one of [span, ...related.map((other) => other.span)]) texts.add(one.file.path);
    for (const text of [object?.apiVersion, object?.kind, object?.namespace, object?.name, field])
      if (text !== undefined) texts.add(text);
  }
  return [...texts];
}

function wordsOf(names: readonly string[]): ReadonlySet<string> {
  const words = new Set(names.flatMap((name) => [name, ...name.split('/'), ...name.split(/[^A-Za-z0-9]/u)]));
  // Between two signs is none, or what is made of signs alone would be shown.
  words.delete('');
  return words;
}

type TextsByStart = ReadonlyMap<string, readonly string[]>;

/** The texts by their first characters: thousands of secrets in thousands of messages cost one look at each character. */
function textsByStart(values: readonly string[], shown: ReadonlySet<string>): TextsByStart {
  const found = new Map<string, string[]>();
  for (const text of inTextOrder(values)) {
    const bare = text.replaceAll(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/gu, '');
    if (commonWords.has(text) || shown.has(text) || shown.has(bare)) continue;
    const start = text.slice(0, shortestSecret);
    addTo(found, start, text);
  }
  return found;
}

/** Words with dots for every stretch that a text covers; texts may overlap. */
function withoutTexts(words: string, texts: TextsByStart, isReadable: IsAt): string {
  let shown = '';
  let from = 0;
  let covered = 0;
  for (let index = 0; index + shortestSecret <= words.length; index++) {
    const some = texts.get(words.slice(index, index + shortestSecret));
    if (some === undefined) continue;
    for (const text of standingAt(some, words, index)) {
      if (isReadable(words, index, text)) continue;
      if (index >= covered) shown += `${words.slice(from, index)}${dots}`;
      covered = Math.max(covered, index + text.length);
      from = covered;
    }
  }
  return shown + words.slice(from);
}

/** The value as it is written, without quotes, line by line, and what it stands for in base64. */
export function textsOf({ file, start, end }: Span): string[] {
  return textsIn(file.text.slice(start, end));
}

/** The name of a variable that somebody else puts a value in place of: no secret, and a word that other fields have as well. */
const variable = /^\$\{[A-Za-z_]\w*\}$/u;

/** A line of a file that names what follows, as `metadata:` does: other files have it too. */
const keyAlone = /^(?:-\s+)?["']?[A-Za-z][\w./-]*["']?:$/u;

/** A value as somebody could show it: whole, line by line, in base64 or hexadecimal, and what it stands for in base64. */
export function textsIn(text: string): string[] {
  const raw = text.trim();
  const bare = withoutQuotes(raw);
  if (variable.test(bare)) return [];
  const all = [...new Set([bare, withoutEscapes(raw)])]
    .flatMap((one) => one.split(/\r\n?|\n/u))
    .map((line) => line.trim());
  const lines = all.filter((line) => !keyAlone.test(line));
  const plain = lines.flatMap(decoded);
  const bytes = bare.length > longestEncoded ? '' : bytesOf(bare);
  const inHexadecimal = [bytes, ...plain].flatMap(hexadecimal);
  return [raw, bare, ...lines, ...plain, ...base64(bytes), ...inHexadecimal];
}

function withoutQuotes(text: string): string {
  return /^(["']).*\1$/su.test(text) ? text.slice(1, -1) : text;
}

/** What a text in quotes stands for. */
function withoutEscapes(raw: string): string {
  const bare = withoutQuotes(raw);
  return raw.startsWith("'") ? bare.replaceAll("''", "'") : bare.replaceAll(/\\(["\\/])/gu, '$1');
}

const longestEncoded = 1024;

/** The bytes of a text in UTF-8, each as a character. */
function bytesOf(text: string): string {
  return String.fromCharCode(...new TextEncoder().encode(text));
}

/** What is shorter is in base64 no longer than a word. */
const shortestEncoded = 8;

function base64(bytes: string): string[] {
  return bytes.length < shortestEncoded ? [] : [btoa(bytes)];
}

function hexadecimal(bytes: string): string[] {
  if (bytes.length < shortestSecret || bytes.length > longestEncoded) return [];
  const digits = [...bytes].map((byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('');
  return [digits, digits.toUpperCase()];
}

function decoded(text: string): string[] {
  return isBase64(text) ? [atob(text).trim()] : [];
}

/** What `atob` takes, whose refusals are slow. */
function isBase64(text: string): boolean {
  if (!/^[A-Za-z0-9+/]+={0,2}$/u.test(text)) return false;
  return text.endsWith('=') ? text.length % 4 === 0 : text.length % 4 !== 1;
}
