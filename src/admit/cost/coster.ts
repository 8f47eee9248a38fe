import { type CelType, dyn } from '../policy/cel-type.ts';
import type { Checker } from '../policy/checker.ts';
import type { Node } from '../policy/node.ts';
import { substitute } from '../policy/unify.ts';
import { type DeclaredSize, sizeAt } from './declared-size.ts';
import { exactly, type Range, union, unknownSize } from './range.ts';

/** The sizes of what stands in a list or a map. */
export interface EntrySize {
  readonly isList: boolean;
  readonly key: Range;
  readonly value: Range;
}

/** A variable that a macro binds. */
export interface LocalVariable {
  readonly path: readonly string[];
  readonly size: Range | undefined;
  readonly entry: EntrySize | undefined;
}

/** One estimate, with what it knows of the parts of the expression; cel-go 0.26 checker/cost.go coster. */
export interface Coster {
  readonly checker: Checker;
  readonly root: DeclaredSize;
  readonly locals: ReadonlyMap<string, LocalVariable>;
  readonly paths: Map<Node, readonly string[]>;
  readonly sizes: Map<Node, Range>;
  readonly entries: Map<Node, EntrySize>;
}

export function typeOf({ checker }: Coster, node: Node): CelType {
  return substitute(checker.bindings, checker.types.get(node) ?? dyn, true);
}

/** Where the value stands below the root of the rule; nothing where it stands nowhere. */
export function pathOf({ locals, paths }: Coster, node: Node): readonly string[] {
  const local = node.op === 'id' ? locals.get(node.args as string) : undefined;
  return local?.path ?? paths.get(node) ?? [];
}

export function sizeOf(coster: Coster, node: Node): Range {
  return sizeIfAny(coster, node) ?? unknownSize;
}

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

export function declaredRange({ root }: Coster, path: readonly string[]): Range | undefined {
  if (path.length === 0) return undefined;
  const size = sizeAt(root, path.slice(1));
  return size === undefined ? undefined : { min: 0, max: size.maxElements };
}

export function entrySizeOf({ entries, locals }: Coster, node: Node): EntrySize | undefined {
  return entries.get(node) ?? (node.op === 'id' ? locals.get(node.args as string)?.entry : undefined);
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
