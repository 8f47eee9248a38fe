import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { openWordIn } from '../object/open-word.ts';

const ofValues: ReadonlySet<string> = new Set(['invalid-value', 'unsupported-value', 'wrong-type']);

/** The word for which whoever applies the object is to write a value, if the value consists of such words or has some. */
export function openWords({ rule, span: { file, start, end } }: Diagnostic): string | undefined {
  return ofValues.has(rule) ? openWordIn(file.text.slice(start, end)) : undefined;
}
