import { type SetPolicies, withPolicies } from '../admit/set-policies.ts';
import { withCustomKinds } from '../admit/set-schemas.ts';
import type { BuildMemory } from '../build/build-memory.ts';
import { clusterTarget } from '../configuration/cluster-target.ts';
import { defaultKubernetesVersion } from '../configuration/kubernetes-versions.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { knownForRuns, knownOnce } from '../object/known-once.ts';
import { servedByOlderFlux } from '../reconcile/flux/removed-versions.ts';
import type { CustomKinds } from '../schema/custom-kind.ts';
import type { Mapping } from '../source/value.ts';
import type { Tree } from '../survey/tree.ts';
import { knownContents } from './known-contents.ts';
import { policyChoice } from './policy-choice.ts';
import type { Run } from './run.ts';
import type { UnitWorld } from './unit-world.ts';
import { readSchemas } from './vendored-schemas.ts';

/** What all units are judged in. */
export interface World {
  readonly units: readonly UnitWorld[];
  /** The oldest Kubernetes of the first unit, for rules that see several. */
  readonly kubernetesVersion: string;
  /** What is wrong with vendored schemas. */
  readonly problems: readonly Diagnostic[];
  /** The objects of vendored schemas. */
  readonly schemas: readonly Mapping[];
}

/** Learns what the cluster of each unit is: its version, the kinds that it serves, the policies in force. */
export function learn({ units, undeployed }: Tree, run: Run): World {
  const { sources, configuration, options, kubernetesVersions } = run;
  const remembered = run.memory === undefined ? undefined : knownWorlds(run.memory);
  remembered?.customKinds.begin();
  remembered?.policies.begin();
  const contents = run.memory === undefined ? undefined : knownContents(run.memory);
  contents?.begin();
  const { laidDown } = options;
  const vendored =
    laidDown === undefined
      ? readSchemas(sources, configuration.schemas)
      : { objects: laidDown.schemas, diagnostics: [] };
  const targeted = units.map((unit) => {
    const target = clusterTarget(configuration, unit.environment, { ...options, kubernetesVersions });
    const [oldest] = target.kubernetesVersions;
    return {
      unit,
      resources: unit.build.resources,
      isCluster: unit.id.role === 'cluster',
      isPlain: unit.id.role === 'plain',
      ...(laidDown === undefined ? {} : { before: laidDown.objectsFor(unit, units) }),
      target,
      ...(oldest === undefined ? {} : { kubernetesVersion: oldest }),
    };
  });
  const known = withCustomKinds(
    targeted,
    [...vendored.objects, ...undeployed.definitions],
    servedByOlderFlux(configuration.fluxVersion),
    {
      ...(remembered === undefined ? {} : { known: remembered.customKinds.known }),
      // A CRD that is rendered again as it was defines the same kinds.
      ...(contents === undefined ? {} : { firstOf: contents.firstOf }),
    },
  );
  return {
    units: withPolicies(known, policyChoice(configuration, options), remembered?.policies.known),
    kubernetesVersion: targeted[0]?.kubernetesVersion ?? defaultKubernetesVersion,
    problems: vendored.diagnostics,
    schemas: vendored.objects,
  };
}

/** Of both revisions, of a part and of the whole, and of a few files by themselves. */
const mostRuns = 6;

// Worlds that two revisions have in common are the same objects, and so is what objects are judged to be in them.
const knownWorlds = knownOnce((_memory: BuildMemory) => ({
  customKinds: knownForRuns<CustomKinds>(mostRuns),
  policies: knownForRuns<SetPolicies>(mostRuns),
}));
