import { matchesSelector } from '../../object/label-match.ts';
import { getPart, mappingOf, type Tracked } from '../../object/provenance.ts';
import { isMapping, isSequence, type Mapping, newMapping, type Value } from '../../source/value.ts';
import { printPlain } from '../../template/print-plain.ts';

/**
 * Nested parameters as `a.b` and `a.0`, each a text (flatten.DotStyle). The segments that a generator makes of a path are strings to Go
 * and no list of anything, which whoever flattens leaves as one.
 */
export function flattenParameters(parameters: Tracked<Mapping>, hasSegments = false): Tracked<Mapping> {
  const flat: [string, Tracked][] = [];
  const visit = (part: Tracked, name: string, depth: number): void => {
    const { value, origin } = part;
    const isWhole = hasSegments && /(?:^|\.)path\.segments$/u.test(name);
    const steps = isWhole ? undefined : stepsOf(value);
    if (depth < 20 && steps !== undefined)
      for (const step of steps)
        visit(getPart(part, step) ?? part, name === '' ? String(step) : `${name}.${step}`, depth + 1);
    else if (name !== '')
      flat.push([name, { value: typeof value === 'string' ? value : printPlain(value), origin }]);
  };
  visit(parameters, '', 0);
  return mappingOf(flat, parameters.origin);
}

function stepsOf(value: Value): (string | number)[] | undefined {
  if (isMapping(value)) return Object.keys(value);
  return isSequence(value) ? [...value.keys()] : undefined;
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
