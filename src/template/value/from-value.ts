import { type Origin, originOfPart, type Tracked } from '../../object/provenance.ts';
import { isMapping, isSequence, type Value } from '../../source/value.ts';
import { noOrigins } from './datum.ts';
import type { Datum, Known } from './model.ts';

/** A value with the origin of each of its parts, as a template sees it: JSON's numbers are float64. */
export function knownFrom({ value, origin }: Tracked): Known {
  if (isSequence(value)) {
    const items = value.map((item, index) => knownFrom({ value: item, origin: originOfPart(origin, index) }));
    return { value: { kind: 'list', items }, origins: [origin] };
  }
  if (!isMapping(value)) return { value: scalarFrom(value), origins: [origin] };
  const entries = new Map<string, Known>();
  for (const key of Object.keys(value))
    entries.set(key, knownFrom({ value: value[key] ?? null, origin: originOfPart(origin, key) }));
  return { value: { kind: 'map', entries }, origins: [origin] };
}

/** A value that a function read from a text, with what the text came from. */
export function knownFromText(value: Value, origins: readonly Origin[] = noOrigins): Known {
  if (isSequence(value))
    return { value: { kind: 'list', items: value.map((item) => knownFromText(item, origins)) }, origins };
  if (!isMapping(value)) return { value: scalarFrom(value), origins };
  const entries = new Map<string, Known>();
  for (const key of Object.keys(value)) entries.set(key, knownFromText(value[key] ?? null, origins));
  return { value: { kind: 'map', entries }, origins };
}

function scalarFrom(value: Value): Datum {
  return typeof value === 'bigint' ? Number(value) : (value as Exclude<Value, object | bigint>);
}
