import type { Builder } from '../build/build.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { discoverySettings } from '../configuration/discovery-settings.ts';
import type { Build } from '../object/build.ts';
import { readPlainManifests } from '../object/plain-manifests.ts';
import type { Resource } from '../object/resource.ts';
import { inventoryKey } from '../reconcile/cluster.ts';
import { mentionsController } from '../reconcile/mentions.ts';
import { isOfOtherTool } from '../schema/other-tool.ts';
import type { Sources } from '../source/load.ts';
import { directoryOf } from '../source/path.ts';
import { equalValues, type Mapping } from '../source/value.ts';
// Loaded when called: most repositories have neither Flux nor Argo CD.
import { deploymentOf } from './deployment.ts';
import type { EntryPoint, EntryPoints } from './entry-points.ts';

/** What reaches a cluster together: one build, or the manifests that no kustomization takes. */
export interface Scope extends Build {
  readonly entryPoint?: EntryPoint;
  /** What of it Flux applies. */
  readonly byFlux?: ReadonlySet<Resource>;
  /** Whether variables stand in it whose values are not in the repository. */
  readonly hasPlaceholders?: boolean;
  /** The one of several alternatives by which it reaches the cluster. */
  readonly alternative?: string;
  /** Whether it is what a cluster gets beside the environments that the configuration names. */
  readonly isBeside?: true;
}

export type Deployment = ReturnType<typeof deploymentOf>;

/** What Flux and Argo CD deploy of it; undefined where neither has to do with the repository. */
export function findDeployment(
  sources: Sources,
  found: EntryPoints,
  builder: Builder,
  configuration: Configuration,
): Deployment | undefined {
  const files = [...found.plainFiles, ...found.kustomizedFiles];
  return files.some((file) => mentionsController(sources, file))
    ? deploymentOf(sources, found, builder, discoverySettings(configuration))
    : undefined;
}

/** What nobody deploys by way of a controller; environments are judged in any case. */
export function withoutReached(found: EntryPoints, reached: ReadonlySet<string>): EntryPoints {
  const directories = new Set(found.kustomizations.filter((file) => reached.has(file)).map(directoryOf));
  const isReached = ({ root, environment }: EntryPoint): boolean =>
    environment === undefined && directories.has(root);
  return {
    ...found,
    roots: found.roots.filter((one) => !isReached(one)),
    plainFiles: found.plainFiles.filter((file) => !reached.has(file)),
  };
}

export function buildScopes(
  { roots }: EntryPoints,
  builder: Builder,
  fluxPaths: ReadonlySet<string> = new Set(),
): Scope[] {
  return roots.map((entryPoint) => {
    const build = builder.build(entryPoint.root);
    const byFlux = fluxPaths.has(entryPoint.root) ? { byFlux: new Set(build.resources) } : {};
    // What Flux does not deploy from here it may deploy from elsewhere, with variables.
    const isLeft = fluxPaths.size > 0 && entryPoint.environment === undefined && byFlux.byFlux === undefined;
    return { ...build, entryPoint, ...byFlux, ...(isLeft ? { hasPlaceholders: true } : {}) };
  });
}

/** What a cluster gets other than as the environments have it: those are judged as the configuration names them. */
export function besideEnvironments(scope: Scope, environments: readonly Scope[]): Scope {
  const judged = new Map<string, Mapping[]>();
  for (const resource of environments.flatMap(({ resources }) => resources))
    judged.set(inventoryKey(resource), [...(judged.get(inventoryKey(resource)) ?? []), resource.object]);
  const isJudged = (resource: Resource): boolean =>
    judged.get(inventoryKey(resource))?.some((object) => equalValues(object, resource.object)) === true;
  return { ...scope, resources: scope.resources.filter((one) => !isJudged(one)), isBeside: true };
}

/** The manifests that no kustomization takes; whoever applies them may put values into them first. */
export function plainScope(sources: Sources, { plainFiles }: EntryPoints): Scope {
  const { resources, diagnostics } = readPlainManifests(sources, plainFiles);
  const manifests = { resources: resources.filter(({ object }) => !isOfOtherTool(object)), diagnostics };
  return { ...manifests, root: '', inputs: plainFiles, effects: [], complete: true, hasPlaceholders: true };
}
