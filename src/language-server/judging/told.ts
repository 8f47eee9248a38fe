import { openRangeShift } from '../text-shift.ts';
import type { FoundHere } from './messages.ts';

/** What was told of a folder when all of it was judged. */
export interface ToldOf {
  readonly found: Map<string, readonly FoundHere[]>;
  /** The texts that it was told of, by URI. */
  readonly texts: ReadonlyMap<string, string>;
  /** URIs of which something else was told since. */
  readonly overtaken: Set<string>;
  /** What was found in files by themselves, by URI; it holds as long as no build gets as far as the file. */
  readonly alone: Map<string, readonly FoundHere[]>;
  readonly knowledge: string;
  /** In words, what no file can show. */
  readonly problems: ReadonlySet<string>;
}

/** Of a folder of which not all was judged yet. */
export function nothingTold(): ToldOf {
  return {
    found: new Map(),
    texts: new Map(),
    overtaken: new Set(),
    alone: new Map(),
    knowledge: '',
    problems: new Set(),
  };
}

/** What was found in all of the folder, where it stands in a text as it is now. */
export function stillFound({ found, texts }: ToldOf, uri: string, text: string): FoundHere[] {
  const shift = openRangeShift(texts.get(uri) ?? text, text);
  return (found.get(uri) ?? []).map((one) => ({
    ...one,
    diagnostic: { ...one.diagnostic, range: shift(one.diagnostic.range) },
  }));
}

export function withoutTwins(found: readonly FoundHere[]): FoundHere[] {
  return [...new Map(found.map((one) => [`${one.rule} ${one.fingerprint}`, one])).values()];
}
