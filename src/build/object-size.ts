import type { Tracked } from '../object/provenance.ts';
import type { Mapping, Value } from '../source/value.ts';
import type { Problem } from './problem.ts';

const maximumNodes = 100_000;
const maximumDepth = 300;
// As much as one file may hold. A replacement can put a text into itself, and V8 ends the process where one gets too long.
const maximumText = 16 * 1024 * 1024;

/**
 * The problem of an object that patches or replacements made larger or deeper than any file may be: sixty copies of an
 * object into itself have 2^60 nodes, which share all but sixty, and the first one who walks over them never ends.
 */
export function sizeProblem({ value, origin }: Tracked): Problem | undefined {
  const seen = { nodes: 0, text: 0 };
  const depth = measure(value, seen, 0);
  if (seen.nodes <= maximumNodes && seen.text <= maximumText && depth <= maximumDepth) return undefined;
  const what =
    depth > maximumDepth
      ? `deeper than ${maximumDepth} levels`
      : seen.nodes > maximumNodes
        ? `larger than ${maximumNodes} values`
        : `longer than ${maximumText} characters`;
  return {
    rule: 'object-too-large',
    problem: `the object becomes ${what}`,
    help: 'change less here, or remove the part that copies the object into itself',
    at: origin,
  };
}

/** How deep the value goes; stops counting where it is too large or too deep already. */
function measure(value: Value, seen: { nodes: number; text: number }, depth: number): number {
  seen.nodes += 1;
  if (typeof value === 'string') seen.text += value.length;
  if (typeof value !== 'object' || value === null) return depth;
  let deepest = depth;
  const mapping = value as Mapping;
  for (const key in mapping) {
    if (seen.nodes > maximumNodes || deepest > maximumDepth) break;
    deepest = Math.max(deepest, measure(mapping[key] as Value, seen, depth + 1));
  }
  return deepest;
}
