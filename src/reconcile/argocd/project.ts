import { findingAt } from '../../build/finding.ts';
import { builtinMergeSchemas } from '../../build/merge-schema.ts';
import { groupVersionKind, nameOf, type Resource } from '../../build/resource.ts';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { isMapping, isSequence, type Mapping, valueAt } from '../../source/value.ts';
import type { Cluster } from '../cluster.ts';
import { matchesGlob } from '../flux/evaluate-template.ts';
import { plainAddress } from '../flux/flux-source.ts';
import { isKind, textAt } from '../object-field.ts';
import type { Reconciliation } from '../reconciliation.ts';
import { sourcesOf } from './application.ts';

const rule = 'project-forbids';

/**
 * Applications that their AppProject does not permit: repositories, destinations and kinds (pkg/apis/application/v1alpha1
 * of Argo CD 3). Only projects that stand in the repository are known; where several have one name, each may be meant.
 */
export function judgeProjects({ reconciliations }: Cluster, declared: readonly Resource[]): Diagnostic[] {
  const rendered = reconciliations.flatMap(({ build }) => build.resources);
  const projects = [...rendered, ...declared].filter((one) => isKind(one, 'argoproj.io', 'AppProject'));
  return reconciliations.flatMap((one) => {
    if (one.kind !== 'Application' || one.declaration === undefined) return [];
    const name = textAt(one.declaration.object, 'spec', 'project') ?? 'default';
    const own = projects.filter((project) => nameOf(project.object) === name);
    return own.length === 0 ? [] : judgeApplication(one, one.declaration, own);
  });
}

function judgeApplication(
  one: Reconciliation,
  declaration: Resource,
  projects: readonly Resource[],
): Diagnostic[] {
  const name = projects[0] === undefined ? '' : nameOf(projects[0].object);
  const permits = (test: (spec: Mapping) => boolean): boolean =>
    projects.some(({ object }) => test(isMapping(object['spec']) ? object['spec'] : object));
  const help = `permit it in AppProject ${name}, or choose another project`;
  const repositories = sourcesOf(declaration).flatMap(({ source, path }) => {
    const url = textAt(source.value, 'repoURL') ?? '';
    if (permits((spec) => permitsRepository(spec, url))) return [];
    const message = `AppProject ${name} does not permit the repository ${url}`;
    return [findingAt(declaration, { rule, severity: 'error', message, help, path: [...path, 'repoURL'] })];
  });
  const destination = permits((spec) => permitsDestination(spec, declaration.object))
    ? []
    : [
        findingAt(declaration, {
          rule,
          severity: 'error',
          message: `AppProject ${name} does not permit the destination`,
          help,
          path: ['spec', 'destination'],
          part: 'key',
        }),
      ];
  const kinds = one.build.resources
    .filter((resource) => !permits((spec) => permitsKind(spec, resource)))
    .map((resource) => {
      const message = `AppProject ${name} does not permit ${groupVersionKind(resource.object).kind} objects, so the sync fails`;
      return findingAt(resource, { rule, severity: 'error', message, help, path: ['kind'] }, one.path);
    });
  return [...repositories, ...destination, ...kinds];
}

function permitsRepository(spec: Mapping, url: string): boolean {
  return isPermitted(textsIn(spec, 'sourceRepos'), (pattern) =>
    [url, plainAddress(url)].some(
      (one) => matchesGlob(pattern, one) || matchesGlob(plainAddress(pattern), one),
    ),
  );
}

function permitsDestination(spec: Mapping, application: Mapping): boolean {
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

function permitsKind(spec: Mapping, { object }: Resource): boolean {
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
