import type { Mapping } from '../source/value.ts';
import type { Kinds } from './served/served-object.ts';

/** What reaches admission: `admission.k8s.io/v1` AdmissionReview's request, as far as a file can know it. */
export interface AdmissionRequest {
  readonly operation: 'CREATE' | 'UPDATE';
  readonly object: Mapping;
  readonly oldObject?: Mapping;
  /** The Namespace the object goes into, where the build renders it. */
  readonly namespaceObject?: Mapping;
  /** What is known of the cluster's kinds; the newest built-in ones where absent. */
  readonly kinds?: Kinds;
  /** Whether the object is sent by a server-side apply. */
  readonly isApplied?: boolean;
}
