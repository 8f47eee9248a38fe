import { type Mapping, type Path, type Value, valueAt } from '../../source/value.ts';

/** Where a path of the object that policies see stands in the object as it is written: what is not there is its first missing field. */
export function asWritten(path: Path, object: Mapping): Path {
  const meant = inStringData(path, object) ? ['stringData', ...path.slice(1)] : path;
  let value: Value | undefined = object;
  for (const [index, step] of meant.entries()) {
    value = valueAt(value, [step]);
    if (value === undefined) return meant.slice(0, index + 1);
  }
  return meant;
}

/** The server writes `stringData` of a Secret into `data`. */
function inStringData([first, key]: Path, object: Mapping): boolean {
  if (object['kind'] !== 'Secret' || first !== 'data' || typeof key !== 'string') return false;
  return valueAt(object, ['stringData', key]) !== undefined;
}
