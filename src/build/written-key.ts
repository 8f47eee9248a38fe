import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { getPart, itemsOf, type Tracked } from '../object/provenance.ts';
import type { Resource } from '../object/resource.ts';
import { isKeyTooLong, longKeyWords } from '../source/key-length.ts';
import { isSequence } from '../source/value.ts';
import { holdsMergeKey, holdsMisreadKey } from './holds.ts';
import type { Problem } from './problem.ts';
import { listInMetadata } from './resource-file.ts';
import type { Resources } from './transformer.ts';

/**
 * The first key that kustomize writes and reads as something else, be it of a file, a pointer, a literal or a list of operations: `<<`, which
 * loses its quotes, and one that is too long, unless a file that was read was told of one.
 */
export function checkWrittenKeys(
  finished: readonly Resource[],
  told: readonly Diagnostic[],
): Problem | undefined {
  const isTold = told.some(({ message }) => message === longKeyWords.message);
  const isMisread = (key: string) => isMergeKey(key) || (!isTold && isKeyTooLong(key));
  return firstIn(
    finished.map(({ object, origin }) => ({ value: object, origin })),
    isMisread,
  );
}

/**
 * What a step leaves in an object and the next one reads otherwise, even where a later one removes it: a key `<<`, which is merged, and
 * metadata in lists. Objects that are as before it are known to have none.
 */
export function checkBetweenSteps(resources: Resources, before: Resources = []): Problem | undefined {
  for (const [place, { tracked }] of resources.entries()) {
    if (before[place]?.tracked === tracked) continue;
    const list = listInMetadata(tracked);
    if (list !== undefined) return list;
    if (holdsMergeKey(tracked.value)) return findMisread(tracked, isMergeKey);
  }
  return undefined;
}

type Test = (key: string) => boolean;

function isMergeKey(key: string): boolean {
  return key === '<<';
}

function findMisread(node: Tracked, isMisread: Test): Problem | undefined {
  if (!holdsMisreadKey(node.value)) return undefined;
  if (isSequence(node.value)) return firstIn(itemsOf(node), isMisread);
  const parts = Object.keys(node.value as object).map((key) => ({
    key,
    part: getPart(node, key) as Tracked,
  }));
  const misread = parts.find(({ key }) => isMisread(key));
  const below = () =>
    firstIn(
      parts.map(({ part }) => part),
      isMisread,
    );
  return misread === undefined ? below() : misreadKey(misread.key, misread.part);
}

function firstIn(nodes: readonly Tracked[], isMisread: Test): Problem | undefined {
  for (const node of nodes) {
    const problem = findMisread(node, isMisread);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function misreadKey(key: string, { origin }: Tracked): Problem {
  const words = isMergeKey(key) ? mergeWords : longKeyWords;
  return { rule: 'resource-invalid', problem: words.message, help: words.help, at: origin };
}

const mergeWords = {
  message:
    'kustomize loses the quotes of the key "<<", so its value is merged into the map around it or dropped',
  help: 'give the key another name, or merge an alias of a map: `<<: *name`',
};
