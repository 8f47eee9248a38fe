import { originalText } from '../object/layer.ts';
import { locateField } from '../object/provenance.ts';
import { nameOf, type Resource, trackedObject } from '../object/resource.ts';
import type { Reconciliation } from '../reconcile/reconciliation.ts';
import { parseDocuments } from '../source/parse.ts';
import { isMapping } from '../source/value.ts';
import type { Edits } from './edits.ts';
import type { Held } from './effect.ts';
import { protectionOf } from './protection.ts';

type Deletion = 'prune' | 'cascade';

/** A mark that only the head has: the object in the cluster is deleted before it bears it. */
export function tooLate(head: Resource, owner: Reconciliation, from: Deletion): string[] {
  const mark = protectionOf(head, owner, from);
  return mark === undefined
    ? []
    : [`${mark} comes with this change, which is too late: the object in the cluster must have it`];
}

/** A mark that the change writes into the file of an object that it takes out. */
export function writtenTooLate({ resource, owner }: Held, from: Deletion, edits: Edits): string[] {
  const path = locateField(trackedObject(resource), ['metadata', 'name']).steps[0]?.span.file.path;
  const file = path === undefined ? undefined : edits.lines('head', path)[0]?.file;
  if (file === undefined) return [];
  const { kind } = resource.object;
  const name = originalText(resource, ['metadata', 'name']);
  return parseDocuments(file, 'kustomize').documents.flatMap(({ value }) =>
    isMapping(value) && value['kind'] === kind && nameOf(value) === name
      ? tooLate({ ...resource, object: value }, owner, from)
      : [],
  );
}
