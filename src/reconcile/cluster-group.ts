import { addTo } from '../diagnostic/grouped.ts';
import { locateField } from '../object/provenance.ts';
import { nameOf, namespaceOf, type Resource, trackedObject } from '../object/resource.ts';
import { directoriesAbove, isBelow } from '../source/path.ts';
import { valueText } from '../source/value-text.ts';
import { controllerKindOf } from './controller-kinds.ts';
import type { FindObject } from './flux/variables.ts';
import type { ClusterId, Reconciliation } from './reconciliation.ts';

/** What reaches one cluster, while it is being found. */
export interface ClusterGroup {
  readonly id: ClusterId;
  /** How many groups began before it. */
  readonly place: number;
  readonly reconciliations: Reconciliation[];
  /** What is declared here and applied to another cluster. */
  readonly remote: Reconciliation[];
  /** The entry points that were met, by `identityOf`. */
  readonly seen: Set<string>;
  readonly inputs: Map<string, Resource>;
  /** What the cluster has of earlier, which counts where nothing brings it anew. */
  readonly kept: Map<string, Resource>;
}

/** All groups of a run, and what tells them apart beside their directories. */
export interface ClusterGroups {
  readonly byKey: Map<string, ClusterGroup>;
  /** The groups of a directory, in the order in which they began. */
  readonly byRoot: Map<string, ClusterGroup[]>;
  /** What was found of them, by the directory that is applied, where to, and the place or the name of its declaration. */
  readonly byPath: Map<string, Reconciliation[]>;
  /** Directories whose entry points are ways to the same clusters, never used together. */
  readonly alternatives: readonly string[];
}

/** The group of a directory or of one above it; a name that is taken there belongs to another cluster. */
export function groupAbove(
  groups: ClusterGroups,
  { key, identity, file }: { readonly key: string; readonly identity: string; readonly file: string },
): ClusterGroup {
  const alternative = alternativeAt(groups, file);
  const roots = new Set([key, ...directoriesAbove(key).filter((root) => root !== '')]);
  const [above] = [...roots]
    .flatMap((root) => groups.byRoot.get(root) ?? [])
    .filter((group) => group.id.alternative === alternative && !group.seen.has(identity))
    .sort((a, b) => a.place - b.place);
  return above ?? newGroup(groups, groups.byKey.has(key) ? file : key, alternative);
}

export function newGroup(
  { byKey, byRoot }: ClusterGroups,
  key: string,
  alternative: string | undefined,
): ClusterGroup {
  const group: ClusterGroup = {
    id: { root: key, ...(alternative === undefined ? {} : { alternative }) },
    place: byKey.size,
    reconciliations: [],
    remote: [],
    seen: new Set(),
    inputs: new Map(),
    kept: new Map(),
  };
  byKey.set(key, group);
  addTo(byRoot, key, group);
  return group;
}

/** The group of a key, one for each alternative that has to do with it. */
export function groupOf(groups: ClusterGroups, key: string, alternative: string | undefined): ClusterGroup {
  const { byKey } = groups;
  const own = alternative === undefined || alternative === key ? key : `${key} by ${alternative}`;
  const isOther = byKey.has(key) && byKey.get(key)?.id.alternative !== alternative;
  const name = isOther ? own : key;
  return byKey.get(name) ?? newGroup(groups, name, alternative);
}

/** What one build brings of several alternatives is no part of one cluster. */
export function groupOfEntry(groups: ClusterGroups, group: ClusterGroup, entry: Resource): ClusterGroup {
  const file = locateField(trackedObject(entry), ['metadata', 'name']).span?.file.path;
  const alternative = file === undefined ? undefined : alternativeAt(groups, file);
  if (alternative === undefined || alternative === group.id.alternative) return group;
  return groupOf(groups, alternative, alternative);
}

export function alternativeAt({ alternatives }: ClusterGroups, file: string): string | undefined {
  return alternatives.find((directory) => isBelow(file, directory));
}

/** What an entry point is known by in its cluster; no two of one cluster have it in common. */
export function identityOf(resource: Resource, namespace: string): string {
  return inputKey(valueText(resource.object['kind']), namespace, nameOf(resource.object));
}

/** Keeps what other entry points of the cluster may be made of. */
export function rememberInputs({ inputs }: ClusterGroup, resources: readonly Resource[]): void {
  remember(inputs, resources);
}

/** Keeps what the cluster has of earlier, where nothing brings it anew. */
export function rememberKept({ kept }: ClusterGroup, resources: readonly Resource[]): void {
  remember(kept, resources);
}

function remember(known: Map<string, Resource>, resources: readonly Resource[]): void {
  for (const resource of resources) {
    const { kind } = resource.object;
    const isInput = kind === 'ConfigMap' || kind === 'Secret' || controllerKindOf(resource)?.givesInputs;
    if (isInput === true)
      known.set(inputKey(valueText(kind), namespaceOf(resource.object), nameOf(resource.object)), resource);
  }
}

/** Finds what the cluster has, be it of earlier. */
export function findIn(group: ClusterGroup): FindObject {
  const find = findBrought(group);
  return (kind, namespace, name) =>
    find(kind, namespace, name) ?? group.kept.get(inputKey(kind, namespace, name));
}

/** Finds what is brought now. */
export function findBrought({ inputs }: ClusterGroup): FindObject {
  return (kind, namespace, name) => inputs.get(inputKey(kind, namespace, name));
}

/** Finds some of the objects that are named when the first is asked for. */
export function findAmong(name: () => readonly Resource[]): FindObject {
  let known: Map<string, Resource> | undefined;
  return (kind, namespace, one) => {
    if (known === undefined) {
      known = new Map();
      remember(known, name());
    }
    return known.get(inputKey(kind, namespace, one));
  };
}

function inputKey(kind: string, namespace: string, name: string): string {
  return `${kind} ${namespace}/${name}`;
}

/** An entry point that something applies by another name, with a prefix or in a namespace, is not as its file has it. */
export function dropRenamed({ byKey, byPath }: ClusterGroups, entry: Resource, own: Reconciliation): void {
  const place = placeOf(entry);
  const isRenamed = keysOf(own).some((key) =>
    (byPath.get(key) ?? []).some(
      ({ declaration }) =>
        declaration !== undefined &&
        declaration !== entry &&
        (placeOf(declaration) === place || isPlacedAs(declaration, entry)),
    ),
  );
  if (!isRenamed || place === undefined) return;
  const lists = [...byKey.values()].flatMap(({ reconciliations, remote }) => [reconciliations, remote]);
  for (const list of [...keysOf(own).map((key) => byPath.get(key) ?? []), ...lists]) {
    const index = list.findIndex(({ declaration }) => declaration === entry);
    if (index >= 0) list.splice(index, 1);
  }
}

/** Whether an entry point without a namespace is one that has one: whoever applies it first says where. */
function isPlacedAs(placed: Resource, { object }: Resource): boolean {
  return (
    namespaceOf(object) === '' &&
    placed.object['kind'] === object['kind'] &&
    nameOf(placed.object) === nameOf(object)
  );
}

/** Keeps what was found, so that others of the same directory are found by it. */
export function rememberFound({ byPath }: ClusterGroups, owner: Reconciliation): void {
  for (const key of keysOf(owner)) addTo(byPath, key, owner);
}

/** What was found once is as it was found again. */
export function replaceFound({ byPath }: ClusterGroups, former: Reconciliation, now: Reconciliation): void {
  for (const key of keysOf(former)) {
    const alike = byPath.get(key) ?? [];
    const index = alike.indexOf(former);
    if (index >= 0) alike[index] = now;
  }
}

/** Of those that apply a directory to one place, only those can be the same whose declarations have the place or the name in common. */
function keysOf({ path, destination, declaration }: Reconciliation): string[] {
  const where = [path, destination];
  if (declaration === undefined) return [JSON.stringify(where)];
  const { object } = declaration;
  return [
    JSON.stringify([...where, 'at', placeOf(declaration) ?? '']),
    JSON.stringify([...where, 'named', valueText(object['kind']), nameOf(object)]),
  ];
}

function placeOf(resource: Resource): string | undefined {
  const { span } = locateField(trackedObject(resource), ['kind']);
  return span === undefined ? undefined : `${span.file.path} ${span.start}`;
}
