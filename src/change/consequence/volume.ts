import type { Resource } from '../../object/resource.ts';
import { placedItemsAt, type Value, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { podTemplateOf } from '../../workload/pod/pod-template.ts';
import { type Consequence, changes, type Taken } from './consequence.ts';

/** Volumes that a workload no longer mounts, and what becomes of volumes when their claim goes. */
export function volumeConsequences(taken: Taken): Consequence[] {
  const { head } = taken;
  return head.resource.object['kind'] === 'PersistentVolume' ? reclaiming(taken) : replacedVolumes(taken);
}

/** By the name of the volume, another claim or none: the pods begin without the data of the old one. */
function replacedVolumes({ base, head }: Taken): Consequence[] {
  const template = podTemplateOf(head.resource);
  if (template === undefined) return [];
  const still = new Set(volumesOf(head.resource).map(({ value }) => claimIn(value)));
  return volumesOf(base.resource).flatMap(({ value }) => {
    const claim = claimIn(value);
    if (claim === undefined || still.has(claim)) return [];
    const now = volumesOf(head.resource).find(
      (one) => valueAt(one.value, ['name']) === valueAt(value, ['name']),
    );
    return [
      {
        at: now?.path ?? [...template.path, 'spec', 'volumes'],
        actions: ['update'],
        reason: 'volume-replaced',
        severity: 'breaks',
        what: `claim ${claim} → ${now === undefined ? 'none' : sourceWords(now.value)}`,
        details: [`the data stays in claim ${claim}`],
        safe: [{ text: 'copy the data while the workload is stopped, before the merge' }],
      } satisfies Consequence,
    ];
  });
}

function volumesOf(resource: Resource): { readonly value: Value; readonly path: Consequence['at'] }[] {
  const template = podTemplateOf(resource);
  return template === undefined ? [] : placedItemsAt(resource.object, [...template.path, 'spec', 'volumes']);
}

function claimIn(volume: Value): string | undefined {
  const name = valueAt(volume, ['persistentVolumeClaim', 'claimName']);
  return typeof name === 'string' ? name : undefined;
}

function sourceWords(volume: Value): string {
  const claim = claimIn(volume);
  if (claim !== undefined) return `claim ${claim}`;
  const [kind] = Object.keys(typeof volume === 'object' && volume !== null ? volume : {}).filter(
    (key) => key !== 'name',
  );
  return valueText(kind ?? 'nothing');
}

const reclaimPolicy = ['spec', 'persistentVolumeReclaimPolicy'] as const;

function reclaiming({ update }: Taken): Consequence[] {
  if (!changes(update, reclaimPolicy) || valueAt(update.states.next, reclaimPolicy) !== 'Delete') return [];
  return [
    {
      at: reclaimPolicy,
      explains: [reclaimPolicy],
      actions: ['update'],
      reason: 'volume-unprotected',
      severity: 'disrupts',
      what: `${valueText(valueAt(update.states.old, reclaimPolicy))} → Delete`,
    },
  ];
}
