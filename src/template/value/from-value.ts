import {
  type Origin,
  originOfPart,
  originsOfParts,
  type TextSource,
  type Tracked,
} from '../../object/provenance.ts';
import type { Document } from '../../source/document.ts';
import { type MadeText, stretchesIn } from '../../source/made-text.ts';
import { childIndex, type Positions, spanAt } from '../../source/position.ts';
import { isMapping, isSequence, newMapping, type PathElement, type Value } from '../../source/value.ts';
import { encodeBytes } from './base64.ts';
import { noOrigins, originsOf } from './datum.ts';
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

/**
 * The same for a text that functions and templates made: each scalar comes from what its own stretch of the text came from, and what
 * holds others only from theirs.
 */
export function knownFromMade({ value, positions }: Document, made: MadeText<TextSource>): Known {
  const partAt = (own: Value, row: number): Known => {
    if (isSequence(own) && own.length > 0) {
      const items = own.map((item, index) => partAt(item, childIndex(positions, row, index)));
      return { value: { kind: 'list', items }, origins: noOrigins };
    }
    if (isMapping(own) && Object.keys(own).length > 0) {
      const entries = new Map<string, Known>();
      for (const key of Object.keys(own))
        entries.set(key, partAt(own[key] ?? null, childIndex(positions, row, key)));
      return { value: { kind: 'map', entries }, origins: noOrigins };
    }
    return knownFromText(own, originsAt(made, positions, row));
  };
  return partAt(value, 0);
}

function originsAt(made: MadeText<TextSource>, positions: Positions, row: number): readonly Origin[] {
  if (row < 0) return noOrigins;
  const { start, end } = spanAt(positions, row);
  return originsOf({ value: undefined, origins: noOrigins, made: stretchesIn(made, start, end) });
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
