import type { TextSource } from '../object/provenance.ts';
import type { MadeText } from '../source/made-text.ts';
import { finishOutput, newOutput, writeMade } from './output.ts';

const nothing = '<no value>';

/** A text without what Go prints for a value that is not there; Helm takes that out of all that it renders. */
export function withoutNothing(made: MadeText<TextSource>): MadeText<TextSource> {
  if (!made.text.includes(nothing)) return made;
  const output = newOutput();
  let start = 0;
  for (let at = made.text.indexOf(nothing); at >= 0; at = made.text.indexOf(nothing, start)) {
    writeMade(output, made, start, at);
    start = at + nothing.length;
  }
  writeMade(output, made, start);
  return finishOutput(output);
}
