import type { Builder } from '../build/build.ts';
import type { Resource } from '../object/resource.ts';
import { inventoryKey } from '../reconcile/cluster.ts';
import type { BuiltFreely } from '../reconcile/discover-options.ts';
import { renderKustomize } from '../reconcile/render-kustomize.ts';
import { equalValues, type Mapping } from '../source/value.ts';
import type { Deployment } from './deployment.ts';
import type { EntryPoint, EntryPoints } from './entry-points.ts';
import type { Unit } from './unit.ts';

/** Clusters, then what else is built; where the configuration names environments, of clusters what is beside those. */
export function buildUnits(
  found: EntryPoints,
  builder: Builder,
  deployment: Deployment | undefined,
  made: (unit: Unit) => void,
): Unit[] {
  const ofClusters = deployment?.units ?? [];
  const built = found.roots.map((one) => {
    const unit = buildUnit(one, builder, deployment);
    made(unit);
    return unit;
  });
  const environments = built.filter(({ id }) => id.role === 'environment');
  if (environments.length === 0) return [...ofClusters, ...built];
  return [...built, ...ofClusters.map((one) => besideEnvironments(one, environments))];
}

const builtByNone: BuiltFreely = { byArgo: false, byFlux: false };

export function buildUnit(
  { name, root, environment }: EntryPoint,
  builder: Builder,
  deployment: Deployment | undefined,
): Unit {
  const { byArgo, byFlux } = deployment?.builtFreely ?? builtByNone;
  const isApplied = deployment?.fluxPaths.has(root) === true;
  // kustomize-controller builds without kustomize's load restrictor (fluxcd/pkg/kustomize, SecureBuild).
  const isFree =
    (byFlux && (environment === undefined || isApplied)) || (byArgo && environment === undefined);
  const source = { root, ...(isFree ? { loadRestrictor: 'none' as const } : {}) };
  const { build } = renderKustomize(source, { builder });
  return {
    id: environment === undefined ? { role: 'root', root } : { role: 'environment', root, environment: name },
    title: name,
    build,
    ...(environment === undefined ? {} : { environment }),
    ...(isApplied ? { byFlux: new Set(build.resources) } : {}),
    // What no controller deploys from here one may deploy from elsewhere, with variables: Flux, or Argo CD by a plugin.
    hasPlaceholders:
      build.unknown !== undefined || (deployment !== undefined && environment === undefined && !isApplied),
    ...(deployment === undefined || environment !== undefined || isApplied
      ? {}
      : { completedKinds: deployment.patchedKinds }),
  };
}

/** What a cluster gets other than as the environments have it: those are judged as the configuration names them. */
function besideEnvironments(unit: Unit, environments: readonly Unit[]): Unit {
  const judged = new Map<string, Mapping[]>();
  for (const resource of environments.flatMap(({ build }) => build.resources))
    judged.set(inventoryKey(resource), [...(judged.get(inventoryKey(resource)) ?? []), resource.object]);
  const isJudged = (resource: Resource): boolean =>
    judged.get(inventoryKey(resource))?.some((object) => equalValues(object, resource.object)) === true;
  const resources = unit.build.resources.filter((one) => !isJudged(one));
  return { ...unit, id: { ...unit.id, role: 'beside' }, build: { ...unit.build, resources } };
}
