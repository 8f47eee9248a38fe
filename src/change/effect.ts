import type { ChangeSeverity } from '../diagnostic/change-severity.ts';
import type { Owned } from '../reconcile/cluster.ts';
import type { Reconciliation } from '../reconcile/reconciliation.ts';
import type { Action, SafeStep } from '../report/change-report.ts';
import type { Path } from '../source/value.ts';
import type { Cause } from './cause.ts';
import type { FieldChanges } from './field-changes.ts';
import type { ReasonId } from './reasons.ts';

/** An object and who applies it. */
export type Held = Owned;

/** A cluster in both revisions. */
export interface ClusterRef {
  /** Equal in both revisions, in two runs, and whatever other clusters there are. */
  readonly key: string;
  /** For words: no other cluster of the change is called so. */
  readonly name: string;
}

/** A step of a safe way for one object, and for several at once. */
export interface EffectStep extends SafeStep {
  /** What the step says where a row is about so many objects; absent where it says the same. */
  readonly forAll?: (count: number) => string;
}

/** One thing that happens to one object of one cluster, for one reason. */
export interface Effect {
  readonly cluster: ClusterRef;
  readonly held: Held;
  /** Who applied the object before, where that is another one. */
  readonly previousOwner?: Reconciliation;
  readonly actions: readonly Action[];
  readonly reason: ReasonId;
  readonly severity: ChangeSeverity;
  /** The edited line; absent where none was found. */
  readonly cause?: Cause;
  /** What changes, said behind the object: `image web 2.4.1 → 2.5.0`. */
  readonly what?: string;
  /** What the row is called in place of a list of its objects; effects that say the same one are one row. */
  readonly headline?: string;
  /** What else is known, a sentence each. */
  readonly details?: readonly string[];
  /** The fields that it is about, where it is about fields. */
  readonly fields?: readonly Path[];
  /** What differs in the object, where both revisions have it. */
  readonly changed?: FieldChanges;
  /** Pods that start anew. */
  readonly pods?: number;
  readonly safe?: readonly EffectStep[];
}
