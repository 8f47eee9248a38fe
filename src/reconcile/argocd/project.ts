import { builtinMergeSchemas } from '../../build/merge-schema.ts';
import { plainAddress } from '../../fetched/address.ts';
import { knownOnce } from '../../object/known-once.ts';
import { isKind, textAt } from '../../object/object-field.ts';
import { groupVersionKind, nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import { spendEffort } from '../../source/effort.ts';
import { matchesGlob } from '../../source/glob.ts';
import { isMapping, isSequence, type Mapping, mappingOf, newMapping, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import type { Cluster } from '../cluster.ts';
import { dataOf } from './known-clusters.ts';
import { takesParameters } from './parameter-selector.ts';
import { globalProjectsOf } from './settings.ts';

/** The AppProjects that a cluster applies, and those of the repository's files, whoever applies them. */
export function appProjects({ reconciliations, declared }: Cluster): Resource[] {
  const rendered = reconciliations.flatMap(({ build }) => build.resources.filter(isProject));
  return [...rendered, ...projectsIn(declared)];
}

/** All clusters have one list of what files declare. */
const projectsIn = knownOnce((declared: readonly Resource[]) => declared.filter(isProject));

function isProject(resource: Resource): boolean {
  return isKind(resource, 'argoproj.io', 'AppProject');
}

/** Those that an Application may mean; where several have one name, each. */
export function projectsFor(projects: readonly Resource[], { object }: Resource): Resource[] {
  const name = textAt(object, 'spec', 'project') ?? 'default';
  return projects.filter((one) => nameOf(one.object) === name);
}

/**
 * What a project permits together with the global ones that its labels choose (util/argo mergeVirtualProject of 3.6); undefined
 * where one of those is not in the repository, or nobody knows which there are.
 */
export function effectiveSpec(
  project: Resource,
  all: readonly Resource[],
  settings: readonly Mapping[],
): Mapping | undefined {
  const spec = ownSpec(project);
  if (settings.length === 0) return mayInherit(project) ? undefined : spec;
  const labels = valueAt(project.object, ['metadata', 'labels']);
  const inherited = globalProjectsOf(settings).filter(
    ({ name, selector }) =>
      name !== nameOf(project.object) && takesParameters(selector, isMapping(labels) ? labels : newMapping()),
  );
  let merged = spec;
  for (const { name } of inherited) {
    const other = all.find(({ object }) => nameOf(object) === name)?.object['spec'];
    if (!isMapping(other)) return undefined;
    merged = Object.assign(newMapping(), merged, joinedLists(merged, other));
  }
  return merged;
}

/**
 * Argo CD makes the project `default` when it starts, which permits everything (server/server.go,
 * initializeDefaultProject): who applies that one leaves the lists that the manifest does not name as they are.
 */
function ownSpec({ object }: Resource): Mapping {
  const spec = isMapping(object['spec']) ? object['spec'] : newMapping();
  return nameOf(object) === 'default' ? Object.assign(newMapping(), everything, spec) : spec;
}

const everything = mappingOf({
  sourceRepos: ['*'],
  destinations: [mappingOf({ server: '*', namespace: '*' })],
  clusterResourceWhitelist: [mappingOf({ group: '*', kind: '*' })],
});

/**
 * What a project permits with the repositories and clusters that are registered for it alone: Secrets of Argo CD with `project`
 * (util/argo GetAppProjectByName of 3.6).
 */
export function withScoped(spec: Mapping, project: string, secrets: readonly Mapping[]): Mapping {
  const own = secrets.filter((secret) => dataOf(secret, 'project') === project);
  const ofType = (type: string): Mapping[] =>
    own.filter((secret) => textAt(secret, 'metadata', 'labels', 'argocd.argoproj.io/secret-type') === type);
  const repositories = ofType('repository').map((secret) => dataOf(secret, 'url'));
  const clusters = ofType('cluster').flatMap((secret) => {
    const namespaces = dataOf(secret, 'namespaces')
      .split(',')
      .filter((one) => one !== '');
    const server = dataOf(secret, 'server');
    return (namespaces.length > 0 ? namespaces : ['*']).map((namespace) =>
      mappingOf({ server, namespace: namespace.trim() }),
    );
  });
  if (repositories.length === 0 && clusters.length === 0) return spec;
  const more = mappingOf({ sourceRepos: repositories, destinations: clusters });
  return Object.assign(newMapping(), spec, joinedLists(spec, more));
}

/** The Secrets that a cluster applies, or has made of its ExternalSecrets, by which Argo CD knows repositories and clusters. */
export function argoSecrets({ reconciliations }: Cluster): Mapping[] {
  return reconciliations
    .flatMap(({ build }) => build.resources)
    .map(({ object }) => (object['kind'] === 'Secret' ? object : madeSecret(object)))
    .filter((secret) => secret !== undefined)
    .filter((secret) => textAt(secret, 'metadata', 'labels', 'argocd.argoproj.io/secret-type') !== undefined);
}

function madeSecret(object: Mapping): Mapping | undefined {
  const template = valueAt(object, ['spec', 'target', 'template']);
  if (object['kind'] !== 'ExternalSecret' || !isMapping(template)) return undefined;
  return mappingOf({ metadata: template['metadata'] ?? null, stringData: template['data'] ?? null });
}

const inheritedLists = [
  'clusterResourceWhitelist',
  'clusterResourceBlacklist',
  'namespaceResourceWhitelist',
  'namespaceResourceBlacklist',
  'sourceRepos',
  'destinations',
] as const;

function joinedLists(spec: Mapping, other: Mapping): Mapping {
  const joined = newMapping();
  for (const field of inheritedLists) {
    const lists = [spec[field], other[field]].filter(isSequence);
    if (lists.length > 0) joined[field] = lists.flat();
  }
  return joined;
}

/**
 * Whether a project may inherit from a global one, which `globalProjects` of argocd-cm chooses by label: what it permits is then
 * more than its manifest says (util/argo GetGlobalProjects of 3.6).
 */
function mayInherit({ object }: Resource): boolean {
  const labels = valueAt(object, ['metadata', 'labels']);
  // The labels that tools give to everything choose nothing.
  return (
    isMapping(labels) &&
    Object.keys(labels).some((key) => !/^(?:app\.kubernetes\.io|[\w.]*toolkit\.fluxcd\.io)\//u.test(key))
  );
}

/** `!` forbids what the others permit; a star stays within a part of the address unless it stands alone. */
export function permitsRepository(spec: Mapping, url: string): boolean {
  const { permitted, forbidden } = repositoryPatterns(spec);
  const address = plainAddress(url);
  const parts = address.split('/');
  const matches = (pattern: AddressPattern): boolean => matchesAddress(pattern, address, parts);
  return !forbidden.some(matches) && permitted.some(matches);
}

const repositoryPatterns = knownOnce((spec: Mapping) => {
  const patterns = textsIn(spec, 'sourceRepos');
  const addressOf = (pattern: string): AddressPattern => {
    const plain = pattern === '*' ? '**' : plainAddress(pattern);
    return plain.includes('**') || /[[{]/u.test(plain)
      ? { whole: plain.replaceAll(/[[{].*[\]}]/gu, '*') }
      : { parts: plain.split('/') };
  };
  return {
    permitted: patterns.filter((one) => !one.startsWith('!')).map(addressOf),
    forbidden: patterns.filter((one) => one.startsWith('!')).map((one) => addressOf(one.slice(1))),
  };
});

/** A star stays within a part of the address, or may stand for any of it. */
type AddressPattern = { readonly whole: string } | { readonly parts: readonly string[] };

function matchesAddress(pattern: AddressPattern, address: string, parts: readonly string[]): boolean {
  spendEffort(1);
  if ('whole' in pattern) return matchesGlob(pattern.whole, address);
  return (
    pattern.parts.length === parts.length &&
    pattern.parts.every((part, index) => matchesGlob(part, parts[index] ?? ''))
  );
}

/** Where an Application goes; of a cluster mostly the name or the address is known, and not the other one. */
export interface Destination {
  readonly name: string;
  readonly server: string;
  readonly namespace: string;
}

const local = { name: 'in-cluster', server: 'https://kubernetes.default.svc' };

export function destinationOf({ object }: Resource): Destination {
  const own = (field: string): string => textAt(object, 'spec', 'destination', field) ?? '';
  const [name, server, namespace] = ['name', 'server', 'namespace'].map(own) as [string, string, string];
  return name === local.name || server === local.server
    ? { ...local, namespace }
    : { name, server, namespace };
}

/** As isDestinationMatched of 3.6, where what is not known counts as permitted. */
export function permitsDestination(spec: Mapping, destination: Destination): boolean {
  let isPermitted = false;
  for (const entry of entriesIn(spec, 'destinations')) {
    const says = (field: keyof Destination): 'yes' | 'no' | 'denied' | 'unknown' => {
      const pattern = textAt(entry, field) ?? '';
      const value = destination[field];
      if (value === '') return pattern === '' ? 'no' : 'unknown';
      if (!pattern.startsWith('!')) return matchesGlob(pattern, value) ? 'yes' : 'no';
      return matchesGlob(pattern.slice(1), value) ? 'denied' : 'yes';
    };
    const isOpen = (answer: string): boolean => answer === 'yes' || answer === 'unknown';
    const [name, server] = [says('name'), says('server')];
    const namespace = destination.namespace === '' ? 'yes' : says('namespace');
    if ((isOpen(name) || isOpen(server)) && isOpen(namespace)) isPermitted = true;
    else if (name === 'denied' || (server === 'denied' && isOpen(namespace))) return false;
    else if (namespace === 'denied' && isOpen(server)) return false;
  }
  return isPermitted;
}

/** Whether Applications may stand in a namespace other than that of Argo CD, where the project itself stands. */
export function permitsApplicationIn(project: Resource, { object }: Resource): boolean {
  const [own, other] = [namespaceOf(project.object), namespaceOf(object)];
  if (own === '' || other === '' || own === other) return true;
  const spec = project.object['spec'];
  const patterns = isMapping(spec) ? textsIn(spec, 'sourceNamespaces') : [];
  // What stands between slashes is a regular expression, which is not followed.
  return patterns.some((pattern) => pattern.startsWith('/') || matchesGlob(pattern, other));
}

export function permitsKind(spec: Mapping, { object }: Resource): boolean {
  const { group, kind } = groupVersionKind(object);
  const isNamespaced = builtinMergeSchemas.isNamespaceScoped(valueText(object['apiVersion']), kind);
  if (isNamespaced === undefined) return true;
  const lists = (field: string): boolean =>
    entriesIn(spec, field).some(
      (entry) =>
        matchesGlob(textAt(entry, 'group') ?? '', group) && matchesGlob(textAt(entry, 'kind') ?? '', kind),
    );
  if (!isNamespaced) return lists('clusterResourceWhitelist') && !lists('clusterResourceBlacklist');
  const isOpen = valueAt(spec, ['namespaceResourceWhitelist']) === undefined;
  return (isOpen || lists('namespaceResourceWhitelist')) && !lists('namespaceResourceBlacklist');
}

function textsIn(spec: Mapping, field: string): string[] {
  const list = spec[field];
  return isSequence(list) ? list.filter((one) => typeof one === 'string') : [];
}

function entriesIn(spec: Mapping, field: string): Mapping[] {
  const list = spec[field];
  return isSequence(list) ? list.filter((one): one is Mapping => isMapping(one)) : [];
}
