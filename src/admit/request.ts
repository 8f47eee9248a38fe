import type { Mapping } from '../source/value.ts';
import type { Kinds } from './served/served-object.ts';

/** What reaches admission: `admission.k8s.io/v1` AdmissionReview's request, as far as a file can know it. */
export type AdmissionRequest = (Arrival | Deletion) & RequestContext;

interface Arrival {
  readonly operation: 'CREATE' | 'UPDATE';
  readonly object: Mapping;
  readonly oldObject?: Mapping;
}

interface Deletion {
  readonly operation: 'DELETE';
  readonly object?: never;
  readonly oldObject: Mapping;
}

interface RequestContext {
  /** The Namespace the object goes into, where the build renders it. */
  readonly namespaceObject?: Mapping;
  /** What is known of the cluster's kinds; the newest built-in ones where absent. */
  readonly kinds?: Kinds;
  /** Whether the object is sent by a server-side apply. */
  readonly isApplied?: boolean;
}

/** The object that a request is about: the one that is deleted has no new state. */
export function subjectOf(request: AdmissionRequest): Mapping {
  return request.operation === 'DELETE' ? request.oldObject : request.object;
}
