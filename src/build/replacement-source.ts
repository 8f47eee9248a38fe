import { getAt, type Tracked } from '../object/provenance.ts';
import type { Path } from '../source/value.ts';
import { isProblem } from './problem.ts';
import { fieldOptions, type ReplacementValue, refineSource } from './replacement-value.ts';

/** What a replacement writes. Upstream copies a field when it writes it, with everything that was written into the field before. */
export interface ReplacementSource {
  read(): ReplacementValue;
  /** Is told of an object that changed, and of the field whose content was replaced. */
  note(target: number, changed: Tracked, replaced?: Path): void;
}

export function fixedSource(value: ReplacementValue): ReplacementSource {
  return { read: () => value, note: () => undefined };
}

/** A field of the object with this number. */
export function fieldSource(value: ReplacementValue, target: number, path: Path): ReplacementSource {
  let current = value;
  let isInObject = true;
  return {
    read: () => current,
    note(index, changed, replaced) {
      if (index !== target || !isInObject) return;
      // A new map or list above it leaves it as it is, outside of the object.
      isInObject = replaced === undefined || !isAbove(replaced, path);
      const field = isInObject ? getAt(changed, path) : undefined;
      const copied = field && refineSource(field, fieldOptions(undefined));
      if (copied !== undefined && !isProblem(copied)) current = copied;
    },
  };
}

function isAbove(path: Path, other: Path): boolean {
  return path.length < other.length && path.every((step, depth) => step === other[depth]);
}
