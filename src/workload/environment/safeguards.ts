import { grouped } from '../../diagnostic/grouped.ts';
import type { Build } from '../../object/build.ts';
import { knownOnce } from '../../object/known-once.ts';
import { matchesSelector } from '../../object/label-match.ts';
import type { Place } from '../../object/place.ts';
import { groupVersionKind, nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import { isMapping, isSequence, type Mapping, type Path, type Value, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { autoscalersOf, leastReplicas, scalersOf } from '../capacity/autoscaler.ts';
import { maySeeEachOther } from '../custom-resource.ts';
import { isIsolatedBy, networkPoliciesOf } from '../network/network-policy.ts';
import { type Container, containersOf, type PodTemplate } from '../pod/pod-template.ts';

/** Something that keeps a service from harm, or others from it. */
export interface Safeguard {
  readonly name: string;
  /** For messages: `has no …`. */
  readonly words: string;
  /** Whether it serves availability under load, which environments before production mostly do without. */
  readonly isForScale?: true;
  /** Whether it means something only for pods that run all the time. */
  readonly isForServices?: true;
  /** The field that sets it where it belongs, for a place to point at where it is missing. */
  readonly field: Path;
  /** The policies of the catalogue that ask for it in every environment. */
  readonly policies?: readonly string[];
  /** Where it is set; undefined where it is not. */
  readonly find: (template: PodTemplate, build: Build) => Place | undefined;
}

export const safeguards: readonly Safeguard[] = [
  {
    name: 'requests',
    policies: ['requests-missing'],
    words: 'CPU and memory requests',
    field: ['containers', 0, 'resources', 'requests'],
    find: (template) =>
      inEveryContainer(template, ({ container }) =>
        ['cpu', 'memory'].every((name) =>
          ['requests', 'limits'].some((field) => isSet(valueAt(container, ['resources', field, name]))),
        )
          ? ['resources', isSet(valueAt(container, ['resources', 'requests'])) ? 'requests' : 'limits']
          : undefined,
      ),
  },
  ...(['cpu', 'memory'] as const).map((name) => ({
    name: `${name}-limit`,
    policies: ['limits-missing'],
    words: `${name === 'cpu' ? 'CPU' : 'memory'} limit`,
    field: ['containers', 0, 'resources', 'limits', name],
    find: (template: PodTemplate) =>
      inEveryContainer(template, hasField(['resources', 'limits', name], isSet)),
  })),
  ...(['liveness', 'readiness', 'startup'] as const).map((name) => ({
    name: `${name}-probe`,
    policies: [`${name}-probe-missing`],
    words: `${name} probe`,
    isForServices: true as const,
    field: ['containers', 0, `${name}Probe`],
    find: (template: PodTemplate) =>
      inEveryContainer(template, hasField([`${name}Probe`], isMapping), isMain),
  })),
  {
    name: 'non-root',
    policies: ['runs-as-root', 'unexpected-user'],
    words: 'requirement to run as a non-root user',
    field: ['securityContext', 'runAsNonRoot'],
    find: (template) =>
      inPodOrContainers(template, ['runAsNonRoot'], (value) => value === true) ??
      inPodOrContainers(template, ['runAsUser'], (value) => typeof value === 'number' && value > 0),
  },
  {
    name: 'read-only-root',
    policies: ['writable-root-file-system'],
    words: 'read-only root file system',
    field: ['containers', 0, 'securityContext', 'readOnlyRootFilesystem'],
    find: (template) =>
      inEveryContainer(
        template,
        hasField(['securityContext', 'readOnlyRootFilesystem'], (value) => value === true),
      ),
  },
  {
    name: 'capabilities-dropped',
    policies: ['capabilities-not-dropped'],
    words: 'dropping of all capabilities',
    field: ['containers', 0, 'securityContext', 'capabilities'],
    find: (template) =>
      inEveryContainer(
        template,
        hasField(
          ['securityContext', 'capabilities', 'drop'],
          (value) => isSequence(value) && value.some((one) => one === 'ALL'),
        ),
      ),
  },
  {
    name: 'no-privilege-escalation',
    policies: ['privilege-escalation-allowed'],
    words: 'protection against privilege escalation',
    field: ['containers', 0, 'securityContext', 'allowPrivilegeEscalation'],
    find: (template) =>
      inEveryContainer(
        template,
        hasField(['securityContext', 'allowPrivilegeEscalation'], (value) => value === false),
      ),
  },
  {
    name: 'seccomp',
    policies: ['seccomp-profile-missing'],
    words: 'seccomp profile',
    field: ['securityContext', 'seccompProfile'],
    find: (template) =>
      inPodOrContainers(
        template,
        ['seccompProfile', 'type'],
        (value) => value === 'RuntimeDefault' || value === 'Localhost',
      ),
  },
  {
    name: 'no-token',
    words: 'automountServiceAccountToken: false',
    field: ['automountServiceAccountToken'],
    find: findTokenOff,
  },
  ...(['Ingress', 'Egress'] as const).map((direction) => ({
    name: `${direction.toLowerCase()}-policy`,
    words: `NetworkPolicy for its ${direction === 'Ingress' ? 'incoming' : 'outgoing'} traffic`,
    field: [],
    find: (template: PodTemplate, build: Build) => {
      const policy = networkPoliciesOf(build).find(
        (one) => isForDirection(one.object, direction) && isIsolatedBy(template, one),
      );
      return policy && ([policy, 'spec', 'podSelector'] as const);
    },
  })),
  {
    name: 'replicas',
    words: 'second replica',
    isForScale: true,
    isForServices: true,
    field: ['replicas'],
    find: ({ resource }, build) => {
      const autoscalers = autoscalersOf(build);
      if (resource.object['kind'] === 'DaemonSet' || leastReplicas(resource, autoscalers) < 2)
        return undefined;
      const [scaler] = scalersOf(resource, autoscalers);
      return scaler === undefined
        ? [resource, 'spec', 'replicas']
        : [
            scaler.resource,
            'spec',
            valueAt(scaler.resource.object, ['spec', 'minReplicas']) === undefined
              ? 'minReplicaCount'
              : 'minReplicas',
          ];
    },
  },
  {
    name: 'autoscaler',
    words: 'autoscaler',
    isForScale: true,
    isForServices: true,
    field: [],
    find: ({ resource }, build) => {
      const [scaler] = scalersOf(resource, autoscalersOf(build));
      return scaler && [scaler.resource, ...scaler.targetPath];
    },
  },
  {
    name: 'disruption-budget',
    words: 'PodDisruptionBudget',
    isForScale: true,
    isForServices: true,
    field: [],
    find: (template, build) => {
      const budget = budgetsOf(build).find(
        (one) =>
          maySeeEachOther(one, template.resource) &&
          matchesSelector(valueAt(one.object, ['spec', 'selector']), template.labels),
      );
      return budget && [budget, 'spec', 'selector'];
    },
  },
  {
    name: 'spread',
    words: 'spread across nodes',
    isForScale: true,
    isForServices: true,
    field: ['topologySpreadConstraints'],
    find: (template) =>
      inPod(template, ['topologySpreadConstraints'], (value) => isSequence(value) && value.length > 0) ??
      inPod(template, ['affinity', 'podAntiAffinity'], isMapping),
  },
  {
    name: 'priority',
    words: 'priority class',
    isForScale: true,
    field: ['priorityClassName'],
    find: (template) => inPod(template, ['priorityClassName'], isSet),
  },
];

/** What keeps a whole environment. */
export interface EnvironmentSafeguard {
  readonly name: string;
  readonly words: string;
  readonly find: (build: Build) => Place | undefined;
}

export const environmentSafeguards: readonly EnvironmentSafeguard[] = [
  {
    name: 'quota',
    words: 'ResourceQuota',
    find: (build) => firstOf(build, 'ResourceQuota', ['spec', 'hard']),
  },
  {
    name: 'limit-range',
    words: 'LimitRange',
    find: (build) => firstOf(build, 'LimitRange', ['spec', 'limits']),
  },
  {
    name: 'default-deny',
    words: 'default-deny NetworkPolicy',
    find: (build) => {
      const policy = networkPoliciesOf(build).find(({ object }) => isDefaultDeny(object));
      return policy && [policy, 'spec'];
    },
  },
  {
    name: 'pod-security',
    words: 'Namespace that enforces a Pod Security Standard',
    find: (build) => {
      const label = ['metadata', 'labels', 'pod-security.kubernetes.io/enforce'] as const;
      const namespace = build.resources.find(
        ({ object }) =>
          object['kind'] === 'Namespace' && !['privileged', undefined].includes(textAt(object, label)),
      );
      return namespace && [namespace, ...label];
    },
  },
  {
    name: 'policies',
    words: 'ValidatingAdmissionPolicyBinding',
    find: (build) => firstOf(build, 'ValidatingAdmissionPolicyBinding', ['spec', 'policyName']),
  },
];

const budgetsOf = knownOnce(({ resources }: Build) =>
  resources.filter(({ object }) => object['kind'] === 'PodDisruptionBudget'),
);

type FieldOf = (container: Container) => Path | undefined;

function hasField(path: Path, isGood: (value: Value | undefined) => boolean): FieldOf {
  return ({ container }) => (isGood(valueAt(container, path)) ? path : undefined);
}

/** The field of the first container, if every one has it. */
function inEveryContainer(
  template: PodTemplate,
  fieldOf: FieldOf,
  counts: (container: Container) => boolean = () => true,
): Place | undefined {
  const containers = containersOf(template).filter(counts);
  const fields = containers.map(fieldOf);
  const [first] = containers;
  const [field] = fields;
  if (first === undefined || field === undefined || fields.includes(undefined)) return undefined;
  return [template.resource, ...first.path, ...field];
}

function isMain({ path }: Container): boolean {
  return path.at(-2) === 'containers';
}

function inPod(
  { resource, path, spec }: PodTemplate,
  field: Path,
  isGood: (value: Value | undefined) => boolean,
): Place | undefined {
  return isGood(valueAt(spec, field)) ? [resource, ...path, 'spec', ...field] : undefined;
}

/** The field of a security context: a container's own goes before the pod's. */
function inPodOrContainers(
  template: PodTemplate,
  field: Path,
  isGood: (value: Value | undefined) => boolean,
): Place | undefined {
  const path = ['securityContext', ...field];
  const atPod = inPod(template, path, isGood);
  const own = containersOf(template).map(({ container }) => valueAt(container, path));
  const holds = own.length > 0 && own.every((value) => (isSet(value) ? isGood(value) : atPod !== undefined));
  if (!holds) return undefined;
  return atPod ?? inEveryContainer(template, hasField(path, isGood));
}

function findTokenOff(template: PodTemplate, build: Build): Place | undefined {
  const field = 'automountServiceAccountToken';
  const said = template.spec[field];
  if (isSet(said)) return inPod(template, [field], (value) => value === false);
  const account = template.spec['serviceAccountName'] ?? 'default';
  const [found] = accountsOf(build).get(`${template.namespace}/${valueText(account)}`) ?? [];
  return found?.object[field] === false ? [found, field] : undefined;
}

const accountsOf = knownOnce(({ resources }: Build) =>
  grouped(
    resources.filter(({ object }) => object['kind'] === 'ServiceAccount'),
    ({ object }) => `${namespaceOf(object)}/${nameOf(object)}`,
  ),
);

/** As the API server fills `policyTypes` in: Ingress always, Egress where there are rules for it. */
function isForDirection(object: Mapping, direction: 'Ingress' | 'Egress'): boolean {
  const types = valueAt(object, ['spec', 'policyTypes']);
  if (isSequence(types)) return types.includes(direction);
  return direction === 'Ingress' || isSet(valueAt(object, ['spec', 'egress']));
}

function isDefaultDeny(object: Mapping): boolean {
  const selector = valueAt(object, ['spec', 'podSelector']);
  const rules = valueAt(object, ['spec', 'ingress']);
  const selectsAll = isMapping(selector) && Object.keys(selector).length === 0;
  return selectsAll && isForDirection(object, 'Ingress') && !(isSequence(rules) && rules.length > 0);
}

function firstOf({ resources }: Build, kind: string, path: Path): Place | undefined {
  const found = resources.find(({ object }) => groupVersionKind(object).kind === kind);
  return found && [found, ...path];
}

function textAt(object: Resource['object'], path: Path): string | undefined {
  const value = valueAt(object, path);
  return typeof value === 'string' ? value : undefined;
}

function isSet(value: Value | undefined): boolean {
  return value !== undefined && value !== null;
}
