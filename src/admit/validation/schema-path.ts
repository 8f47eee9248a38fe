import type { Mapping } from '../../source/value.ts';
import { noFields } from '../../source/value.ts';
import { has, struct } from './fields.ts';

/**
 * The schema that a path such as `.spec.a['b']` leads to, undefined where it leads nowhere. Items of lists have no path:
 * `apiextensions-apiserver/pkg/apiserver/schema/cel` ValidFieldPath.
 */
export function schemaAtPath(schema: Mapping, path: string, allowsBrackets: boolean): Mapping | undefined {
  const steps = path.match(/\.[^.[\]]+|\['(?:[^'\\]|\\.)*'\]|./gsu) ?? [];
  let place: Mapping | undefined = schema;
  for (const step of steps) {
    const isBracket = step.startsWith('[');
    if (step.length < 2 || (isBracket && !allowsBrackets)) return undefined;
    const name = isBracket ? step.slice(2, -2).replaceAll(/\\(.)/gsu, '$1') : step.slice(1);
    place = childOf(place, name);
    if (place === undefined) return undefined;
  }
  return place;
}

function childOf(schema: Mapping, name: string): Mapping | undefined {
  const properties = struct(schema, 'properties');
  if (properties === undefined) return struct(schema, 'additionalProperties');
  if (!Object.hasOwn(properties, name)) return undefined;
  return has(properties, name) ? struct(properties, name) : noFields;
}
