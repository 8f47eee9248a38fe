import type { Build } from '../build/build.ts';
import { nameOf, namespaceOf, type Resource } from '../build/resource.ts';
import { isMapping, isSequence, type Mapping, valueAt } from '../source/value.ts';
import { autoscalersOf, leastReplicas } from './autoscaler.ts';
import { knownOnce } from './known-once.ts';
import { describe, podTemplateOf } from './pod-template.ts';
import type { BuildRule, RuleProblem } from './rule.ts';

export const volumeAttachedTwice: BuildRule = {
  id: 'volume-attached-twice',
  severity: 'warning',
  scope: 'build',
  *judge(build) {
    const autoscalers = autoscalersOf(build);
    for (const workload of build.resources) {
      if (workload.object['kind'] !== 'Deployment') continue;
      const replicas = leastReplicas(workload, autoscalers);
      for (const claim of singleClaims(workload, build)) {
        const problem = judgeClaim(workload, claim, replicas);
        if (problem !== undefined) yield problem;
      }
    }
  },
};

interface Claim {
  readonly resource: Resource;
  readonly at: readonly [Resource, ...(string | number)[]];
  readonly mode: string;
}

const claimsIn = knownOnce(
  ({ resources }: Build) =>
    new Map(
      resources
        .filter(({ object }) => object['kind'] === 'PersistentVolumeClaim')
        .map((resource) => [`${namespaceOf(resource.object)}/${nameOf(resource.object)}`, resource] as const),
    ),
);

/** The claims of a Deployment that can be attached to one node, or to one pod, at a time. */
function singleClaims(workload: Resource, build: Build): Claim[] {
  const template = podTemplateOf(workload);
  const volumes = template?.spec['volumes'];
  if (template === undefined || !isSequence(volumes)) return [];
  return volumes.flatMap((volume, index) => {
    const name = valueAt(volume, ['persistentVolumeClaim', 'claimName']);
    const resource = claimsIn(build).get(`${template.namespace}/${String(name)}`);
    const modes = resource && valueAt(resource.object, ['spec', 'accessModes']);
    if (resource === undefined || !isSequence(modes) || modes.length === 0) return [];
    if (!modes.every((mode) => mode === 'ReadWriteOnce' || mode === 'ReadWriteOncePod')) return [];
    const path = [...template.path, 'spec', 'volumes', index, 'persistentVolumeClaim', 'claimName'];
    return [{ resource, at: [workload, ...path] as const, mode: String(modes[0]) }];
  });
}

function judgeClaim(workload: Resource, claim: Claim, replicas: number): RuleProblem | undefined {
  const related = [
    { at: [claim.resource, 'spec', 'accessModes'] as const, message: `the claim is ${claim.mode}` },
  ];
  const isExclusive = claim.mode === 'ReadWriteOncePod';
  const name = nameOf(claim.resource.object);
  if (replicas > 1) {
    return {
      at: claim.at,
      severity: 'error',
      message: `${replicas} pods of ${describe(workload)} want the claim ${name}, which ${isExclusive ? 'one pod' : 'one node'} can have at a time`,
      help: 'use a StatefulSet with volumeClaimTemplates, a claim that is ReadWriteMany, or one replica',
      related,
    };
  }
  if (!surges(valueAt(workload.object, ['spec', 'strategy']))) return undefined;
  return {
    at: claim.at,
    ...(isExclusive ? { severity: 'error' } : {}),
    message: `${describe(workload)} starts a new pod before the old one is gone, and both want the claim ${name}: on another node the new one waits for ever`,
    help: 'write strategy: {type: Recreate}, or maxSurge: 0 with maxUnavailable: 1',
    related,
  };
}

// A quarter of one pod, the default, is rounded up to one.
function surges(strategy: unknown): boolean {
  const value = strategy as Mapping | undefined;
  if (!isMapping(value)) return true;
  if (value['type'] === 'Recreate') return false;
  const surge = valueAt(value, ['rollingUpdate', 'maxSurge']);
  return surge !== 0 && surge !== '0%';
}
