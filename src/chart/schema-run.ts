import type { Path, Value } from '../source/value.ts';
import type { Draft } from './schema-draft.ts';
import type { ResolveReference } from './schema-references.ts';

/** Where a value breaks a schema, and how. */
export interface SchemaViolation {
  readonly keyword: string;
  readonly path: Path;
  readonly message: string;
}

/** What nobody knows before the deployment in a value that is held against a schema: such a part breaks nothing. */
export interface UnknownParts {
  /** Whether the value at a path is a stand-in. */
  readonly isAt: (path: Path) => boolean;
  /** Whether one is somewhere below it. */
  readonly isBelow: (path: Path) => boolean;
}

export const maxDepth = 200;

export class TooMuch extends Error {}

export interface Run {
  readonly draft: Draft;
  readonly resolve: ResolveReference;
  left: number;
  readonly unknown: UnknownParts | undefined;
  /** How often a part was let pass because nobody knows it. */
  doubts: number;
}

export interface Place {
  readonly path: Path;
  readonly depth: number;
  readonly run: Run;
  /** The schemas that the very same value is being held against. */
  readonly same: readonly Value[];
}

export function spend(run: Run): void {
  run.left -= 1;
  if (run.left < 0) throw new TooMuch();
}

export function doubt({ run }: Place): [] {
  run.doubts += 1;
  return [];
}

export function violation(keyword: string, message: string, path: Path): SchemaViolation {
  return { keyword, path, message };
}

export function deeper(place: Place, ...steps: Path): Place {
  const path = steps.length === 0 ? place.path : [...place.path, ...steps];
  return { ...place, path, depth: place.depth + 1, same: steps.length === 0 ? place.same : [] };
}

export function isNumber(value: Value | undefined): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}
