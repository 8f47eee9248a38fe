import type { Build } from '../../object/build.ts';
import { namespaceOf, type Resource } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { accountOf, grantsTo } from '../../workload/access/service-account-grants.ts';
import { podReferencesOf, type Reference } from '../../workload/pod/pod-reference.ts';
import { describe, podTemplateOf } from '../../workload/pod/pod-template.ts';
import { providedByBuild } from '../../workload/provided-objects.ts';
import type { Surroundings } from '../../workload/surroundings.ts';
import type { ClusterRule } from '../rule.ts';
import { type Application, applicationsOf } from './argo-application.ts';
import { earlierHelp, hasOrder, isAfter, stepOf, wordsOf } from './sync-step.ts';

/** Argo CD waits until a wave is healthy; pods that need something of a later one never are (gitops-engine of 3.6, syncTasks.Less). */
export const syncWaveAfterReference: ClusterRule = {
  id: 'sync-wave-after-reference',
  severity: 'warning',
  scope: 'cluster',
  tags: ['argo-cd', 'order'],
  *judge(cluster, context) {
    for (const application of applicationsOf(cluster)) yield* judgeApplication(application, context);
  },
};

function* judgeApplication({ build }: Application, context: Surroundings): Iterable<RuleProblem> {
  if (!build.resources.some(hasOrder)) return;
  for (const resource of build.resources) {
    if (stepOf(resource) === undefined) continue;
    const late = lateReference(resource, build);
    const problem = late === undefined ? lateRights(resource, build, context) : problemOf(resource, late);
    if (problem !== undefined) yield problem;
  }
}

interface Late {
  readonly reference: Reference;
  /** What is applied later: what is referred to, or what makes it. */
  readonly target: Resource;
}

/** The first reference of a pod to what comes later, by whatever is to bring it. */
function lateReference(resource: Resource, build: Build): Late | undefined {
  const own = stepOf(resource);
  if (own === undefined) return undefined;
  const provided = providedByBuild(build);
  // Without its account not even the pod is made.
  const isAccount = ({ kind }: Reference): number => (kind === 'ServiceAccount' ? 0 : 1);
  const references = podReferencesOf(resource).toSorted((a, b) => isAccount(a) - isAccount(b));
  for (const reference of references) {
    if (!reference.isNeeded) continue;
    const namespace = reference.namespace ?? namespaceOf(resource.object);
    const makers = (provided.get(`${reference.kind}/${reference.name}`) ?? []).flatMap((one) =>
      (one.namespace ?? '') === '' || one.namespace === namespace ? (one.by ?? []) : [],
    );
    const steps = makers.map(stepOf);
    const [target] = makers;
    if (target !== undefined && steps.every((step) => step !== undefined && isAfter(step, own)))
      return { reference, target };
  }
  return undefined;
}

function problemOf(resource: Resource, { reference, target }: Late): RuleProblem {
  const { kind, name, path } = reference;
  const isItself = target.object['kind'] === kind;
  const what = isItself ? `its ${kind} ${name}` : `${describe(target)}, which creates its ${kind} ${name},`;
  return {
    at: [resource, ...path],
    // A hook before the sync waits for what only the sync brings: nothing gets out of that by itself.
    ...(stepOf(resource)?.phase !== stepOf(target)?.phase ? { severity: 'error' } : {}),
    message: `${describe(resource)} is applied in ${wordsOf(resource, target)}, but ${what} only in ${wordsOf(target, resource)}: its pods cannot start, and the sync waits for them`,
    help: earlierHelp(resource, target),
    related: [{ at: [target, 'metadata', 'name'], message: `applied in ${wordsOf(target, resource)}` }],
  };
}

/** A hook before the sync, whose account gets all its rights only with the sync: it runs without them the first time. */
function lateRights(resource: Resource, build: Build, context: Surroundings): RuleProblem | undefined {
  const own = stepOf(resource);
  const template = podTemplateOf(resource);
  if (own?.phase !== 0 || template === undefined) return undefined;
  const account = accountOf(template);
  const bindings = grantsTo(account, build, context).map(({ binding }) => binding);
  const isLate = (binding: Resource): boolean => {
    const step = build.resources.includes(binding) ? stepOf(binding) : undefined;
    return step !== undefined && isAfter(step, own);
  };
  const [target] = bindings;
  if (target === undefined || !bindings.every(isLate)) return undefined;
  return {
    at: [resource, ...template.path, 'spec', 'serviceAccountName'],
    message: `${describe(resource)} runs in ${wordsOf(resource, target)}, but ${describe(target)}, which grants its ServiceAccount ${account.name} its permissions, is applied only in ${wordsOf(target, resource)}: the first sync fails`,
    help: `${earlierHelp(resource, target)}, and do the same for its role`,
    related: [{ at: [target, 'metadata', 'name'], message: `applied in ${wordsOf(target, resource)}` }],
  };
}
