import { type CelType, dyn } from '../policy/cel-type.ts';
import type { Checker } from '../policy/checker.ts';
import type { Node } from '../policy/node.ts';
import type { Signature } from '../policy/signatures.ts';
import { substitute } from '../policy/unify.ts';
import { type DeclaredSize, sizeAt } from './declared-size.ts';
import { nowhere, type Path, stepsOf } from './path.ts';
import { exactly, type Range, union, unknownSize } from './range.ts';

/** One estimate, with what it knows of the parts of the expression; cel-go 0.26 checker/cost.go coster. */
export interface Coster {
  readonly checker: Checker;
  readonly root: DeclaredSize;
  /** Where the variables stand that macros bind, asked for at each place that reads one. */
  readonly locals: ReadonlyMap<string, () => Path>;
  readonly paths: Map<Node, Path>;
  readonly sizes: Map<Node, Range | undefined>;
  /** The sizes of the values that stand in a list or a map which stands nowhere itself. */
  readonly entries: Map<Node, Range | undefined>;
}

export function typeOf({ checker }: Coster, node: Node): CelType {
  return substitute(checker.bindings, checker.types.get(node) ?? dyn);
}

/** The overloads that a call may mean; `&&` and `||` have none. */
export function overloadsOf({ checker }: Coster, node: Node): readonly Signature[] {
  return checker.overloads.get(node) ?? [];
}

export function pathOf({ paths }: Coster, node: Node): Path {
  return paths.get(node) ?? nowhere;
}

export function sizeOf(coster: Coster, node: Node): Range {
  return sizeIfAny(coster, node) ?? unknownSize;
}

/** Looked up once: what has a path may have another one later. */
export function sizeIfAny(coster: Coster, node: Node): Range | undefined {
  const known = coster.sizes.get(node) ?? literalSize(node) ?? declaredRange(coster, pathOf(coster, node));
  coster.sizes.set(node, known);
  return known ?? sizeOfType(typeOf(coster, node));
}

/** The size of the value at a path, or below it; what stands nowhere has none. */
export function declaredRange({ root }: Coster, path: Path, ...more: readonly string[]): Range | undefined {
  if (path.length === 0) return undefined;
  const size = sizeAt(root, [...stepsOf(path), ...more]);
  return size === undefined ? undefined : { min: 0, max: size.maxElements };
}

export function unionIfBoth(a: Range | undefined, b: Range | undefined): Range | undefined {
  return a === undefined || b === undefined ? undefined : union(a, b);
}

function literalSize(node: Node): Range | undefined {
  if (node.op === 'list' || node.op === 'map') return exactly((node.args as readonly unknown[]).length);
  if (node.op !== 'value') return undefined;
  if (typeof node.args === 'string') return exactly([...node.args].length);
  return exactly(node.args instanceof Uint8Array ? node.args.length : 1);
}

const scalars = new Set(['bool', 'double', 'duration', 'int', 'timestamp', 'uint']);

/** Of a type whose values are all of one size. */
export function sizeOfType({ name, of }: CelType): Range | undefined {
  const [inner] = of;
  if (name === 'optional' && inner !== undefined) return sizeOfType(inner);
  return scalars.has(name) ? exactly(1) : undefined;
}
