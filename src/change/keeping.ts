import { locateField } from '../object/provenance.ts';
import { trackedObject } from '../object/resource.ts';
import type { Reconciliation } from '../reconcile/reconciliation.ts';
import type { ChangedPlace, SafeStep } from '../report/change-report.ts';
import type { EffectStep, Held } from './effect.ts';
import { ownerWords } from './owner.ts';
import { objectWords } from './twins.ts';

const firstStep = 'in an earlier change, and wait until the clusters have it: ';

/** How an owner goes, or gets another name, and what it applied stays. */
export function stepsToKeepAll(owner: Reconciliation): SafeStep[] {
  const place = placeOfOwner(owner);
  const at = place === undefined ? {} : { place };
  const first = firstStepFor(owner);
  if (first === undefined) return [];
  return [
    { text: `${firstStep}${first} in ${ownerWords(owner)}`, ...at },
    { text: 'this change: what it applied stays, and its new owner adopts it' },
  ];
}

function firstStepFor({ kind }: Reconciliation): string | undefined {
  switch (kind) {
    case 'Kustomization':
      return 'spec.deletionPolicy: Orphan';
    case 'Application':
      return 'remove the finalizer resources-finalizer.argocd.argoproj.io';
    case 'ApplicationSet':
      return 'spec.syncPolicy.preserveResourcesOnDeletion: true';
    default:
      return undefined;
  }
}

/** How an object leaves its owner, or moves to another one, and stays. */
export function stepsToKeep({ resource, owner }: Held, isMoved: boolean): EffectStep[] {
  const mark = markFor(owner);
  if (mark === undefined) return [];
  const place = { place: placeIn(resource) };
  const last = isMoved ? 'this change, then remove the annotation again' : 'this change';
  return [
    {
      text: `${firstStep}annotate ${objectWords(resource)} with ${mark}`,
      forAll: (count) => `${firstStep}annotate each of the ${count} objects with ${mark}`,
      ...(place.place === undefined ? {} : { place: place.place }),
    },
    { text: last },
  ];
}

function markFor({ by, kind }: Reconciliation): string | undefined {
  if (kind === 'HelmRelease') return 'helm.sh/resource-policy: keep';
  if (by === 'flux') return 'kustomize.toolkit.fluxcd.io/prune: disabled';
  return by === 'argocd' ? 'argocd.argoproj.io/sync-options: Prune=false' : undefined;
}

/** Where an owner is declared in the base. */
export function placeOfOwner({ declaration }: Reconciliation): ChangedPlace | undefined {
  const span = declaration && locateField(trackedObject(declaration), ['spec'], 'key').span;
  return span && { span, revision: 'base' };
}

function placeIn(resource: Held['resource']): ChangedPlace | undefined {
  const { span } = locateField(trackedObject(resource), ['metadata'], 'key');
  return span && { span, revision: 'base' };
}
