import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { getPart, itemsOf, type Tracked } from '../object/provenance.ts';
import type { Resource } from '../object/resource.ts';
import { isKeyTooLong, longKeyWords } from '../source/key-length.ts';
import { isMapping, isSequence, type Value } from '../source/value.ts';
import { holding } from './holds.ts';
import type { Problem } from './problem.ts';

/** Keys of what is built, unless a file that was read was told of one. */
export function checkKeyLengths(
  finished: readonly Resource[],
  told: readonly Diagnostic[],
): Problem | undefined {
  if (told.some(({ message }) => message === longKeyWords.message)) return undefined;
  return firstIn(finished.map(({ object, origin }) => ({ value: object, origin })));
}

/** The first key, be it of a pointer, a literal or a list of operations, that kustomize writes and cannot read again. */
function findLongKey(node: Tracked): Problem | undefined {
  if (!holdsLongKey(node.value)) return undefined;
  if (isSequence(node.value)) return firstIn(itemsOf(node));
  const parts = Object.keys(node.value as object).map((key) => ({
    key,
    part: getPart(node, key) as Tracked,
  }));
  const long = parts.find(({ key }) => isKeyTooLong(key));
  return long === undefined ? firstIn(parts.map(({ part }) => part)) : longKey(long.part);
}

function firstIn(nodes: readonly Tracked[]): Problem | undefined {
  for (const node of nodes) {
    const problem = findLongKey(node);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

const holdsLongKey = holding(
  (value: Value) => isMapping(value) && Object.keys(value).some((key) => isKeyTooLong(key)),
);

function longKey({ origin }: Tracked): Problem {
  return {
    rule: 'resource-invalid',
    problem: longKeyWords.message,
    help: longKeyWords.help,
    at: origin,
  };
}
