import { groupVersionKind, nameOf, namespaceOf, type Resource } from '../build/resource.ts';
import { isTrueAt } from '../reconcile/object-field.ts';
import { valueAt } from '../source/value.ts';
import { type Application, applicationsOf } from './argo-application.ts';
import { autoscalersOf, scalersOf } from './autoscaler.ts';
import { ignoresField } from './ignored-difference.ts';
import { describe } from './pod-template.ts';
import type { ClusterRule, RuleProblem } from './rule.ts';

/** Self-heal takes a number of replicas that an autoscaler has set for drift, and sets it back within seconds. */
export const selfHealUndoesScaling: ClusterRule = {
  id: 'self-heal-undoes-scaling',
  severity: 'error',
  scope: 'cluster',
  *judge(cluster) {
    for (const application of applicationsOf(cluster)) yield* judgeApplication(application);
  },
};

function* judgeApplication(application: Application): Iterable<RuleProblem> {
  const { declaration, build } = application;
  const automated = ['spec', 'syncPolicy', 'automated'];
  const path = [...automated, 'selfHeal'];
  if (!isTrueAt(declaration.object, ...path)) return;
  if (valueAt(declaration.object, [...automated, 'enabled']) === false) return;
  const autoscalers = autoscalersOf(build);
  const undone = build.resources.filter((workload) => isUndone(application, workload));
  for (const workload of undone) {
    const replicas = valueAt(workload.object, ['spec', 'replicas']);
    // One that is pinned to the manifest's number has nothing to scale.
    const scaler = scalersOf(workload, autoscalers).find(
      ({ minimum, maximum }) => minimum !== maximum || minimum !== replicas,
    );
    if (scaler === undefined) continue;
    yield {
      at: [declaration, ...path],
      message: `self-heal sets the replicas of ${describe(workload)} back as soon as ${describe(scaler.resource)} scales it`,
      help: 'take replicas out of the manifest, or ignore the difference at /spec/replicas with RespectIgnoreDifferences=true',
      related: [{ at: [workload, 'spec', 'replicas'], message: 'set here' }],
    };
    return;
  }
}

function isUndone({ declaration }: Application, workload: Resource): boolean {
  if (valueAt(workload.object, ['spec', 'replicas']) === undefined) return false;
  const { group, kind } = groupVersionKind(workload.object);
  const subject = { group, kind, name: nameOf(workload.object), namespace: namespaceOf(workload.object) };
  return !ignoresField(declaration.object, subject, ['spec', 'replicas']);
}
