import type { Build } from '../../object/build.ts';
import { knownOnce } from '../../object/known-once.ts';
import type { Place } from '../../object/place.ts';
import { nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import { isSequence, itemsAt, placedItemsAt, type Value, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { type PodTemplate, podTemplateOf, podTemplatesOf } from './pod-template.ts';

/** A claim whose volume one node, or one pod, can have at a time. */
export interface SingleClaim {
  readonly name: string;
  /** Where its access modes stand. */
  readonly modesAt: Place;
  readonly mode: 'ReadWriteOnce' | 'ReadWriteOncePod';
}

/** A pod template that mounts such a claim, and where it names it. */
export interface ClaimUse {
  readonly claim: SingleClaim;
  readonly template: PodTemplate;
  readonly at: Place;
}

/** Who mounts which of the claims of a build that are for one node or one pod, by claim. */
export function singleClaimUses(build: Build): ReadonlyMap<SingleClaim, readonly ClaimUse[]> {
  const claims = claimsIn(build);
  const uses = new Map<SingleClaim, ClaimUse[]>();
  if (claims.size === 0) return uses;
  for (const claim of claims.values()) uses.set(claim, ownUse(claim));
  for (const template of podTemplatesOf(build)) {
    const seen = new Set<SingleClaim>();
    for (const [index, volume] of itemsAt(template.spec, ['volumes']).entries()) {
      const name = valueAt(volume, ['persistentVolumeClaim', 'claimName']);
      const claim = claims.get(`${template.namespace}/${valueText(name)}`);
      if (claim === undefined || seen.has(claim)) continue;
      seen.add(claim);
      const path = [...template.path, 'spec', 'volumes', index, 'persistentVolumeClaim', 'claimName'];
      uses.set(claim, [...(uses.get(claim) ?? []), { claim, template, at: [template.resource, ...path] }]);
    }
  }
  return uses;
}

/** A stateful set mounts what it makes claims for. */
function ownUse(claim: SingleClaim): ClaimUse[] {
  const [resource] = claim.modesAt;
  const template = 'object' in resource ? podTemplateOf(resource) : undefined;
  return template === undefined ? [] : [{ claim, template, at: claim.modesAt }];
}

const claimsIn = knownOnce(
  (build: Build) =>
    new Map(
      build.resources.flatMap((resource) =>
        resource.object['kind'] === 'PersistentVolumeClaim'
          ? claimOf(resource, build)
          : claimsOfStatefulSet(resource),
      ),
    ),
);

type Named = [string, SingleClaim];

function claimOf(resource: Resource, build: Build): Named[] {
  const { object } = resource;
  const mode = singleMode(valueAt(object, ['spec', 'accessModes']));
  const volume = volumesIn(build).get(valueText(valueAt(object, ['spec', 'volumeName'])));
  if (mode === undefined || (volume !== undefined && !isAttached(volume))) return [];
  const name = nameOf(object);
  return [[`${namespaceOf(object)}/${name}`, { name, mode, modesAt: [resource, 'spec', 'accessModes'] }]];
}

/** The first claim of each template: its pods have more, which nobody else is likely to name. */
function claimsOfStatefulSet(resource: Resource): Named[] {
  const { object } = resource;
  if (object['kind'] !== 'StatefulSet') return [];
  return placedItemsAt(object, ['spec', 'volumeClaimTemplates']).flatMap(({ value, path }): Named[] => {
    const mode = singleMode(valueAt(value, ['spec', 'accessModes']));
    if (mode === undefined) return [];
    const name = `${valueText(valueAt(value, ['metadata', 'name']))}-${nameOf(object)}-0`;
    const modesAt: Place = [resource, ...path, 'spec', 'accessModes'];
    return [[`${namespaceOf(object)}/${name}`, { name, mode, modesAt }]];
  });
}

function singleMode(modes: Value | undefined): SingleClaim['mode'] | undefined {
  if (!isSequence(modes) || modes.length === 0) return undefined;
  if (!modes.every((mode) => mode === 'ReadWriteOnce' || mode === 'ReadWriteOncePod')) return undefined;
  return modes[0] === 'ReadWriteOncePod' ? 'ReadWriteOncePod' : 'ReadWriteOnce';
}

const volumesIn = knownOnce(
  ({ resources }: Build) =>
    new Map(
      resources
        .filter(({ object }) => object['kind'] === 'PersistentVolume')
        .map(({ object }) => [nameOf(object), object] as const),
    ),
);

const mountedOnly: ReadonlySet<Value | undefined> = new Set(['nfs.csi.k8s.io', 'smb.csi.k8s.io']);

/** A directory of a node or of a file server is mounted without being attached, wherever the pod runs or has to. */
function isAttached(volume: Value): boolean {
  const kinds = ['nfs', 'hostPath', 'local', 'cephfs', 'glusterfs'];
  if (kinds.some((kind) => valueAt(volume, ['spec', kind]) !== undefined)) return false;
  return !mountedOnly.has(valueAt(volume, ['spec', 'csi', 'driver']));
}
