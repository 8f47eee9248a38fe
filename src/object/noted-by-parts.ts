import type { Mapping, Value } from '../source/value.ts';

/** What is noted of objects, for others that share values with them, as the overlays of a base do. */
export interface NotedByParts<Noted> {
  /** What was noted of an object that shares a value with this one: the widest such value counts. */
  of(object: Mapping): Noted | undefined;
  note(object: Mapping, noted: Noted): void;
}

/** An overlay seldom sets more than the values around a container and some in it. */
const mostParts = 30;

export function notedByParts<Noted>(): NotedByParts<Noted> {
  const byPart = new WeakMap<object, Noted>();
  return {
    of(object) {
      const parts = topParts(object);
      for (let place = 0; place < parts.length; place++) {
        const part = parts[place] as object;
        const noted = byPart.get(part);
        if (noted !== undefined) return noted;
        addParts(part, parts);
      }
      return undefined;
    },
    note(object, noted) {
      const parts = topParts(object);
      for (let place = 0; place < parts.length; place++) {
        const part = parts[place] as object;
        byPart.set(part, noted);
        addParts(part, parts);
      }
    },
  };
}

/** Names and labels are an object's own. */
function topParts(object: Mapping): object[] {
  const parts: object[] = [];
  for (const key of Object.keys(object)) if (key !== 'metadata') addPart(object[key], parts);
  return parts;
}

function addParts(of: object, parts: object[]): void {
  for (const value of Object.values(of) as Value[]) {
    if (parts.length >= mostParts) return;
    addPart(value, parts);
  }
}

function addPart(value: Value | undefined, parts: object[]): void {
  if (typeof value === 'object' && value !== null) parts.push(value);
}
