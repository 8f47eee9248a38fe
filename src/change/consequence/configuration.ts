import { addTo, grouped } from '../../diagnostic/grouped.ts';
import { listSome } from '../../diagnostic/list-some.ts';
import type { Build } from '../../object/build.ts';
import { knownOnce } from '../../object/known-once.ts';
import { textAt } from '../../object/object-field.ts';
import { nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import { inventoryKey } from '../../reconcile/cluster.ts';
import { equalValues, isMapping, itemsAt, type Mapping, type Path, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { configurationReads, type Read } from '../../workload/pod/configuration-reads.ts';
import { type PodTemplate, podTemplatesOf } from '../../workload/pod/pod-template.ts';
import { unreadObjects } from '../../workload/unread-object.ts';
import type { ClusterPair, Owners } from '../cluster-pair.ts';
import { ownerWords } from '../owner.ts';
import { objectWords } from '../twins.ts';
import { wholeOf } from '../whole.ts';
import { type Consequence, fieldsOf, type Taken } from './consequence.ts';
import { isUnusedFrom, type Substituter, substitutersOf } from './variable-use.ts';

/**
 * What pods see of a ConfigMap or Secret that changes and keeps its name: files of a volume follow, variables and files that are mounted
 * one by one stay as they were when the container started.
 */
export function configurationConsequences({ head, update, cluster }: Taken): Consequence[] {
  const { object } = head.resource;
  const kind = valueText(object['kind']);
  const data = fieldsOf(update).filter(([field]) => dataFields.has(valueText(field)));
  const [at] = data;
  if ((kind !== 'ConfigMap' && kind !== 'Secret') || at === undefined) return [];
  const releases = releasesOf(object, new Set(data.map(([, key]) => valueText(key))), cluster);
  if (releases.length > 0)
    return [
      {
        at,
        explains: data,
        actions: ['update'],
        reason: 'release-values-changed',
        severity: 'changes',
        what: listSome(releases),
      },
    ];
  const readers = readersOf(head.resource, new Set(data.map(([, key]) => valueText(key))), cluster);
  if (readers.length === 0) return readByNoPod(head.resource, data, cluster);
  const stale = readers.filter((one) => one.sees === 'old');
  const details = readers.map(readerWords);
  if (stale.length === 0) return [];
  const isUnseen = stale.length === readers.length;
  return [
    {
      at,
      explains: data,
      actions: ['update'],
      reason: isUnseen ? 'reaches-no-pod' : 'reaches-some-pods',
      severity: 'silent',
      details,
      safe: reloadSteps(kind),
    },
  ];
}

/** The releases that take values from one of the keys, and whose charts are not rendered here. */
function releasesOf(object: Mapping, keys: ReadonlySet<string>, { head }: ClusterPair): string[] {
  const takers = valuesTakers(head);
  const [kind, namespace, name] = [valueText(object['kind']), namespaceOf(object), nameOf(object)];
  return [...new Set([...keys].flatMap((key) => takers.get(valuesKey(kind, namespace, name, key)) ?? []))];
}

const valuesTakers = knownOnce(({ all, inventory }: Owners): ReadonlyMap<string, string[]> => {
  const takers = new Map<string, string[]>();
  const rendered = new Set(
    all.filter(({ notRendered }) => notRendered.length === 0).map(({ declaration }) => declaration?.object),
  );
  for (const [held] of inventory.values()) {
    const object = held?.resource.object;
    if (held === undefined || object?.['kind'] !== 'HelmRelease' || rendered.has(object)) continue;
    for (const one of itemsAt(object, ['spec', 'valuesFrom'])) {
      if (!isMapping(one)) continue;
      const [kind = '', name = '', key = 'values.yaml'] = ['kind', 'name', 'valuesKey'].map((field) =>
        textAt(one, field),
      );
      addTo(takers, valuesKey(kind, namespaceOf(object), name, key), objectWords(held.resource));
    }
  }
  return takers;
});

function valuesKey(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}

/** What changes of a ConfigMap or Secret that no pod reads and that has nowhere to go. */
function readByNoPod(resource: Resource, data: readonly Path[], cluster: ClusterPair): Consequence[] {
  const users = substitutersOf(resource.object, cluster);
  if (users.length > 0) return unusedVariables(resource.object, data, users);
  const [at] = data;
  const isUnread = [cluster.base, cluster.head]
    .map(wholeOf)
    .every(
      (build) => unreadIn(build).has(inventoryKey(resource)) || areKeysUnread(resource.object, data, build),
    );
  return at === undefined || !isUnread
    ? []
    : [{ at, explains: data, actions: ['update'], reason: 'read-by-nothing', severity: 'silent' }];
}

const unreadIn = knownOnce(
  (build: Build) => new Set(unreadObjects([build]).map(({ resource }) => inventoryKey(resource))),
);

/** Whether pods read other keys of it one by one, jobs included, and none all of it. */
function areKeysUnread(object: Mapping, data: readonly Path[], build: Build): boolean {
  const changed = new Set(data.map(([, key]) => valueText(key)));
  const reads = podTemplatesOf(build)
    .filter(({ namespace }) => namespace === namespaceOf(object))
    .flatMap((template) => readsOf(template))
    .filter(({ kind, name }) => kind === object['kind'] && name === nameOf(object));
  return build.complete && reads.length > 0 && !reads.some((read) => isAbout(read, changed));
}

/** Variables of a ConfigMap or Secret that no owner that substitutes them puts anywhere. */
function unusedVariables(
  object: Mapping,
  data: readonly Path[],
  users: readonly Substituter[],
): Consequence[] {
  const isUnused = (path: Path): boolean =>
    users.every((one) => isUnusedFrom(one, valueText(path[1]), object));
  const unused = data.filter(isUnused);
  const [at] = unused;
  if (at === undefined) return [];
  return [
    {
      at,
      explains: unused,
      actions: ['update'],
      reason: 'reaches-nothing',
      severity: 'silent',
      what: unused.map((path) => valueText(path[1])).join(', '),
      details: users.map(({ now }) => `${ownerWords(now)} builds the same with the old value`),
    },
  ];
}

const dataFields: ReadonlySet<string> = new Set(['data', 'binaryData', 'stringData']);

/** A workload that reads what changes, and whether its pods see it. */
interface Reader {
  readonly template: PodTemplate;
  readonly sees: 'old' | 'new' | 'restarts';
}

function readersOf(changed: Resource, keys: ReadonlySet<string>, cluster: ClusterPair): Reader[] {
  const { object } = changed;
  const name = nameOf(object);
  const templates = templatesByNamespace(wholeOf(cluster.head)).get(namespaceOf(object)) ?? [];
  return templates.flatMap((template): Reader[] => {
    const reads = readsOf(template).filter(
      (read) => read.kind === object['kind'] && read.name === name && isAbout(read, keys),
    );
    if (reads.length === 0) return [];
    if (restartsAnyway(template, changed, cluster)) return [{ template, sees: 'restarts' }];
    return [{ template, sees: reads.some(({ way }) => way !== 'volume') ? 'old' : 'new' }];
  });
}

const templatesByNamespace = knownOnce((build: Build) =>
  // What a Job or a CronJob starts next reads what is there then.
  grouped(
    podTemplatesOf(build).filter(
      ({ resource }) => !['Job', 'CronJob'].includes(valueText(resource.object['kind'])),
    ),
    ({ namespace }) => namespace,
  ),
);

const readsOf = knownOnce(configurationReads);

function isAbout({ keys }: Read, changed: ReadonlySet<string>): boolean {
  return keys === undefined || changed.has('') || keys.some((key) => changed.has(key));
}

/** Whether the pods are made anew in this change, or a controller restarts them. */
function restartsAnyway({ resource, path }: PodTemplate, changed: Resource, { base }: ClusterPair): boolean {
  const [old] = base.inventory.get(inventoryKey(resource)) ?? [];
  const isNew =
    old === undefined || !equalValues(valueAt(old.resource.object, path), valueAt(resource.object, path));
  return isNew || isReloaded(resource.object, path, changed.object);
}

const reloader = 'reloader.stakater.com';

/** Annotations of Stakater's Reloader on a workload or on its template. */
function isReloaded(workload: Mapping, template: Path, changed: Mapping): boolean {
  const kind = valueText(changed['kind']).toLowerCase();
  const isMarked = valueAt(changed, ['metadata', 'annotations', `${reloader}/match`]) === 'true';
  return [[], template].some((path) => {
    const annotations = valueAt(workload, [...path, 'metadata', 'annotations']);
    if (!isMapping(annotations)) return false;
    const says = (key: string): string => valueText(valueAt(annotations, [key]));
    if (says(`${reloader}/auto`) === 'true' || says(`${kind}.${reloader}/auto`) === 'true') return true;
    if (says(`${reloader}/search`) === 'true' && isMarked) return true;
    const named = says(`${kind}.${reloader}/reload`).split(',');
    return named.some((one) => one.trim() === nameOf(changed));
  });
}

function readerWords({ template, sees }: Reader): string {
  const who = objectWords(template.resource);
  if (sees === 'restarts') return `${who} restarts and reads it again`;
  if (sees === 'new') return `${who} mounts all of it: its files are updated within a minute or two`;
  return `${who} reads it when a container starts: running pods keep the old values`;
}

function reloadSteps(kind: 'ConfigMap' | 'Secret'): Consequence['safe'] & object {
  const generator = kind === 'ConfigMap' ? 'configMapGenerator' : 'secretGenerator';
  return [
    { text: `generate it with a ${generator}: the hash in the name changes the pod template` },
    {
      text: 'or restart the workloads: run kubectl rollout restart, or change an annotation of the pod template with it',
    },
  ];
}
