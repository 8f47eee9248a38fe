import { textAt } from '../../object/object-field.ts';
import { objectPlace } from '../../object/object-place.ts';
import { groupVersionKind, nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { sourcesOf } from '../../reconcile/argocd/application-source.ts';
import {
  appProjects,
  argoSecrets,
  destinationOf,
  effectiveSpec,
  permitsApplicationIn,
  permitsDestination,
  permitsKind,
  permitsRepository,
  projectsFor,
  withScoped,
} from '../../reconcile/argocd/project.ts';
import { argoSettings, exclusionsIn } from '../../reconcile/argocd/settings.ts';
import { type Cluster, inventoryKey } from '../../reconcile/cluster.ts';
import type { Reconciliation } from '../../reconcile/reconciliation.ts';
import { namesOfKind } from '../../schema/kind-names.ts';
import { directoryOf } from '../../source/path.ts';
import type { Mapping, Path } from '../../source/value.ts';
import type { ClusterRule } from '../rule.ts';

/**
 * Applications that their AppProject does not permit: repositories, destinations and kinds (pkg/apis/application/v1alpha1
 * of Argo CD 3). Only projects that stand in the repository are known; where several have one name, each may be meant.
 */
export const projectForbids: ClusterRule = {
  id: 'project-forbids',
  severity: 'error',
  scope: 'cluster',
  tags: ['argo-cd', 'security'],
  *judge(cluster) {
    const all = appProjects(cluster);
    const settings = argoSettings(cluster);
    const secrets = argoSecrets(cluster);
    const specs = openSpecs(all, settings, secrets);
    const isExcluded = exclusionsIn(settings);
    for (const one of cluster.reconciliations) {
      if (one.kind !== 'Application' || one.declaration === undefined) continue;
      const { declaration } = one;
      const projects = projectsFor(all, declaration).filter((project) =>
        isBeside(project, declaration, cluster),
      );
      const known = projects.map(specs).filter((one) => one !== undefined);
      if (projects.length > 0 && known.length === projects.length)
        yield* judgeApplication(one, declaration, { projects, specs: known, isExcluded });
    }
  },
};

/**
 * Whether a project is meant for the Argo CD of an Application: in another namespace, and neither in a build of the cluster nor in the folder
 * of the Application, it is that of another one.
 */
function isBeside(project: Resource, application: Resource, { inventory }: Cluster): boolean {
  const [own, other] = [application, project].map(({ object }) => namespaceOf(object));
  if (own === '' || other === '' || own === other || inventory.has(inventoryKey(project))) return true;
  const [folder, otherFolder] = [application, project].map((one) =>
    directoryOf(objectPlace(one)?.file ?? ''),
  );
  return folder === otherFolder;
}

/** What projects permit, found once for all of their Applications. */
function openSpecs(
  all: readonly Resource[],
  settings: readonly Mapping[],
  secrets: readonly Mapping[],
): (project: Resource) => Mapping | undefined {
  const known = new Map<Resource, Mapping | undefined>();
  return (project) => {
    if (known.has(project)) return known.get(project);
    const spec = effectiveSpec(project, all, settings);
    const found = spec === undefined ? undefined : withScoped(spec, nameOf(project.object), secrets);
    known.set(project, found);
    return found;
  };
}

interface Judged {
  readonly projects: readonly Resource[];
  readonly specs: readonly Mapping[];
  readonly isExcluded: (object: Mapping) => boolean;
}

function* judgeApplication(
  one: Reconciliation,
  declaration: Resource,
  { projects, specs, isExcluded }: Judged,
): Iterable<RuleProblem> {
  const name = projects[0] === undefined ? '' : nameOf(projects[0].object);
  const help = `allow it in AppProject ${name}, or use another project`;
  const permits = (test: (spec: Mapping) => boolean): boolean => specs.some(test);
  for (const { url, path } of repositoriesOf(declaration)) {
    if (permits((spec) => permitsRepository(spec, url))) continue;
    const message = `AppProject ${name} does not allow the repository ${url}`;
    yield { at: [declaration, ...path], message, help };
  }
  if (!projects.some((project) => permitsApplicationIn(project, declaration))) {
    const message = `AppProject ${name} does not allow Applications in the namespace ${one.namespace}`;
    yield {
      at: [declaration, 'metadata', 'namespace'],
      message,
      help: `add it to sourceNamespaces of AppProject ${name}`,
    };
  }
  const destination = destinationOf(declaration);
  if (!permits((spec) => permitsDestination(spec, destination))) {
    const message = `AppProject ${name} does not allow the destination`;
    yield { at: [declaration, 'spec', 'destination'], message, help };
    return;
  }
  const namespaces = new Set([destination.namespace, '']);
  const synced = one.build.resources.filter(({ object }) => !isExcluded(object));
  for (const resource of synced) {
    const namespace = namespaceOf(resource.object);
    if (namespaces.has(namespace) || mayBeClusterScoped(resource)) continue;
    namespaces.add(namespace);
    if (permits((spec) => permitsDestination(spec, { ...destination, namespace }))) continue;
    const message = `AppProject ${name} does not allow the namespace ${namespace} there, so the sync fails`;
    yield { at: [resource, 'metadata', 'namespace'], message, help };
  }
  for (const resource of synced) {
    if (permits((spec) => permitsKind(spec, resource))) continue;
    const message = `AppProject ${name} does not allow ${groupVersionKind(resource.object).kind} objects, so the sync fails`;
    yield { at: [resource, 'kind'], message, help };
  }
}

/** Argo CD drops the namespace that kustomize gives such an object; of a kind that nothing describes only its name tells. */
function mayBeClusterScoped(resource: Resource): boolean {
  const gvk = groupVersionKind(resource.object);
  return namesOfKind(gvk)?.namespaced === false || /^Cluster|Cluster(?:wide|Scoped)/u.test(gvk.kind);
}

/** What an Application reads from, and where it syncs what was rendered from. */
function repositoriesOf(declaration: Resource): { url: string; path: Path }[] {
  const synced: Path = ['spec', 'sourceHydrator', 'syncSource', 'repoURL'];
  const url = textAt(declaration.object, ...synced);
  return [
    ...sourcesOf(declaration).map(({ source, path }) => ({
      url: textAt(source.value, 'repoURL') ?? '',
      path: [...path, 'repoURL'],
    })),
    ...(url === undefined ? [] : [{ url, path: synced }]),
  ];
}
