import { type Origin, originOfPart, type Tracked } from '../../object/provenance.ts';
import { isMapping, isSequence, newMapping, type Value } from '../../source/value.ts';
import { encodeBytes } from './base64.ts';
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

/** A value of a template as plain data. */
export function plainOf(value: Datum): Value {
  if (value === undefined || typeof value !== 'object' || value === null) return value ?? null;
  switch (value.kind) {
    case 'integer':
      return Number.isSafeInteger(Number(value.value)) ? Number(value.value) : value.value;
    case 'bytes':
      return encodeBytes(value.content ?? value.text);
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
