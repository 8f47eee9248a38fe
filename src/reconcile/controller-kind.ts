import type { Resource } from '../object/resource.ts';
import type { Mapping, Path } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import type { FindObject } from './flux/variables.ts';
import type { ReconcileContext } from './reconcile-context.ts';
import type { MadeReconciliation } from './reconciliation.ts';

/** A field that names an object of a controller. */
export interface LinkField {
  readonly path: Path;
  /** The kind that it means where it does not say; empty where it always says. */
  readonly kind: string;
  /** Whether each item of a list is such a field. */
  readonly isList?: true;
}

/** A kind of object that Flux or Argo CD acts upon: all that the rest of the program asks of it by its kind. */
export interface ControllerKind {
  readonly group: string;
  readonly kind: string;
  readonly links?: readonly LinkField[];
  /** Whether `dependsOn` of Flux may name it. */
  readonly isAwaited?: true;
  /** Whether it says where manifests come from. */
  readonly isSource?: true;
  /** Whether others are made of what it says. */
  readonly givesInputs?: true;
  /** Whether it brings the controllers of Flux themselves. */
  readonly isInstallation?: true;
  /** How it names more to deploy; absent for what does not. */
  readonly entry?: EntryKind;
  /** Which objects of the kind do; all where absent. */
  readonly isEntry?: (object: Mapping) => boolean;
}

/** A kind whose controller applies what it names. */
export interface EntryKind {
  /** Whether an object says all that the controller needs; what does not is a patch for one. */
  readonly isWhole: (object: Mapping) => boolean;
  /** Where it names the directory that it applies; undefined for what has none of its own. */
  readonly pathField: (declaration: Resource) => Path | undefined;
  /** Whether objects that other builds bring may change what it makes. */
  readonly readsObjects?: (object: Mapping) => boolean;
  /** Whether something that it reads is not there yet. */
  readonly lacksObjects?: (declaration: Resource, namespace: string, find: FindObject) => boolean;
  readonly reconcile: (
    declaration: Resource,
    namespace: string,
    context: ReconcileContext,
  ) => MadeReconciliation;
}

/** Whether an object is of a kind, in whatever version. */
export function isOf({ group, kind }: Pick<ControllerKind, 'group' | 'kind'>, { object }: Resource): boolean {
  return object['kind'] === kind && valueText(object['apiVersion']).startsWith(`${group}/`);
}
