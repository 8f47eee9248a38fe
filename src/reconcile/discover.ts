import type { Builder } from '../build/build.ts';
import { isKind, textAt } from '../object/object-field.ts';
import { locateField } from '../object/provenance.ts';
import { nameOf, namespaceOf, type Resource, trackedObject } from '../object/resource.ts';
import type { Sources } from '../source/load.ts';
import { directoriesAbove, directoryOf, isBelow, normalisePath } from '../source/path.ts';
import { reconcileApplication } from './argocd/application.ts';
import { expandApplicationSet } from './argocd/application-set.ts';
import { type KnownCluster, readClusters } from './argocd/known-clusters.ts';
import { ownRepositories } from './argocd/own-repository.ts';
import { loadRestrictorOf, settingsIn } from './argocd/settings.ts';
import { type Cluster, newCluster } from './cluster.ts';
import {
  type Declared,
  declaredObjects,
  isApplication,
  isEntryPoint,
  isFluxInstance,
  isFluxKustomization,
  isResourceSet,
  isWhole,
} from './declared-objects.ts';
import { syncObjects } from './flux/flux-instance.ts';
import { reconcileFlux } from './flux/flux-kustomization.ts';
import { reconcileInstance, reconcileResourceSet } from './flux/flux-operator.ts';
import { copiedDirectories, relative, type SourceKnowledge, sourceKey } from './flux/flux-source.ts';
import { isHelmRelease } from './flux/helm-release.ts';
import { type FindObject, missesSources } from './flux/variables.ts';
import {
  type KustomizationUses,
  readKustomizations,
  unusedDirectories,
  usesAny,
} from './kustomization-uses.ts';
import { emptyBuild, type Reconciliation } from './reconciliation.ts';

/** What lies in the repository, as a survey of it found. */
export interface Repository {
  /** YAML files that are no kustomizations. */
  readonly files: readonly string[];
  /** The kustomization files. */
  readonly kustomizations: readonly string[];
  /** Directories of kustomizations that no other one uses; found where absent. */
  readonly roots?: readonly string[];
}

export interface DiscoverOptions {
  /** Addresses of this repository, as sources may name it; where absent, what a source brings tells. */
  readonly repositories?: readonly string[];
  /** False for Flux before 2.9, where an undefined variable became nothing. */
  readonly strictSubstitution?: boolean;
  /** Directories whose entry points are ways to the same clusters, never used together. */
  readonly alternatives?: readonly string[];
  /** A file with the clusters that Argo CD knows. */
  readonly clustersFile?: string;
}

export interface Discovery {
  readonly clusters: readonly Cluster[];
  /** Files that a cluster applies. */
  readonly reached: ReadonlySet<string>;
  readonly coverage: {
    readonly entryPoints: number;
    /** What a controller would render that is not rendered here, and why. */
    readonly notRendered: readonly string[];
    readonly unresolvedVariables: readonly string[];
  };
}

/** Finds what Flux and Argo CD deploy from this repository, and builds it as they do. */
export function discover(
  sources: Sources,
  repository: Repository,
  builder: Builder,
  options: DiscoverOptions = {},
): Discovery {
  const declared = declaredObjects(sources, repository.files);
  const run: Run = {
    sources,
    builder,
    isStrict: options.strictSubstitution ?? true,
    alternatives: options.alternatives ?? [],
    ...(options.clustersFile === undefined ? {} : { clusters: readClusters(sources, options.clustersFile) }),
    knowledge: knowledgeOf(sources, declared, options.repositories ?? []),
    loadRestrictor: loadRestrictorOf(settingsIn(declared.map(({ resource }) => resource))),
    isHere: ownRepositories(
      sources,
      declared.map(({ resource }) => resource),
      options.repositories ?? [],
    ),
    groups: new Map(),
    reached: new Set(),
  };
  const resources = declared.map(({ resource }) => resource);
  const entries = declared.filter(({ resource }) => isEntryPoint(resource) && isWhole(resource));
  if (entries.length > 0) {
    const kustomizations = readKustomizations(sources, repository.kustomizations);
    const listed = new Set([...kustomizations.values()].flatMap((paths) => [...paths]));
    for (const entry of inOrder(sources, entries))
      if (!listed.has(entry.file) || isSelfManaged(entry)) startAt(run, entry);
    startAtRoots(run, repository, entries, kustomizations);
  }
  const clusters = nameClusters([...run.groups.values()], resources);
  const all = clusters.flatMap(({ reconciliations }) => reconciliations);
  return {
    clusters,
    reached: run.reached,
    coverage: {
      entryPoints: all.length,
      notRendered: [...new Set(all.flatMap((one) => [...one.notRendered, ...chartsIn(one)]))],
      unresolvedVariables: [...new Set(all.flatMap((one) => one.unresolved))],
    },
  };
}

/** What reaches one cluster, while it is being found. */
interface Group {
  /** The directory that it was found in. */
  readonly key: string;
  readonly alternative: string | undefined;
  readonly reconciliations: Reconciliation[];
  /** What is declared here and applied to another cluster. */
  readonly remote: Reconciliation[];
  readonly seen: Set<string>;
  readonly objects: Map<string, Resource>;
}

interface Run {
  readonly sources: Sources;
  readonly builder: Builder;
  readonly isStrict: boolean;
  readonly alternatives: readonly string[];
  readonly clusters?: readonly KnownCluster[];
  readonly knowledge: SourceKnowledge;
  readonly isHere: (url: string) => boolean;
  readonly loadRestrictor: 'none' | 'root-only';
  readonly groups: Map<string, Group>;
  readonly reached: Set<string>;
}

/** A Kustomization that applies the directory which it stands in, as `flux bootstrap` makes it. */
function isSelfManaged({ file, resource }: Declared): boolean {
  const path = pathOf(resource);
  return path !== undefined && path !== '' && file.startsWith(`${path}/`);
}

/** Those first that apply others, so that each is met where it is applied; those last that need variables of others. */
function inOrder(sources: Sources, entries: readonly Declared[]): Declared[] {
  const counts = new Map<string, number>();
  for (const { file } of entries)
    for (const directory of directoriesAbove(file)) counts.set(directory, (counts.get(directory) ?? 0) + 1);
  const score = (entry: Declared): number => {
    const path = pathOf(entry.resource);
    if (path === undefined || sources.fileSystem.kind(path) !== 'directory') return 0;
    const below = counts.get(path) ?? 0;
    if (below === 0) return missesSources(entry.resource, '', () => undefined) ? -1 : 0;
    return below + (isSelfManaged(entry) ? entries.length : 0);
  };
  return entries
    .map((entry) => ({ entry, rank: score(entry) }))
    .sort((a, b) => b.rank - a.rank)
    .map(({ entry }) => entry);
}

function startAt(run: Run, { file, resource }: Declared): void {
  if (run.reached.has(file)) return;
  const directory = directoryOf(file);
  const path = pathOf(resource);
  const key = path !== undefined && isSelfManaged({ file, resource }) ? path : directory;
  const group = groupFor(run, key, identityOf(resource, namespaceOf(resource.object)), file);
  reconcileAll(run, group, [resource]);
  if (isSelfManaged({ file, resource })) dropRenamed(run, resource);
}

/** An entry point that something applies by another name, with a prefix or in a namespace, is not as its file has it. */
function dropRenamed({ groups }: Run, entry: Resource): void {
  const place = placeOf(entry);
  const lists = [...groups.values()].flatMap(({ reconciliations, remote }) => [reconciliations, remote]);
  const own = lists.flat().find(({ declaration }) => declaration === entry);
  const isRenamed = lists
    .flat()
    .some(
      ({ declaration, path, destination }) =>
        declaration !== undefined &&
        declaration !== entry &&
        path === own?.path &&
        destination === own?.destination &&
        placeOf(declaration) === place,
    );
  for (const list of isRenamed && place !== undefined ? lists : []) {
    const index = list.findIndex(({ declaration }) => declaration === entry);
    if (index >= 0) list.splice(index, 1);
  }
}

function placeOf(resource: Resource): string | undefined {
  const { span } = locateField(trackedObject(resource), ['kind']);
  return span === undefined ? undefined : `${span.file.path} ${span.start}`;
}

/** The group of a directory or of one above it; a name that is taken there belongs to another cluster. */
function groupFor(run: Run, key: string, identity: string, file: string): Group {
  const alternative = alternativeAt(run, file);
  const above = [...run.groups.values()].find(
    (group) =>
      group.alternative === alternative &&
      (key === group.key || (group.key !== '' && key.startsWith(`${group.key}/`))) &&
      !group.seen.has(identity),
  );
  return above ?? newGroup(run, run.groups.has(key) ? file : key, alternative);
}

function newGroup(run: Run, key: string, alternative: string | undefined): Group {
  const group: Group = {
    key,
    alternative,
    reconciliations: [],
    remote: [],
    seen: new Set(),
    objects: new Map(),
  };
  run.groups.set(key, group);
  return group;
}

function alternativeAt({ alternatives }: Run, file: string): string | undefined {
  return alternatives.find((directory) => isBelow(file, directory));
}

/** What one build brings of several alternatives is no part of one cluster. */
function alternativeGroup(run: Run, group: Group, entry: Resource): Group {
  const file = locateField(trackedObject(entry), ['metadata', 'name']).span?.file.path;
  const alternative = file === undefined ? undefined : alternativeAt(run, file);
  if (alternative === undefined || alternative === group.alternative) return group;
  return groupOf(run, alternative, alternative);
}

/** The group of a key, one for each alternative that has to do with it. */
function groupOf(run: Run, key: string, alternative: string | undefined): Group {
  const own = alternative === undefined || alternative === key ? key : `${key} by ${alternative}`;
  const isOther = run.groups.has(key) && run.groups.get(key)?.alternative !== alternative;
  const name = isOther ? own : key;
  return run.groups.get(name) ?? newGroup(run, name, alternative);
}

/** Entry points that a kustomization lists which nothing reaches so far: somebody applies that kustomization. */
function startAtRoots(
  run: Run,
  { kustomizations, ...repository }: Repository,
  entries: readonly Declared[],
  uses: KustomizationUses,
): void {
  const roots = repository.roots ?? unusedDirectories(uses);
  const files = new Map(kustomizations.map((file) => [directoryOf(file), file]));
  const notReached = (): ReadonlySet<string> =>
    new Set(entries.map((entry) => entry.file).filter((file) => !run.reached.has(file)));
  let left = notReached();
  for (const root of roots) {
    const file = files.get(root);
    if (file === undefined || run.reached.has(file)) continue;
    if (left.size === 0) return;
    if (!usesAny(uses, root, left)) continue;
    const build = run.builder.build(root);
    if (!build.inputs.some((input) => left.has(input))) continue;
    const group = newGroup(run, root, alternativeAt(run, file));
    take(run, group, {
      by: 'kustomize',
      kind: 'kustomization',
      name: root === '' ? '.' : root,
      namespace: '',
      path: root,
      ...nothingSaid,
      build,
    });
    reconcileAll(run, group, build.resources.filter(isEntryPoint));
    left = notReached();
  }
}

const nothingSaid = {
  dependsOn: [],
  healthChecks: [],
  prune: false,
  wait: false,
  suspend: false,
  notRendered: [],
  unresolved: [],
} as const;

/** Builds entry points and those that their builds hold, until nothing new appears. */
function reconcileAll(run: Run, start: Group, entries: readonly Resource[]): void {
  const queue = [...entries];
  let waited = 0;
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const group = alternativeGroup(run, start, next);
    const namespace = namespaceOf(next.object) || 'default';
    const identity = identityOf(next, namespace);
    if (group.seen.has(identity)) continue;
    // Variables may come from a ConfigMap that another build brings.
    if (waited < queue.length && isFluxKustomization(next) && missesSources(next, namespace, findIn(group))) {
      waited += 1;
      queue.push(next);
      continue;
    }
    waited = 0;
    group.seen.add(identity);
    for (const one of reconciliationsOf(run, group, next, namespace)) {
      const isRemote = one.destination !== undefined;
      if (isRemote) group.remote.push(one);
      take(run, isRemote ? groupOf(run, one.destination, group.alternative) : group, one);
      queue.push(...one.build.resources.filter(isEntryPoint));
    }
  }
}

function reconciliationsOf(run: Run, group: Group, entry: Resource, namespace: string): Reconciliation[] {
  if (isFluxKustomization(entry)) return [reconcileFlux(entry, namespace, { ...run, find: findIn(group) })];
  if (isFluxInstance(entry)) return [reconcileInstance(entry, namespace, run.sources)];
  if (isResourceSet(entry)) return [reconcileResourceSet(entry, namespace, findIn(group))];
  if (isApplication(entry)) return [reconcileApplication(entry, namespace, run)];
  const { applications, diagnostics, unknown } = expandApplicationSet(entry, run);
  return [
    {
      by: 'argocd',
      kind: 'ApplicationSet',
      name: nameOf(entry.object),
      namespace,
      declaration: entry,
      ...nothingSaid,
      notRendered: unknown,
      build: { ...emptyBuild('', true), resources: applications, diagnostics },
    },
  ];
}

function take(run: Run, group: Group, reconciliation: Reconciliation): void {
  group.reconciliations.push(reconciliation);
  for (const input of reconciliation.build.inputs) run.reached.add(input);
  for (const resource of reconciliation.build.resources) {
    const { kind } = resource.object;
    if (kind === 'ConfigMap' || kind === 'Secret' || kind === 'ResourceSetInputProvider')
      group.objects.set(objectKey(kind, namespaceOf(resource.object), nameOf(resource.object)), resource);
  }
}

function findIn({ objects }: Group): FindObject {
  return (kind, namespace, name) => objects.get(objectKey(kind, namespace, name));
}

function objectKey(kind: string, namespace: string, name: string): string {
  return `${kind} ${namespace}/${name}`;
}

function identityOf(resource: Resource, namespace: string): string {
  return objectKey(String(resource.object['kind']), namespace, nameOf(resource.object));
}

function knowledgeOf(
  sources: Sources,
  declared: readonly Declared[],
  repositories: readonly string[],
): SourceKnowledge {
  const evidence = new Set<string>();
  const synced = declared
    .map(({ resource }) => resource)
    .filter(isFluxInstance)
    .flatMap((instance) => syncObjects(instance, sources).resources);
  const kustomizations = [...declared.map(({ resource }) => resource), ...synced].filter(isFluxKustomization);
  for (const resource of kustomizations) {
    const kind = textAt(resource.object, 'spec', 'sourceRef', 'kind') ?? '';
    const name = textAt(resource.object, 'spec', 'sourceRef', 'name') ?? '';
    const path = pathOf(resource);
    const isRoot = path === '' && name === 'flux-system';
    if (isRoot || (path !== undefined && path !== '' && sources.fileSystem.kind(path) === 'directory'))
      evidence.add(sourceKey({ kind, name }));
  }
  for (const { resource } of declared) {
    if (!isKind(resource, 'source.extensions.fluxcd.io', 'ArtifactGenerator')) continue;
    for (const { source, directory } of copiedDirectories(resource))
      if (normalisePath(directory) !== undefined && sources.fileSystem.kind(directory) === 'directory')
        evidence.add(source);
  }
  const objects = [...declared.map(({ resource }) => resource), ...synced].filter(
    (resource) =>
      isKind(resource, 'source.extensions.fluxcd.io', 'ArtifactGenerator') ||
      isKind(resource, 'source.toolkit.fluxcd.io', 'GitRepository', 'OCIRepository', 'Bucket'),
  );
  return { objects, evidence, repositories };
}

function pathOf({ object }: Resource): string | undefined {
  // What these make has paths, they have none.
  if (object['kind'] === 'ResourceSet' || object['kind'] === 'ApplicationSet') return undefined;
  const path = [[], ['sourceHydrator', 'drySource'], ['source'], ['sync']]
    .flatMap((fields) => textAt(object, 'spec', ...fields, 'path') ?? [])
    .at(0);
  return normalisePath(relative(path ?? ''));
}

/** Names each cluster after the directory it was found in, as briefly as tells them apart. */
function nameClusters(groups: readonly Group[], declared: readonly Resource[]): Cluster[] {
  const lastOf = (key: string): string => key.split('/').findLast((part) => part !== 'flux-system') ?? key;
  const counts = new Map<string, number>();
  for (const { key } of groups) counts.set(lastOf(key), (counts.get(lastOf(key)) ?? 0) + 1);
  return groups.map(({ key, alternative, reconciliations, remote }) => {
    const brief = lastOf(key) || 'cluster';
    const name = (counts.get(brief) ?? 0) > 1 ? key : brief;
    const ofAlternative = alternative === undefined ? {} : { alternative };
    return newCluster({ name, root: key, ...ofAlternative, reconciliations, remote, declared });
  });
}

function chartsIn({ build }: Reconciliation): string[] {
  return build.resources
    .filter(isHelmRelease)
    .map(({ object }) => `HelmRelease ${namespaceOf(object)}/${nameOf(object)}: charts are not rendered`);
}
