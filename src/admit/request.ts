import type { Mapping } from '../source/value.ts';

/** What reaches admission: `admission.k8s.io/v1` AdmissionReview's request, as far as a file can know it. */
export interface AdmissionRequest {
  readonly operation: 'CREATE' | 'UPDATE';
  readonly object: Mapping;
  readonly oldObject?: Mapping;
  /** The Namespace the object goes into, where the build renders it. */
  readonly namespaceObject?: Mapping;
}
