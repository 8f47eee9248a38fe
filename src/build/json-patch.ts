import {
  getPart,
  itemsOf,
  overwrite,
  rewritten,
  setItems,
  setKey,
  type Tracked,
} from '../object/provenance.ts';
import { formatFloat } from '../source/float-text.ts';
import {
  equalValues,
  isMapping,
  isSequence,
  type Mapping,
  type Sequence,
  type Value,
  valueAt,
} from '../source/value.ts';
import { holdsSpelledAnew, isSpelledAnew } from './holds.ts';
import { floatNumbers } from './json-number.ts';
import {
  addMember,
  findContainer,
  getMember,
  isContainer,
  parsePointer,
  removeMember,
  replaceContainer,
  setMember,
} from './json-pointer.ts';
import { isProblem, type Problem } from './problem.ts';
import { scalarSource } from './scalar-style.ts';

/**
 * Applies the operations of an RFC 6902 patch as evanphx/json-patch 4.12 does inside kustomize. The whole object goes
 * through JSON there, so integers beyond 2^53 lose their last digits even where no operation touches them.
 */
export function applyJsonPatch(
  target: Tracked<Mapping>,
  operations: Tracked<Sequence>,
): Tracked<Mapping> | Problem {
  let root: Tracked = { value: floatNumbers(target.value), origin: target.origin };
  for (const operation of itemsOf(operations)) {
    const result = applyOperation(root, operation);
    if (isProblem(result)) return { at: operation.origin, ...result };
    root = result;
  }
  const { value, origin } = root;
  if (!isMapping(value))
    return {
      problem: 'the patch turns the object into a list',
      help: 'replace fields of the object instead of the whole object',
      at: operations.origin,
    };
  return { value, origin };
}

/**
 * JSON has no null without a text: what was `key:` is `key: null` behind a patch, which a merge elsewhere in the object leaves. Its numbers
 * are written anew. For an object whose size is known to be bounded: what operations copy is shared until it is walked.
 */
export function writeAnew<T extends Value>(tracked: Tracked<T>): Tracked<T> {
  return writtenAnew(tracked) as Tracked<T>;
}

function writtenAnew(tracked: Tracked): Tracked {
  const { value, origin } = tracked;
  if (!holdsSpelledAnew(value)) return tracked;
  if (isSpelledAnew(value)) return isWrittenSo(tracked) ? tracked : { value, origin: rewritten(origin) };
  if (isSequence(value)) {
    const before = itemsOf(tracked);
    const items = before.map(writtenAnew);
    return items.every((item, index) => item === before[index]) ? tracked : setItems(tracked, items);
  }
  let mapping = tracked as Tracked<Mapping>;
  for (const key of Object.keys(mapping.value)) {
    const part = getPart(mapping, key);
    const written = part && writtenAnew(part);
    if (written !== undefined && written !== part) mapping = setKey(mapping, key, written);
  }
  return mapping;
}

function isWrittenSo(tracked: Tracked): boolean {
  const { value } = tracked;
  if (typeof value === 'string') return scalarSource(tracked) === value;
  if (typeof value !== 'number') return false;
  return formatFloat(value) === String(value) && scalarSource(tracked) === String(value);
}

/** Whether a value can be a patch: why not, or undefined. */
export function checkJsonPatch(operations: Tracked): Problem | undefined {
  if (!isSequence(operations.value)) {
    return {
      problem: 'a JSON patch is a list of operations',
      help: 'start each operation with a dash: - op: replace',
      at: operations.origin,
    };
  }
  for (const operation of itemsOf(operations)) {
    if (isMapping(operation.value)) continue;
    return {
      problem: 'an operation of a JSON patch is a mapping with op and path',
      help: 'write - op: replace, with path and value below it',
      at: operation.origin,
    };
  }
  return undefined;
}

function applyOperation(root: Tracked, operation: Tracked): Tracked | Problem {
  const kind = textOf(operation, 'op');
  switch (kind) {
    case 'add':
      return add(root, operation, patchValue(operation));
    case 'remove':
      return remove(root, textOf(operation, 'path'), 'path');
    case 'replace':
      return replace(root, operation);
    case 'move':
      return move(root, operation);
    case 'copy':
      return copy(root, operation);
    case 'test':
      return test(root, operation);
    default:
      return {
        problem: `unknown JSON patch operation ${kind === undefined ? '(op is missing)' : JSON.stringify(kind)}`,
        help: 'use add, remove, replace, move, copy or test',
      };
  }
}

function add(root: Tracked, operation: Tracked, value: Tracked): Tracked | Problem {
  const place = locate(root, textOf(operation, 'path'), 'path');
  if (isProblem(place)) return place;
  const container = addMember(place.container, place.key, value);
  if (container === undefined) return noIndex(place);
  return replaceContainer(root, place.steps, container);
}

function remove(root: Tracked, pointer: string | undefined, name: string): Tracked | Problem {
  const place = locate(root, pointer, name);
  if (isProblem(place)) return place;
  const container = removeMember(place.container, place.key);
  if (container === undefined) return missingMember(place);
  return replaceContainer(root, place.steps, container);
}

function replace(root: Tracked, operation: Tracked): Tracked | Problem {
  const value = patchValue(operation);
  const pointer = textOf(operation, 'path');
  if (pointer === '') {
    if (!isContainer(value))
      return {
        problem: 'the whole object can only be replaced by a mapping',
        help: 'give the operation a path such as /spec/replicas',
      };
    return { value: value.value, origin: overwrite(root.origin, value.origin) };
  }
  const place = locate(root, pointer, 'path');
  if (isProblem(place)) return place;
  // A missing key of a mapping is added: only a list is checked (json-patch 4.12, partialDoc.get gives no error).
  const container = setMember(place.container, place.key, value);
  if (container === undefined) return noIndex(place);
  return replaceContainer(root, place.steps, container);
}

function move(root: Tracked, operation: Tracked): Tracked | Problem {
  const from = memberFrom(root, operation);
  if (isProblem(from)) return from;
  const without = remove(root, textOf(operation, 'from'), 'from');
  if (isProblem(without)) return without;
  return add(without, operation, from);
}

function copy(root: Tracked, operation: Tracked): Tracked | Problem {
  const from = memberFrom(root, operation);
  return isProblem(from) ? from : add(root, operation, from);
}

function memberFrom(root: Tracked, operation: Tracked): Tracked | Problem {
  const place = locate(root, textOf(operation, 'from'), 'from');
  if (isProblem(place)) return place;
  const member = getMember(place.container, place.key);
  if (member !== undefined) return member;
  // Copying what a mapping does not have copies null.
  if (isSequence(place.container.value)) return noIndex(place);
  return { value: null, origin: operation.origin };
}

function test(root: Tracked, operation: Tracked): Tracked | Problem {
  const pointer = textOf(operation, 'path') ?? '';
  const expected = getPart(operation, 'value')?.value ?? null;
  let actual: Value | undefined = root.value;
  if (pointer !== '') {
    const place = locate(root, pointer, 'path');
    if (isProblem(place)) return place;
    const member = getMember(place.container, place.key);
    if (member === undefined && isSequence(place.container.value)) return noIndex(place);
    actual = member?.value ?? null;
  }
  if (equalValues(actual, floatNumbers(expected))) return root;
  return {
    problem: `the test of ${pointer === '' ? 'the object' : pointer} failed: it is ${shorten(actual)}, not ${shorten(expected)}`,
    help: 'the patch was written for another state of the object',
  };
}

/** A container that a pointer leads to, and the member it names there. */
interface Place {
  readonly container: Tracked;
  readonly key: string;
  readonly steps: readonly string[];
  readonly pointer: string;
}

function locate(root: Tracked, pointer: string | undefined, name: string): Place | Problem {
  if (pointer === undefined)
    return {
      problem: `the operation has no ${name}`,
      help: `write ${name}: with a pointer such as /spec/replicas`,
    };
  const steps = parsePointer(pointer);
  const container = steps && findContainer(root, steps);
  if (steps !== undefined && container !== undefined) {
    return { container, key: steps.at(-1) ?? '', steps, pointer };
  }
  const help =
    steps === undefined
      ? `a ${name} must start with a slash`
      : 'create the parent first, or correct the path; write a slash in a key as ~1';
  return { problem: `${JSON.stringify(pointer)} does not exist in ${nameOfObject(root)}`, help };
}

function nameOfObject({ value }: Tracked): string {
  const kind = valueAt(value, ['kind']);
  const name = valueAt(value, ['metadata', 'name']);
  return typeof kind === 'string' && typeof name === 'string' ? `${kind} ${name}` : 'the object';
}

function noIndex(place: Place): Problem {
  const size = isSequence(place.container.value) ? place.container.value.length : 0;
  const items = size === 1 ? '1 item' : `${size} items`;
  return {
    problem: `${JSON.stringify(place.pointer)}: index ${place.key} is out of range in a list of ${items}`,
    help: 'use an index of the list, or - for its end in an add operation',
  };
}

function missingMember(place: Place): Problem {
  if (isSequence(place.container.value)) return noIndex(place);
  return {
    problem: `${JSON.stringify(place.pointer)} cannot be removed: it does not exist`,
    help: 'remove the operation, or correct its path; write a slash in a key as ~1',
  };
}

/** The value of an operation, with the operation's line as its origin; null where it is missing. */
function patchValue(operation: Tracked): Tracked {
  const part = getPart(operation, 'value');
  return part === undefined
    ? { value: null, origin: operation.origin }
    : { value: floatNumbers(part.value), origin: part.origin };
}

function textOf(operation: Tracked, key: string): string | undefined {
  const value = getPart(operation, key)?.value;
  return typeof value === 'string' ? value : undefined;
}

function shorten(value: Value | undefined): string {
  const text =
    JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? Number(part) : part)) ?? 'missing';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
