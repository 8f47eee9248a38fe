import { firstWhere } from '../diagnostic/first-where.ts';

/** Where a stretch of a made text begins and what it came from; it ends where the next one begins. */
export interface Stretch<Source> {
  readonly start: number;
  readonly source: Source;
  /** Where it begins in the text of its source, which it repeats letter by letter; absent for what was computed. */
  readonly at?: number;
}

/**
 * A text that was made of others, substituted or templated, with a table of what each stretch of it came from. What the sources are is
 * left to whoever makes it: the table is kept while the text is made, and never found out afterwards.
 */
export interface MadeText<Source> {
  readonly text: string;
  readonly stretches: readonly Stretch<Source>[];
}

/** A text that comes from one source; `at` says where in the source's own text, for one that repeats it. */
export function madeText<Source>(text: string, source: Source, at?: number): MadeText<Source> {
  const stretch = { start: 0, source, ...(at === undefined ? {} : { at }) };
  return { text, stretches: text === '' ? [] : [stretch] };
}

/** Texts one behind the other. */
export function joinMade<Source>(parts: readonly MadeText<Source>[]): MadeText<Source> {
  const stretches: Stretch<Source>[] = [];
  let start = 0;
  for (const part of parts) {
    for (const stretch of part.stretches) stretches.push({ ...stretch, start: start + stretch.start });
    start += part.text.length;
  }
  return { text: parts.map(({ text }) => text).join(''), stretches };
}

/** A part of a made text, `end` exclusive. */
export function sliceMade<Source>(
  made: MadeText<Source>,
  start: number,
  end = made.text.length,
): MadeText<Source> {
  const stretches = stretchesIn(made, start, end).map((stretch) => {
    const cut = Math.max(0, start - stretch.start);
    return {
      ...stretch,
      start: stretch.start + cut - start,
      ...(stretch.at === undefined ? {} : { at: stretch.at + cut }),
    };
  });
  return { text: made.text.slice(start, end), stretches };
}

/**
 * The text that a scalar stands for, which was written at `start` of a made text: `offsets` has for each of its characters where in the
 * scalar it stands.
 */
export function decodedMade<Source>(
  made: MadeText<Source>,
  start: number,
  text: string,
  offsets: Int32Array,
): MadeText<Source> {
  const stretches: Stretch<Source>[] = [];
  let current: Stretch<Source> | undefined;
  for (let index = 0; index < text.length; index++) {
    const place = start + (offsets[index] ?? 0);
    const isNext = index > 0 && place === start + (offsets[index - 1] ?? 0) + 1;
    const [stretch] = isNext && place < end(current) ? [current] : stretchesIn(made, place, place + 1);
    if (stretch === undefined || (stretch === current && isNext)) continue;
    current = stretch;
    const { at, source } = stretch;
    stretches.push({ start: index, source, ...(at === undefined ? {} : { at: at + place - stretch.start }) });
  }
  return { text, stretches };

  function end(stretch: Stretch<Source> | undefined): number {
    return stretch === undefined ? -1 : endOfStretch(made, stretch);
  }
}

/** The stretches that have a part in `start` to `end`, in order. */
export function stretchesIn<Source>(
  { stretches, text }: MadeText<Source>,
  start: number,
  end: number,
): readonly Stretch<Source>[] {
  const found: Stretch<Source>[] = [];
  if (start >= text.length) return found;
  for (let index = stretchAt(stretches, start); index < stretches.length; index++) {
    const stretch = stretches[index];
    if (stretch === undefined || stretch.start >= Math.min(end, text.length)) break;
    found.push(stretch);
  }
  return found;
}

/** Where a stretch ends. */
export function endOfStretch<Source>(
  { stretches, text }: MadeText<Source>,
  { start }: Stretch<Source>,
): number {
  return stretches[stretchAt(stretches, start) + 1]?.start ?? text.length;
}

/** The index of the stretch that holds the character at `offset`. */
export function stretchAt(stretches: readonly { readonly start: number }[], offset: number): number {
  return Math.max(0, firstWhere(stretches, ({ start }) => start > offset) - 1);
}
