import type { Fix } from './fix.ts';
import type { Identity } from './identity.ts';
import type { Severity } from './severity.ts';
import type { Span } from './span.ts';

/** The Kubernetes object that a diagnostic speaks of, as it would reach the cluster. */
export interface ObjectReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** A property of a service, or of an environment as a whole, that environments do not have in common. */
export interface Difference {
  readonly property: string;
  readonly service?: string;
}

/** What installs the chart that made an object, and the value of the chart that sets the field, where nobody in the repository does. */
export interface ReleaseReference {
  readonly name: string;
  readonly value?: string;
}

/** Another place that has a part in the problem: a layer of the chain that made the value, the other side of a reference. */
export interface RelatedLocation {
  readonly span: Span;
  readonly message: string;
}

/**
 * One problem of any kind: syntax, build, schema, policy, graph. Maps 1:1 onto a SARIF result.
 * `message` says what, `help` says what to do. `unchecked` says what was not judged because of it: such a run exits 2.
 */
export interface Diagnostic {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly help?: string;
  readonly span: Span;
  readonly related: readonly RelatedLocation[];
  readonly object?: ObjectReference;
  /** Path of the field inside the object, in the API server's spelling: `spec.template.spec.containers[0].image`. */
  readonly field?: string;
  /** Of an object that a chart made. */
  readonly release?: ReleaseReference;
  /** Root of the build the object came from, e.g. `k8s/overlays/prod`; absent for problems of a file by itself. */
  readonly entryPoint?: string;
  readonly unchecked?: string;
  /** Set where a limit of the whole run is reached: what is beyond it may be anywhere, so it counts in each run, whatever file it points at. */
  readonly isOfRun?: true;
  readonly difference?: Difference;
  /** What is wrong once, and shows in several objects: findings that name the same cause are told together. */
  readonly cause?: string;
  /** What it is known by in every run and revision; absent where no object has to do with it. */
  readonly identity?: Identity;
  /** Set where only a part was built, and what was not may say otherwise. */
  readonly isDoubtful?: true;
  /** The one right answer, where there is one. */
  readonly fix?: Fix;
}
