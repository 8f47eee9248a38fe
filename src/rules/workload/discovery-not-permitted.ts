import type { Build } from '../../object/build.ts';
import type { Place } from '../../object/place.ts';
import type { Resource } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { itemsAt, valueAt } from '../../source/value.ts';
import { type ApiUse, apiUsesOf } from '../../workload/access/api-use.ts';
import {
  type Account,
  accountObject,
  accountOf,
  type Grant,
  givesRight,
  grantsTo,
  hasToken,
  type Right,
} from '../../workload/access/service-account-grants.ts';
import { eachNamed } from '../../workload/cluster-objects.ts';
import { podReferencesOf } from '../../workload/pod/pod-reference.ts';
import { describe, type PodTemplate, podTemplatesOf } from '../../workload/pod/pod-template.ts';
import type { Surroundings } from '../../workload/surroundings.ts';
import { isPartlyBuilt, unseenMaker } from '../../workload/unseen-maker.ts';
import type { BuildRule } from '../rule.ts';

export const discoveryNotPermitted: BuildRule = {
  id: 'discovery-not-permitted',
  severity: 'error',
  scope: 'build',
  criterion: 'wired',
  tags: ['workloads', 'security'],
  *judge(build, context) {
    for (const template of podTemplatesOf(build)) {
      const seen = new Set<string>();
      for (const use of apiUsesOf(template, configMapsOf(template, build, context))) {
        const problem = judgeUse(template, use, build, context);
        // A second job that lacks the same right says nothing new.
        if (problem === undefined || seen.has(problem.message)) continue;
        seen.add(problem.message);
        yield problem;
      }
    }
  },
};

/** The ConfigMaps that pods of a template read. */
function configMapsOf({ resource, namespace }: PodTemplate, build: Build, context: Surroundings): Resource[] {
  const names = new Set(
    podReferencesOf(resource).flatMap(({ kind, name }) => (kind === 'ConfigMap' ? [name] : [])),
  );
  return [...names].flatMap((name) => {
    const [configMap] = eachNamed({ kind: 'ConfigMap', name, namespace }, build, context);
    return configMap ?? [];
  });
}

function judgeUse(
  template: PodTemplate,
  use: ApiUse,
  build: Build,
  context: Surroundings,
): RuleProblem | undefined {
  const account = accountOf(template);
  const object = accountObject(account, build, context);
  const who = `${describe(template.resource)} ${use.words}`;
  if (!hasToken(template, object) && !projectsToken(template)) {
    return {
      ...placeOfUse(use),
      message: `${who}, and gets no token for the API server: automountServiceAccountToken is false`,
      help: 'set automountServiceAccountToken: true in the pod, and grant its account the permissions',
      related: [{ at: [template.resource, ...template.path, 'spec'], message: 'the pod without a token' }],
    };
  }
  const grants = grantsTo(account, build, context);
  // Roles that no manifest shows may well grant it.
  if (grants.some(({ rules }) => rules === undefined)) return undefined;
  const lacking = use.rights.find((right) => !isGranted(right, use, grants, account));
  if (lacking === undefined) return undefined;
  const maker = unseenMaker(template.resource, build, context);
  return {
    ...placeOfUse(use),
    message: `${who}${whereOf(use)}, but its ServiceAccount ${account.name} is not allowed to ${lacking.verb} ${lacking.resource} there${maker === undefined ? '' : `, unless ${maker} allows it`}`,
    help: helpFor(lacking, use, grants),
    ...(maker !== undefined || isPartlyBuilt(context) ? { severity: 'note' } : {}),
    related: [
      { at: placeOfAccount(template), message: `the account of ${describe(template.resource)}` },
      ...grants.map(({ binding }) => ({ at: [binding, 'roleRef'] as const, message: 'its permissions' })),
    ],
  };
}

function placeOfUse({ at, within }: ApiUse): Pick<RuleProblem, 'at' | 'within'> {
  return { at, ...(within === undefined ? {} : { within }) };
}

/** Whether a pod mounts a token by itself: one that is projected, or a volume of its own in the place where clients look for it. */
function projectsToken({ spec }: PodTemplate): boolean {
  const isProjected = itemsAt(spec, ['volumes']).some((volume) =>
    itemsAt(volume, ['projected', 'sources']).some(
      (source) => valueAt(source, ['serviceAccountToken']) !== undefined,
    ),
  );
  const mounts = itemsAt(spec, ['containers']).flatMap((container) => itemsAt(container, ['volumeMounts']));
  return isProjected || mounts.some((mount) => valueAt(mount, ['mountPath']) === tokenDirectory);
}

const tokenDirectory = '/var/run/secrets/kubernetes.io/serviceaccount';

const inNoNamespace: ReadonlySet<string> = new Set(['nodes', 'namespaces']);

function isGranted(
  right: Right,
  { namespaces }: ApiUse,
  grants: readonly Grant[],
  account: Account,
): boolean {
  const giving = grants.filter(({ rules }) => rules !== undefined && givesRight(rules, right));
  if (giving.some(({ namespace }) => namespace === undefined)) return true;
  if (namespaces === undefined || inNoNamespace.has(right.resource)) return false;
  const wanted = namespaces === 'own' ? [account.namespace] : namespaces;
  return wanted.every((one) => giving.some(({ namespace = '' }) => [one, ''].includes(namespace)));
}

function whereOf({ namespaces }: ApiUse): string {
  if (namespaces === 'own') return ' in its own namespace';
  return namespaces === undefined ? ' in the whole cluster' : ` in ${namespaces.join(', ')}`;
}

function helpFor(
  { resource, verb }: Right,
  { namespaces, narrower }: ApiUse,
  grants: readonly Grant[],
): string {
  const isNarrow = grants.some(({ namespace }) => namespace !== undefined);
  if (namespaces === undefined && isNarrow && narrower !== undefined)
    return `${narrower}, or bind a ClusterRole with a ClusterRoleBinding`;
  const verbs = verb === 'get' ? 'get' : 'get, list and watch';
  return `grant ${verbs} on ${resource} with a ${namespaces === undefined ? 'ClusterRoleBinding' : 'RoleBinding in that namespace'}`;
}

function placeOfAccount({ resource, path, spec }: PodTemplate): Place {
  const field = spec['serviceAccountName'] === undefined ? [] : ['serviceAccountName'];
  return [resource, ...path, 'spec', ...field];
}
