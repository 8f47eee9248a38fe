import { knownOnce } from '../../object/known-once.ts';
import { groupVersionKind, nameOf, namespaceOf } from '../../object/resource.ts';
import {
  type CustomKinds,
  customKindVersions,
  findCustomKind,
  noCustomKinds,
} from '../../schema/custom-kind.ts';
import { factsFor, findKind, kindVersions } from '../../schema/facts.ts';
import { isClusterScoped } from '../../schema/kind-names.ts';
import { formatPath, type Mapping, type Path } from '../../source/value.ts';
import { madeAlike } from '../plain-difference.ts';
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
  /** In which other versions, and groups, the kind is served; undefined where nobody knows them. */
  readonly others: readonly GroupVersion[] | undefined;
  readonly namespace: string;
  readonly name: string;
  readonly isClusterScoped: boolean;
  /** The same for all requests that resource rules cannot tell apart. */
  readonly type: string;
  /** Given with the request, or as far as its name alone tells. */
  readonly namespaceObject: Mapping | undefined;
}

export interface GroupVersion {
  readonly group: string;
  readonly version: string;
}

export function apiVersionOf({ group, version }: GroupVersion): string {
  return group === '' ? version : `${group}/${version}`;
}

const newest: Kinds = { facts: factsFor(''), customKinds: noCustomKinds };

/** The same for all policies that judge one request. */
export const targetOf = knownOnce((request: AdmissionRequest): Target => {
  const { kinds = newest } = request;
  const object = subjectOf(request);
  const gvk = groupVersionKind(object);
  const isKnown =
    findKind(kinds.facts, gvk.group, gvk.version, gvk.kind) !== undefined ||
    findCustomKind(kinds.customKinds, gvk.group, gvk.version, gvk.kind) !== undefined;
  const isCluster = isClusterScoped(gvk, kinds.customKinds);
  const resource = resourceName(gvk, kinds.customKinds);
  const beside = isKnown ? servedBeside(kinds, gvk) : undefined;
  const namespace = isCluster ? '' : namespaceOf(object) || 'default';
  return {
    request,
    kinds,
    ...gvk,
    resource,
    others: beside?.others,
    namespace,
    name: nameOf(object),
    isClusterScoped: isCluster,
    type: `${gvk.group}/${gvk.version}/${resource}/${request.operation}/${beside?.words ?? '?'}`,
    namespaceObject: isCluster ? undefined : namespaceSeen(request.namespaceObject, namespace, kinds),
  };
});

interface GroupVersionKind extends GroupVersion {
  readonly kind: string;
}

interface Beside {
  readonly others: readonly GroupVersion[];
  /** The same for the same ones. */
  readonly words: string;
}

/** Found once for each kind: a CRD may have thousands of versions. */
function servedBeside({ facts, customKinds }: Kinds, gvk: GroupVersionKind): Beside {
  const known = besideIn(customKinds);
  const key = `${facts.version} ${gvk.group}/${gvk.version}/${gvk.kind}`;
  const found = known.get(key) ?? findBeside({ facts, customKinds }, gvk);
  known.set(key, found);
  return found;
}

const besideIn = knownOnce((_kinds: CustomKinds) => new Map<string, Beside>());

function findBeside({ facts, customKinds }: Kinds, gvk: GroupVersionKind): Beside {
  const others = groupsOf(gvk).flatMap((group) => {
    const all = [
      ...kindVersions(facts, group, gvk.kind),
      ...customKindVersions(customKinds, group, gvk.kind),
    ];
    const versions = new Set(all);
    if (group === gvk.group) versions.delete(gvk.version);
    return [...versions].map((version) => ({ group, version }));
  });
  return { others, words: others.map(apiVersionOf).join() };
}

/** Of what a server serves in two groups and stores in one place Events alone are left (pkg/kubeapiserver of 1.36). */
function groupsOf({ group, kind }: GroupVersionKind): readonly string[] {
  const eventGroups = ['', 'events.k8s.io'];
  return kind === 'Event' && eventGroups.includes(group) ? eventGroups : [group];
}

/** In which version, and as what, policies see an object. */
export interface Seen {
  readonly apiVersion: string;
  readonly view: View;
}

/** The object that policies see; undefined in a deletion. */
export function objectSeen(target: Target, { apiVersion, view }: Seen): Mapping | undefined {
  const { object } = target.request;
  return object === undefined ? undefined : convertObject(served(object, target.kinds, view), apiVersion);
}

/** The old object of the request, likewise. */
export function oldObjectSeen(target: Target, { apiVersion, view }: Seen): Mapping | undefined {
  const { oldObject } = target.request;
  return oldObject === undefined
    ? undefined
    : convertObject(served(oldObject, target.kinds, view), apiVersion);
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
  const known = madeOf(object, kinds, view);
  if (known !== undefined) return known;
  const result = madeLike(object, kinds, view) ?? servedObject(object, kinds, view);
  made.set(object, [...(made.get(object) ?? []), { ...kinds, view, object: result }]);
  return result;
}

function madeOf(object: Mapping, kinds: Kinds, view: View): Mapping | undefined {
  return made.get(object)?.find((one) => isMadeFor(one, kinds, view))?.object;
}

function isMadeFor(one: Kinds & { readonly view: View }, kinds: Kinds, view: View): boolean {
  return one.facts === kinds.facts && one.customKinds === kinds.customKinds && one.view === view;
}

/** An object that policies have seen, and where another one has other texts, which a server only copies. */
interface Like extends Made {
  readonly paths: readonly Path[];
  readonly written: Mapping;
}

const likes = new WeakMap<Mapping, Like>();

/** Notes that an object differs from another one, which policies may have seen, in texts at some places that a server only copies. */
export function noteLike(target: Target, other: Target, view: View, paths: readonly Path[]): void {
  const [object, written] = [subjectOf(target.request), subjectOf(other.request)];
  const { kinds } = target;
  const seen = madeOf(written, other.kinds, view);
  const like = likes.get(written);
  if (seen !== undefined) likes.set(object, { ...kinds, view, object: seen, paths, written });
  else if (like !== undefined && isMadeFor(like, kinds, view))
    likes.set(object, {
      ...like,
      paths: [...new Map([...like.paths, ...paths].map((path) => [formatPath(path), path])).values()],
    });
}

/** What a server makes of an object like another one. */
function madeLike(object: Mapping, kinds: Kinds, view: View): Mapping | undefined {
  const like = likes.get(object);
  if (like === undefined || !isMadeFor(like, kinds, view)) return undefined;
  return madeAlike(like.object, like.written, object, like.paths);
}
