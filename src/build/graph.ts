/**
 * Plain data as JSON: each node once, whatever shares it, and those it is made of before it. A text, a number, a boolean and null stand for
 * themselves; all else is a list that begins with what it is:
 * `u` undefined, `n` a number that JSON lacks, `b` a big integer, `l` a list, `v` a mapping of a document, `o` an object, `m` a map,
 * `s` a set, `i` integers, `x` the origin of what nobody tracks; and what whoever reads it has at hand: `d` a value in a document,
 * `p` the positions of a document, `f` a file that was loaded, `t` a file as text.
 */
export interface Graph {
  readonly nodes: readonly GraphNode[];
  /** The keys of mappings and objects, each list once. */
  readonly shapes: readonly (readonly string[])[];
  /** The files that `f`, `p` and `d` count, and how each was read. */
  readonly loads: readonly (readonly [reader: string, path: string])[];
  /** The files that `t` counts. */
  readonly texts: readonly string[];
}

export type GraphNode =
  | string
  | number
  | boolean
  | null
  | readonly [tag: string, ...parts: (number | string)[]];
