import { getPart, itemsOf, type Tracked } from '../object/provenance.ts';
import { isMapping, isSequence, type Value } from '../source/value.ts';
import { isProblem, type Problem } from './problem.ts';

/**
 * The first text that kustomize v5.8 writes and then cannot read again: one with a control character, or one of several
 * lines that begins with a tab and comes out as a block, as what it made itself or passed through JSON does.
 */
export function findUnreadableText(node: Tracked): Problem | undefined {
  return find(node, (text) => hasControlCharacter(text) || beginsBlockWithTab(text), 0);
}

/** The first text with a character that no YAML may hold as it is. */
export function findControlCharacter(node: Tracked): Problem | undefined {
  return find(node, hasControlCharacter, 0);
}

function find(node: Tracked, isUnreadable: (text: string) => boolean, depth: number): Problem | undefined {
  const { value } = node;
  if (!holds(value, isUnreadable, depth)) return undefined;
  if (isSequence(value)) return firstProblem(itemsOf(node), (item) => find(item, isUnreadable, depth + 1));
  if (!isMapping(value)) return unreadable(node);
  return firstProblem(Object.keys(value), (key) => {
    const part = getPart(node, key) as Tracked;
    return isUnreadable(key) ? unreadable(part) : find(part, isUnreadable, depth + 1);
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

function holds(value: Value, isUnreadable: (text: string) => boolean, depth: number): boolean {
  if (typeof value === 'string') return isUnreadable(value);
  if (typeof value !== 'object' || value === null || depth > maximumDepth) return false;
  if (isSequence(value)) return value.some((item) => holds(item, isUnreadable, depth + 1));
  return Object.entries(value).some(
    ([key, part]) => isUnreadable(key) || holds(part, isUnreadable, depth + 1),
  );
}

function unreadable({ value, origin }: Tracked): Problem {
  return typeof value === 'string' && beginsBlockWithTab(value)
    ? {
        problem:
          'kustomize refuses a text of several lines that begins with a tab: it cannot read again what it writes',
        help: 'begin the text with another line, or with spaces in place of the tab',
        at: origin,
      }
    : {
        problem: 'kustomize refuses a text with a control character: it cannot read again what it writes',
        help: 'remove the character; bytes belong into binaryData, or base64 into a Secret',
        at: origin,
      };
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
