import { getAt, getPart, type Origin, removeKey, setKey, type Tracked } from '../object/provenance.ts';
import {
  type ChartOrigin,
  type GroupVersionKind,
  groupVersionKind,
  nameOf,
  namespaceOf,
  type Resource,
} from '../object/resource.ts';
import { internalName } from '../source/internal-annotations.ts';
import { isMapping, type Mapping, type Path, type Value, valueAt } from '../source/value.ts';
import { builtinMergeSchemas } from './merge-schema.ts';

/** What identifies an object in a build: kustomize's resid.ResId. */
export interface ResourceId extends GroupVersionKind {
  readonly name: string;
  readonly namespace: string;
}

/** An earlier name of an object; namespace is the effective one (`default` for none). */
export interface PreviousId {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

/** An object on its way through a build, with what kustomize keeps in internal annotations until the end. */
export interface AccumulatedResource {
  readonly tracked: Tracked<Mapping>;
  /** Every identity it had before, the first one first. */
  readonly previous: readonly PreviousId[];
  readonly prefixes: readonly string[];
  readonly suffixes: readonly string[];
  readonly behavior: GeneratorBehavior;
  readonly needsHash: boolean;
  /** Made by a generator, which notes its behavior down. */
  readonly isGenerated?: true;
  /** Whether a generator made it or merged into it, so that it never was a text that kustomize has read. */
  readonly isMade?: true;
  /** It went through JSON since it was read. */
  readonly isWithoutComments?: true;
  /** Its origin where a chart wrote it without a comment, until something changes it. */
  readonly plain?: Origin;
  /** Fields that share a node in kustomize, see `shared-field.ts`. */
  readonly shared?: readonly (readonly Path[])[];
  /** Names of the `vars` that read from it. */
  readonly variables: readonly string[];
  /** Texts of `buildMetadata: [originAnnotations, transformerAnnotations]`, absent unless asked for. */
  readonly originAnnotation?: OriginAnnotation;
  /** The chart that it was rendered from. */
  readonly chart?: ChartOrigin;
  readonly transformations?: readonly OriginAnnotation[];
}

export type GeneratorBehavior = 'unspecified' | 'create' | 'replace' | 'merge';

/** What `config.kubernetes.io/origin` says. */
export interface OriginAnnotation {
  readonly path?: string;
  readonly configuredIn?: string;
  readonly configuredBy?: {
    readonly apiVersion: string;
    readonly kind: string;
    readonly name?: string;
    readonly namespace?: string;
  };
}

/** The object as it is on its way, for whoever asks where it comes from. */
export function resourceOf({ tracked: { value, origin }, chart }: AccumulatedResource): Resource {
  return { object: value, origin, ...(chart === undefined ? {} : { chart }) };
}

/** A resource as it comes out of a file. */
export function newResource(tracked: Tracked<Mapping>): AccumulatedResource {
  const annotations = valueAt(tracked.value, ['metadata', 'annotations']);
  const note = (name: string): string[] => listNoted(annotations, name);
  const names = note('previousNames');
  const namespaces = note('previousNamespaces');
  const kinds = note('previousKinds');
  return {
    tracked,
    previous: names.map((name, index) => ({
      name,
      kind: kinds[index] ?? '',
      namespace: namespaces[index] ?? '',
    })),
    prefixes: note('prefixes'),
    suffixes: note('suffixes'),
    behavior: 'unspecified',
    needsHash: note('needsHashSuffix')[0] === 'enabled',
    variables: [],
  };
}

// kustomize keeps these lists in annotations, so a file that holds them already is taken at its word.
function listNoted(annotations: Value | undefined, name: string): string[] {
  const text = isMapping(annotations) ? annotations[internalName(name)] : undefined;
  return typeof text === 'string' ? text.split(',') : [];
}

/** Its present identity. */
export function currentId(resource: AccumulatedResource): ResourceId {
  return identityOf(resource.tracked.value).id;
}

/** A key that is equal for resources whose present identities are the same. */
export function currentKey(resource: AccumulatedResource): string {
  return identityOf(resource.tracked.value).key;
}

interface Identity {
  readonly id: ResourceId;
  readonly key: string;
}

// Asked for over and over between two changes of an object, and objects never change in place.
const identities = new WeakMap<Mapping, Identity>();

function identityOf(object: Mapping): Identity {
  let identity = identities.get(object);
  if (identity === undefined) {
    const id = { ...groupVersionKind(object), name: nameOf(object), namespace: namespaceOf(object) };
    identity = { id, key: idKey(id) };
    identities.set(object, identity);
  }
  return identity;
}

/** Its first identity. */
export function originalId(resource: AccumulatedResource): ResourceId {
  const first = resource.previous[0];
  return first === undefined
    ? currentId(resource)
    : { ...groupVersionKind(resource.tracked.value), ...first };
}

/** Every identity it ever had, the present one last. */
export function allIds(resource: AccumulatedResource): ResourceId[] {
  const gvk = groupVersionKind(resource.tracked.value);
  return [...resource.previous.map((previous) => ({ ...gvk, ...previous })), currentId(resource)];
}

/** Whether this is or ever was its name: asked first, because it rules out most. */
export function wasNamed(resource: AccumulatedResource, name: string): boolean {
  return currentId(resource).name === name || resource.previous.some((previous) => previous.name === name);
}

/** No namespace and `default` are the same; a cluster-scoped kind has none. */
export function effectiveNamespace(id: ResourceId): string {
  if (isClusterScopedInKustomize(id)) return '_non_namespaceable_';
  return id.namespace === '' ? 'default' : id.namespace;
}

/** Same kind, name and effective namespace. */
export function sameId(a: ResourceId, b: ResourceId): boolean {
  return (
    a.name === b.name &&
    a.kind === b.kind &&
    a.group === b.group &&
    a.version === b.version &&
    effectiveNamespace(a) === effectiveNamespace(b)
  );
}

const clusterScoped = new Map<string, boolean>();

/** Whether kustomize knows the kind as cluster-scoped; what nobody described counts as namespaced. */
export function isClusterScopedInKustomize(gvk: GroupVersionKind): boolean {
  const apiVersion = gvk.group === '' ? gvk.version : `${gvk.group}/${gvk.version}`;
  const key = `${apiVersion} ${gvk.kind}`;
  let scoped = clusterScoped.get(key);
  if (scoped === undefined) {
    scoped = builtinMergeSchemas.isNamespaceScoped(apiVersion, gvk.kind) === false;
    clusterScoped.set(key, scoped);
  }
  return scoped;
}

/** A key that is equal for ids that are the same. */
export function idKey(id: ResourceId): string {
  return `${id.group}\n${id.version}\n${id.kind}\n${effectiveNamespace(id)}\n${id.name}`;
}

/** `Deployment ns/name`, for messages. */
export function describeId(id: ResourceId): string {
  return `${id.kind} ${id.namespace === '' ? '' : `${id.namespace}/`}${id.name}`;
}

/** The resource with its present identity remembered as a previous one. */
export function rememberId(resource: AccumulatedResource): AccumulatedResource {
  const id = currentId(resource);
  const previous = { kind: id.kind, name: id.name, namespace: effectiveNamespace(id) };
  return { ...resource, previous: [...resource.previous, previous] };
}

/** Whether kustomize would have annotations of its own on the object by now. */
export function hasNotes(resource: AccumulatedResource): boolean {
  const { previous, prefixes, suffixes, needsHash, originAnnotation } = resource;
  const isAnnotated = originAnnotation !== undefined || resource.isGenerated === true;
  return previous.length + prefixes.length + suffixes.length > 0 || needsHash || isAnnotated;
}

/** The object with `metadata.<field>` set, or removed where there is no value. */
export function setMetadata(
  object: Tracked<Mapping>,
  field: string,
  value: Tracked | undefined,
): Tracked<Mapping> {
  const metadata = getPart(object, 'metadata');
  if (metadata === undefined || !isMapping(metadata.value)) return object;
  const part = getAt(object, ['metadata', field]);
  if (part?.value === value?.value && part?.origin === value?.origin) return object;
  const changed =
    value === undefined
      ? removeKey(metadata as Tracked<Mapping>, field)
      : setKey(metadata as Tracked<Mapping>, field, value);
  return setKey(object, 'metadata', changed);
}
