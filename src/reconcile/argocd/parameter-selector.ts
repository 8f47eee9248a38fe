import { matchesSelector } from '../../object/label-match.ts';
import { isMapping, isSequence, type Mapping, newMapping, type Value } from '../../source/value.ts';
import { printValue } from '../../template/print.ts';

/** Nested parameters as `a.b` and `a.0`, each a text (flatten.DotStyle). */
export function flattenParameters(mapping: Mapping): Mapping {
  const flat = newMapping();
  const visit = (value: Value, name: string, depth: number): void => {
    const parts: [string, Value][] = isMapping(value)
      ? Object.keys(value).map((key) => [key, value[key] ?? null])
      : isSequence(value)
        ? value.map((item, index) => [String(index), item])
        : [];
    if (depth < 20 && typeof value === 'object' && value !== null)
      for (const [key, part] of parts) visit(part, name === '' ? key : `${name}.${key}`, depth + 1);
    else if (name !== '') flat[name] = typeof value === 'string' ? value : printValue(value);
  };
  visit(mapping, '', 0);
  return flat;
}

/** Parameters as they come out of JSON, where every number is a float64. */
export function floatParameters(mapping: Mapping): Mapping {
  const floats = newMapping();
  for (const key of Object.keys(mapping)) floats[key] = floatValue(mapping[key] ?? null, 0);
  return floats;
}

function floatValue(value: Value, depth: number): Value {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'object' || value === null || depth > 50) return value;
  return isSequence(value)
    ? value.map((item) => floatValue(item, depth + 1))
    : floatParameters(value as Mapping);
}

/** Whether a selector takes labels, or parameters in their place; where Argo CD has none, the empty one stands, which takes all. */
export function takesParameters(selector: Value | undefined, labels: Mapping): boolean {
  return !isMapping(selector) || matchesSelector(selector, labels);
}
