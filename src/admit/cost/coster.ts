import { type CelType, dyn } from '../policy/cel-type.ts';
import type { Checker } from '../policy/checker.ts';
import type { Node } from '../policy/node.ts';
import { substitute } from '../policy/unify.ts';
import { type DeclaredSize, sizeAt } from './declared-size.ts';
import { nowhere, type Path, stepsOf } from './path.ts';
import { exactly, type Range, union, unknownSize } from './range.ts';

/** The sizes of what stands in a list or a map. */
export interface EntrySize {
  readonly isList: boolean;
  readonly key: Range;
  readonly value: Range;
}

/** A variable that a macro binds. */
export interface LocalVariable {
  /** Where it stands, asked for at each place that reads it. */
  readonly path: () => Path;
  readonly size: Range | undefined;
}

/** One estimate, with what it knows of the parts of the expression; cel-go 0.26 checker/cost.go coster. */
export interface Coster {
  readonly checker: Checker;
  readonly root: DeclaredSize;
  readonly locals: ReadonlyMap<string, LocalVariable>;
  readonly paths: Map<Node, Path>;
  readonly sizes: Map<Node, Range>;
  readonly entries: Map<Node, EntrySize>;
}

export function typeOf({ checker }: Coster, node: Node): CelType {
  return substitute(checker.bindings, checker.types.get(node) ?? dyn, true);
}

export function pathOf({ paths }: Coster, node: Node): Path {
  return paths.get(node) ?? nowhere;
}

export function sizeOf(coster: Coster, node: Node): Range {
  return sizeIfAny(coster, node) ?? unknownSize;
}

/** Looked up once: what has a path may have another one later. */
export function sizeIfAny(coster: Coster, node: Node): Range | undefined {
  const known = coster.sizes.get(node) ?? literalSize(node);
  if (known !== undefined) return known;
  const declared = declaredRange(coster, pathOf(coster, node));
  if (declared !== undefined) {
    coster.sizes.set(node, declared);
    return declared;
  }
  if (isScalar(typeOf(coster, node))) return exactly(1);
  return node.op === 'id' ? coster.locals.get(node.args as string)?.size : undefined;
}

/** The size of the value at a path, or below it; what stands nowhere has none. */
export function declaredRange({ root }: Coster, path: Path, ...more: readonly string[]): Range | undefined {
  if (path.length === 0) return undefined;
  const size = sizeAt(root, [...stepsOf(path), ...more]);
  return size === undefined ? undefined : { min: 0, max: size.maxElements };
}

export function setEntrySize({ entries }: Coster, node: Node, entry: EntrySize | undefined): void {
  if (entry !== undefined) entries.set(node, entry);
}

export function unionOfEntries(a: EntrySize | undefined, b: EntrySize | undefined): EntrySize | undefined {
  if (a === undefined || b === undefined) return undefined;
  return { isList: a.isList, key: union(a.key, b.key), value: union(a.value, b.value) };
}

function literalSize(node: Node): Range | undefined {
  if (node.op === 'list' || node.op === 'map') return exactly((node.args as readonly unknown[]).length);
  if (node.op !== 'value') return undefined;
  if (typeof node.args === 'string') return exactly([...node.args].length);
  return exactly(node.args instanceof Uint8Array ? node.args.length : 1);
}

export const scalars: ReadonlySet<string> = new Set([
  'bool',
  'double',
  'duration',
  'int',
  'timestamp',
  'uint',
]);

function isScalar({ name, of }: CelType): boolean {
  const [inner] = of;
  return name === 'optional' && inner !== undefined ? isScalar(inner) : scalars.has(name);
}
