import { nearestName } from '../../diagnostic/closest-word.ts';
import type { Build } from '../../object/build.ts';
import { nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { valueText } from '../../source/value-text.ts';
import { besideOnce, namespaceOfResource } from '../../workload/beside.ts';
import { autoscalersOf, type Scaler } from '../../workload/capacity/autoscaler.ts';
import { verticalAutoscalersOf } from '../../workload/capacity/vertical-autoscaler.ts';
import { describe } from '../../workload/pod/pod-template.ts';
import { possibleMaker } from '../../workload/possible-maker.ts';
import { isProvided } from '../../workload/provided-name.ts';
import type { Surroundings } from '../../workload/surroundings.ts';
import { isPartlyBuilt, unseenMaker } from '../../workload/unseen-maker.ts';
import type { BuildRule } from '../rule.ts';

/** What may be scaled and is no custom resource of an operator that nobody knows. */
const scaledKinds: ReadonlySet<string> = new Set([
  'Deployment',
  'StatefulSet',
  'ReplicaSet',
  'ReplicationController',
  'DaemonSet',
  'CronJob',
  'Rollout',
]);

export const autoscalerTargetMissing: BuildRule = {
  id: 'autoscaler-target-missing',
  severity: 'error',
  scope: 'build',
  criterion: 'wired',
  tags: ['workloads', 'capacity', 'references'],
  *judge(build, context) {
    for (const autoscaler of [...autoscalersOf(build), ...verticalAutoscalersOf(build)]) {
      const { resource, kind, name } = autoscaler;
      const isThere = workloadsBeside(resource, build, context).some(
        ({ object }) => object['kind'] === kind && nameOf(object) === name,
      );
      if (!isThere && !isProvided(kind, name, resource, context)) yield problemOf(autoscaler, build, context);
    }
  },
};

/** All objects, since anything with a scale subresource may be the target. */
const objectsBeside = besideOnce(({ resources }: Build) => resources, namespaceOfResource);

function workloadsBeside({ object }: Resource, build: Build, context: Surroundings): Resource[] {
  return [...objectsBeside(namespaceOf(object), build, context)];
}

function problemOf(autoscaler: Scaler, build: Build, context: Surroundings): RuleProblem {
  const { resource, targetPath, kind, name } = autoscaler;
  const maker = possibleMaker(resource, name, build, context) ?? unseenMaker(resource, build, context);
  const isUnknown = maker !== undefined || !scaledKinds.has(kind) || isPartlyBuilt(context);
  const isPart = (context.neighbours ?? []).length > 1;
  const what = `${describe(resource)} scales ${kind} ${name}, which does not exist`;
  return {
    at: [resource, ...targetPath, 'name'],
    message: maker === undefined ? what : `${what}, unless ${maker} creates it`,
    help: helpFor(autoscaler, build, context),
    ...(isUnknown ? { severity: 'note' } : isPart ? { severity: 'warning' } : {}),
  };
}

function helpFor({ resource, kind, name }: Scaler, build: Build, context: Surroundings): string {
  const workloads = workloadsBeside(resource, build, context).filter(({ object }) =>
    scaledKinds.has(valueText(object['kind'])),
  );
  const namesake = workloads.find(({ object }) => nameOf(object) === name);
  if (namesake !== undefined) return `there is ${describe(namesake)}: correct the kind`;
  const near = nearestName(
    name,
    workloads.filter(({ object }) => object['kind'] === kind).map(({ object }) => nameOf(object)),
  );
  return near === undefined
    ? `add the ${kind}, or remove the autoscaler`
    : `there is ${near}: correct the name`;
}
