import type { Builder } from '../build/build.ts';
import { readPlainManifests } from '../object/plain-manifests.ts';
import type { Resource } from '../object/resource.ts';
import { inventoryKey } from '../reconcile/cluster.ts';
import { isOfOtherTool } from '../schema/other-tool.ts';
import type { Sources } from '../source/load.ts';
import { equalValues, type Mapping } from '../source/value.ts';
import type { Deployment } from './deployment.ts';
import type { EntryPoint, EntryPoints } from './entry-points.ts';
import type { Unit } from './unit.ts';

/** Clusters, then what else is built; where the configuration names environments, of clusters what is beside those. */
export function buildUnits(found: EntryPoints, builder: Builder, deployment: Deployment | undefined): Unit[] {
  const ofClusters = deployment?.units ?? [];
  const built = found.roots.map((one) => buildUnit(one, builder, deployment?.fluxPaths));
  const environments = built.filter(({ id }) => id.role === 'environment');
  if (environments.length === 0) return [...ofClusters, ...built];
  return [...built, ...ofClusters.map((one) => besideEnvironments(one, environments))];
}

function buildUnit(
  { name, root, environment }: EntryPoint,
  builder: Builder,
  fluxPaths: ReadonlySet<string> = new Set(),
): Unit {
  const build = builder.build(root);
  const isApplied = fluxPaths.has(root);
  return {
    id: environment === undefined ? { role: 'root', root } : { role: 'environment', root, environment: name },
    title: name,
    build,
    ...(environment === undefined ? {} : { environment }),
    ...(isApplied ? { byFlux: new Set(build.resources) } : {}),
    // What Flux does not deploy from here it may deploy from elsewhere, with variables.
    hasPlaceholders: fluxPaths.size > 0 && environment === undefined && !isApplied,
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

/** The manifests that no kustomization takes; whoever applies them may put values into them first. */
export function plainUnit(sources: Sources, { plainFiles }: EntryPoints): Unit {
  const { resources, diagnostics } = readPlainManifests(sources, plainFiles);
  const manifests = { resources: resources.filter(({ object }) => !isOfOtherTool(object)), diagnostics };
  return {
    id: { role: 'plain', root: '' },
    build: { ...manifests, root: '', inputs: plainFiles, effects: [], complete: true },
    hasPlaceholders: true,
  };
}
