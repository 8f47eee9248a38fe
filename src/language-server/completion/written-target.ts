import { objectsIn } from '../yaml/objects.ts';
import type { OutlineNode } from '../yaml/outline-node.ts';
import type { Subject } from './subject.ts';
import type { Writing } from './writing.ts';

/** An object that a patch changes, as somebody wrote it, with the labels that builds give it or its pods. */
export interface WrittenTarget {
  readonly root: OutlineNode;
  readonly labels: Readonly<Record<string, string>>;
}

/** The first object of the builds that the patch at the cursor changes. */
export function writtenTarget(
  { files, knowledge }: Writing,
  { kind, target }: Subject,
): WrittenTarget | undefined {
  const object = knowledge.objects.find(
    (one) => one.kind === kind && (target?.name === undefined || one.name === target.name),
  );
  const bytes = object?.file === undefined || files === undefined ? 'missing' : files.read(object.file);
  if (object === undefined || typeof bytes === 'string') return undefined;
  const documents = objectsIn(new TextDecoder().decode(bytes));
  const document =
    documents.find((one) => one.kind === kind && one.name === object.name) ??
    documents.findLast(({ outline }) => outline.first <= (object.line ?? 0));
  return document && { root: document.outline.root, labels: object.labels };
}
