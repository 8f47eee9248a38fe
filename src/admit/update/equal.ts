import {
  equalValues,
  isMapping,
  isSequence,
  type Mapping,
  type Path,
  type PathElement,
  type Sequence,
  type Value,
  valueAt,
} from '../../source/value.ts';

/**
 * Whether two values of decoded objects are the same, `equality.Semantic.DeepEqual` of k8s.io/apimachinery: decoding has left one
 * spelling of all that says the same, but for lists without items.
 */
export function isSame(a: Value | undefined, b: Value | undefined): boolean {
  if (isNone(a) || isNone(b)) return isNone(a) && isNone(b);
  if (isSequence(a) && isSequence(b)) return isSameList(a, b);
  if (isMapping(a) && isMapping(b)) return isSameMapping(a, b);
  return equalValues(a, b);
}

function isNone(value: Value | undefined): value is undefined | null {
  return value === undefined || value === null || (isSequence(value) && value.length === 0);
}

function isSameList(a: Sequence, b: Sequence): boolean {
  return a.length === b.length && a.every((item, index) => isSame(item, b[index]));
}

function isSameMapping(a: Mapping, b: Mapping): boolean {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => isSame(a[key], b[key]));
}

/** The deepest fields in which two values differ, the first few of them. */
export function differencesOf(
  a: Value | undefined,
  b: Value | undefined,
  path: Path,
  limit: number,
): readonly Path[] {
  if (limit <= 0 || isSame(a, b)) return [];
  const found: Path[] = [];
  for (const step of stepsInto(a, b)) {
    const [before, after] = [valueAt(a, [step]), valueAt(b, [step])];
    found.push(...differencesOf(before, after, [...path, step], limit - found.length));
  }
  return found.length > 0 ? found : [path];
}

/** The ways into two mappings, or into two lists of one length. */
function stepsInto(a: Value | undefined, b: Value | undefined): readonly PathElement[] {
  if (isMapping(a) && isMapping(b)) return [...new Set([...Object.keys(a), ...Object.keys(b)])];
  if (isSequence(a) && isSequence(b) && a.length === b.length) return [...a.keys()];
  return [];
}
