import type { ChangeSeverity } from '../diagnostic/change-severity.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Span } from '../diagnostic/span.ts';

/** What a cluster does with an object; several in their order, as in Terraform's plan. */
export type Action =
  | 'create'
  | 'update'
  | 'rollout'
  | 'delete'
  | 'orphan'
  | 'adopt'
  | 'refused'
  | 'freeze'
  | 'thaw'
  | 'no-op'
  | 'unknown';

/** What is counted for each cluster, in the order of the columns. */
export const countedActions: readonly Action[] = [
  'create',
  'update',
  'rollout',
  'refused',
  'delete',
  'adopt',
  'orphan',
  'freeze',
  'unknown',
];

/** An object that is not the same in both revisions. */
export interface ObjectChange {
  readonly cluster: string;
  /** Who applies it after the change; before it where nobody does any more. */
  readonly owner: string;
  /** Who applied it before, where that is another one. */
  readonly previousOwner?: string;
  /** The directory that it is rendered from. */
  readonly root: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly actions: readonly Action[];
  /** A name of `docs/plan.md`. */
  readonly reason: string;
  readonly severity: ChangeSeverity;
  /** What differs in it, where it is there in both revisions: the first fields, and how many more. */
  readonly fields?: readonly FieldChange[];
  readonly moreFields?: number;
}

/** A field as it is rendered in both revisions, absent where it is not there; what is secret is dots. */
export interface FieldChange {
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
}

/** A line to edit, or a line that is gone. */
export interface ChangedPlace {
  readonly span: Span;
  /** The revision whose file has the line. */
  readonly revision: 'base' | 'head';
  /** Of a line of the base what stands there in the head, or where the file was listed that is gone; absent where nothing does. */
  readonly near?: Span;
}

/** A step of the safe way. */
export interface SafeStep {
  readonly text: string;
  readonly place?: ChangedPlace;
}

/** One cause, and all that it does. */
export interface ChangeRow {
  /** Equal in another run over the same two revisions, and as long as the consequence is the same. */
  readonly digest: string;
  /** A name of `docs/plan.md`. */
  readonly reason: string;
  readonly severity: ChangeSeverity;
  /** What happens, in a sentence. */
  readonly title: string;
  readonly place?: ChangedPlace;
  /** The further lines that do it, after that of `place`; of other files where each says the same. */
  readonly further?: readonly ChangedPlace[];
  readonly clusters: readonly string[];
  readonly objects: readonly ObjectChange[];
  /** Pods that start anew, in all clusters. */
  readonly pods: number;
  /** What else is known of it, a sentence each. */
  readonly details: readonly string[];
  /** The rule of the server or of the controller. */
  readonly why: string;
  readonly link?: string;
  readonly safe: readonly SafeStep[];
  /** Who says that it is meant, and why. */
  readonly acknowledged?: { readonly by: string; readonly reason: string };
  /** Why the base forbids to delete one of its objects, or to delete and create it again: nobody can acknowledge that. */
  readonly protected?: string;
}

/** Whether a row is shown whole: it destroys or breaks something, or the base protects one of its objects. */
export function isGrave({ severity, protected: reason }: ChangeRow): boolean {
  return severity === 'destroys' || severity === 'breaks' || reason !== undefined;
}

/** Whether a row stops a merge: it destroys or breaks something that nobody has acknowledged, or that the base protects. */
export function stopsMerge({ severity, acknowledged, protected: reason }: ChangeRow): boolean {
  if (reason !== undefined) return true;
  return (severity === 'destroys' || severity === 'breaks') && acknowledged === undefined;
}

/** How many objects of a cluster meet which action. */
export interface ClusterChange {
  readonly name: string;
  readonly actions: Readonly<Partial<Record<Action, number>>>;
  /** The gravest of what happens there; absent where nothing does. */
  readonly severity?: ChangeSeverity;
}

/** One of the two revisions, in words. */
export interface RevisionName {
  /** `4f1c2aa main`, or a directory. */
  readonly name: string;
}

/** What a change does to each cluster. */
export interface ChangeReport {
  readonly base: RevisionName;
  readonly head: RevisionName;
  readonly rows: readonly ChangeRow[];
  /** Everything that is not the same, once for each cluster and owner. */
  readonly objects: readonly ObjectChange[];
  readonly clusters: readonly ClusterChange[];
  /** Builds of the head, and those of them that differ from the base. */
  readonly builds: { readonly all: number; readonly changed: number };
  readonly summary: Readonly<Record<ChangeSeverity, number>>;
  /** Why the revisions could not be compared, where they could not. */
  readonly problems?: readonly Diagnostic[];
  /** Stretches of files that hold secret values: no format prints them. */
  readonly secrets: { readonly base: readonly Span[]; readonly head: readonly Span[] };
}
