import type { Build } from '../object/build.ts';
import { knownOnce } from '../object/known-once.ts';
import { originalText } from '../object/layer.ts';
import { isKind, textAt } from '../object/object-field.ts';
import { groupVersionKind, nameOf, namespaceOf, type Resource } from '../object/resource.ts';
import {
  isMapping,
  isSequence,
  itemsAt,
  type Mapping,
  mappingOf,
  type Value,
  valueAt,
} from '../source/value.ts';
import { isOperated } from './custom-resource.ts';
import { podTemplatesOf } from './pod/pod-template.ts';

/** A ConfigMap or Secret that nothing reads, and the build that holds it. */
export interface UnreadObject {
  readonly resource: Resource;
  readonly build: Build;
}

/** ConfigMaps and Secrets that no object of the builds names, where all who may read them are among them. */
export function unreadObjects(builds: readonly Build[]): UnreadObject[] {
  // What a broken build would have held may read anything.
  if (!builds.every(({ complete }) => complete)) return [];
  const isOpen = openNamespaces(builds);
  const candidates = builds.flatMap((build) =>
    build.resources
      .filter((resource) => {
        const namespace = namespaceOf(resource.object);
        return isKept(resource) && podNamespaces(build).has(namespace) && !isOpen(namespace);
      })
      .map((resource) => ({ resource, build })),
  );
  const mentioned = mentionedAmong(
    new Set(candidates.flatMap(({ resource }) => namesOf(resource))),
    builds.flatMap(({ resources }) => resources),
  );
  return candidates.filter(({ resource }) => !namesOf(resource).some((name) => mentioned.has(name)));
}

/** Its own name and the one that its file knows it by. */
function namesOf(resource: Resource): string[] {
  return [nameOf(resource.object), originalText(resource, ['metadata', 'name']) ?? nameOf(resource.object)];
}

/** Whether it holds something that is found by its name alone, and by no label, annotation or type. */
function isKept({ object }: Resource): boolean {
  if (object['apiVersion'] !== 'v1') return false;
  if (object['kind'] !== 'ConfigMap' && (object['kind'] !== 'Secret' || !isOpaque(object['type'])))
    return false;
  const isHarmless = (key: string): boolean => ofTools.test(key);
  return ['labels', 'annotations'].every((field) => {
    const entries = valueAt(object, ['metadata', field]);
    return !isMapping(entries) || Object.keys(entries).every(isHarmless);
  });
}

function isOpaque(type: Value | undefined): boolean {
  return type === undefined || type === 'Opaque' || type === 'kubernetes.io/tls';
}

/** Labels and annotations that say what an object belongs to and how it is applied, and by which nobody finds configuration. */
const ofTools =
  /^(?:app|app\.kubernetes\.io\/.*|helm\.sh\/chart|kustomize\.toolkit\.fluxcd\.io\/.*|argocd\.argoproj\.io\/(?:sync-.*|compare-options)|config\.kubernetes\.io\/.*|cdb-lint\.dev\/.*|kubernetes\.io\/description)$/u;

/** The namespaces with pods of the build: where there are none, whoever reads stands in another repository. */
const podNamespaces = knownOnce(
  (build: Build) => new Set(podTemplatesOf(build).map(({ namespace }) => namespace)),
);

/** Tells of a namespace whether somebody may read in it what no manifest names. */
function openNamespaces(builds: readonly Build[]): (namespace: string) => boolean {
  const resources = builds.flatMap((build) => build.resources);
  const mayAsk = roleReader(resources);
  const open = new Set(
    resources.flatMap((resource) => [
      ...spacesOfOperator(resource),
      ...(mayAsk(resource) ? spacesOfSubjects(resource) : []),
    ]),
  );
  return (namespace) => open.has(anywhere) || open.has(namespace) || /^kube-/u.test(namespace);
}

const anywhere = '*';

/** Where pods of a chart or an operator may read. What its object names, it names as a word. */
function spacesOfOperator(resource: Resource): string[] {
  const { object } = resource;
  const { group, kind } = groupVersionKind(object);
  if (!isOperated(resource)) return [];
  if (kind === 'HelmRelease') return [textAt(object, 'spec', 'targetNamespace') ?? namespaceOf(object)];
  // The whole effect of the others of Flux is a build of the run.
  if (group.endsWith('.toolkit.fluxcd.io')) return [];
  if (kind !== 'Application' && kind !== 'ApplicationSet') return [namespaceOf(object)];
  const spec = kind === 'Application' ? ['spec'] : ['spec', 'template', 'spec'];
  const destination = textAt(object, ...spec, 'destination', 'namespace') ?? anywhere;
  return [destination.includes('{{') ? anywhere : destination];
}

/** Tells of a binding whether its role may let one ask the API server for ConfigMaps or Secrets: one that no manifest shows may. */
function roleReader(resources: readonly Resource[]): (binding: Resource) => boolean {
  const roles = resources.filter((one) => isKind(one, 'rbac.authorization.k8s.io', 'Role', 'ClusterRole'));
  const known = new Set(roles.map(({ object }) => roleKey(object['kind'], object, nameOf(object))));
  const asking = new Set(
    roles.filter(letsAsk).map(({ object }) => roleKey(object['kind'], object, nameOf(object))),
  );
  return (binding) => {
    if (!isKind(binding, 'rbac.authorization.k8s.io', 'RoleBinding', 'ClusterRoleBinding')) return false;
    const { object } = binding;
    const key = roleKey(
      valueAt(object, ['roleRef', 'kind']),
      object,
      textAt(object, 'roleRef', 'name') ?? '',
    );
    return asking.has(key) || !known.has(key);
  };
}

function roleKey(kind: Value | undefined, object: Mapping, name: string): string {
  return kind === 'ClusterRole' ? name : `${namespaceOf(object)}/${name}`;
}

function letsAsk({ object }: Resource): boolean {
  return (
    object['aggregationRule'] !== undefined ||
    itemsAt(object, ['rules'])
      .filter(isMapping)
      .some(
        (rule) =>
          holds(rule['resources'], ['configmaps', 'secrets', '*']) &&
          holds(rule['verbs'], ['get', 'list', 'watch', '*']),
      )
  );
}

/** The namespaces of the pods that a binding is for, and its own: whoever knows a name by heart looks for it beside itself. */
function spacesOfSubjects({ object }: Resource): string[] {
  return itemsAt(object, ['subjects'])
    .filter(isMapping)
    .flatMap((subject) => {
      const own = textAt(subject, 'namespace') ?? namespaceOf(object);
      if (subject['kind'] === 'ServiceAccount') return [own, namespaceOf(object)];
      const name = textAt(subject, 'name') ?? '';
      if (name === 'system:serviceaccounts') return [anywhere];
      return name.startsWith('system:serviceaccounts:') ? [name.slice('system:serviceaccounts:'.length)] : [];
    });
}

function holds(list: Value | undefined, wanted: readonly string[]): boolean {
  return isSequence(list) && list.some((item) => typeof item === 'string' && wanted.includes(item));
}

/** Those of the names that are words of a text somewhere; what objects are called themselves, and their labels, count for nothing. */
function mentionedAmong(names: ReadonlySet<string>, resources: readonly Resource[]): ReadonlySet<string> {
  const found = new Set<string>();
  if (names.size === 0) return found;
  for (const { object } of resources) {
    collect(mappingOf({ ...object, metadata: valueAt(object, ['metadata', 'annotations']) ?? null }), 0);
  }
  return found;

  function collect(value: Value | undefined, depth: number): void {
    if (depth > 64) return;
    if (typeof value === 'string') {
      for (const [word] of value.matchAll(/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?/gu))
        if (names.has(word)) found.add(word);
    } else if (isSequence(value)) for (const item of value) collect(item, depth + 1);
    else if (isMapping(value)) for (const key of Object.keys(value)) collect(value[key], depth + 1);
  }
}
