import { groupVersionKind, nameOf, namespaceOf } from '../../object/resource.ts';
import { customKindVersions, findCustomKind, noCustomKinds } from '../../schema/custom-kind.ts';
import { factsFor, findKind, kindVersions } from '../../schema/facts.ts';
import { isClusterScoped } from '../../schema/kind-names.ts';
import type { Mapping } from '../../source/value.ts';
import { type AdmissionRequest, subjectOf } from '../request.ts';
import { convertObject } from '../served/convert.ts';
import { namespaceSeen } from '../served/namespace.ts';
import { type Kinds, servedObject, type View } from '../served/served-object.ts';
import { resourceName } from './resource-name.ts';

/** A request as matching and the `request` variable see it. */
export interface Target {
  readonly request: AdmissionRequest;
  readonly kinds: Kinds;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly resource: string;
  /** The other versions that serve the kind; undefined where nobody knows them. */
  readonly otherVersions: readonly string[] | undefined;
  readonly namespace: string;
  readonly name: string;
  readonly isClusterScoped: boolean;
  /** The same for all requests that resource rules cannot tell apart. */
  readonly type: string;
  /** Given with the request, or as far as its name alone tells. */
  readonly namespaceObject: Mapping | undefined;
}

const newest: Kinds = { facts: factsFor(''), customKinds: noCustomKinds };

export function targetOf(request: AdmissionRequest): Target {
  const { kinds = newest } = request;
  const object = subjectOf(request);
  const gvk = groupVersionKind(object);
  const isKnown =
    findKind(kinds.facts, gvk.group, gvk.version, gvk.kind) !== undefined ||
    findCustomKind(kinds.customKinds, gvk.group, gvk.version, gvk.kind) !== undefined;
  const isCluster = isClusterScoped(gvk, kinds.customKinds);
  const resource = resourceName(gvk, kinds.customKinds);
  const otherVersions = isKnown ? versionsBeside(kinds, gvk) : undefined;
  const namespace = isCluster ? '' : namespaceOf(object) || 'default';
  return {
    request,
    kinds,
    ...gvk,
    resource,
    otherVersions,
    namespace,
    name: nameOf(object),
    isClusterScoped: isCluster,
    type: `${gvk.group}/${gvk.version}/${resource}/${request.operation}/${(otherVersions ?? ['?']).join()}`,
    namespaceObject: isCluster ? undefined : namespaceSeen(request.namespaceObject, namespace, kinds),
  };
}

function versionsBeside(
  { facts, customKinds }: Kinds,
  { group, version, kind }: { readonly group: string; readonly version: string; readonly kind: string },
): readonly string[] {
  const all = [...kindVersions(facts, group, kind), ...customKindVersions(customKinds, group, kind)];
  return [...new Set(all)].filter((other) => other !== version);
}

/** In which version, and as what, policies see an object. */
export interface Seen {
  readonly version: string;
  readonly view: View;
}

/** The object that policies see; undefined in a deletion. */
export function objectSeen(target: Target, { version, view }: Seen): Mapping | undefined {
  const { object } = target.request;
  return object === undefined ? undefined : convertObject(served(object, target.kinds, view), version);
}

/** The old object of the request, likewise. */
export function oldObjectSeen(target: Target, { version, view }: Seen): Mapping | undefined {
  const { oldObject } = target.request;
  return oldObject === undefined ? undefined : convertObject(served(oldObject, target.kinds, view), version);
}

/** An object that policies take their parameters from. */
export function parameterSeen(object: Mapping, kinds: Kinds): Mapping {
  // The configuration gives values alone.
  return object['kind'] === undefined ? object : served(object, kinds, 'admission');
}

interface Made extends Kinds {
  readonly view: View;
  readonly object: Mapping;
}

const made = new WeakMap<Mapping, Made[]>();

/** Made for the first policy that asks. */
function served(object: Mapping, kinds: Kinds, view: View): Mapping {
  const known = made.get(object) ?? [];
  const same = known.find(
    (one) => one.facts === kinds.facts && one.customKinds === kinds.customKinds && one.view === view,
  );
  if (same !== undefined) return same.object;
  const result = servedObject(object, kinds, view);
  made.set(object, [...known, { ...kinds, view, object: result }]);
  return result;
}
