import {
  getPart,
  itemsOf,
  removeKey,
  setItem,
  setItems,
  setKey,
  type Tracked,
} from '../object/provenance.ts';
import { isMapping, isSequence } from '../source/value.ts';
import type { Problem } from './problem.ts';

/** What an operation does to the container that its pointer leads to. */
export interface ContainerEdit {
  readonly key: string;
  /** The new container, or why it cannot be made. */
  readonly edit: (container: Tracked, key: string) => Tracked | Problem;
}

/** The steps of a JSON pointer, decoded; undefined where it does not start at the root. */
export function parsePointer(pointer: string): readonly string[] | undefined {
  if (!pointer.includes('/')) return undefined;
  // What stands before the first slash is not looked at (evanphx/json-patch 4.12).
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The container of the last step and that step, or undefined where the way to it is missing. */
export function findContainer(root: Tracked, steps: readonly string[]): Tracked | undefined {
  let current: Tracked | undefined = root;
  for (const step of steps.slice(0, -1)) {
    current = current && getMember(current, step);
    if (current === undefined || !isContainer(current)) return undefined;
  }
  return current;
}

/** The root with the container of the last step replaced. */
export function replaceContainer(root: Tracked, steps: readonly string[], container: Tracked): Tracked {
  if (steps.length <= 1) return container;
  const [step = '', ...rest] = steps;
  const child = getMember(root, step);
  if (child === undefined) return root;
  return setMember(root, step, replaceContainer(child, rest, container)) ?? root;
}

/** A member of a mapping or a list; a negative index counts from the end. */
export function getMember(container: Tracked, step: string): Tracked | undefined {
  if (isMapping(container.value)) return getPart(container, step);
  const index = indexIn(container, step, 0);
  return index === undefined ? undefined : getPart(container, index);
}

/** The container with an existing member replaced, or undefined where there is no such index. */
export function setMember(container: Tracked, step: string, member: Tracked): Tracked | undefined {
  const { value, origin } = container;
  if (isMapping(value)) return setKey({ value, origin }, step, member);
  const index = indexIn(container, step, 0);
  return index === undefined ? undefined : setItem(container, index, member);
}

/** The container with a member added; in a list it is inserted, at the end for `-`. */
export function addMember(container: Tracked, step: string, member: Tracked): Tracked | undefined {
  const { value, origin } = container;
  if (isMapping(value)) return setKey({ value, origin }, step, member);
  if (!isSequence(value)) return undefined;
  const index = step === '-' ? value.length : indexIn(container, step, 1);
  return index === undefined
    ? undefined
    : setItems(container, itemsOf(container).toSpliced(index, 0, member));
}

/** The container without a member, or undefined where it has none. */
export function removeMember(container: Tracked, step: string): Tracked | undefined {
  const { value, origin } = container;
  if (isMapping(value)) return Object.hasOwn(value, step) ? removeKey({ value, origin }, step) : undefined;
  const index = indexIn(container, step, 0);
  return index === undefined ? undefined : setItems(container, itemsOf(container).toSpliced(index, 1));
}

export function isContainer(tracked: Tracked): boolean {
  return isMapping(tracked.value) || isSequence(tracked.value);
}

/** The index that a step names in a list of `extra` more places than items, or undefined. */
function indexIn(container: Tracked, step: string, extra: number): number | undefined {
  if (!isSequence(container.value) || !/^[-+]?\d+$/.test(step)) return undefined;
  const size = container.value.length + extra;
  const index = Number(step);
  if (index >= size || index < -size) return undefined;
  return index < 0 ? index + size : index + 0;
}
