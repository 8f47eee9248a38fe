import type { Build } from '../../object/build.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { spendEffort } from '../../source/effort.ts';
import { isBelow } from '../../source/path.ts';
import { isMapping, isSequence, type Value } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { accountOf } from '../../workload/access/service-account-grants.ts';
import { someBeside } from '../../workload/beside.ts';
import { objectsNamed } from '../../workload/cluster-objects.ts';
import { containersOf, describe, type PodTemplate, podTemplatesOf } from '../../workload/pod/pod-template.ts';
import type { Surroundings } from '../../workload/surroundings.ts';
import type { BuildRule } from '../rule.ts';

/** Pods whose image a registry hands out to those alone who prove who they are. */
export const pullSecretMissing: BuildRule = {
  id: 'pull-secret-missing',
  severity: 'warning',
  scope: 'build',
  criterion: 'wired',
  tags: ['references'],
  *judge(build, context) {
    const { privateRegistries = [] } = context;
    if (privateRegistries.length === 0) return;
    for (const template of podTemplatesOf(build)) {
      if (isListed(template.spec['imagePullSecrets'])) continue;
      for (const { container, path } of containersOf(template)) {
        const { image } = container;
        if (typeof image !== 'string') continue;
        const repository = repositoryOf(image);
        spendEffort(privateRegistries.length);
        const registry = privateRegistries.find((one) => isBelow(repository, one));
        if (registry === undefined) continue;
        const problem = problemOf(template, { build, context, registry });
        if (problem === undefined) break;
        yield { ...problem, at: [template.resource, ...path, 'image'] };
        break;
      }
    }
  },
};

interface Pull {
  readonly build: Build;
  readonly context: Surroundings;
  readonly registry: string;
}

/** The kubelet takes what the pod names; the API server copies that of the ServiceAccount into pods that name nothing. */
function problemOf(
  template: PodTemplate,
  { build, context, registry }: Pull,
): Omit<RuleProblem, 'at'> | undefined {
  const { name, namespace } = accountOf(template);
  const accounts = objectsNamed({ kind: 'ServiceAccount', name, namespace }, build, context);
  if (accounts.some(({ object }) => isListed(object['imagePullSecrets']))) return undefined;
  if (mutates(build, context)) return undefined;
  const what = `${describe(template.resource)} pulls from ${registry}, which is private, with no imagePullSecrets`;
  const help = `list the Secret in imagePullSecrets of the pod or of ServiceAccount ${name}`;
  const [account] = accounts;
  // Without its account there is no pod; that is told of by itself.
  if (account === undefined && name !== 'default') return undefined;
  // What no manifest shows may have been given a Secret by whoever made the namespace.
  if (account === undefined)
    return {
      message: `${what}, unless ServiceAccount ${name} of the cluster has one`,
      help,
      severity: 'note',
    };
  return {
    message: `${what}, and neither has ServiceAccount ${name}`,
    help,
    related: [{ at: [account, 'metadata', 'name'], message: `ServiceAccount ${name} is here` }],
  };
}

function isListed(list: Value | undefined): boolean {
  return isSequence(list) && list.length > 0;
}

const mutatingKinds: ReadonlySet<string> = new Set([
  'ClusterPolicy',
  'MutatingAdmissionPolicy',
  'MutatingPolicy',
  'Policy',
]);

/** Whether a policy of the build may give pods their Secrets when they are created, as those of Kyverno do. */
const mutates = someBeside(({ resources }) =>
  resources.some(({ object }) => mutatingKinds.has(valueText(object['kind'])) && speaksOfSecrets(object, 0)),
);

function speaksOfSecrets(value: Value | undefined, depth: number): boolean {
  if (depth > 64) return false;
  if (typeof value === 'string') return value.includes('imagePullSecrets');
  if (isSequence(value)) return value.some((item) => speaksOfSecrets(item, depth + 1));
  if (!isMapping(value)) return false;
  return Object.keys(value).some(
    (key) => key.includes('imagePullSecrets') || speaksOfSecrets(value[key], depth + 1),
  );
}

/**
 * The repository of an image with its registry, as Docker's reference grammar completes it: the first part is a registry where it has a
 * dot or a port, else it is one of docker.io.
 */
function repositoryOf(image: string): string {
  const [name = ''] = image.split('@');
  const parts = name.split('/');
  const [first = ''] = parts;
  const repository = [...parts.slice(0, -1), (parts.at(-1) ?? '').replace(/:.*$/u, '')].join('/');
  if (parts.length > 1 && (/[.:]/u.test(first) || first === 'localhost')) return repository;
  return parts.length > 1 ? `docker.io/${repository}` : `docker.io/library/${repository}`;
}
