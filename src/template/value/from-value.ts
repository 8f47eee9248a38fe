import { type Origin, originOfPart, originsOfParts, type Tracked } from '../../object/provenance.ts';
import { isMapping, isSequence, newMapping, type PathElement, type Value } from '../../source/value.ts';
import { encodeBytes } from './base64.ts';
import { noOrigins } from './datum.ts';
import type { Datum, Known } from './model.ts';

/** A value with the origin of each of its parts, as a template sees it: JSON's numbers are float64. */
export function knownFrom({ value, origin }: Tracked): Known {
  if (!isSequence(value) && !isMapping(value)) return { value: scalarFrom(value), origins: [origin] };
  // Asking for one part after the other goes through all of them each time.
  const parts = originsOfParts(origin);
  const part = (step: PathElement, own: Value): Known =>
    knownFrom({ value: own, origin: parts?.get(step) ?? originOfPart(origin, step) });
  if (isSequence(value)) {
    const items = value.map((item, index) => part(index, item));
    return { value: { kind: 'list', items }, origins: [origin] };
  }
  const entries = new Map<string, Known>();
  for (const key of Object.keys(value)) entries.set(key, part(key, value[key] ?? null));
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

/** A value of a template as plain data. */
export function plainOf(value: Datum): Value {
  if (value === undefined || typeof value !== 'object' || value === null) return value ?? null;
  switch (value.kind) {
    case 'integer':
      return Number.isSafeInteger(Number(value.value)) ? Number(value.value) : value.value;
    case 'bytes':
      return encodeBytes(value.text);
    case 'list':
      return value.items.map((item) => plainOf(item.value));
    default: {
      const plain = newMapping();
      const entries = value.kind === 'map' ? value.entries : value.fields;
      for (const [key, known] of entries) plain[key] = plainOf(known.value);
      return plain;
    }
  }
}
