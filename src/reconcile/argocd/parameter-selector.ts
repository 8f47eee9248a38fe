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

/** Whether a selector takes labels, or parameters in their place; where Argo CD has none, the empty one stands, which takes all. */
export function takesParameters(selector: Value | undefined, labels: Mapping): boolean {
  return !isMapping(selector) || matchesSelector(selector, labels);
}
