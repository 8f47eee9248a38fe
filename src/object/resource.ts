import type { ObjectReference } from '../diagnostic/diagnostic.ts';
import { isMapping, type Mapping } from '../source/value.ts';
import { knownOnce } from './known-once.ts';
import type { Origin, Tracked } from './provenance.ts';

/** Group, version and kind; the core group is the empty string. */
export interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** One Kubernetes object as rendered so far, with the history of each of its fields beside it. */
export interface Resource {
  readonly object: Mapping;
  readonly origin: Origin;
  /** The name without the hash that a generator put behind it: what it is known by in every revision of its content. */
  readonly unhashedName?: string;
  /** The chart that it was rendered from; absent for what no chart made. */
  readonly chart?: ChartOrigin;
}

/** The chart of an object, and what installs it. */
export interface ChartOrigin {
  readonly name: string;
  readonly version: string;
  /** Where it lies, a directory or a packed chart. */
  readonly path: string;
  /** Whether it is the repository's own, and nobody else's. */
  readonly isOwn: boolean;
  /** The kind and name of what installs it: `HelmRelease flux-system/podinfo`. */
  readonly release: string;
  /** The lines that install it: that of its version, where somebody says, and that of its name. */
  readonly lines: readonly Origin[];
  /** Its files of values, and what leads to each in the values that a release gives. */
  readonly values: ReadonlyMap<string, readonly string[]>;
}

/** An object's name in every revision: without the hash of its content. */
export function stableNameOf({ object, unhashedName }: Resource): string {
  return unhashedName ?? nameOf(object);
}

/** The object and its origin, as the setters of `provenance.ts` take them. */
export function trackedObject(resource: Resource): Tracked<Mapping> {
  return { value: resource.object, origin: resource.origin };
}

// Names that YAML reads as numbers or booleans are accepted by kustomize as they stand.
function text(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** Splits `apps/v1` into group and version; `v1` has the empty group. */
export function groupVersionKind(object: Mapping): GroupVersionKind {
  const apiVersion = text(object['apiVersion']);
  const slash = apiVersion.indexOf('/');
  return {
    group: slash < 0 ? '' : apiVersion.slice(0, slash),
    version: apiVersion.slice(slash + 1),
    kind: text(object['kind']),
  };
}

export function nameOf(object: Mapping): string {
  const metadata = object['metadata'];
  return isMapping(metadata) ? text(metadata['name']) : '';
}

export function namespaceOf(object: Mapping): string {
  const metadata = object['metadata'];
  return isMapping(metadata) ? text(metadata['namespace']) : '';
}

/** The reference that reports show: one for all that is said of an object. */
export const objectReference = knownOnce((object: Mapping): ObjectReference => {
  const namespace = namespaceOf(object);
  const [apiVersion, kind, name] = [text(object['apiVersion']), text(object['kind']), nameOf(object)];
  return namespace === '' ? { apiVersion, kind, name } : { apiVersion, kind, namespace, name };
});
