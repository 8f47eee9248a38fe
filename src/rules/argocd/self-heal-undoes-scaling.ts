import { isTrueAt } from '../../object/object-field.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { argoSettings } from '../../reconcile/argocd/settings.ts';
import { type Mapping, valueAt } from '../../source/value.ts';
import { autoscalersOf, scalersOf } from '../../workload/capacity/autoscaler.ts';
import { describe } from '../../workload/pod/pod-template.ts';
import type { ClusterRule } from '../rule.ts';
import { type Application, applicationsOf } from './argo-application.ts';
import { ignoresField } from './ignored-difference.ts';

const field = ['spec', 'replicas'] as const;

/** Self-heal takes a number of replicas that an autoscaler has set for drift, and sets it back within seconds. */
export const selfHealUndoesScaling: ClusterRule = {
  id: 'self-heal-undoes-scaling',
  severity: 'error',
  scope: 'cluster',
  tags: ['argo-cd', 'availability'],
  *judge(cluster) {
    const settings = argoSettings(cluster);
    for (const application of applicationsOf(cluster)) yield* judgeApplication(application, settings);
  },
};

function* judgeApplication(application: Application, settings: readonly Mapping[]): Iterable<RuleProblem> {
  const { declaration, build } = application;
  const automated = ['spec', 'syncPolicy', 'automated'];
  const path = [...automated, 'selfHeal'];
  if (!isTrueAt(declaration.object, ...path)) return;
  if (valueAt(declaration.object, [...automated, 'enabled']) === false) return;
  const autoscalers = autoscalersOf(build);
  const undone = build.resources.filter(
    (workload) =>
      valueAt(workload.object, field) !== undefined && !ignoresField(application, settings, workload, field),
  );
  for (const workload of undone) {
    const replicas = valueAt(workload.object, field);
    // One that is pinned to the manifest's number has nothing to scale.
    const scaler = scalersOf(workload, autoscalers).find(
      ({ minimum, maximum }) => minimum !== maximum || minimum !== replicas,
    );
    if (scaler === undefined) continue;
    yield {
      at: [declaration, ...path],
      message: `self-heal resets the replicas of ${describe(workload)} as soon as ${describe(scaler.resource)} scales it`,
      help: 'remove replicas from the manifest, or ignore the difference at /spec/replicas with RespectIgnoreDifferences=true',
      related: [{ at: [workload, ...field], message: 'set here' }],
    };
    return;
  }
}
