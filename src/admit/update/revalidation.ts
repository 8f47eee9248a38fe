import type { KindFacts } from '../../schema/facts.ts';
import type { Mapping } from '../../source/value.ts';
import type { FieldError } from '../field-error.ts';
import { validateObject } from '../validation/validate.ts';
import { withoutRatcheted } from './ratchet.ts';
import type { States } from './stored.ts';
import { withoutGenerated } from './stored-job.ts';
import { withoutAllocated } from './stored-service.ts';

/** Kinds of which an update judges the metadata and what changed, and not the rest of the object again. */
const judgedByChangeOnly: ReadonlySet<string> = new Set([
  'certificates.k8s.io/PodCertificateRequest',
  'coordination.k8s.io/LeaseCandidate',
  'resource.k8s.io/ResourceClaim',
  'scheduling.k8s.io/PriorityClass',
]);

/** What the server refuses of the new object by itself, as on a create, save for what only a create asks for. */
export function revalidate(
  { old, next }: States,
  { group, kind, namespaced }: Pick<KindFacts, 'group' | 'kind' | 'namespaced'>,
  kubernetesVersion: string,
): readonly FieldError[] {
  const validate = (object: Mapping): readonly FieldError[] =>
    validateObject(asCreated(object, kind), { kubernetesVersion, isNamespaced: namespaced });
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

/** A version is what an update starts from. */
function isOfCreate([first, second]: FieldError['field']): boolean {
  return first === 'metadata' && (second === 'generateName' || second === 'resourceVersion');
}
