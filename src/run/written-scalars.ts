import { credentialsInField } from '../credential/credentials-in-field.ts';
import { isPhrase } from '../credential/phrases-in-text.ts';
import { isRandom } from '../credential/random-text.ts';
import { secretKindOf } from '../credential/secret-name.ts';
import type { Span } from '../diagnostic/span.ts';
import type { Document } from '../source/document.ts';
import { partsOf } from '../source/document-parts.ts';
import { spanAt } from '../source/position.ts';
import { isMapping, type Value } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import { isShown, type Window } from './window.ts';

/** A value of a file that is neither a list nor a mapping. */
export interface WrittenScalar {
  readonly span: Span;
  readonly text: string;
  /** Whether it is one where no rule looks for it: in a list or mapping in the place of a string, or as words under the name of a secret. */
  readonly isSecret: boolean;
}

/** What a value stands under. */
interface Place {
  readonly name?: string | undefined;
  /** Whether a string belongs there, so that all that is below is meant to be that string. */
  readonly isString: boolean;
  /** Whether the name is that of a list or mapping around. */
  readonly isInner: boolean;
}

/** The scalars of documents in stretches that may be shown, and the keys there. */
export function writtenScalars(documents: readonly Document[], windows: readonly Window[]): WrittenScalar[] {
  const found: WrittenScalar[] = [];
  for (const document of documents)
    visit({ document, windows, found }, [document.value, 0], { isString: false, isInner: false });
  return found;
}

interface Visit {
  readonly document: Document;
  readonly windows: readonly Window[];
  readonly found: WrittenScalar[];
}

function visit(visited: Visit, [value, row]: readonly [Value, number], place: Place): void {
  const { document, windows, found } = visited;
  const { start, end } = spanAt(document.positions, row);
  if (!isShown(windows, start, end)) return;
  const add = (scalar: Value, span: Span, isInner: boolean): void => {
    const text = valueText(scalar);
    found.push({ span, text, isSecret: isWords(text, place) || (isInner && isCredential(text, place)) });
  };
  if (typeof value !== 'object') {
    add(value, spanAt(document.positions, row), place.isInner);
    return;
  }
  const named = isMapping(value) ? value['name'] : undefined;
  for (const [key, part, at] of partsOf(document, value, row)) {
    // In `value: {t0ken}` and `password: {t0ken}` the token is a key.
    if (typeof key === 'string') add(key, spanAt(document.positions, at, 'key'), true);
    visit(visited, [part, at], placeBelow(place, key, named));
  }
}

function placeBelow(place: Place, key: string | number, named: Value | undefined): Place {
  if (typeof key === 'number' || place.isString) return { ...place, isInner: true };
  if (key === 'value' && typeof named === 'string') return { name: named, isString: true, isInner: false };
  const isData = place.name === 'data' || place.name === 'stringData';
  const isBelowSecret = place.name !== undefined && secretKindOf(place.name) !== undefined;
  return { name: isBelowSecret ? place.name : key, isString: isData, isInner: isBelowSecret };
}

function isWords(text: string, { name }: Place): boolean {
  return isPhrase(text) && secretKindOf(name ?? '') !== undefined;
}

/** Below `password:` may stand where the password is; only what is made up is one. */
function isCredential(text: string, { name, isString }: Place): boolean {
  return isString
    ? credentialsInField(name, text).length > 0
    : isRandom(text) && secretKindOf(name ?? '') !== undefined;
}
