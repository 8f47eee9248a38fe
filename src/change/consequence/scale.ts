import { itemsAt, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { autoscalersOf, type Scaler, scalersOf } from '../../workload/capacity/autoscaler.ts';
import { podTemplateOf } from '../../workload/pod/pod-template.ts';
import { objectWords } from '../twins.ts';
import { wholeOf } from '../whole.ts';
import type { Consequence, Taken } from './consequence.ts';
import { podWords } from './rolling.ts';

const replicas = ['spec', 'replicas'] as const;

/** What becomes of a workload whose number of pods is written otherwise. */
export function scaleConsequences(taken: Taken): Consequence[] {
  const { update, head } = taken;
  if (podTemplateOf(head.resource) === undefined) return [];
  const [before, after] = [update.states.old, update.states.next].map(
    (state) => valueAt(state, replicas) ?? 1,
  );
  if (typeof before !== 'number' || typeof after !== 'number' || before === after) return [];
  const isRemoved = valueAt(head.resource.object, replicas) === undefined;
  const change = { ...taken, before, after, isRemoved };
  return [...claimsThatGo(change), scaling(change)].map((one) => ({ ...one, explains: [replicas] }));
}

interface Scaling extends Taken {
  readonly before: number;
  readonly after: number;
  readonly isRemoved: boolean;
}

function scaling(change: Scaling): Consequence {
  const { before, after, isRemoved } = change;
  const [scaler] = scalersOfBoth(change);
  const known = { at: replicas, what: `${before} → ${after}`, actions: ['update'] } as const;
  if (after === 0) return { ...known, reason: 'scaled-to-nothing', severity: 'breaks' };
  if (scaler !== undefined && isRemoved) return handedOver(change, scaler);
  if (scaler !== undefined && before > 0)
    return { ...known, reason: 'autoscaler-decides', severity: 'disrupts', details: [scalerWords(scaler)] };
  if (isRemoved)
    return { ...known, reason: 'replicas-reset', severity: after < before ? 'disrupts' : 'changes' };
  return { ...known, reason: 'scaled', severity: 'changes', details: [movement(before, after)] };
}

/** Who owned the number gives it up: it is the default for a moment, before the autoscaler sets it again. */
function handedOver({ before, after }: Scaling, scaler: Scaler): Consequence {
  return {
    at: replicas,
    actions: ['update'],
    reason: 'replicas-handed-over',
    severity: before > after ? 'disrupts' : 'changes',
    what: `${before} → ${after}`,
    details: [
      scalerWords(scaler),
      `${podWords(before - after)} may be deleted before it sets the number again`,
    ],
    safe: [
      {
        text: 'first make the autoscaler the owner of the field: kubectl apply --server-side --field-manager=autoscaler with the current spec.replicas',
      },
      { text: 'then remove spec.replicas here' },
    ],
  };
}

function scalerWords({ resource }: Scaler): string {
  return `${objectWords(resource)} sets the number of pods`;
}

function movement(before: number, after: number): string {
  return after > before ? `${podWords(after - before)} more` : `${podWords(before - after)} fewer`;
}

function scalersOfBoth({ head, cluster }: Taken): readonly Scaler[] {
  return scalersOf(head.resource, autoscalersOf(wholeOf(cluster.head)));
}

/** A stateful set that is told to delete the claims of pods that it is scaled down by. */
function claimsThatGo({ head, before, after }: Scaling): Consequence[] {
  const { object } = head.resource;
  const names = itemsAt(object, ['spec', 'volumeClaimTemplates']).map((one) =>
    valueText(valueAt(one, ['metadata', 'name'])),
  );
  const deletes =
    valueAt(object, ['spec', 'persistentVolumeClaimRetentionPolicy', 'whenScaled']) === 'Delete';
  if (object['kind'] !== 'StatefulSet' || !deletes || after >= before || names.length === 0) return [];
  return [
    {
      at: replicas,
      actions: ['update'],
      reason: 'claims-deleted',
      severity: 'destroys',
      what: `${before} → ${after}`,
      details: [
        `claims ${names.join(', ')} of the last ${podWords(before - after)} are deleted (whenScaled: Delete)`,
      ],
      safe: [{ text: 'set persistentVolumeClaimRetentionPolicy.whenScaled: Retain in an earlier change' }],
    },
  ];
}
