import type { Mapping } from '../../source/value.ts';
import type { FieldError } from '../field-error.ts';
import { validateObject } from '../validation/validate.ts';
import { withoutRatcheted } from './ratchet.ts';
import type { States } from './stored.ts';
import { withoutGenerated } from './stored-job.ts';
import { withoutAllocated } from './stored-service.ts';

/** Kinds of which an update judges the metadata and what changed, and not the rest of the object again. */
const judgedByChangeOnly: ReadonlySet<string> = new Set([
  '/Namespace',
  '/Node',
  'certificates.k8s.io/PodCertificateRequest',
  'networking.k8s.io/IPAddress',
  'networking.k8s.io/ServiceCIDR',
  'node.k8s.io/RuntimeClass',
  'resource.k8s.io/ResourceClaim',
  'resource.k8s.io/ResourceClaimTemplate',
  'scheduling.k8s.io/PriorityClass',
  'storage.k8s.io/CSIStorageCapacity',
  'storage.k8s.io/StorageClass',
]);

/** What the server refuses of the new object by itself, as on a create, save for what only a create asks for. */
export function revalidate(
  { old, next }: States,
  group: string,
  kubernetesVersion: string,
): readonly FieldError[] {
  const kind = String(next['kind']);
  const validate = (object: Mapping): readonly FieldError[] =>
    validateObject(asCreated(object, kind), { kubernetesVersion });
  const isMetadataOnly = judgedByChangeOnly.has(`${group}/${kind}`);
  const errors = validate(next).filter(
    ({ field }) => !isOfCreate(field) && (!isMetadataOnly || field[0] === 'metadata'),
  );
  return withoutRatcheted(errors, kind, () => validate(old));
}

function asCreated(next: Mapping, kind: string): Mapping {
  if (kind === 'Job') return withoutGenerated(next);
  return kind === 'Service' ? withoutAllocated(next) : next;
}

/** A name was judged when the object was created, and a version is what an update starts from. */
function isOfCreate([first, second, third]: FieldError['field']): boolean {
  if (first !== 'metadata' || third !== undefined) return false;
  return second === 'name' || second === 'generateName' || second === 'resourceVersion';
}
