import { locateField } from '../object/provenance.ts';
import { nameOf, namespaceOf, type Resource, trackedObject } from '../object/resource.ts';
import type { Reconciliation } from '../reconcile/reconciliation.ts';
import { directoryOf, isBelow, normalisePath } from '../source/path.ts';
import { type Cause, causeOf, firstEdit, placeOf } from './cause.ts';
import { type ClusterPair, declares, isSameOwner } from './cluster-pair.ts';
import { severityOfDeletion, severityOfRecreation } from './deletion.ts';
import type { Edits } from './edits.ts';
import type { Effect, Held } from './effect.ts';
import type { Fate } from './fate.ts';
import { dependsOn, ownerWords, policyOf } from './owner.ts';
import { protectionOf } from './protection.ts';
import { fullName, type Twins } from './twins.ts';

/** What leaving and moving objects are judged with. */
export interface Leaving {
  readonly cluster: ClusterPair;
  readonly fateOf: (owner: Reconciliation) => Fate;
  readonly edits: Edits;
  readonly twins: Twins;
}

type Outcome = Omit<Effect, 'cluster' | 'held' | 'cause'>;

/** What becomes of an object that its owner no longer applies and nobody else does. */
export function effectOfLeaving(held: Held, leaving: Leaving): Effect {
  const cause = causeOfLeaving(held, leaving);
  return {
    cluster: leaving.cluster.name,
    held,
    ...(cause === undefined ? {} : { cause }),
    ...outcomeOfLeaving(held, leaving),
  };
}

function outcomeOfLeaving(held: Held, leaving: Leaving): Outcome {
  const { resource, owner } = held;
  const fate = leaving.fateOf(owner);
  if (fate.is === 'unknown') return unknown;
  if (fate.is === 'stays') return leavesOwner(held, fate.head, leaving);
  if (fate.is === 'redirected')
    return {
      actions: ['orphan'],
      reason: 'owner-redirected',
      severity: 'changes',
      ...headline(owner, 'applies to another cluster: what it applied stays behind'),
    };
  if (fate.is === 'kept')
    return {
      actions: ['orphan'],
      reason: 'owner-kept',
      severity: 'silent',
      ...headline(owner, 'leaves the repository, and nobody deletes it: it and what it applied stay'),
    };
  if (!fate.cascades)
    return {
      actions: ['orphan'],
      reason: 'owner-orphans',
      severity: 'changes',
      ...headline(owner, 'is deleted: what it applied stays behind'),
    };
  const mark = protectionOf(resource, owner);
  if (mark !== undefined) return kept(mark);
  return {
    actions: ['delete'],
    reason: 'owner-deleted',
    severity: severityOfDeletion(resource),
    ...headline(owner, 'is deleted, and what it applied with it'),
  };
}

const unknown: Outcome = {
  actions: ['unknown'],
  reason: 'not-built',
  severity: 'silent',
};

function kept(mark: string): Outcome {
  return { actions: ['orphan'], reason: 'protected', severity: 'silent', what: mark };
}

function headline(owner: Reconciliation, says: string): Pick<Outcome, 'headline'> {
  return { headline: `${ownerWords(owner)} ${says}` };
}

function leavesOwner(held: Held, head: Reconciliation, { twins }: Leaving): Outcome {
  const { resource, owner } = held;
  if (!head.build.complete) return unknown;
  const [before, after] = [policyOf(owner), policyOf(head)];
  const anew = twins.regenerated(held);
  if (after.isSuspended) return { actions: ['freeze'], reason: 'suspended', severity: 'silent' };
  const prunes = before.prunes || after.prunes;
  if (anew !== undefined)
    return { actions: [prunes ? 'delete' : 'orphan'], reason: 'generated-anew', severity: 'silent' };
  const mark = protectionOf(resource, owner);
  if (mark !== undefined) return kept(mark);
  if (!prunes)
    return {
      actions: ['orphan'],
      reason: isByHand(owner) ? 'left-to-people' : 'left-behind',
      severity: 'silent',
      ...madeAnew(held, twins),
    };
  return {
    actions: ['delete'],
    reason: 'pruned',
    severity: severityOfDeletion(resource),
    ...madeAnew(held, twins),
    ...(before.prunes === after.prunes
      ? {}
      : { details: [`spec.prune of ${ownerWords(owner)} changes together with it, and may come too late`] }),
  };
}

export function isByHand({ by }: Reconciliation): boolean {
  return by === 'kustomize' || by === 'manifests';
}

/** What stands in its place: the cluster knows nothing of that. */
function madeAnew(held: Held, twins: Twins): Pick<Outcome, 'what'> {
  const twin = twins.written(held);
  return twin === undefined ? {} : { what: `${fullName(twin.resource)} is created beside it` };
}

/** What becomes of an object that another owner applies now. */
export function effectOfMove(base: Held, head: Held, leaving: Leaving): Effect {
  const cause = causeOfMove(base, head, leaving);
  return {
    cluster: leaving.cluster.name,
    held: head,
    previousOwner: base.owner,
    ...(cause === undefined ? {} : { cause }),
    ...outcomeOfMove(base, head, leaving),
  };
}

function outcomeOfMove(base: Held, head: Held, leaving: Leaving): Outcome {
  const fate = leaving.fateOf(base.owner);
  if (fate.is === 'unknown') return unknown;
  const mark = protectionOf(base.resource, base.owner);
  const where = `from ${ownerWords(base.owner)} to ${ownerWords(head.owner)}`;
  if (fate.is === 'deleted') {
    if (fate.cascades && mark === undefined)
      return race(base, 'owner-renamed', renamed(base.owner, head.owner));
    return {
      actions: ['adopt'],
      reason: 'adopted',
      severity: 'changes',
      headline: `${ownerWords(head.owner)} takes over what ${ownerWords(base.owner)} applied`,
    };
  }
  if (fate.is !== 'stays')
    return { actions: ['adopt'], reason: 'two-owners', severity: 'changes', what: where };
  const prunes = policyOf(base.owner).prunes || policyOf(fate.head).prunes;
  if (mark !== undefined || !prunes)
    return { actions: ['adopt'], reason: 'adopted', severity: 'changes', what: where };
  if (fate.head.build.complete === false) return unknown;
  return { ...outcomeOfOrder(base, head, fate.head), what: where };
}

/** Who comes first decides: an object that the new owner has applied already is no longer the old one's to delete. */
function outcomeOfOrder(base: Held, head: Held, oldOwner: Reconciliation): Outcome {
  if (declares(oldOwner, head.owner)) return race(base, 'moves-down');
  const isBefore = declares(head.owner, oldOwner) || dependsOn(oldOwner, head.owner);
  if (isBefore && base.owner.by === 'flux')
    return { actions: ['adopt'], reason: 'moves-up', severity: 'changes' };
  return race(base, 'moves-beside');
}

function race({ resource }: Held, reason: Effect['reason'], title?: string): Outcome {
  return {
    actions: ['delete', 'create'],
    reason,
    severity: severityOfRecreation(resource),
    ...(title === undefined ? {} : { headline: title }),
  };
}

function renamed(old: Reconciliation, now: Reconciliation): string {
  return `${ownerWords(old)} is replaced by ${ownerWords(now)}: what the old one applied is deleted`;
}

/** The edited line by which an object is no longer there. */
function causeOfLeaving(held: Held, leaving: Leaving): Cause | undefined {
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
    goneDocument(resource, edits) ??
    entryOf(resource, 'base', inputs, edits) ??
    pathOfOwner(owner, fate.head, edits) ??
    firstEdit(inputs, edits)
  );
}

/** The edited line by which an object is new. */
export function causeOfCreation({ resource, owner }: Held, { cluster, edits }: Leaving): Cause | undefined {
  const old = cluster.base.all.find((one) => isSameOwner(one, owner));
  const inputs = inputsOf(owner, old);
  const { span } = locateField(trackedObject(resource), []);
  const line = span && edits.within('head', span);
  if (line !== undefined) return { span: line, revision: 'head' };
  return (
    entryOf(resource, 'head', inputs, edits) ??
    (old === undefined ? declarationEdit(owner, 'head', edits) : pathOfOwner(old, owner, edits)) ??
    firstEdit(inputs, edits)
  );
}

function causeOfMove(base: Held, head: Held, { edits, cluster, fateOf }: Leaving): Cause | undefined {
  const fate = fateOf(base.owner);
  if (fate.is === 'deleted') {
    const versions = { base: base.owner.declaration, head: head.owner.declaration, inputs: [] };
    return (
      causeOf(['metadata', 'name'], present(versions), edits) ?? causeOfOwner(base.owner, cluster, edits)
    );
  }
  const inputs = inputsOf(head.owner, base.owner);
  return (
    entryOf(head.resource, 'head', inputs, edits) ??
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
    goneDocument(declaration, edits) ??
    entryOf(declaration, 'base', inputs, edits) ??
    firstEdit(inputs, edits) ??
    placeOf(declaration, ['metadata', 'name'], 'base')
  );
}

function declarationEdit(
  { declaration }: Reconciliation,
  revision: 'base' | 'head',
  edits: Edits,
): Cause | undefined {
  const span = declaration && locateField(trackedObject(declaration), []).span;
  const line = span && edits.within(revision, span);
  return line && { span: line, revision };
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
function goneDocument(resource: Resource, edits: Edits): Cause | undefined {
  const { span } = locateField(trackedObject(resource), []);
  const line = span && edits.within('base', span);
  return line && { span: line, revision: 'base' };
}

/** The edited entry of a kustomization that takes in the file of an object. */
function entryOf(
  resource: Resource,
  revision: 'base' | 'head',
  inputs: readonly string[],
  edits: Edits,
): Cause | undefined {
  const file = locateField(trackedObject(resource), ['metadata', 'name']).steps[0]?.span.file.path;
  if (file === undefined) return undefined;
  for (const input of inputs)
    if (edits.isChanged(input))
      for (const span of edits.lines(revision, input)) {
        const written = /^\s*-\s+["']?([^"'#\s]+)/u.exec(span.file.text.slice(span.start, span.end))?.[1];
        const directory = directoryOf(input);
        const path = written && normalisePath(directory === '' ? written : `${directory}/${written}`);
        if (path !== undefined && path !== '' && isBelow(file, path)) return { span, revision };
      }
  return undefined;
}

/** What of the head goes with a Namespace that is deleted. */
export function goesWith({ resource }: Held, { head }: ClusterPair): string[] {
  if (resource.object['kind'] !== 'Namespace') return [];
  const name = nameOf(resource.object);
  const inside = [...head.inventory.values()].filter(
    ([one]) => one && namespaceOf(one.resource.object) === name,
  );
  return inside.length === 0 ? [] : [`${inside.length} objects that the head still applies are in it`];
}
