import type { TextSource } from '../../object/provenance.ts';
import { type Output, writeText } from '../output.ts';
import { originsOf } from './datum.ts';
import type { Known } from './model.ts';

/** A text that is written of tracked values: each of them is a stretch with what it came from. */
export interface TrackedOutput {
  readonly output: Output;
  readonly sourceOf: (known: Known) => TextSource;
}

export function trackOutput(output: Output, here: TextSource): TrackedOutput {
  return { output, sourceOf: sourcesOf(here) };
}

/** The source of what comes from certain origins; entries with the same ones share it. */
function sourcesOf(here: TextSource): (known: Known) => TextSource {
  let last = here;
  return (known) => {
    const values = originsOf(known);
    if (values.length === 0) return here;
    const isSame =
      last.values.length === values.length && values.every((one, index) => last.values[index] === one);
    if (!isSame) last = { ...here, values };
    return last;
  };
}

/** Writes a piece of a value's text; pieces of one source behind each other are one stretch. */
export function writeTracked({ output, sourceOf }: TrackedOutput, text: string, known: Known): void {
  const source = sourceOf(known);
  if (output.stretches.at(-1)?.source !== source || output.parts.length === 0)
    writeText(output, text, source);
  else {
    output.parts.push(text);
    output.length += text.length;
  }
}
