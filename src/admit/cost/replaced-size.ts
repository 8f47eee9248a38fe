import { plus, type Range, times } from './range.ts';

/** How long a text may be after a part of it is replaced: k8s.io/apiserver 0.36 pkg/cel/library/cost.go, `replace`. */
export function replacedSize(text: Range, from: Range, to: Range): Range {
  const count = { min: 0, max: 0 };
  const kept = { min: 0, max: 0 };
  if (from.min === 0) {
    // What is empty stands between all characters and around them.
    count.max = text.max + 1;
    kept.max = text.max;
  } else if (to.max <= from.min) kept.max = text.max;
  else count.max = Math.ceil(text.max / from.min);
  if (from.max === 0) {
    count.min = text.min + 1;
    kept.min = text.min;
  } else if (from.max <= to.min) kept.min = text.min;
  else count.min = Math.ceil(text.min / from.max);
  return plus(times(count, to), kept);
}
