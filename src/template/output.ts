import type { TextSource } from '../object/provenance.ts';
import { type MadeText, type Stretch, stretchAt } from '../source/made-text.ts';

/** A text that grows, with what each stretch of it came from. */
export interface Output {
  readonly parts: string[];
  readonly stretches: Stretch<TextSource>[];
  length: number;
}

export function newOutput(): Output {
  return { parts: [], stretches: [], length: 0 };
}

/** Writes a text of one source; `at` says where in the source's own text, for one that repeats it. */
export function writeText(output: Output, text: string, source: TextSource, at?: number): void {
  if (text === '') return;
  output.parts.push(text);
  output.stretches.push({ start: output.length, source, ...(at === undefined ? {} : { at }) });
  output.length += text.length;
}

/** Writes `start` to `end` of a text that was made before. */
export function writeMade(
  output: Output,
  { text, stretches }: MadeText<TextSource>,
  start = 0,
  end = text.length,
): void {
  if (end <= start) return;
  let index = stretchAt(stretches, start);
  for (
    let stretch = stretches[index];
    stretch !== undefined && stretch.start < end;
    stretch = stretches[index]
  ) {
    const cut = Math.max(0, start - stretch.start);
    output.stretches.push({
      ...stretch,
      start: output.length + stretch.start + cut - start,
      ...(stretch.at === undefined ? {} : { at: stretch.at + cut }),
    });
    index += 1;
  }
  output.parts.push(start === 0 && end === text.length ? text : text.slice(start, end));
  output.length += end - start;
}

/** What was written. */
export function finishOutput({ parts, stretches }: Output): MadeText<TextSource> {
  return { text: parts.join(''), stretches };
}
