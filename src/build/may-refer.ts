import { isMapping, isSequence, type Value } from '../source/value.ts';

/** The names that a reference can change for; `isRenamed` says whether any of them is another one now. */
export interface RenamedNames {
  readonly byName: ReadonlyMap<string, unknown>;
  readonly isRenamed: boolean;
}

/**
 * Whether a reference below the steps of a field spec could change, or be refused. It looks at values alone: most fields name
 * nothing that was renamed, and then nobody has to ask where they come from.
 */
export function mayRefer(node: Value, steps: readonly string[], names: RenamedNames, depth = 0): boolean {
  if (node === null) return false;
  const step = steps[depth];
  if (step === undefined) return isReference(node, names);
  if (isSequence(node)) return node.some((item) => mayRefer(item, steps, names, depth));
  if (!isMapping(node) || !/^[A-Za-z]+$/.test(step)) return true;
  const field = Object.hasOwn(node, step) ? node[step] : undefined;
  return field !== undefined && mayRefer(field, steps, names, depth + 1);
}

function isReference(field: Value, names: RenamedNames): boolean {
  if (isSequence(field)) return field.some((item) => isSequence(item) || isReference(item, names));
  if (isMapping(field)) return typeof field['name'] !== 'string' || names.byName.has(field['name']);
  return names.isRenamed && (typeof field !== 'string' || names.byName.has(field));
}
