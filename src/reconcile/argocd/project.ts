import { builtinMergeSchemas } from '../../build/merge-schema.ts';
import { groupVersionKind, nameOf, type Resource } from '../../build/resource.ts';
import { matchesGlob } from '../../source/glob.ts';
import { isMapping, isSequence, type Mapping, valueAt } from '../../source/value.ts';
import type { Cluster } from '../cluster.ts';
import { plainAddress } from '../flux/flux-source.ts';
import { isKind, textAt } from '../object-field.ts';

/** The AppProjects of the repository that an Application may mean; where several have one name, each. */
export function projectsOf({ reconciliations, declared }: Cluster, application: Resource): Resource[] {
  const rendered = reconciliations.flatMap(({ build }) => build.resources);
  const name = textAt(application.object, 'spec', 'project') ?? 'default';
  return [...rendered, ...declared].filter(
    (one) => isKind(one, 'argoproj.io', 'AppProject') && nameOf(one.object) === name,
  );
}

/**
 * Whether a project may inherit from a global one, which `globalProjects` of argocd-cm chooses by label: what it permits is then
 * more than its manifest says (util/argo GetGlobalProjects of 3.6).
 */
export function mayInherit({ object }: Resource): boolean {
  const labels = valueAt(object, ['metadata', 'labels']);
  // The labels that tools give to everything choose nothing.
  return (
    isMapping(labels) &&
    Object.keys(labels).some((key) => !/^(?:app\.kubernetes\.io|[\w.]*toolkit\.fluxcd\.io)\//u.test(key))
  );
}

export function permitsRepository(spec: Mapping, url: string): boolean {
  return isPermitted(textsIn(spec, 'sourceRepos'), (pattern) =>
    [url, plainAddress(url)].some(
      (one) => matchesGlob(pattern, one) || matchesGlob(plainAddress(pattern), one),
    ),
  );
}

export function permitsDestination(spec: Mapping, application: Mapping): boolean {
  const own = (field: string): string => textAt(application, 'spec', 'destination', field) ?? '';
  const isMatched = (entry: Mapping): boolean => {
    const field = own('name') !== '' && entry['name'] !== undefined ? 'name' : 'server';
    // A server that only the name tells is not known here.
    const isCluster = own(field) === '' || matchesEntry(entry, field, own(field));
    return isCluster && (own('namespace') === '' || matchesEntry(entry, 'namespace', own('namespace')));
  };
  return entriesIn(spec, 'destinations').some(isMatched);
}

function matchesEntry(entry: Mapping, field: string, value: string): boolean {
  const pattern = textAt(entry, field) ?? '';
  return pattern.startsWith('!') ? !matchesGlob(pattern.slice(1), value) : matchesGlob(pattern, value);
}

export function permitsKind(spec: Mapping, { object }: Resource): boolean {
  const { group, kind } = groupVersionKind(object);
  const isNamespaced = builtinMergeSchemas.isNamespaceScoped(String(object['apiVersion']), kind);
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

/** A pattern with `!` forbids what the others permit. */
function isPermitted(patterns: readonly string[], matches: (pattern: string) => boolean): boolean {
  const forbids = patterns.some((pattern) => pattern.startsWith('!') && matches(pattern.slice(1)));
  return !forbids && patterns.some((pattern) => !pattern.startsWith('!') && matches(pattern));
}

function textsIn(spec: Mapping, field: string): string[] {
  const list = spec[field];
  return isSequence(list) ? list.filter((one) => typeof one === 'string') : [];
}

function entriesIn(spec: Mapping, field: string): Mapping[] {
  const list = spec[field];
  return isSequence(list) ? list.filter((one): one is Mapping => isMapping(one)) : [];
}
