import { type Builder, openBuilder } from '../build/build.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { isError } from '../diagnostic/severity.ts';
import type { Build } from '../object/build.ts';
import { sentBuild } from '../object/list-items.ts';
import { objectPlace } from '../object/object-place.ts';
import { foreignTemplates } from '../object/plain-manifests.ts';
import { groupVersionKind, nameOf } from '../object/resource.ts';
import { stumbledBuild } from '../object/stumble.ts';
import type { Cluster } from '../reconcile/cluster.ts';
import type { BuiltFreely } from '../reconcile/discover-options.ts';
import { mentionsController } from '../reconcile/mentions.ts';
import { emptyBuild, ownerKey, type Reconciliation } from '../reconcile/reconciliation.ts';
import type { Coverage } from '../report/report.ts';
import { directoryOf } from '../source/path.ts';
import type { Surveyor } from './asked.ts';
import { buildUnit, buildUnits } from './build-units.ts';
import { type ComponentTrial, nearestWhole, tryComponents } from './component-trials.ts';
import { type Delivery, openDelivery } from './delivery.ts';
// Loaded when called: most repositories have neither Flux nor Argo CD.
import { followDeployment } from './deployment.ts';
import { type EntryPoint, type EntryPoints, isComponent } from './entry-points.ts';
import { examplesAmong } from './examples.ts';
import { isPutAside, leftOutOf, lostObjects } from './left-out.ts';
import { perhapsReadBy } from './perhaps-read.ts';
import type { Plan } from './plan.ts';
import type { Reach } from './reach.ts';
import { renderPlain } from './render-plain.ts';
import type { Share } from './share.ts';
import { unlockedIn } from './sources.ts';
import { concerns, isAboveAny, touchedOnly } from './touched.ts';
import { concernsCluster, touchedDeployment } from './touched-deployment.ts';
import { leftOver, nothingUndeployed } from './undeployed.ts';
import { type Unit, unitKey } from './unit.ts';

type Deployment = ReturnType<typeof followDeployment>;

/** All that is rendered of what a run was asked for. */
export interface Tree {
  readonly units: readonly Unit[];
  /** Those of the units, in one list: what is found out of a list is remembered by it. */
  readonly builds: readonly Build[];
  /** What Flux and Argo CD deploy of it, with who applies it. */
  readonly clusters: readonly Cluster[];
  /** These, and the clusters that no touched file reaches. */
  readonly allClusters: readonly Cluster[];
  /** What no controller reaches. */
  readonly found: EntryPoints;
  /** What lies below a kustomization and is part of no build. */
  readonly undeployed: ReturnType<typeof leftOver>;
  /** Charts that nothing renders. */
  readonly idleCharts: readonly string[];
  /** What comes from elsewhere and lies here. */
  readonly fetched: Plan['fetched'];
  /** What is known of how that reaches a cluster which no controller applies. */
  readonly delivery: Delivery;
  /** Of whoever deploys something those that nobody is seen to apply. */
  readonly loose: ReadonlySet<Reconciliation>;
  /** Who builds without the load restrictor. */
  readonly builtFreely: BuiltFreely;
  /** Components that no build takes, on top of what could take them. */
  readonly trials: readonly ComponentTrial[];
  readonly coverage: Pick<
    Coverage,
    | 'builds'
    | 'objects'
    | 'tried'
    | 'unlocked'
    | 'notDeployed'
    | 'notRendered'
    | 'unresolvedVariables'
    | 'ignored'
    | 'leftOut'
  >;
}

/** Builds what the plan found, as whoever deploys it does; of what is not in `share` it knows nothing. */
export function renderPlan(plan: Plan, run: Surveyor, share?: Share): Tree {
  const { sources, isConfigured, asked, made = () => {} } = run;
  const { touched } = asked;
  const builder = tellingBuilder(plan, run, share);
  const deployment = deploymentIn(plan, run, builder);
  for (const unit of deployment?.units ?? []) made(unit);
  const unreached = deployment === undefined ? plan.found : withoutReached(plan.found, deployment.reached);
  const found = touched === undefined ? unreached : touchedOnly(sources, unreached, touched, plan.reachOf);
  const plain = isConfigured ? renderPlain(found.plainFiles, { sources }) : undefined;
  const rendered =
    plain === undefined
      ? []
      : [...buildUnits(found, builder, deployment, made), plainUnit(plain.build, deployment)];
  const judgeable = [
    ...rendered,
    ...(touched === undefined ? takenAway(plan, rendered, builder, deployment) : []),
  ];
  const allClusters = deployment?.clusters ?? [];
  const clusters =
    touched === undefined ? allClusters : allClusters.filter((cluster) => concernsCluster(cluster, touched));
  const isConcerned = (unit: Unit): boolean =>
    touched === undefined || concerns(unit.build, touched) || isOfCluster(unit, clusters);
  const concerned = judgeable.filter(isConcerned);
  const trials =
    touched === undefined
      ? trialsIn(run, { found, units: concerned, deployment, builder })
      : touchedTrials(run, { plan, found: unreached, touched, deployment, builder });
  // What is tried is judged by what is known beside everything.
  const units =
    trials.length === 0
      ? concerned
      : judgeable.filter((unit) => isConcerned(unit) || unit.id.role === 'plain');
  const whole = trials.filter(({ builds }) => builds.some(({ complete }) => complete));
  const undeployed = undeployedIn(run, { found, units, deployment, tried: whole });
  const reconciled = clusters.flatMap(({ reconciliations }) => reconciliations);
  const built = new Set([
    ...units.map(({ build }) => build.root),
    ...reconciled.flatMap(({ path, build }) => [build.root, path ?? build.root]),
  ]);
  const noManifests = plain?.noManifests ?? [];
  const mayRead = perhapsReadBy(units, reconciled, sources, plan.found);
  const unread = new Map([...undeployed.places].filter(([path]) => !mayRead(path)));
  const delivery = openDelivery(sources, plan.found, asked.paths);
  const leftOut = isConfigured ? leftOutOf({ found, units, unread, noManifests, built }, run) : [];
  const unlocked = unlockedIn(plan.fetched);
  // Plain files are read to see what they are, those of charts as well.
  const builds = units.flatMap(({ id, build }) => (id.role === 'plain' ? [] : build));
  const reached = new Set([...(deployment?.reached ?? []), ...builds.flatMap(({ inputs }) => inputs)]);
  const idleCharts = found.charts.filter(
    (chart) => !reached.has(chart === '' ? 'Chart.yaml' : `${chart}/Chart.yaml`),
  );
  const named = new Set(
    leftOut.filter(({ why }) => isPutAside(why)).flatMap(({ places }) => places.map(({ path }) => path)),
  );
  return {
    units,
    builds: units.map(({ build }) => build),
    clusters,
    allClusters,
    found,
    undeployed,
    idleCharts,
    fetched: plan.fetched,
    delivery,
    loose: new Set([
      ...[...(deployment?.loose ?? [])].filter(({ id }) => !delivery.isBuilt(id.cluster.root)),
      ...examplesAmong(allClusters, plan.found, delivery),
    ]),
    builtFreely: deployment?.builtFreely ?? { byArgo: false, byFlux: false },
    trials,
    coverage: {
      ...(whole.length === 0 ? {} : { tried: whole.map(({ component }) => component) }),
      ...(unlocked.length === 0 ? {} : { unlocked }),
      builds: found.roots.length + judgeable.length - rendered.length + reconciled.length,
      objects: units.reduce((sum, { build }) => sum + build.resources.length, 0),
      notDeployed: [
        ...unread.keys(),
        ...found.skipped.filter(({ path }) => named.has(path)).map(({ path }) => path),
        ...foreignTemplates(sources, found.plainFiles),
        ...(plain?.notRendered ?? []),
      ],
      notRendered: [
        ...(deployment?.notRendered ?? []),
        ...idleCharts.map((chart) => `${chart || '.'}: charts are not rendered`),
        ...mutatingPolicies(units),
      ],
      ignored: found.ignored,
      leftOut,
      unresolvedVariables: [
        ...new Set([
          ...(deployment?.unresolvedVariables ?? []),
          ...units.flatMap(({ build }) => build.unknown ?? []),
        ]),
      ],
    },
  };
}

/** Policies that change objects on their way into the cluster: what they make of them is not computed. */
function mutatingPolicies(units: readonly Unit[]): string[] {
  const policies = units
    .flatMap(({ build }) => build.resources)
    .filter(({ object }) => {
      const { group, kind } = groupVersionKind(object);
      return kind === 'MutatingAdmissionPolicy' && group === 'admissionregistration.k8s.io';
    });
  const names = new Set(policies.map(({ object }) => nameOf(object)));
  return [...names].map(
    (name) => `MutatingAdmissionPolicy ${name}: its changes at admission are not computed here`,
  );
}

/** Whether a unit is what reaches one of the clusters. */
function isOfCluster({ id }: Unit, clusters: readonly Cluster[]): boolean {
  if (id.role !== 'cluster' && id.role !== 'beside') return false;
  return clusters.some(({ root, alternative }) => root === id.root && alternative === id.alternative);
}

/** Whoever applies these manifests may put values into them first. */
function plainUnit(build: Build, deployment: Deployment | undefined): Unit {
  return {
    id: { role: 'plain', root: '' },
    build,
    hasPlaceholders: true,
    ...(deployment === undefined ? {} : { completedKinds: deployment.patchedKinds }),
  };
}

/** Of components that no build takes those of which a file is touched; what takes which is told without building it. */
function touchedTrials(
  { sources, isConfigured, asked }: Surveyor,
  {
    plan,
    found,
    touched,
    deployment,
    builder,
  }: {
    plan: Plan;
    found: EntryPoints;
    touched: readonly string[];
    deployment: Deployment | undefined;
    builder: Builder;
  },
): ComponentTrial[] {
  if (!isConfigured || asked.environments.length > 0) return [];
  const kustomizations = found.kustomizations.filter((file) => isAboveAny(file, touched));
  const [first] = kustomizations.filter((file) =>
    isComponent(sources.load(file, 'kustomization').documents[0]?.value),
  );
  if (first === undefined) return [];
  const roots = found.roots.map(({ root }) => root);
  const kustomized = new Set(found.kustomizations.map(directoryOf));
  const candidates = [...new Set([...roots, ...appliedPaths(deployment)])].filter((path) =>
    kustomized.has(path),
  );
  return tryComponents(sources, builder, {
    found: { ...found, kustomizations },
    inputs: new Set([
      ...roots.flatMap((root) => [...(plan.reachOf(root) ?? [])]),
      ...(deployment?.reached ?? []),
    ]),
    environments: nearestWhole(directoryOf(first), candidates, builder),
    loadRestrictor: deployment?.builtFreely.byFlux === true ? 'none' : 'root-only',
  });
}

function appliedPaths(deployment: Deployment | undefined): string[] {
  return (deployment?.clusters ?? []).flatMap(({ reconciliations }) =>
    reconciliations.flatMap(({ path, build }) => (path !== undefined && build.complete ? [path] : [])),
  );
}

/** Nobody names a component that is to be left out. */
function trialsIn(
  { sources, isConfigured, asked }: Surveyor,
  {
    found,
    units,
    deployment,
    builder,
  }: { found: EntryPoints; units: readonly Unit[]; deployment: Deployment | undefined; builder: Builder },
): ComponentTrial[] {
  if (!isConfigured || asked.environments.length > 0) return [];
  const applied = appliedPaths(deployment);
  const built = units.flatMap(({ id, build }) =>
    (id.role === 'root' || id.role === 'environment') && build.complete && build.resources.length > 0
      ? [id.root]
      : [],
  );
  const kustomized = new Set(found.kustomizations.map(directoryOf));
  return tryComponents(sources, builder, {
    found,
    inputs: new Set([...units.flatMap(({ build }) => build.inputs), ...(deployment?.reached ?? [])]),
    environments: [...new Set([...built, ...applied])].filter((path) => kustomized.has(path)),
    loadRestrictor: deployment?.builtFreely.byFlux === true ? 'none' : 'root-only',
  });
}

/** Kustomizations of which nothing is left where others take them in: they are built by themselves, the outermost first. */
function takenAway(
  { found: { takenIn }, reachOf }: Plan,
  rendered: readonly Unit[],
  builder: Builder,
  deployment: Deployment | undefined,
): Unit[] {
  const lostByKey = lostObjects(rendered);
  if (lostByKey.size === 0) return [];
  const lost = new Set(lostByKey.keys());
  const files = new Set([...lostByKey.values()].map(({ file }) => file));
  const alone = takenIn
    .filter((root) => readsAny(reachOf(root), files))
    .map((root) => buildUnit({ name: root || '.', root }, builder, deployment))
    .map((unit) => ({ unit, keys: unit.build.resources.map((one) => objectPlace(one)?.key ?? '') }))
    .filter(({ unit, keys }) => unit.build.complete && keys.length > 0 && keys.every((key) => lost.has(key)))
    .sort((a, b) => b.keys.length - a.keys.length || b.unit.build.inputs.length - a.unit.build.inputs.length);
  return alone.flatMap(({ unit, keys }) => {
    const isNew = keys.some((key) => lost.has(key));
    for (const key of keys) lost.delete(key);
    return isNew ? [unit] : [];
  });
}

function readsAny(reach: Reach, files: ReadonlySet<string>): boolean {
  return reach === undefined || [...files].some((file) => reach.has(file));
}

/** Tells what is built, and which errors building told so far. */
function tellingBuilder(
  { bases }: Plan,
  { sources, memory, asked, tell }: Surveyor,
  share: Share | undefined,
): Builder {
  const opened = openBuilder(sources, memory, asked.touched !== undefined);
  const errors: Diagnostic[] = [];
  return {
    build(root, options) {
      if (share?.builds(root, options?.edit) === false) return emptyBuild(root, true);
      tell({ name: 'build', what: root, errors });
      const build = builtAlone(root, () => sentBuild(opened.build(root, { ...bases, ...options })));
      errors.push(...build.diagnostics.filter(isError));
      return build;
    },
  };
}

/** Where building stumbles, the other builds are made all the same. */
function builtAlone(root: string, build: () => Build): Build {
  try {
    return build();
  } catch (error) {
    return stumbledBuild(root, { who: 'the build' }, error);
  }
}

/** What Flux and Argo CD deploy; undefined where neither has to do with what was asked for. */
function deploymentIn(
  { sources, found, fetched, reachOf }: Plan,
  { isConfigured, asked, configuration, lasting = [], earlier }: Surveyor,
  builder: Builder,
): Deployment | undefined {
  if (!isConfigured || asked.environments.length > 0) return undefined;
  const files = [...found.plainFiles, ...found.kustomizedFiles];
  const follow = (one: Builder): Deployment | undefined =>
    lasting.length > 0 || files.some((file) => mentionsController(sources, file))
      ? followDeployment(sources, { found, fetched, lasting, earlier }, one, configuration)
      : undefined;
  const { touched } = asked;
  return touched === undefined
    ? follow(builder)
    : touchedDeployment(sources, builder, { touched, reachOf, follow });
}

/** What nobody deploys by way of a controller; environments are judged in any case. */
function withoutReached(found: EntryPoints, reached: ReadonlySet<string>): EntryPoints {
  const directories = new Set(found.kustomizations.filter((file) => reached.has(file)).map(directoryOf));
  const isReached = ({ root, environment }: EntryPoint): boolean =>
    environment === undefined && directories.has(root);
  return {
    ...found,
    roots: found.roots.filter((one) => !isReached(one)),
    plainFiles: found.plainFiles.filter((file) => !reached.has(file)),
  };
}

function undeployedIn(
  { sources, asked }: Surveyor,
  {
    found,
    units,
    deployment,
    tried,
  }: {
    found: EntryPoints;
    units: readonly Unit[];
    deployment: Deployment | undefined;
    tried: readonly ComponentTrial[];
  },
): ReturnType<typeof leftOver> {
  if (asked.environments.length > 0) return nothingUndeployed;
  const builds = [...units.map(({ build }) => build), ...tried.flatMap((trial) => trial.builds)];
  const working = builds.filter(({ resources }) => resources.length > 0);
  const inputsOf = (some: readonly Build[]): string[] => some.flatMap(({ inputs }) => [...inputs]);
  const reached = [...(deployment?.reached ?? [])];
  const left = leftOver(sources, found, [...inputsOf(builds), ...reached]);
  // CRDs that other builds bring say what the fields of these objects are, and so do those that a failing build has read.
  if (asked.touched === undefined && working.length === builds.length) return left;
  const read = [...inputsOf(working), ...(asked.touched === undefined ? reached : [])];
  return { ...left, definitions: leftOver(sources, found, read).definitions };
}

/**
 * Each build by itself, by what it is: of clusters not all together, so that one that fails says nothing of the others. The keys are
 * the same in another revision.
 */
export function renderedBuilds({ units, clusters }: Tree): ReadonlyMap<string, Build> {
  const builds = new Map<string, Build>();
  const roots = new Set(clusters.map(({ root }) => root));
  for (const { id, build } of units)
    if (id.role === 'environment' || id.role === 'plain' || !roots.has(id.root))
      builds.set(unitKey(id), build);
  for (const cluster of clusters)
    for (const one of cluster.reconciliations) builds.set(freeKey(ownerKey(one.id), builds), one.build);
  return builds;
}

/** Two owners of one name are a mistake, and both are there. */
function freeKey(key: string, taken: ReadonlyMap<string, unknown>): string {
  for (let number = 1; ; number++) {
    const numbered = number === 1 ? key : `${key} ${number}`;
    if (!taken.has(numbered)) return numbered;
  }
}

/** The alternatives of the configuration by which something is deployed. */
export function alternativesUsed({ clusters }: Tree): Set<string> {
  return new Set(clusters.flatMap(({ alternative }) => alternative ?? []));
}
