import { type Reconciliation, rendersLess } from '../reconcile/reconciliation.ts';
import { valueAt } from '../source/value.ts';
import { type ClusterPair, isSameOwner } from './cluster-pair.ts';
import { severityOfDeletion, severityOfRecreation, takenAlong } from './deletion.ts';
import type { Effect, Held } from './effect.ts';
import { isHook } from './hook.ts';
import { stepsToKeep, stepsToKeepAll } from './keeping.ts';
import { causeOfLeaving, causeOfMove, goneDocument, type Leaving } from './leaving-cause.ts';
import { orderOfMove } from './move-order.ts';
import { isKnownToLack, type OwnerPolicy, ownerWords, policyOf } from './owner.ts';
import { protectionOf, waitsForPerson } from './protection.ts';
import { tooLate, writtenTooLate } from './too-late.ts';
import { fullName, type Twins } from './twins.ts';

type Outcome = Omit<Effect, 'cluster' | 'held' | 'cause'>;

/** What becomes of an object that its owner no longer applies and nobody else does. */
export function effectOfLeaving(held: Held, leaving: Leaving): Effect {
  const cause = causeOfLeaving(held, leaving);
  return {
    cluster: leaving.cluster,
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
  if (fate.is === 'kept' && fate.over !== undefined)
    return {
      actions: ['freeze'],
      reason: 'owner-refused',
      severity: 'silent',
      ...headline(fate.over, 'has an error: what it generated stays in place'),
    };
  if (fate.is === 'kept')
    return {
      actions: ['orphan'],
      reason: 'owner-kept',
      severity: 'silent',
      ...headline(owner, 'leaves the repository, and nothing deletes it: it and what it applied stay'),
    };
  if (!fate.cascades)
    return {
      actions: ['orphan'],
      reason: 'owner-orphans',
      severity: 'changes',
      ...headline(owner, 'is deleted: what it applied stays behind'),
    };
  const mark = protectionOf(resource, owner, 'cascade');
  if (mark !== undefined) return kept(mark);
  return {
    actions: ['delete'],
    reason: 'owner-deleted',
    severity: severityOfDeletion(resource),
    ...headline(owner, 'is deleted, and what it applied with it'),
    ...detailsOf(writtenTooLate(held, 'cascade', leaving.edits)),
    safe: stepsToKeepAll(owner),
  };
}

const unknown: Outcome = {
  actions: ['unknown'],
  reason: 'not-built',
  severity: 'silent',
};

function kept(mark: string): Outcome {
  const waiting = waitsForPerson(mark);
  if (waiting === undefined)
    return { actions: ['orphan'], reason: 'protected', severity: 'silent', what: mark };
  return { actions: ['orphan'], reason: 'protected', severity: 'changes', what: mark, details: [waiting] };
}

function headline(owner: Reconciliation, says: string): Pick<Outcome, 'headline'> {
  return { headline: `${ownerWords(owner)} ${says}` };
}

/** A controller that gives up over an error deletes nothing. */
export function refusedToRender(head: Reconciliation): Outcome {
  return {
    actions: ['freeze'],
    reason: 'owner-refused',
    severity: 'breaks',
    ...headline(head, 'has an error: all that it generated stays as it is'),
  };
}

function leavesOwner(held: Held, head: Reconciliation, { twins, edits }: Leaving): Outcome {
  const { resource, owner } = held;
  if (head.isRefused === true) return refusedToRender(head);
  // What makes the rest may well make it, unless it is taken out of the files as well.
  const isUnseen = rendersLess(head, owner) && goneDocument(resource, edits) === undefined;
  if (!isKnownToLack(head, owner) || isUnseen) return unknown;
  const [before, after] = [policyOf(owner), policyOf(head)];
  const anew = twins.regenerated(held);
  // Suspended together with the removal it may come to the new revision first.
  if (before.isSuspended && after.isSuspended)
    return { actions: ['freeze'], reason: 'suspended', severity: 'silent' };
  const prunes = before.prunes || after.prunes;
  if (anew !== undefined)
    return { actions: [prunes ? 'delete' : 'orphan'], reason: 'generated-anew', severity: 'silent' };
  const mark = protectionOf(resource, owner);
  if (mark !== undefined) return kept(mark);
  if (prunes && wouldWipeOut(owner, head))
    return {
      actions: ['orphan'],
      reason: 'left-behind',
      severity: 'changes',
      details: [
        `${ownerWords(owner)} would lose all of its objects: without automated.allowEmpty Argo CD does not sync it`,
      ],
    };
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
    safe: stepsToKeep(held, false),
    ...detailsOf([
      ...togetherWith(before, after, owner),
      ...writtenTooLate(held, 'prune', edits),
      takenAlong(resource),
    ]),
  };
}

function detailsOf(words: readonly (string | undefined)[]): Pick<Outcome, 'details'> {
  const details = words.filter((one) => one !== undefined);
  return details.length === 0 ? {} : { details };
}

/** Whether automated sync stands still, because it would delete everything (argo-cd 3.6, autoSync). */
function wouldWipeOut(owner: Reconciliation, head: Reconciliation): boolean {
  if (owner.by !== 'argocd' || owner.kind !== 'Application') return false;
  // What another repository has is not known here, and hardly nothing.
  if (head.source?.place !== 'here') return false;
  const isAllowed =
    valueAt(head.declaration?.object, ['spec', 'syncPolicy', 'automated', 'allowEmpty']) === true;
  return !isAllowed && head.build.resources.every((one) => isHook(one, head));
}

/** A switch of the owner that changes in the same revision: whether it counts already, nobody knows. */
function togetherWith(before: OwnerPolicy, after: OwnerPolicy, owner: Reconciliation): string[] {
  const fields = [
    ...(before.prunes === after.prunes ? [] : ['spec.prune']),
    ...(before.isSuspended === after.isSuspended ? [] : ['spec.suspend']),
  ];
  return fields.map(
    (field) => `${field} of ${ownerWords(owner)} changes at the same time, and may take effect too late`,
  );
}

export function isByHand({ by }: Reconciliation): boolean {
  return by === 'kustomize' || by === 'manifests';
}

/** What stands in its place: the cluster knows nothing of that. */
function madeAnew(held: Held, twins: Twins): Pick<Outcome, 'what'> {
  const twin = twins.written(held);
  return twin === undefined ? {} : { what: `${fullName(twin.resource)} is created next to it` };
}

/** What becomes of an object that another owner applies now. */
export function effectOfMove(base: Held, head: Held, leaving: Leaving): Effect {
  const cause = causeOfMove(base, head, leaving);
  return {
    cluster: leaving.cluster,
    held: head,
    previousOwner: base.owner,
    ...(cause === undefined ? {} : { cause }),
    ...outcomeOfMove(base, head, leaving),
  };
}

function outcomeOfMove(base: Held, head: Held, leaving: Leaving): Outcome {
  const fate = leaving.fateOf(base.owner);
  if (fate.is === 'unknown') return unknown;
  const deletion = fate.is === 'deleted' ? 'cascade' : 'prune';
  const mark = protectionOf(base.resource, base.owner, deletion);
  const where = `from ${ownerWords(base.owner)} to ${ownerWords(head.owner)}`;
  if (fate.is === 'deleted') {
    if (fate.cascades && mark === undefined && !isTakenFirst(base, head, fate.by, leaving))
      return {
        ...race(base, 'owner-renamed', tooLate(head.resource, base.owner, 'cascade')),
        headline: renamed(base.owner, head.owner),
        safe: stepsToKeepAll(base.owner),
      };
    return {
      actions: ['adopt'],
      reason: 'adopted',
      severity: 'changes',
      headline: `${ownerWords(head.owner)} adopts what ${ownerWords(base.owner)} applied`,
    };
  }
  if (fate.is !== 'stays')
    return { actions: ['adopt'], reason: 'two-owners', severity: 'changes', what: where };
  const prunes = policyOf(base.owner).prunes || policyOf(fate.head).prunes;
  if (mark !== undefined || !prunes)
    return { actions: ['adopt'], reason: 'adopted', severity: 'changes', what: where };
  if (!isKnownToLack(fate.head, base.owner)) return unknown;
  return { ...outcomeOfOrder(base, head, fate.head, leaving.cluster), what: where };
}

/**
 * Whether the owner that deletes the old one is the new one, which applies before it prunes; and whether the old one, which comes to the
 * new revision as well, still finds the object there.
 */
function isTakenFirst(base: Held, head: Held, by: Reconciliation, { edits }: Leaving): boolean {
  const isSourceKept = !base.owner.build.inputs.some((path) => edits.isChanged(path));
  return bearsOwner(base.owner) && isSameOwner(by, head.owner) && isSourceKept;
}

/** Whether an owner deletes only what bears its own labels. */
function bearsOwner({ by, kind }: Reconciliation): boolean {
  return by === 'flux' && kind !== 'HelmRelease';
}

/** Who comes first decides: an object that the new owner has applied already is no longer the old one's to delete. */
function outcomeOfOrder(base: Held, head: Held, oldOwner: Reconciliation, cluster: ClusterPair): Outcome {
  const order = orderOfMove(base, head, oldOwner, cluster);
  if (order === 'new-first' && bearsOwner(base.owner))
    return { actions: ['adopt'], reason: 'moves-up', severity: 'changes' };
  const reason = order === 'old-first' ? 'moves-down' : 'moves-beside';
  return {
    ...race(base, reason, tooLate(head.resource, base.owner, 'prune')),
    safe: stepsToKeep(base, true),
  };
}

function race({ resource }: Held, reason: Effect['reason'], details: readonly string[]): Outcome {
  return { actions: ['delete', 'create'], reason, severity: severityOfRecreation(resource), details };
}

function renamed(old: Reconciliation, now: Reconciliation): string {
  return `${ownerWords(old)} is replaced by ${ownerWords(now)}: what the old one applied is deleted`;
}
