import { type Builder, openBuilder } from '../build/build.ts';
import type { BuildMemory } from '../build/build-memory.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { isError } from '../diagnostic/severity.ts';
import type { Step } from '../diagnostic/step.ts';
import type { Build } from '../object/build.ts';
import { foreignTemplates } from '../object/plain-manifests.ts';
import type { Cluster } from '../reconcile/cluster.ts';
import type { Coverage } from '../report/report.ts';
import type { Sources } from '../source/load.ts';
import { type EntryPoints, findEntryPoints } from './entry-points.ts';
import { openReach } from './reach.ts';
import {
  besideEnvironments,
  buildScopes,
  type Deployment,
  findDeployment,
  plainScope,
  type Scope,
  withoutReached,
} from './scope.ts';
import { touchedOnly } from './touched.ts';
import { readsAny, touchedDeployment } from './touched-deployment.ts';
import { leftOver, nothingUndeployed } from './undeployed.ts';

/** What there is to judge, built. */
export interface Survey {
  readonly scopes: readonly Scope[];
  /** What Flux and Argo CD deploy of it, with who applies it. */
  readonly clusters: readonly Cluster[];
  readonly found: EntryPoints;
  readonly deployment: Deployment | undefined;
  /** What lies below a kustomization and is part of no build. */
  readonly undeployed: ReturnType<typeof leftOver>;
  readonly coverage: Pick<
    Coverage,
    'builds' | 'objects' | 'notDeployed' | 'notRendered' | 'unresolvedVariables' | 'ignored'
  >;
}

export interface SurveyOptions {
  readonly paths: readonly string[];
  /** Names of environments; all where empty. */
  readonly selected: readonly string[];
  readonly isUsable: boolean;
  /** Files: only what reads one of them; everything where absent. */
  readonly touched?: readonly string[];
  readonly onStep: (step: Step) => void;
  readonly memory?: BuildMemory;
}

/** Finds what is deployed below the paths and builds it as whoever deploys it does. */
export function surveyRun(
  sources: Sources,
  configuration: Configuration,
  { paths, selected, isUsable, touched, onStep, memory }: SurveyOptions,
): Survey {
  const { environments, file: configurationFile, ignore, remotes } = configuration;
  const told = tellingReads(sources, onStep);
  const surveyed = findEntryPoints(told, {
    paths,
    environments,
    selected,
    ignore,
    ...(configurationFile === undefined ? {} : { configurationFile }),
  });
  const opened = openBuilder(sources, memory);
  const errors: Diagnostic[] = [];
  const builder: Builder = {
    build(root, more) {
      onStep({ name: 'build', what: root, errors });
      const build = opened.build(root, { remotes, ...more });
      errors.push(...build.diagnostics.filter(isError));
      return build;
    },
  };
  const reachOf = openReach(told, remotes);
  const follow = (one: Builder): Deployment | undefined => findDeployment(told, surveyed, one, configuration);
  const deployment =
    !isUsable || selected.length > 0
      ? undefined
      : touched === undefined
        ? follow(builder)
        : touchedDeployment(told, builder, { touched, reachOf, follow });
  const unreached = deployment === undefined ? surveyed : withoutReached(surveyed, deployment.reached);
  const found = touched === undefined ? unreached : touchedOnly(sources, unreached, touched, reachOf);
  const judgeable = isUsable ? [...scopesOf(found, builder, deployment), plainScope(sources, found)] : [];
  const scopes =
    touched === undefined
      ? judgeable
      : judgeable.filter(({ inputs }) => inputs.some((file) => touched.includes(file)));
  const all = deployment?.clusters ?? [];
  const clusters = touched === undefined ? all : all.filter((cluster) => readsAny(cluster, touched));
  const read = scopes.flatMap(({ inputs }) => inputs);
  const reached = [...read, ...(deployment?.reached ?? [])];
  const undeployed =
    selected.length > 0
      ? nothingUndeployed
      : {
          ...leftOver(sources, found, reached),
          // CRDs that other builds bring say what the fields of these objects are.
          ...(touched === undefined ? {} : { definitions: leftOver(sources, found, read).definitions }),
        };
  return {
    scopes,
    clusters,
    found,
    deployment,
    undeployed,
    coverage: {
      builds: found.roots.length + clusters.flatMap(({ reconciliations }) => reconciliations).length,
      objects: scopes.reduce((sum, { resources }) => sum + resources.length, 0),
      notDeployed: [
        // While a build is broken, nobody knows what it would have read.
        ...(scopes.every(({ complete }) => complete) ? undeployed.places : []),
        ...found.tests,
        ...foreignTemplates(sources, found.plainFiles),
      ],
      notRendered: [
        ...(deployment?.notRendered ?? []),
        ...found.charts.map((chart) => `${chart || '.'}: charts are not rendered`),
      ],
      ignored: found.ignored,
      unresolvedVariables: deployment?.unresolvedVariables ?? [],
    },
  };
}

/** Tells what is read, which takes its time before there is anything to build. */
function tellingReads(sources: Sources, onStep: (step: Step) => void): Sources {
  const tell = (what: string): void => onStep({ name: 'read', what });
  return {
    ...sources,
    bytes(path) {
      tell(path);
      return sources.bytes(path);
    },
    load(path, reader) {
      tell(path);
      return sources.load(path, reader);
    },
  };
}

/** Each build by itself: of clusters not all together, so that one that fails says nothing of the others. */
export function renderedBuilds({ scopes, clusters }: Survey): Build[] {
  const roots = new Set(clusters.map(({ root }) => root));
  const others = scopes.filter(
    ({ entryPoint, root }) =>
      entryPoint?.environment !== undefined || entryPoint === undefined || !roots.has(root),
  );
  return [...others, ...clusters.flatMap(({ reconciliations }) => reconciliations.map(({ build }) => build))];
}

/** The alternatives of the configuration by which something is deployed. */
export function alternativesUsed({ clusters }: Survey): Set<string> {
  return new Set(clusters.flatMap(({ alternative }) => alternative ?? []));
}

/** Clusters, then what else is built; where the configuration names environments, of clusters what is beside those. */
function scopesOf(found: EntryPoints, builder: Builder, deployment: Deployment | undefined): Scope[] {
  const ofClusters = deployment?.scopes ?? [];
  const built = buildScopes(found, builder, deployment?.fluxPaths);
  const environments = built.filter(({ entryPoint }) => entryPoint?.environment !== undefined);
  if (environments.length === 0) return [...ofClusters, ...built];
  return [...built, ...ofClusters.map((one) => besideEnvironments(one, environments))];
}
