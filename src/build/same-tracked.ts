import type { Origin, Tracked } from '../object/provenance.ts';
import { isSameValue } from '../source/same-value.ts';

/** Whether two values are the same, to the order of keys, and come from the same places: what is made of either is the same. */
export function isSameTracked(a: Tracked, b: Tracked): boolean {
  return isSameValue(a.value, b.value) && isSameOrigin(a.origin, b.origin, new Map());
}

/** `known` are pairs that were compared already: layers share earlier ones, so that every way to them would be gone again. */
function isSameOrigin(
  a: Origin | undefined,
  b: Origin | undefined,
  known: Map<Origin, Origin | undefined>,
): boolean {
  if (a === b || (a !== undefined && known.get(a) === b)) return true;
  if (a === undefined || b === undefined) return false;
  if ('positions' in a)
    return 'positions' in b && a.by === b.by && a.positions === b.positions && a.index === b.index;
  if ('span' in a)
    return (
      'span' in b &&
      a.by === b.by &&
      a.span.file === b.span.file &&
      a.span.start === b.span.start &&
      a.span.end === b.span.end
    );
  const isSame = (one: Origin | undefined, other: Origin | undefined): boolean =>
    isSameOrigin(one, other, known);
  if ('template' in a)
    return (
      'template' in b &&
      isSame(a.template, b.template) &&
      a.made?.text === b.made?.text &&
      a.values.length === b.values.length &&
      a.values.every((value, index) => isSame(value, b.values[index]))
    );
  if (!('last' in a) || !('last' in b)) return false;
  known.set(a, b);
  return (
    isSame(a.last, b.last) &&
    isSame(a.previous, b.previous) &&
    isSame(a.rest, b.rest) &&
    isSameParts(a.parts, b.parts, isSame)
  );
}

type Parts = Extract<Origin, { readonly last: Origin }>['parts'];

function isSameParts(
  a: Parts,
  b: Parts,
  isSame: (one: Origin | undefined, other: Origin | undefined) => boolean,
): boolean {
  if (a === undefined || b === undefined) return a === b;
  const [parts, others] = [[...a.entries()], [...b.entries()]];
  return (
    parts.length === others.length &&
    parts.every(([step, part], index) => step === others[index]?.[0] && isSame(part, others[index]?.[1]))
  );
}
