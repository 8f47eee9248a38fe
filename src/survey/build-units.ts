import type { Builder } from '../build/build.ts';
import { readPlainManifests } from '../object/plain-manifests.ts';
import { locateField } from '../object/provenance.ts';
import type { Resource } from '../object/resource.ts';
import { inventoryKey } from '../reconcile/cluster.ts';
import { isOfOtherTool } from '../schema/other-tool.ts';
import type { Sources } from '../source/load.ts';
import { equalValues, type Mapping, valueAt } from '../source/value.ts';
import type { Deployment } from './deployment.ts';
import type { EntryPoint, EntryPoints } from './entry-points.ts';
import type { Unit } from './unit.ts';

/** Clusters, then what else is built; where the configuration names environments, of clusters what is beside those. */
export function buildUnits(found: EntryPoints, builder: Builder, deployment: Deployment | undefined): Unit[] {
  const ofClusters = deployment?.units ?? [];
  const built = found.roots.map((one) => buildUnit(one, builder, deployment));
  const environments = built.filter(({ id }) => id.role === 'environment');
  if (environments.length === 0) return [...ofClusters, ...built];
  return [...built, ...ofClusters.map((one) => besideEnvironments(one, environments))];
}

function buildUnit(
  { name, root, environment }: EntryPoint,
  builder: Builder,
  deployment: Deployment | undefined,
): Unit {
  const hasFlux = deployment?.hasFlux === true;
  const isApplied = deployment?.fluxPaths.has(root) === true;
  // kustomize-controller builds without kustomize's load restrictor (fluxcd/pkg/kustomize, SecureBuild).
  const isFree = hasFlux && (environment === undefined || isApplied);
  const build = builder.build(root, isFree ? { loadRestrictor: 'none' } : {});
  return {
    id: environment === undefined ? { role: 'root', root } : { role: 'environment', root, environment: name },
    title: name,
    build,
    ...(environment === undefined ? {} : { environment }),
    ...(isApplied ? { byFlux: new Set(build.resources) } : {}),
    // What Flux does not deploy from here it may deploy from elsewhere, with variables.
    hasPlaceholders: hasFlux && environment === undefined && !isApplied,
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

/** The manifests that no kustomization takes; whoever applies them may put values into them first. */
export function plainUnit(
  sources: Sources,
  { plainFiles }: EntryPoints,
  deployment: Deployment | undefined,
): {
  readonly unit: Unit /** Files with objects that are no manifests, and why. */;
  readonly leftOut: readonly string[];
} {
  const { resources, diagnostics } = readPlainManifests(sources, plainFiles);
  const leftOut = new Map<string, number>();
  const manifests = resources.filter((resource) => {
    const why = whyLeftOut(resource.object);
    const place = why === undefined ? '' : `${fileOf(resource)}: ${why}`;
    if (why !== undefined) leftOut.set(place, (leftOut.get(place) ?? 0) + 1);
    return why === undefined;
  });
  const build = {
    resources: manifests,
    diagnostics,
    root: '',
    inputs: plainFiles,
    effects: [],
    complete: true,
  };
  return {
    unit: {
      id: { role: 'plain', root: '' },
      build,
      hasPlaceholders: true,
      ...(deployment === undefined ? {} : { completedKinds: deployment.patchedKinds }),
    },
    leftOut: [...leftOut].map(([place, count]) => `${place} (${count} object${count === 1 ? '' : 's'})`),
  };
}

function whyLeftOut(object: Mapping): string | undefined {
  if (isOfOtherTool(object)) return 'configuration of another tool';
  // A directive of strategic merge patches, which no API server takes in an object.
  if (Object.hasOwn(object, '$patch')) return 'a patch';
  const local = valueAt(object, ['metadata', 'annotations', 'config.kubernetes.io/local-config']);
  return local === 'true' ? 'for tools alone, as its annotation local-config says' : undefined;
}

function fileOf({ object, origin }: Resource): string {
  return locateField({ value: object, origin }, []).span?.file.path ?? '';
}
