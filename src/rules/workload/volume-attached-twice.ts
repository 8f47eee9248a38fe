import { nameOf } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { isMapping, type Value, valueAt } from '../../source/value.ts';
import { type Autoscaler, autoscalersOf, leastReplicas } from '../../workload/capacity/autoscaler.ts';
import { describe } from '../../workload/pod/pod-template.ts';
import { runOnOneNode } from '../../workload/pod/same-node.ts';
import { type ClaimUse, type SingleClaim, singleClaimUses } from '../../workload/pod/single-claim.ts';
import type { BuildRule } from '../rule.ts';

export const volumeAttachedTwice: BuildRule = {
  id: 'volume-attached-twice',
  severity: 'warning',
  scope: 'build',
  criterion: 'wired',
  tags: ['workloads', 'availability'],
  *judge(build) {
    const autoscalers = autoscalersOf(build);
    for (const [claim, uses] of singleClaimUses(build)) {
      const shared = sharing(claim, uses);
      for (const use of uses) {
        const problem =
          judgeReplicas(use, autoscalers) ?? (shared === undefined ? judgeRollout(use) : undefined);
        if (problem !== undefined) yield problem;
      }
      if (shared !== undefined) yield shared;
    }
  },
};

/** Several pods of one Deployment from the beginning. */
function judgeReplicas(
  { claim, template, at }: ClaimUse,
  autoscalers: readonly Autoscaler[],
): RuleProblem | undefined {
  if (template.resource.object['kind'] !== 'Deployment' || isFree(claim, [template])) return undefined;
  const replicas = leastReplicas(template.resource, autoscalers);
  if (replicas <= 1) return undefined;
  return {
    at,
    severity: 'error',
    message: `${replicas} pods of ${describe(template.resource)} need the claim ${claim.name}, which only ${holderOf(claim)} can mount at a time`,
    help: 'use a StatefulSet with volumeClaimTemplates, a claim that is ReadWriteMany, or one replica',
    related: [modesOf(claim)],
  };
}

/** The old pod and the new one of a Deployment. */
function judgeRollout({ claim, template, at }: ClaimUse): RuleProblem | undefined {
  const { object } = template.resource;
  if (object['kind'] !== 'Deployment' || !surges(valueAt(object, ['spec', 'strategy']))) return undefined;
  if (isFree(claim, [template])) return undefined;
  return {
    at,
    ...(isExclusive(claim) ? { severity: 'error' } : {}),
    message: `${describe(template.resource)} starts a new pod before the old one is gone, and both need the claim ${claim.name}: on another node, the new one waits forever`,
    help: 'set strategy: {type: Recreate}, or maxSurge: 0 with maxUnavailable: 1',
    related: [modesOf(claim)],
  };
}

/** Pods of several workloads, of which one runs all the time. */
function sharing(claim: SingleClaim, uses: readonly ClaimUse[]): RuleProblem | undefined {
  const running = uses.filter(
    ({ template }) => valueAt(template.resource.object, ['spec', 'replicas']) !== 0,
  );
  const [last, ...others] = running.toReversed();
  if (last === undefined || others.length === 0) return undefined;
  const templates = running.map(({ template }) => template);
  if (templates.every(({ resource }) => endsByItself(resource.object['kind'])) || isFree(claim, templates))
    return undefined;
  const names = others.map(({ template }) => describe(template.resource)).join(', ');
  return {
    at: last.at,
    ...(isExclusive(claim) ? { severity: 'error' } : {}),
    message: `${describe(last.template.resource)} and ${names} need the claim ${claim.name}, which only ${holderOf(claim)} can mount at a time`,
    help: isExclusive(claim)
      ? 'use a separate claim for each, or combine them in one workload'
      : 'use a claim that is ReadWriteMany, or a required podAffinity by kubernetes.io/hostname that schedules them on one node',
    related: [
      modesOf(claim),
      ...others.map(({ at, template }) => ({
        at,
        message: `${nameOf(template.resource.object)} also mounts it`,
      })),
    ],
  };
}

/** Whether pods may well have the claim together: all of them run on the one node that has its volume. */
function isFree(claim: SingleClaim, templates: ClaimUse['template'][]): boolean {
  return !isExclusive(claim) && runOnOneNode(templates);
}

function isExclusive({ mode }: SingleClaim): boolean {
  return mode === 'ReadWriteOncePod';
}

function holderOf(claim: SingleClaim): string {
  return isExclusive(claim) ? 'one pod' : 'one node';
}

function modesOf({ modesAt, mode }: SingleClaim): {
  readonly at: SingleClaim['modesAt'];
  readonly message: string;
} {
  return { at: modesAt, message: `the claim is ${mode}` };
}

function endsByItself(kind: Value | undefined): boolean {
  return kind === 'Job' || kind === 'CronJob';
}

// A quarter of one pod, the default, is rounded up to one.
function surges(strategy: Value | undefined): boolean {
  if (!isMapping(strategy)) return true;
  if (strategy['type'] === 'Recreate') return false;
  const surge = valueAt(strategy, ['rollingUpdate', 'maxSurge']);
  return surge !== 0 && surge !== '0%';
}
