import {
  getPart,
  itemsOf,
  type Origin,
  removeKey,
  setItems,
  setKey,
  type Tracked,
} from '../object/provenance.ts';
import { readAt } from '../source/position.ts';
import { resolveScalar } from '../source/scalar.ts';
import { isMapping, isSequence, type Mapping, type Value, valueAt } from '../source/value.ts';
import { holdsNull } from './holds.ts';
import type { Problem } from './problem.ts';

/** A new key of null at the root of a patch is lost when kustomize writes the object as JSON. */
export function withoutNullKeys(target: Mapping, patch: Tracked<Mapping>): Tracked<Mapping> {
  let kept = patch;
  for (const key of Object.keys(patch.value)) {
    const isNew = !Object.hasOwn(target, key) && resolveScalar(key, 'kustomize') === null;
    if (isNew && isPlainNonText(key, getPart(patch, key) as Tracked)) kept = removeKey(kept, key);
  }
  return kept;
}

type PlaceInPatch = 'root' | 'metadata' | 'annotations' | 'item' | 'field';

/**
 * A key such as 8080, or one with a tag, merges into the same text in quotes; a new one would be a number, which no JSON has, except at the
 * root, where it is a text. A key of null below nothing is not even removed.
 */
export function newKeyThatIsNoText(
  target: Value | undefined,
  patch: Tracked,
  place: PlaceInPatch,
): Problem | undefined {
  if (isSequence(patch.value))
    return firstOf(itemsOf(patch), (item) => newKeyThatIsNoText(mergedItem(target, item), item, 'item'));
  if (!isMapping(patch.value)) return undefined;
  return firstOf(Object.keys(patch.value), (key) => {
    const before = isMapping(target) && Object.hasOwn(target, key) ? target[key] : undefined;
    const part = getPart(patch, key) as Tracked;
    const isOfNull = resolveScalar(key, 'kustomize') === null;
    const isRemoved = part.value === null && (isMapping(target) || place === 'item' || !isOfNull);
    const isFine =
      before !== undefined ||
      isRemoved ||
      (place === 'root' && !isOfNull) ||
      !(isMapping(target) || place === 'annotations' ? isPlainNonText(key, part) : isNewNonText(key, part));
    return isFine ? newKeyThatIsNoText(before, part, placeBelow(place, key)) : keyThatIsNoText(key, part);
  });
}

/** kustomize writes the keys of annotations anew, without their tags. */
function placeBelow(place: PlaceInPatch, key: string): PlaceInPatch {
  if (place === 'root' && key === 'metadata') return 'metadata';
  return place === 'metadata' && key === 'annotations' ? 'annotations' : 'field';
}

/** What an item of a list may be merged into, by its name; undefined if that is new. */
function mergedItem(target: Value | undefined, { value }: Tracked): Value | undefined {
  if (!isSequence(target)) return undefined;
  const name = valueAt(value, ['name']);
  return target.find((item) => name !== undefined && valueAt(item, ['name']) === name);
}

function keyThatIsNoText(key: string, { origin }: Tracked): Problem {
  const help = 'put the key in quotes';
  return { rule: 'not-json', problem: `the key ${key} is not a string`, help, at: origin };
}

/** New items of lists keep the nulls of a patch: below a key that is no text they are refused, and as an empty value in flow style they are empty texts. */
export function writeNewNulls(merged: Tracked<Mapping>, patch: Tracked): Tracked<Mapping> | Problem {
  const kept = keptNullBelowNonText(patch) && keptNullBelowNonText(merged);
  return kept ?? (withBlankTexts(merged, false) as Tracked<Mapping>);
}

function keptNullBelowNonText(node: Tracked): Problem | undefined {
  if (!holdsNull(node.value)) return undefined;
  if (isSequence(node.value)) return firstOf(itemsOf(node), keptNullBelowNonText);
  if (!isMapping(node.value)) return undefined;
  return firstOf(Object.keys(node.value), (key) => {
    const part = getPart(node, key) as Tracked;
    const isKept = part.value === null && isPlainNonText(key, part);
    return isKept ? keyThatIsNoText(key, part) : keptNullBelowNonText(part);
  });
}

function isPlainNonText(key: string, { origin }: Tracked): boolean {
  if (key === '' || resolveScalar(key, 'kustomize') === key) return false;
  if (!('positions' in origin)) return false;
  const { text, start } = readAt(origin.positions, origin.index, 'key');
  return !/["']/.test(text.charAt(start));
}

/** What is wholly new keeps the tags of its keys, of which `!!str` alone makes a text, while `!` says nothing. */
function isNewNonText(key: string, part: Tracked): boolean {
  const tag = tagOfKey(part);
  if (tag === undefined || tag === '!') return isPlainNonText(key, part);
  return !textTags.has(tag);
}

const textTags = new Set(['!!str', '!<tag:yaml.org,2002:str>']);

// On a line of its own a tag is that of the mapping.
const tagBefore = /(?:^|[\s,{?-])(!\S*)(?:[ \t]+(?:&\S+[ \t]+)?|(?<=\?[ \t]+!\S*)\s+)$/;
const longestProperties = 200;

function tagOfKey({ origin }: Tracked): string | undefined {
  if (!('positions' in origin)) return undefined;
  const { text, start } = readAt(origin.positions, origin.index, 'key');
  return tagBefore.exec(text.slice(Math.max(0, start - longestProperties), start))?.[1];
}

function withBlankTexts(node: Tracked, isFlow: boolean): Tracked {
  const { value, origin } = node;
  if (value === null) return isFlow && isBlank(origin) ? { value: '', origin } : node;
  if (!holdsNull(value)) return node;
  if (isSequence(value))
    return setItems(
      node,
      itemsOf(node).map((item) => withBlankTexts(item, false)),
    );
  const isFlowMapping = startsWithBrace(origin);
  let mapping = node as Tracked<Mapping>;
  for (const key of Object.keys(mapping.value)) {
    const part = getPart(mapping, key) as Tracked;
    const written = withBlankTexts(part, isFlowMapping);
    if (written !== part) mapping = setKey(mapping, key, written);
  }
  return mapping;
}

function isBlank(origin: Origin): boolean {
  if (!('positions' in origin)) return false;
  const { start, end } = readAt(origin.positions, origin.index);
  return start === end && start === readAt(origin.positions, origin.index, 'key').end;
}

function startsWithBrace(origin: Origin): boolean {
  if (!('positions' in origin)) return false;
  const { text, start } = readAt(origin.positions, origin.index);
  // JSON has a null there, and no empty value.
  return text.charAt(start) === '{' && origin.positions.fromJson?.has(start) !== true;
}

function firstOf<Item>(
  items: readonly Item[],
  find: (item: Item) => Problem | undefined,
): Problem | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
