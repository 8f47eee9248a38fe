import { countEdits } from '../object/edit-work.ts';
import { fieldOf, fieldsOf, isNull, itemNodes, kindOf, type MergeNode, scalarText } from './merge-node.ts';
import type { Problem } from './problem.ts';

/** The first item whose `keys` have exactly these `values`; the key `''` stands for a scalar itself. */
export function findElement(
  list: MergeNode,
  keys: readonly string[],
  values: readonly string[],
): MergeNode | undefined {
  if (kindOf(list) !== 'sequence') return undefined;
  countLong(list);
  if ((keys[0] ?? '') === '') return itemNodes(list).find((item) => scalarText(item) === (values[0] ?? ''));
  return itemNodes(list).find((item) =>
    keys.every((key, index) => {
      const field = fieldOf(item, key);
      return field !== undefined && scalarText(field) === values[index];
    }),
  );
}

/**
 * Puts `element` in the place of every item that matches, or at the end; without an element it removes them. Follows
 * kyaml's ElementSetter, where an empty value matches any, a value too few repeats the last answer, and no value at all
 * throws every item out.
 */
export function setElement(
  list: MergeNode,
  element: MergeNode | undefined,
  keys: readonly string[],
  values: readonly string[],
): Problem | undefined {
  countLong(list);
  const items: MergeNode[] = [];
  const forMappings = (keys[0] ?? '') !== '' && (values[0] ?? '') !== '';
  let found = false;
  for (const item of itemNodes(list)) {
    if (isEmptyElement(item)) continue;
    if (kindOf(item) !== 'mapping' && forMappings) {
      items.push(item);
      continue;
    }
    const matches = matchesElement(item, keys, values);
    if (typeof matches === 'object') return matches;
    if (!matches) {
      if (values.length > 0) items.push(item);
      continue;
    }
    found = true;
    if (element !== undefined) items.push(element);
  }
  if (!found && element !== undefined && !isNull(element)) items.push(element);
  list.items = items;
  return undefined;
}

// Lists up to this length cost little, however often they are gone through.
const fewItems = 100;

function countLong(list: MergeNode): void {
  const count = itemNodes(list).length;
  if (count > fewItems) countEdits(count);
}

export function isEmptyElement(node: MergeNode): boolean {
  return isNull(node) || (kindOf(node) === 'mapping' && fieldsOf(node).size === 0);
}

function matchesElement(
  item: MergeNode,
  keys: readonly string[],
  values: readonly string[],
): boolean | Problem {
  let matched = false;
  for (const [index, key] of keys.entries()) {
    const value = values[index];
    if (value !== undefined) {
      const answer = matchesField(item, key, value);
      if (typeof answer === 'object') return answer;
      matched = answer;
    }
    if (!matched) return false;
  }
  return true;
}

function matchesField(item: MergeNode, key: string, value: string): boolean | Problem {
  const expected = key === '' ? 'scalar' : 'mapping';
  if (kindOf(item) !== expected) {
    return {
      problem: `the list is merged, but one of its items is not a ${expected}`,
      help: `make every item a ${expected}, in the patch and in the target`,
      at: item.origin(),
    };
  }
  if (key === '') return scalarText(item) === value;
  const field = fieldOf(item, key);
  return field !== undefined && (value === '' || scalarText(field) === value);
}
