import { locateField } from '../object/provenance.ts';
import { type Resource, trackedObject } from '../object/resource.ts';
import type { Reconciliation } from '../reconcile/reconciliation.ts';
import { directoryOf, isBelow, normalisePath } from '../source/path.ts';
import {
  type Cause,
  causeOf,
  causeOfVersion,
  editedDocument,
  firstEdit,
  isGoneWithFile,
  placeOf,
} from './cause.ts';
import { type ClusterPair, counterpart, declares } from './cluster-pair.ts';
import type { Edits } from './edits.ts';
import type { Held } from './effect.ts';
import type { Fate } from './fate.ts';
import type { Twins } from './twins.ts';

/** What leaving and moving objects are judged with. */
export interface Leaving {
  readonly cluster: ClusterPair;
  readonly fateOf: (owner: Reconciliation) => Fate;
  readonly edits: Edits;
  readonly twins: Twins;
}

/** The edited line by which an object is no longer there. */
export function causeOfLeaving(held: Held, leaving: Leaving): Cause | undefined {
  const { edits, twins, fateOf, cluster } = leaving;
  const { resource, owner } = held;
  const fate = fateOf(owner);
  if (fate.is !== 'stays') return causeOfOwner(owner, cluster, edits);
  const twin = twins.regenerated(held) ?? twins.written(held);
  const inputs = inputsOf(fate.head, owner);
  if (twin !== undefined) {
    const versions = { base: resource, head: twin.resource, inputs: [] };
    const cause =
      causeOf(['metadata', 'namespace'], versions, edits) ?? causeOf(['metadata', 'name'], versions, edits);
    if (cause !== undefined) return cause;
  }
  return (
    causeOfRemoval(resource, inputs, edits) ??
    pathOfOwner(owner, fate.head, edits) ??
    causeOfVersion(resource, fate.head.build.resources[0], edits) ??
    firstEdit(inputs, edits)
  );
}

/** The edited line by which an object is new. */
export function causeOfCreation({ resource, owner }: Held, { cluster, edits }: Leaving): Cause | undefined {
  const old = counterpart(owner, cluster.base);
  const inputs = inputsOf(owner, old);
  return (
    editedDocument(resource, 'head', edits) ??
    entryAmong(resource, 'head', inputs, edits) ??
    (old === undefined ? declarationEdit(owner, 'head', edits) : pathOfOwner(old, owner, edits)) ??
    causeOfVersion(old?.build.resources[0], resource, edits) ??
    firstEdit(inputs, edits)
  );
}

/** The edited line by which an object has another owner. */
export function causeOfMove(base: Held, head: Held, { edits, cluster, fateOf }: Leaving): Cause | undefined {
  const fate = fateOf(base.owner);
  if (fate.is === 'deleted') {
    const versions = { base: base.owner.declaration, head: head.owner.declaration, inputs: [] };
    return (
      causeOf(['metadata', 'name'], present(versions), edits) ?? causeOfOwner(base.owner, cluster, edits)
    );
  }
  const inputs = inputsOf(head.owner, base.owner);
  return (
    entryAmong(head.resource, 'head', inputs, edits) ??
    declarationEdit(head.owner, 'head', edits) ??
    entryOf(base.resource, 'base', inputs, edits) ??
    goneDocument(base.resource, edits) ??
    firstEdit(inputs, edits)
  );
}

function present({
  base,
  head,
  inputs,
}: {
  base: Resource | undefined;
  head: Resource | undefined;
  inputs: string[];
}): Parameters<typeof causeOf>[1] {
  return { inputs, ...(base === undefined ? {} : { base }), ...(head === undefined ? {} : { head }) };
}

function causeOfOwner(owner: Reconciliation, { base }: ClusterPair, edits: Edits): Cause | undefined {
  const { declaration } = owner;
  if (declaration === undefined) return firstEdit(owner.build.inputs, edits);
  const holder = base.all.find((one) => one !== owner && declares(one, owner));
  const inputs = holder?.build.inputs ?? [];
  return (
    causeOfRemoval(declaration, inputs, edits) ??
    firstEdit(inputs, edits) ??
    placeOf(declaration, ['metadata', 'name'], 'base')
  );
}

function declarationEdit(
  { declaration }: Reconciliation,
  revision: 'base' | 'head',
  edits: Edits,
): Cause | undefined {
  return editedDocument(declaration, revision, edits);
}

function pathOfOwner(old: Reconciliation, now: Reconciliation, edits: Edits): Cause | undefined {
  if (old.path === now.path) return undefined;
  return causeOf(
    ['spec', 'path'],
    present({ base: old.declaration, head: now.declaration, inputs: [] }),
    edits,
  );
}

function inputsOf(owner: Reconciliation, other: Reconciliation | undefined): string[] {
  return [...new Set([...owner.build.inputs, ...(other?.build.inputs ?? [])])];
}

/** The first line of a document of which the base has what the head has not. */
export function goneDocument(resource: Resource, edits: Edits): Cause | undefined {
  return editedDocument(resource, 'base', edits);
}

/** The edit that takes an object out of the files, or its file out of a kustomization: an edit of a file that stays may be any. */
function causeOfRemoval(resource: Resource, inputs: readonly string[], edits: Edits): Cause | undefined {
  const gone = goneDocument(resource, edits);
  if (gone !== undefined && isGoneWithFile(gone, edits)) return nearListed(gone, resource, { inputs, edits });
  return entryOf(resource, 'base', inputs, edits) ?? gone ?? listNow(resource, inputs, edits);
}

/** A cause in a file that is gone, with the line of the head by which nobody lists it. */
function nearListed(
  cause: Cause,
  resource: Resource,
  { inputs, edits }: { readonly inputs: readonly string[]; readonly edits: Edits },
): Cause {
  const listed = listNow(resource, inputs, edits) ?? firstEdit(inputs, edits);
  const near = listed?.revision === 'base' ? edits.near(listed.span) : listed?.span;
  return near === undefined ? cause : { ...cause, near };
}

/** The line of the head in the place of one that listed the file of an object among others. */
function listNow(resource: Resource, inputs: readonly string[], edits: Edits): Cause | undefined {
  const listed = entryAmong(resource, 'base', inputs, edits);
  const span = listed && edits.near(listed.span);
  return span && { span, revision: 'head' };
}

/** Finds the edited entry of a kustomization that takes in the file of an object. */
type FindEntry = (
  resource: Resource,
  revision: 'base' | 'head',
  inputs: readonly string[],
  edits: Edits,
) => Cause | undefined;

const entryOf = findEntryBy(entryOfLine);
const entryAmong = findEntryBy(entriesOfLine);

function findEntryBy(entriesOf: (line: string) => readonly string[]): FindEntry {
  return (resource, revision, inputs, edits) => {
    const file = locateField(trackedObject(resource), ['metadata', 'name']).steps[0]?.span.file.path;
    if (file === undefined) return undefined;
    for (const input of inputs)
      if (edits.isChanged(input))
        for (const span of edits.lines(revision, input)) {
          const directory = directoryOf(input);
          const takesIn = entriesOf(span.file.text.slice(span.start, span.end)).some((written) => {
            const path = normalisePath(directory === '' ? written : `${directory}/${written}`);
            return path !== undefined && path !== '' && isBelow(file, path);
          });
          if (takesIn) return { span, revision };
        }
    return undefined;
  };
}

function entryOfLine(line: string): string[] {
  const alone = /^\s*-\s+["']?([^"'#\s]+)/u.exec(line)?.[1];
  return alone === undefined ? [] : [alone];
}

/** The entries of a line that may have several, within brackets. */
function entriesOfLine(line: string): string[] {
  const list = /\[([^\]]*)/u.exec(line)?.[1] ?? '';
  const items = list.split(',').map((one) => one.trim().replaceAll(/["']/gu, ''));
  return [...entryOfLine(line), ...items.filter((one) => one !== '')];
}
