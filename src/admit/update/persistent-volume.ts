import { ownOf } from '../../source/own.ts';
import { type Mapping, noFields, valueAt } from '../../source/value.ts';
import { forbidden } from '../validation/check.ts';
import { has, struct, structs, text } from '../validation/fields.ts';
import { isSame } from './equal.ts';
import { immutable, isUnchanged, refuse, type Update, withFields } from './update.ts';

/** `PersistentVolumeSpec` without its source, of which there is one field for each kind of storage. */
const otherFields = [
  'accessModes',
  'capacity',
  'claimRef',
  'mountOptions',
  'nodeAffinity',
  'persistentVolumeReclaimPolicy',
  'storageClassName',
  'volumeAttributesClassName',
  'volumeMode',
];

export function validatePersistentVolumeUpdate(update: Update): void {
  validateSource(update);
  immutable(update, ['spec', 'volumeMode']);
  validateNodeAffinity(update);
  validateAttributesClass(update);
}

function validateSource(update: Update): void {
  const old = struct(update.old, 'spec') ?? noFields;
  const next = withoutNewExpandSecret(struct(update.next, 'spec') ?? noFields, old);
  const fields = new Set([...Object.keys(old), ...Object.keys(next)]);
  for (const field of otherFields) fields.delete(field);
  for (const field of fields)
    if (!isSame(old[field], next[field]))
      refuse(update, 'Forbidden', {
        path: ['spec', field],
        detail: 'must not change once the volume exists',
        help: 'give the new volume another name',
        before: old[field],
        after: next[field],
      });
}

/** The secret for expansions may be added once. */
function withoutNewExpandSecret(next: Mapping, old: Mapping): Mapping {
  const before = struct(old, 'csi');
  const after = struct(next, 'csi');
  if (before === undefined || after === undefined || has(before, 'controllerExpandSecretRef')) return next;
  return withFields(next, { csi: withFields(after, { controllerExpandSecretRef: undefined }) });
}

const stableLabels: Readonly<Record<string, string>> = {
  'failure-domain.beta.kubernetes.io/zone': 'topology.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region': 'topology.kubernetes.io/region',
  'beta.kubernetes.io/os': 'kubernetes.io/os',
  'beta.kubernetes.io/arch': 'kubernetes.io/arch',
  'beta.kubernetes.io/instance-type': 'node.kubernetes.io/instance-type',
};

/** Once set it stays, save that labels get their stable names. */
function validateNodeAffinity(update: Update): void {
  const path = ['spec', 'nodeAffinity'];
  const old = struct(struct(update.old, 'spec'), 'nodeAffinity');
  const next = struct(struct(update.next, 'spec'), 'nodeAffinity');
  if (old === undefined || isSame(renamed(old, next), next)) return;
  const detail = 'must not change once it is set, except for the stable name of a beta label';
  refuse(update, 'Invalid', { path, detail });
}

/** The old affinity with the stable name of a label where the new one has it. */
function renamed(old: Mapping, next: Mapping | undefined): Mapping {
  const after = structs(struct(next, 'required'), 'nodeSelectorTerms');
  const terms = structs(struct(old, 'required'), 'nodeSelectorTerms').map((term, index) =>
    withFields(term, {
      ...renamedList(term, after[index], 'matchExpressions'),
      ...renamedList(term, after[index], 'matchFields'),
    }),
  );
  return withFields(old, { required: withFields(struct(old, 'required'), { nodeSelectorTerms: terms }) });
}

function renamedList(
  term: Mapping,
  next: Mapping | undefined,
  list: string,
): Readonly<Record<string, Mapping[]>> {
  if (!has(term, list)) return {};
  const after = structs(next, list);
  const requirements = structs(term, list).map((requirement, index) => {
    const stable = ownOf(stableLabels, text(requirement, 'key'));
    const isRenamed = stable !== undefined && text(after[index], 'key') === stable;
    return isRenamed ? withFields(requirement, { key: stable }) : requirement;
  });
  return { [list]: requirements };
}

function validateAttributesClass(update: Update): void {
  const path = ['spec', 'volumeAttributesClassName'];
  if (isUnchanged(update, path)) return;
  if (valueAt(update.next, path) === undefined && valueAt(update.old, path) !== undefined)
    forbidden(update.check, path, 'must not be removed');
}
