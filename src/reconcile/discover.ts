import type { Builder } from '../build/build.ts';
import { mostObjects } from '../build/build-work.ts';
import { defaultFolder, type Fetched, openFetched } from '../fetched/fetched.ts';
import type { Rendered } from '../object/renderer.ts';
import { groupVersionKind, namespaceOf, objectReference, type Resource } from '../object/resource.ts';
import { stumbledBuild } from '../object/stumble.ts';
import { supportedVersions } from '../schema/facts.ts';
import type { Sources } from '../source/load.ts';
import { directoriesAbove, directoryOf } from '../source/path.ts';
import { newTemplateBudget } from '../template/run.ts';
import { applicationSetKind } from './argocd/application-set.ts';
import { readClusters } from './argocd/known-clusters.ts';
import { generatedAlone, ownRepositories } from './argocd/own-repository.ts';
import { renderApplicationSet } from './argocd/render-application-set.ts';
import { loadRestrictorOf, settingsIn, switchesRestrictorOff } from './argocd/settings.ts';
import { type Cluster, newCluster } from './cluster.ts';
import {
  alternativeAt,
  type ClusterGroup,
  type ClusterGroups,
  dropRenamed,
  findIn,
  groupAbove,
  groupOf,
  groupOfEntry,
  identityOf,
  newGroup,
  rememberFound,
  rememberInputs,
  rememberKept,
  replaceFound,
} from './cluster-group.ts';
import { isOf } from './controller-kind.ts';
import { controllerKindOf, entryKindOf, isEntryPoint, pathOf } from './controller-kinds.ts';
import { type Declared, declaredObjects } from './declared-objects.ts';
import { inOrder, isSelfManaged } from './entry-order.ts';
import { changesKustomizations } from './flux/changed-on-the-way.ts';
import { fluxKustomizationKind } from './flux/flux-kustomization.ts';
import { resolveSource } from './flux/flux-source.ts';
import { chartsNotRendered, isHelmRelease } from './flux/helm-release.ts';
import type { MissingChart } from './flux/release-chart.ts';
import { type ReleaseContext, reconcileRelease } from './flux/render-release.ts';
import { sourceKnowledge, withRendered } from './flux/source-knowledge.ts';
import { substitutesStrictly } from './flux/strict-substitution.ts';
import {
  commentedOut,
  isLeftOut,
  type KustomizationUses,
  readKustomizations,
  unusedDirectories,
  usesAny,
} from './kustomization-uses.ts';
import { type Begun, listsAmong, looseAmong } from './loose-entries.ts';
import type { ReconcileContext } from './reconcile-context.ts';
import {
  type ClusterId,
  emptyBuild,
  type MadeReconciliation,
  nothingSaid,
  type Reconciliation,
} from './reconciliation.ts';
import { renderKustomize } from './render-kustomize.ts';
import { type ServedApis, servedApis, watchedApis } from './served-apis.ts';
import { tooMuch } from './too-much.ts';

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
  /** False for Flux before 2.9, where an undefined variable became nothing; where absent, what stands in the repository tells. */
  readonly strictSubstitution?: boolean;
  /** Directories whose entry points are ways to the same clusters, never used together. */
  readonly alternatives?: readonly string[];
  /** A file with the clusters that Argo CD knows. */
  readonly clustersFile?: string;
  /** What charts are rendered for; the newest that is known where absent. */
  readonly kubernetesVersion?: string;
  /** What comes from elsewhere and was fetched; what lies in the default folder where absent. */
  readonly fetched?: Fetched;
  /** What clusters have and no file declares. */
  readonly lasting?: readonly LastingDeclaration[];
}

/** An entry point that a cluster has, whether a file declares it or not. */
export interface LastingDeclaration {
  readonly cluster: ClusterId;
  readonly declaration: Resource;
  /** What the cluster keeps and nothing of the repository brings; variables and values may come from it. */
  readonly kept: readonly Resource[];
}

export interface Discovery {
  readonly clusters: readonly Cluster[];
  /** Files that a cluster applies. */
  readonly reached: ReadonlySet<string>;
  /** Who deploys something of which nothing shows that anybody applies it, beside what applies itself. */
  readonly loose: ReadonlySet<Reconciliation>;
  /** Whether Argo CD builds without the load restrictor. */
  readonly isFree: boolean;
  /** Whether the repository holds objects of Flux, which applies its directories then, from here or as another repository says. */
  readonly usesFlux: boolean;
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
  const resources = declared.map(({ resource }) => resource);
  const isFree = declared.some(({ file }) => switchesRestrictorOff(sources.file(file)?.text ?? ''));
  const run: Run = {
    context: contextOf(sources, builder, resources, {
      ...options,
      files: [...repository.files, ...repository.kustomizations],
      isFree,
    }),
    declared: resources,
    repositories: options.repositories ?? [],
    groups: { byKey: new Map(), byPath: new Map(), alternatives: options.alternatives ?? [] },
    reached: new Set(),
    leftOut: [],
    begun: [],
    missingCharts: new Map(),
    deployed: 0,
  };
  const entries = declared.filter(({ resource }) => entryKindOf(resource)?.isWhole(resource.object) ?? false);
  if (entries.length > 0) {
    const kustomizations = readKustomizations(sources, repository.kustomizations);
    const paths = entries.flatMap((entry) => {
      const path = pathOf(entry.resource);
      return path === undefined || path === '' ? [] : [{ entry, path }];
    });
    const applies = ({ resource }: Declared, file: string): boolean => {
      const path = pathOf(resource);
      return path !== undefined && directoriesAbove(file).includes(path);
    };
    // Another entry point applies the directory it stands in, and not the other way round as well; or a kustomization above could list it.
    const isListable = (entry: Declared): boolean => {
      const above = new Set(directoriesAbove(entry.file));
      return (
        [...above].some((one) => kustomizations.has(one)) ||
        paths.some(
          ({ entry: other, path }) => other !== entry && above.has(path) && !applies(entry, other.file),
        )
      );
    };
    const certain = new Set(
      entries.filter((entry) => isSelfManaged(entry, kustomizations) || !isListable(entry)),
    );
    const lists = { uses: kustomizations, files: byDirectory(repository.kustomizations) };
    startAtFiles(run, entries, lists, certain);
    startAtRoots(run, repository, entries, lists);
    // What a kustomization above could list is known to be left out once that one was met.
    startAtFiles(run, entries, lists, new Set(entries.filter((entry) => !certain.has(entry))));
  }
  startLasting(run, options.lasting ?? []);
  for (const group of [...run.groups.byKey.values()]) releaseCharts(run, group, options);
  const clusters = nameClusters([...run.groups.byKey.values()], resources);
  const usesFlux = resources.some(isOfFlux);
  return {
    clusters,
    reached: run.reached,
    loose: new Set([...looseAmong(run.begun), ...listsAmong(clusters)]),
    isFree: run.context.loadRestrictor === 'none',
    usesFlux,
    coverage: coverageOf(clusters, run),
  };
}

interface Run {
  readonly context: Omit<ReconcileContext, 'find'> & {
    /** Applications that the ApplicationSets of the files make without any repository. */
    readonly generated: readonly Resource[];
  };
  /** Objects of Flux and Argo CD as the files have them. */
  readonly declared: readonly Resource[];
  /** Addresses of this repository; empty where nobody said. */
  readonly repositories: readonly string[];
  readonly groups: ClusterGroups;
  /** Files that something applies. */
  readonly reached: Set<string>;
  /** What was begun at a file that no kustomization lists. */
  readonly begun: Begun[];
  /** Kustomizations with entry points that nobody applies. */
  readonly leftOut: string[];
  /** HelmReleases whose charts are not here, and why. */
  readonly missingCharts: Map<Resource, string>;
  /** How many objects owners apply so far: a thousand of them may apply one folder. */
  deployed: number;
}

function contextOf(
  sources: Sources,
  builder: Builder,
  declared: readonly Resource[],
  {
    repositories = [],
    strictSubstitution,
    clustersFile,
    fetched,
    kubernetesVersion,
    files,
    isFree,
  }: DiscoverOptions & { readonly files: readonly string[]; readonly isFree: boolean },
): Run['context'] {
  const clusters = clustersFile === undefined ? {} : { clusters: readClusters(sources, clustersFile) };
  const generated = repositories.length > 0 ? [] : generatedAlone(declared, { sources, ...clusters });
  return {
    sources,
    builder,
    budget: newTemplateBudget(),
    isStrict: strictSubstitution ?? substitutesStrictly(sources, files, declared),
    areChanged: changesKustomizations(sources, files),
    ...clusters,
    generated,
    knowledge: sourceKnowledge(sources, declared, { repositories, files }),
    loadRestrictor: isFree ? 'none' : loadRestrictorOf(settingsIn(declared)),
    isHere: ownRepositories(sources, { resources: declared, generated, known: repositories }),
    charts: new Map(),
    fetched: fetched ?? openFetched(sources, defaultFolder, new Map()),
    served: servedApis(kubernetesVersion ?? supportedVersions().at(-1) ?? '', () => []),
  };
}

/** What the kustomizations name, and where they stand. */
interface Lists {
  readonly uses: KustomizationUses;
  /** The file of each, by its directory. */
  readonly files: ReadonlyMap<string, string>;
}

function byDirectory(kustomizations: readonly string[]): ReadonlyMap<string, string> {
  return new Map(kustomizations.map((file) => [directoryOf(file), file]));
}

/** Entry points that no kustomization lists: whoever made the file applies it as it is. */
function startAtFiles(
  run: Run,
  entries: readonly Declared[],
  { uses, files: kustomizations }: Lists,
  chosen: ReadonlySet<Declared>,
): void {
  const listed = new Set([...uses.values()].flatMap((paths) => [...paths]));
  const files = new Set(entries.map(({ file }) => file));
  const takenOff = new Set(
    [...kustomizations].flatMap(([directory, path]) =>
      commentedOut(run.context.sources.file(path)?.text ?? '', directory),
    ),
  );
  const isTakenOff = (file: string): boolean => takenOff.has(file) || takenOff.has(directoryOf(file));
  /** A kustomization that lists others like it, or that something applies, leaves this one out on purpose, or by mistake. */
  const isOffList = (file: string): boolean => {
    const listing = directoriesAbove(file).filter((one) => uses.has(one));
    const named = (directory: string): string[] => [...(uses.get(directory) ?? [])];
    const isBesideListed = named(listing.at(-1) ?? '').some((path) => files.has(path) && isAlike(path, file));
    // A kustomization that a controller applies says all that it applies of what lies below.
    return (
      isBesideListed ||
      isTakenOff(file) ||
      listing.some((one) => run.reached.has(kustomizations.get(one) ?? ''))
    );
  };
  for (const entry of inOrder(run.context.sources, entries, uses).filter((one) => chosen.has(one))) {
    const isOwn = isSelfManaged(entry, uses);
    if (isOwn || (!listed.has(entry.file) && !isOffList(entry.file))) startAt(run, entry, isOwn);
  }
}

/** Whether two files stand in one folder, or in folders side by side. */
function isAlike(one: string, other: string): boolean {
  const [a, b] = [directoryOf(one), directoryOf(other)];
  return a === b || (directoryOf(a) === directoryOf(b) && a !== '' && b !== '');
}

function startAt(run: Run, { file, resource }: Declared, isOwn: boolean): void {
  if (run.reached.has(file)) return;
  const path = isOwn ? pathOf(resource) : undefined;
  const identity = identityOf(resource, namespaceOf(resource.object));
  const key = path ?? directoryOf(file);
  const above = groupAbove(run.groups, { key, identity, file });
  const group = isAnother(run, above, key, resource)
    ? newGroup(run.groups, key, above.id.alternative)
    : above;
  const owners = reconcileAll(run, group, [resource]);
  run.begun.push({
    key,
    appliesItself: isOwn || controllerKindOf(resource)?.isInstallation === true,
    owners,
  });
  const own = owners.find(({ declaration }) => declaration === resource);
  if (own !== undefined) dropRenamed(run.groups, resource, own);
}

/**
 * Whether an entry point further down brings most of the entry points that one of the group above brings: the two are ways to set up a
 * cluster, and not both of one.
 */
function isAnother(run: Run, group: ClusterGroup, key: string, resource: Resource): boolean {
  const entry = entryKindOf(resource);
  if (entry === undefined || key === group.id.root || group.reconciliations.length === 0) return false;
  const namespace = namespaceOf(resource.object) || 'default';
  const { build } = entry.reconcile(resource, namespace, { ...run.context, find: findIn(group) });
  const brought = broughtBy(build.resources);
  if (brought.length < 2) return false;
  return group.reconciliations.some((one) => {
    const known = new Set(broughtBy(one.build.resources));
    return brought.filter((identity) => known.has(identity)).length * 2 > brought.length;
  });
}

function broughtBy(resources: readonly Resource[]): string[] {
  return resources.filter(isEntryPoint).map((one) => identityOf(one, namespaceOf(one.object)));
}

/** Kustomizations that nothing reaches and that render entry points: somebody applies each of them, to a cluster of its own. */
function startAtRoots(
  run: Run,
  repository: Repository,
  entries: readonly Declared[],
  { uses, files }: Lists,
): void {
  const roots = repository.roots ?? unusedDirectories(uses);
  const holding = new Set(entries.map((entry) => entry.file));
  const started = new Map<string, string>();
  const above = (root: string): string[] =>
    directoriesAbove(root).filter((one) => one !== '' && one !== root && files.has(one));
  // A kustomization that a controller applies says all that it applies of what lies below.
  const isListedElse = (root: string): boolean =>
    above(root).some((one) => run.reached.has(files.get(one) ?? ''));
  const outermostFirst = [...roots].sort(
    (a, b) => Math.min(above(a).length, 1) - Math.min(above(b).length, 1),
  );
  for (const root of outermostFirst) {
    const file = files.get(root);
    if (file === undefined || run.reached.has(file) || !usesAny(uses, root, holding)) continue;
    if (isLeftOut(uses, root) || isListedElse(root)) {
      run.leftOut.push(root);
      continue;
    }
    const isFree = run.declared.some(isOfFlux) || run.context.loadRestrictor === 'none';
    startAtRoot(run, root, alternativeAt(run.groups, file), isFree);
    started.set(root, file);
  }
  dropReached(run.groups, started);
}

/** What another cluster turned out to apply as well is no cluster of its own: its root came first by its name alone. */
function dropReached({ byKey }: ClusterGroups, started: ReadonlyMap<string, string>): void {
  const inputs = new Map(
    [...byKey.values()].map((group) => [
      group,
      new Set(group.reconciliations.flatMap(({ build }) => build.inputs)),
    ]),
  );
  for (const [root, file] of started) {
    const own = byKey.get(root);
    if (own === undefined) continue;
    const isReached = [...inputs].some(([group, read]) => group !== own && read.has(file));
    if (!isReached) continue;
    byKey.delete(root);
    inputs.delete(own);
  }
}

function startLasting(run: Run, lasting: readonly LastingDeclaration[]): void {
  if (lasting.length === 0) return;
  const knowing = {
    ...run,
    context: contextWith(
      run,
      lasting.map(({ declaration }) => declaration),
    ),
  };
  const started = lasting.map((one) => ({
    ...one,
    group: groupOf(run.groups, one.cluster.root, one.cluster.alternative),
  }));
  for (const { group, kept } of started) rememberKept(group, kept);
  for (const { group, declaration } of started) reconcileAll(knowing, group, [declaration]);
}

function isOfFlux({ object }: Resource): boolean {
  return /(?:^|\.)toolkit\.fluxcd\.io$|^fluxcd\.controlplane\.io$/u.test(groupVersionKind(object).group);
}

function startAtRoot(run: Run, root: string, alternative: string | undefined, isFree: boolean): void {
  const { context } = run;
  // kustomize-controller builds without kustomize's load restrictor (fluxcd/pkg/kustomize, SecureBuild).
  const rendered = renderKustomize({ root, ...(isFree ? { loadRestrictor: 'none' } : {}) }, context);
  const { build } = rendered;
  const entries = build.resources.filter(isEntryPoint);
  if (entries.length === 0 && build.complete) return;
  const group = newGroup(run.groups, root, alternative);
  const knowing = { ...run, context: contextWith(run, entries) };
  // A cluster that `flux bootstrap` made applies itself, with what this object says: substitution, patches.
  const own = entries.find(
    (entry) =>
      isOf(fluxKustomizationKind, entry) &&
      resolveSource(entry, namespaceOf(entry.object), knowing.context.knowledge).path === root,
  );
  if (own !== undefined) reconcileAll(knowing, group, [own]);
  if (group.reconciliations.some(({ path }) => path === root)) return;
  const once = take(run, group, byHand(root, rendered));
  dropOnce(run, group, { once, begun: reconcileAll(knowing, group, entries), entries });
}

/** What an entry point turned out to apply as well was applied by hand once, perhaps in another namespace, and counts as it is from then on. */
function dropOnce(
  run: Run,
  { reconciliations }: ClusterGroup,
  {
    once,
    begun,
    entries,
  }: {
    readonly once: Reconciliation;
    readonly begun: readonly Reconciliation[];
    readonly entries: readonly Resource[];
  },
): void {
  const isWhole = ({ path, build }: Reconciliation): boolean =>
    path === once.path && once.build.inputs.every((file) => build.inputs.includes(file));
  if (!reconciliations.some((one) => one !== once && isWhole(one))) return;
  reconciliations.splice(reconciliations.indexOf(once), 1);
  for (const entry of entries) {
    const own = begun.find(({ declaration }) => declaration === entry);
    if (own !== undefined) dropRenamed(run.groups, entry, own);
  }
}

/** What is known with rendered entry points as well: a patch may have said where they lead. */
function contextWith(
  { context, declared, repositories }: Run,
  rendered: readonly Resource[],
): Run['context'] {
  const { sources, knowledge } = context;
  const applications = rendered
    .filter((one) => isOf(applicationSetKind, one))
    .flatMap((one) => renderApplicationSet(one, context).build.resources);
  return {
    ...context,
    knowledge: withRendered(knowledge, sources, rendered),
    isHere: ownRepositories(sources, {
      resources: [...declared, ...rendered, ...applications],
      generated: context.generated,
      known: repositories,
    }),
  };
}

function byHand(root: string, rendered: Rendered): MadeReconciliation {
  const name = root === '' ? '.' : root;
  const own = { by: 'kustomize', kind: 'kustomization', name, namespace: '', path: root } as const;
  return { ...nothingSaid, ...own, ...rendered };
}

/** Builds entry points and those that their builds hold, until nothing new appears; what was found. */
function reconcileAll(run: Run, start: ClusterGroup, entries: readonly Resource[]): Reconciliation[] {
  const found: Reconciliation[] = [];
  const queue = [...entries];
  let waited = 0;
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const entry = entryKindOf(next);
    const group = groupOfEntry(run.groups, start, next);
    const namespace = namespaceOf(next.object) || 'default';
    const identity = identityOf(next, namespace);
    if (entry === undefined || group.seen.has(identity)) continue;
    const find = findIn(group);
    // What it lacks another build may bring.
    if (waited < queue.length && entry.lacksObjects?.(next, namespace, find) === true) {
      waited += 1;
      queue.push(next);
      continue;
    }
    waited = 0;
    group.seen.add(identity);
    const made = deployedIsTooMuch(run)
      ? notFollowed(next, namespace)
      : reconcileAlone(next, namespace, () => entry.reconcile(next, namespace, { ...run.context, find }));
    run.deployed += made.build.resources.length;
    const { destination } = made;
    const target = destination === undefined ? group : groupOf(run.groups, destination, group.id.alternative);
    const owner = take(run, target, made);
    if (destination !== undefined) group.remote.push(owner);
    found.push(owner);
    queue.push(...made.build.resources.filter(isEntryPoint));
  }
  return found;
}

/**
 * Renders the charts of releases once all is known that values may come from; a chart may bring releases of its own, and
 * definitions that another one asked for.
 */
function releaseCharts(run: Run, group: ClusterGroup, { kubernetesVersion }: DiscoverOptions): void {
  const resources = (): Resource[] => group.reconciliations.flatMap(({ build }) => build.resources);
  const sources = resources().filter((one) => controllerKindOf(one)?.isSource === true);
  const { knowledge } = run.context;
  const context = {
    ...run.context,
    // As patches left them, before what their files say.
    knowledge: { ...knowledge, objects: [...sources, ...knowledge.objects] },
    find: findIn(group),
  };
  const releases: Released[] = [];
  for (let round = 0; round < mostRounds; round++) {
    const served = servedApis(kubernetesVersion ?? supportedVersions().at(-1) ?? '', resources);
    const again = releases.filter(({ dependsOn }) => dependsOn(served));
    for (const one of again) releaseAgain(run, group, one, { ...context, served });
    const known = releases.length;
    releases.push(...releaseNew(run, group, { ...context, served }));
    if (again.length === 0 && releases.length === known) return;
  }
}

/** A chart that stops asking for what it brings, once that is served, has no last state. */
const mostRounds = 4;

/** A release that was rendered, and whether it asked for what is served now and was not then. */
interface Released {
  readonly release: Resource;
  owner: Reconciliation;
  dependsOn: (served: ServedApis) => boolean;
}

function releaseNew(run: Run, group: ClusterGroup, context: ReleaseContext): Released[] {
  const found: Released[] = [];
  for (let index = 0; index < group.reconciliations.length; index++) {
    const { build } = group.reconciliations[index] as Reconciliation;
    for (const release of build.resources.filter(isHelmRelease)) {
      const identity = identityOf(release, namespaceOf(release.object) || 'default');
      if (group.seen.has(identity)) continue;
      group.seen.add(identity);
      const { served, dependsOn } = watchedApis(context.served);
      const made = releaseAlone(release, { ...context, served });
      if ('why' in made) run.missingCharts.set(release, made.why);
      else found.push({ release, dependsOn, owner: take(run, group, made) });
    }
  }
  return found;
}

function releaseAgain(run: Run, group: ClusterGroup, one: Released, context: ReleaseContext): void {
  const { served, dependsOn } = watchedApis(context.served);
  const made = releaseAlone(one.release, { ...context, served });
  const index = group.reconciliations.indexOf(one.owner);
  if ('why' in made || index < 0) return;
  const owner = { ...made, id: one.owner.id };
  group.reconciliations[index] = owner;
  replaceFound(run.groups, one.owner, owner);
  for (const input of made.build.inputs) run.reached.add(input);
  rememberInputs(group, made.build.resources);
  one.owner = owner;
  one.dependsOn = dependsOn;
}

function releaseAlone(release: Resource, context: ReleaseContext): MadeReconciliation | MissingChart {
  let missing: MissingChart | undefined;
  const made = reconcileAlone(release, namespaceOf(release.object), () => {
    const own = reconcileRelease(release, context);
    if (!('why' in own)) return own;
    missing = own;
    return { ...nothingSaid, by: 'flux', kind: '', name: '', namespace: '', build: emptyBuild('', true) };
  });
  return missing ?? made;
}

function deployedIsTooMuch({ context, deployed }: Run): boolean {
  return deployed > mostObjects(context.sources.counts.bytes);
}

/** What one of too many declarations deploys: nobody knows here. */
function notFollowed(declaration: Resource, namespace: string): MadeReconciliation {
  const { kind, name } = objectReference(declaration.object);
  const by = groupVersionKind(declaration.object).group === 'argoproj.io' ? 'argocd' : 'flux';
  const finding = tooMuch(
    declaration,
    'all that is deployed together has more objects than anyone means',
    [],
  );
  const build = { ...emptyBuild(''), diagnostics: [finding] };
  return { ...nothingSaid, by, kind, name, namespace, declaration, build };
}

/** Where following one stumbles, the others are followed all the same. */
function reconcileAlone(
  declaration: Resource,
  namespace: string,
  reconcile: () => MadeReconciliation,
): MadeReconciliation {
  try {
    return reconcile();
  } catch (error) {
    const { kind, name } = objectReference(declaration.object);
    const by = groupVersionKind(declaration.object).group === 'argoproj.io' ? 'argocd' : 'flux';
    const build = stumbledBuild('', { who: 'what it deploys', over: declaration }, error);
    return { ...nothingSaid, by, kind, name, namespace, declaration, build };
  }
}

function take(run: Run, group: ClusterGroup, made: MadeReconciliation): Reconciliation {
  const { kind, namespace, name, build } = made;
  const owner = { ...made, id: { kind, namespace, name, cluster: group.id } };
  group.reconciliations.push(owner);
  rememberFound(run.groups, owner);
  for (const input of build.inputs) run.reached.add(input);
  rememberInputs(group, build.resources);
  return owner;
}

function coverageOf(
  clusters: readonly Cluster[],
  { leftOut, missingCharts }: Pick<Run, 'leftOut' | 'missingCharts'>,
): Discovery['coverage'] {
  const all = clusters.flatMap(({ reconciliations }) => reconciliations);
  const rendered = new Set(
    all.flatMap(({ kind, declaration }) => (kind === 'HelmRelease' ? (declaration ?? []) : [])),
  );
  const notRendered = all.flatMap((one) => [
    ...one.notRendered,
    ...chartsNotRendered(
      one.build.resources.filter((resource) => !rendered.has(resource)),
      missingCharts,
    ),
  ]);
  return {
    entryPoints: all.length,
    notRendered: [
      ...new Set(notRendered),
      ...leftOut.map(
        (root) => `${root}: no kustomization names it as those next to it, so nothing deploys it`,
      ),
    ],
    unresolvedVariables: [...new Set(all.flatMap((one) => one.unresolved))],
  };
}

/** Names each cluster after the directory it was found in, as briefly as tells them apart. */
function nameClusters(groups: readonly ClusterGroup[], declared: readonly Resource[]): Cluster[] {
  const lastOf = (key: string): string => key.split('/').findLast((part) => part !== 'flux-system') ?? key;
  const counts = new Map<string, number>();
  for (const { id } of groups) counts.set(lastOf(id.root), (counts.get(lastOf(id.root)) ?? 0) + 1);
  return groups.map(({ id, reconciliations, remote }) => {
    const brief = lastOf(id.root) || 'cluster';
    const name = (counts.get(brief) ?? 0) > 1 ? id.root : brief;
    return newCluster({ id, name, reconciliations, remote, declared });
  });
}
