import type { Build } from '../../object/build.ts';
import { groupVersionKind, namespaceOf, type Resource } from '../../object/resource.ts';
import { valueText } from '../../source/value-text.ts';
import { besideOnce, namespaceOfResource } from '../../workload/beside.ts';
import { autoscalersOf, leastReplicas } from '../../workload/capacity/autoscaler.ts';
import {
  canonicalEnvironment,
  environmentOfPath,
  environmentsIn,
} from '../../workload/environment/environment-name.ts';
import { describe, podTemplatesOf } from '../../workload/pod/pod-template.ts';
import type { Surroundings } from '../../workload/surroundings.ts';
import { isPartlyBuilt } from '../../workload/unseen-maker.ts';
import type { BuildRule } from '../rule.ts';

/** What production has in several replicas is to stay up; without any budget or policy nobody has decided how. */
export const productionUnguarded: BuildRule = {
  id: 'production-unguarded',
  severity: 'warning',
  scope: 'build',
  criterion: 'wired',
  tags: ['environments', 'security'],
  profiles: ['recommended', 'all'],
  *judge(build, context) {
    const replicated = replicatedIn(build, context);
    const [first, ...more] = replicated;
    if (first === undefined) return;
    const missing = guards.filter(({ beside }) =>
      replicated.every(({ object }) => isEmpty(beside(namespaceOf(object), build, context))),
    );
    if (missing.length === 0 || isPartlyBuilt(context)) return;
    const kinds = missing.map(({ kind }) => kind).join(' and no ');
    yield {
      at: [first, 'metadata', 'name'],
      message: `production runs ${replicated.map(describe).join(', ')} with several replicas, but the build has no ${kinds}`,
      help: missing.map(({ help }) => help).join('; '),
      related: more.map((one) => ({ at: [one, 'metadata', 'name'], message: 'this one too' })),
    };
  },
};

const replicatedKinds: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'Rollout']);

function replicatedIn(build: Build, context: Surroundings): Resource[] {
  const autoscalers = autoscalersOf(build);
  return podTemplatesOf(build)
    .map(({ resource }) => resource)
    .filter(
      (resource) =>
        replicatedKinds.has(valueText(resource.object['kind'])) &&
        leastReplicas(resource, autoscalers) > 1 &&
        isOfProduction(resource, build, context),
    );
}

/** As configured; else by the folder's name, and where that says nothing by the namespace's. */
function isOfProduction({ object }: Resource, { root }: Build, { environments }: Surroundings): boolean {
  const own = environments.find((one) => one.root === root);
  if (own?.production !== undefined) return own.production;
  const named = own === undefined ? environmentOfPath(root)?.word : own.name;
  if (named !== undefined) return canonicalEnvironment(named) === 'prod' || environmentsIn(named).has('prod');
  return environmentsIn(namespaceOf(object)).has('prod');
}

/** Kinds of network plug-ins and administrators count; those without a namespace stand for all. */
const guards = [
  {
    kind: 'PodDisruptionBudget',
    pattern: /^PodDisruptionBudget$/u,
    help: 'add a PodDisruptionBudget with maxUnavailable: 1 for each',
  },
  {
    kind: 'NetworkPolicy',
    pattern: /NetworkPolicy$|^AuthorizationPolicy$/u,
    help: 'add a NetworkPolicy for each, or a default-deny policy for the namespace',
  },
].map(({ pattern, ...words }) => ({
  ...words,
  beside: besideOnce(
    ({ resources }: Build) => resources.filter(({ object }) => pattern.test(groupVersionKind(object).kind)),
    namespaceOfResource,
  ),
}));

function isEmpty(items: Iterable<Resource>): boolean {
  for (const _ of items) return false;
  return true;
}
