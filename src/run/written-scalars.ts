import { namesKeys, namesSecret } from '../credential/credentials-below.ts';
import { credentialsInWords } from '../credential/credentials-in-command.ts';
import { credentialsInField } from '../credential/credentials-in-field.ts';
import { hiddenBehindOptions, hiddenInField, hiddenInText } from '../credential/hidden-in-text.ts';
import { isPhrase } from '../credential/phrases-in-text.ts';
import { isRandom } from '../credential/random-text.ts';
import { secretKindOf } from '../credential/secret-name.ts';
import type { Stretch } from '../credential/stretch.ts';
import { grouped } from '../diagnostic/grouped.ts';
import type { Span } from '../diagnostic/span.ts';
import type { Document } from '../source/document.ts';
import { partsOf } from '../source/document-parts.ts';
import { spanAt } from '../source/position.ts';
import { isMapping, isSequence, type Mapping, type Value } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import { isShown, type Window } from './window.ts';

/** A value of a file that is neither a list nor a mapping. */
export interface WrittenScalar {
  readonly span: Span;
  readonly text: string;
  /** What of it is to be hidden, by what it stands under and behind. */
  readonly hidden: readonly Stretch[];
}

/** What a value stands under. */
interface Place {
  readonly name?: string | undefined;
  /** Whether a string belongs there, so that all that is below is meant to be that string. */
  readonly isString: boolean;
  /** Whether the name is that of a list or mapping around. */
  readonly isInner: boolean;
}

const unnamed: Place = { isString: false, isInner: false };

/** The scalars of documents in stretches that may be shown, and the keys there. */
export function writtenScalars(documents: readonly Document[], windows: readonly Window[]): WrittenScalar[] {
  const found: WrittenScalar[] = [];
  for (const document of documents) visit({ document, windows, found }, [document.value, 0], unnamed);
  return found;
}

interface Visit {
  readonly document: Document;
  readonly windows: readonly Window[];
  readonly found: WrittenScalar[];
}

function visit(
  visited: Visit,
  [value, row]: readonly [Value, number],
  place: Place,
  word: readonly Stretch[] = [],
): void {
  const { document, windows, found } = visited;
  const { start, end } = spanAt(document.positions, row);
  if (!isShown(windows, start, end)) return;
  const add = (scalar: Value, span: Span, by: Place, others: readonly Stretch[] = []): void => {
    const text = valueText(scalar);
    found.push({ span, text, hidden: [...hiddenAt(by, text), ...others] });
  };
  if (typeof value !== 'object') {
    add(value, spanAt(document.positions, row), place, word);
    return;
  }
  const words = isSequence(value) ? hiddenWords(value) : undefined;
  for (const [key, part, at] of partsOf(document, value, row)) {
    // In `value: {t0ken}` and `password: {t0ken}` the token is a key.
    if (typeof key === 'string') add(key, spanAt(document.positions, at, 'key'), { ...place, isInner: true });
    visit(visited, [part, at], placeBelow(place, key, value), words?.get(Number(key)));
  }
}

/** What a command tells of its words, by their places. */
function hiddenWords(list: readonly Value[]): ReadonlyMap<number, readonly Stretch[]> {
  const words = list.map((item) => (typeof item === 'string' ? item : ''));
  return grouped([...credentialsInWords(words), ...hiddenBehindOptions(words)], ({ word }) => word);
}

function placeBelow(place: Place, key: string | number, around: Value): Place {
  if (typeof key === 'number' || place.isString) return { ...place, isInner: true };
  if (isMapping(around) && (namesSecret(around) || namesKeys(place.name ?? ''))) return unnamed;
  const named = isMapping(around) ? nameBeside(around) : undefined;
  if (key === 'value' && named !== undefined) return { name: named, isString: true, isInner: false };
  const isData = place.name === 'data' || place.name === 'stringData';
  const isBelowSecret = place.name !== undefined && secretKindOf(place.name) !== undefined;
  return { name: isBelowSecret ? place.name : key, isString: isData, isInner: isBelowSecret };
}

/** Whose value a `value` is: `name: DB_PASSWORD`, and of an operation of a patch the last step of its path. */
function nameBeside({ name, op, path }: Mapping): string | undefined {
  if (typeof name === 'string') return name;
  return typeof op === 'string' && typeof path === 'string' ? path.split('/').at(-1) : undefined;
}

function hiddenAt({ name = '', isString, isInner }: Place, text: string): readonly Stretch[] {
  const ofSecret = secretKindOf(name) !== undefined;
  if (!isInner || (!isString && !ofSecret)) return hiddenInField(name, text);
  // Below `password:` may stand where the password is; only what is made up is one.
  const isHidden =
    (isPhrase(text) && ofSecret) || (isString ? credentialsInField(name, text).length > 0 : isRandom(text));
  return isHidden ? [{ start: 0, end: text.length }] : [];
}

/** Where what is to be hidden of a scalar is written: the whole of it where that is not to be seen in what is written. */
export function hiddenSpans({ span, text, hidden }: WrittenScalar): Span[] {
  const { file, start } = span;
  const written = file.text.slice(start, span.end);
  const isInside = isOtherwise(written) || /\s-/u.test(text) || holdsNames(written);
  const parts = isInside ? [...hidden, ...hiddenInText(text)] : hidden;
  return parts.map((part) => {
    const own = text.slice(part.start, part.end);
    const at = written.indexOf(own);
    const isWhole = own === text || at < 0 || written.includes(own, at + 1);
    return isWhole ? span : { file, start: start + at, end: start + at + own.length };
  });
}

/** Whether the first line of a scalar has a name of its own, which stands behind a quote. */
function holdsNames(written: string): boolean {
  return /^["'][^"'\n]{0,200}(?::\s|=)/u.test(written);
}

/** Whether a scalar is written otherwise than it reads: with escapes, or in several lines, of which those of a block are seen as they are. */
function isOtherwise(written: string): boolean {
  return /\\|''/u.test(written) || (written.includes('\n') && !written.startsWith('|'));
}
