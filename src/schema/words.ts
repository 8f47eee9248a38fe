import { unbrotli } from '../source/gunzip.ts';
import { ownOf } from '../source/own.ts';
// Loaded when called: editors alone show it.
import { wordsText } from './words/words-data.ts';

/** What those who made a kind say of its fields. */
interface Words {
  /** By type as Go names it, `core.v1.PodSpec`, and field; the type's own stand under the empty name. */
  readonly types: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** By `group/version/Kind` and the names of the fields that lead there, with dots between. */
  readonly kinds: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

let words: Words | undefined;

/** The words on a field of a built-in type, or on the type itself where no field is named. */
export function wordsOfType(type: string, field = ''): string | undefined {
  return wordsIn(readWords().types, type, field);
}

/** The words on a field of a custom kind that the package knows, by the names that lead there. */
export function wordsOfKind(kind: string, path: readonly string[]): string | undefined {
  return wordsIn(readWords().kinds, kind, path.join('.'));
}

function wordsIn(table: Words['types'], key: string, field: string): string | undefined {
  const found = ownOf(table, key);
  return found === undefined ? undefined : ownOf(found, field);
}

function readWords(): Words {
  if (words !== undefined) return words;
  const bytes = unbrotli(Uint8Array.from(atob(wordsText()), (character) => character.charCodeAt(0)));
  words = JSON.parse(new TextDecoder().decode(bytes)) as Words;
  return words;
}
