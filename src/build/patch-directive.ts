import { setElement } from './merge-element.ts';
import { fieldOf, fieldsOf, isNull, itemNodes, kindOf, type MergeNode, scalarText } from './merge-node.ts';
import type { Problem } from './problem.ts';

export type PatchDirective = 'merge' | 'replace' | 'delete';

const key = '$patch';

/** The `$patch` directive of a mapping, or of the item of a list that holds nothing else, taken out of the patch. */
export function takeDirective(patch: MergeNode): PatchDirective | Problem {
  const kind = kindOf(patch);
  if (kind === 'mapping') return takeFromMapping(patch);
  if (kind === 'sequence') return takeFromSequence(patch);
  return {
    problem: `a ${kind} cannot contain a strategic merge directive`,
    help: 'write $patch: next to the fields of a mapping, or as a separate list item',
    at: patch.origin(),
  };
}

function takeFromMapping(patch: MergeNode): PatchDirective | Problem {
  const field = fieldOf(patch, key);
  if (field === undefined) return 'merge';
  const directive = directiveOf(field);
  if (typeof directive === 'string') fieldsOf(patch).delete(key);
  return directive;
}

function takeFromSequence(patch: MergeNode): PatchDirective | Problem {
  const item = itemNodes(patch).find((node) => fieldOf(node, key) !== undefined);
  const field = item === undefined ? undefined : fieldOf(item, key);
  // With other fields beside it, the directive is meant for that item alone.
  if (item === undefined || field === undefined || fieldsOf(item).size > 1) return 'merge';
  const directive = directiveOf(field);
  if (typeof directive === 'string') setElement(patch, undefined, [key], [directive]);
  return directive;
}

function directiveOf(field: MergeNode): PatchDirective | Problem {
  const text = isNull(field) ? 'null' : scalarText(field);
  if (text === 'merge' || text === 'replace' || text === 'delete') return text;
  return {
    problem: `unknown $patch directive ${JSON.stringify(text)}`,
    help: 'use merge, replace or delete',
    at: field.origin(),
  };
}
