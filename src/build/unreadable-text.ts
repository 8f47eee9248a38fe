import { getPart, itemsOf, type Tracked } from '../object/provenance.ts';
import { isMapping, isSequence, type Value } from '../source/value.ts';
import { isProblem, type Problem } from './problem.ts';

/**
 * The first text that kustomize v5.8 writes and then cannot read again: one with a control character, or one of several
 * lines that begins with a tab and comes out as a block, as what it made itself or passed through JSON does.
 */
export function findUnreadableText(node: Tracked): Problem | undefined {
  return find(node, open(isUnreadableText, isUnreadableKey), 0);
}

export function isUnreadableText(text: string): boolean {
  return hasControlCharacter(text) || beginsBlockWithTab(text);
}

/** The first text with a character that no YAML may hold as it is. */
export function findControlCharacter(node: Tracked): Problem | undefined {
  return find(node, open(hasControlCharacter, hasControlCharacter), 0);
}

interface Search {
  readonly isUnreadable: (text: string) => boolean;
  readonly isUnreadableKey: (text: string) => boolean;
  /** Values that were looked through: copies of an object into itself share all but a few. */
  readonly readable: WeakSet<object>;
}

function open(isUnreadable: Search['isUnreadable'], isUnreadableKey: Search['isUnreadableKey']): Search {
  return { isUnreadable, isUnreadableKey, readable: new WeakSet() };
}

function find(node: Tracked, search: Search, depth: number): Problem | undefined {
  const { value } = node;
  if (!holds(value, search, depth)) return undefined;
  if (isSequence(value)) return firstProblem(itemsOf(node), (item) => find(item, search, depth + 1));
  if (!isMapping(value)) return unreadable(node);
  return firstProblem(Object.keys(value), (key) => {
    const part = getPart(node, key) as Tracked;
    return search.isUnreadableKey(key) ? unreadable(part) : find(part, search, depth + 1);
  });
}

function firstProblem<Item>(
  items: readonly Item[],
  problemOf: (item: Item) => Problem | undefined,
): Problem | undefined {
  for (const item of items) {
    const problem = problemOf(item);
    if (isProblem(problem)) return problem;
  }
  return undefined;
}

const maximumDepth = 1000;

function holds(value: Value, search: Search, depth: number): boolean {
  if (typeof value === 'string') return search.isUnreadable(value);
  if (typeof value !== 'object' || value === null || depth > maximumDepth) return false;
  if (search.readable.has(value)) return false;
  const isHeld = isSequence(value)
    ? value.some((item) => holds(item, search, depth + 1))
    : Object.entries(value).some(
        ([key, part]) => search.isUnreadableKey(key) || holds(part, search, depth + 1),
      );
  if (!isHeld) search.readable.add(value);
  return isHeld;
}

function unreadable({ value, origin }: Tracked): Problem {
  return typeof value === 'string' && beginsBlockWithTab(value)
    ? {
        problem:
          'kustomize rejects a string of several lines that begins with a tab: it cannot read its own output',
        help: 'start the string with another line, or with spaces instead of the tab',
        at: origin,
      }
    : {
        problem: 'kustomize rejects a string with a control character: it cannot read its own output',
        help: 'remove the character; put bytes in binaryData, or as base64 in a Secret',
        at: origin,
      };
}

// U+0085 ends a line, and a key is none of several lines.
function isUnreadableKey(key: string): boolean {
  return isUnreadableText(key) || key.includes('\x85');
}

function hasControlCharacter(text: string): boolean {
  return controlCharacter.test(text);
}

const controlCharacter = /[\x7f-\x84\x86-\x9f\ufffe\uffff]/;

// A text with other special characters, or with spaces at the end of a line, comes out in quotes.
function beginsBlockWithTab(text: string): boolean {
  return text.startsWith('\t') && text.includes('\n') && !quotedInstead.test(text);
}

const quotedInstead = / (?:\n|$)|[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;
