import type { Build } from '../../src/object/build.ts';
import { namespaceOf } from '../../src/object/resource.ts';
import { isMapping, isSequence, type Mapping, type Value, valueAt } from '../../src/source/value.ts';

/** A container as a cluster would run it, by the name of its build, object and container. */
export interface RunContainer {
  readonly name: string;
  readonly container: Mapping;
  readonly pod: Mapping;
  /** Whether someone gives rights to the account it runs as. */
  readonly isBound: boolean;
}

/** All containers of all builds. */
export function podsOf(builds: ReadonlyMap<string, Build>): RunContainer[] {
  return [...builds].flatMap(([key, { resources }]) =>
    resources.flatMap(({ object }) => {
      const pod = podSpecOf(object);
      if (pod === undefined) return [];
      const account = String(pod['serviceAccountName'] ?? 'default');
      const isBound = resources.some(({ object: other }) => binds(other, account, namespaceOf(object)));
      const containers = [pod['containers'], pod['initContainers']].flatMap((list) =>
        isSequence(list) ? list.filter(isMapping) : [],
      );
      return containers.map((container) => ({
        name: [
          key,
          object['kind'],
          namespaceOf(object),
          valueAt(object, ['metadata', 'name']),
          container['name'],
        ].join(' '),
        container,
        pod,
        isBound,
      }));
    }),
  );
}

function podSpecOf(object: Mapping): Mapping | undefined {
  const paths = [['spec', 'jobTemplate', 'spec', 'template', 'spec'], ['spec', 'template', 'spec'], ['spec']];
  return paths
    .map((path) => valueAt(object, path))
    .find((one): one is Mapping => isMapping(one) && 'containers' in one);
}

function binds(object: Mapping, account: string, namespace: string): boolean {
  const subjects = object['subjects'];
  return (
    isSequence(subjects) &&
    subjects.some(
      (subject) =>
        isMapping(subject) &&
        subject['name'] === account &&
        (subject['namespace'] ?? namespace) === namespace,
    )
  );
}

/** What ran before and would not run, or not work, afterwards: said without the rules and the fixes, from what a kubelet does. */
export function whatStops(before: readonly RunContainer[], after: readonly RunContainer[]): string[] {
  const others = new Map(before.map((one) => [one.name, one]));
  return after.flatMap((now) => {
    const was = others.get(now.name);
    if (was === undefined) return [];
    return Object.entries(reasons).flatMap(([why, isSo]) => (isSo(was, now) ? [`${now.name}: ${why}`] : []));
  });
}

type Reason = (was: RunContainer, now: RunContainer) => boolean;

const reasons: Readonly<Record<string, Reason>> = {
  'the image may run as root': (was, now) =>
    asksForNonRoot(now) && !asksForNonRoot(was) && !(userOf(now) > 0),
  'someone said that it writes to its root file system': (was, now) =>
    (own(was, 'readOnlyRootFilesystem') ?? false) === false && own(now, 'readOnlyRootFilesystem') === true,
  'someone said that it gains rights': (was, now) =>
    own(was, 'allowPrivilegeEscalation') === true && own(now, 'allowPrivilegeEscalation') === false,
  'it needs a program with rights of its own': (was, now) =>
    own(was, 'allowPrivilegeEscalation') !== false &&
    own(now, 'allowPrivilegeEscalation') === false &&
    JSON.stringify(now.container).includes('sudo'),
  'it may use capabilities of its image': (was, now) =>
    drops(now) && !drops(was) && (!(userOf(now) > 0 || asksForNonRoot(was)) || hasLowPort(now)),
  'it is privileged': (was, now) => own(now, 'privileged') === true && drops(now) && !drops(was),
  'the account has rights, or the manifest asks for its token': (was, now) =>
    was.pod['automountServiceAccountToken'] !== false &&
    now.pod['automountServiceAccountToken'] === false &&
    (now.isBound || was.pod['automountServiceAccountToken'] === true),
  'someone switched seccomp off': (was, now) =>
    seccompOf(was) === 'Unconfined' && seccompOf(now) !== 'Unconfined',
};

function own({ container }: RunContainer, field: string): Value | undefined {
  return valueAt(container, ['securityContext', field]);
}

function effective(one: RunContainer, field: string): Value | undefined {
  return own(one, field) ?? valueAt(one.pod, ['securityContext', field]);
}

const userOf = (one: RunContainer): number => Number(effective(one, 'runAsUser') ?? Number.NaN);
const asksForNonRoot = (one: RunContainer): boolean => effective(one, 'runAsNonRoot') === true;

function drops(one: RunContainer): boolean {
  const dropped = valueAt(own(one, 'capabilities') ?? null, ['drop']);
  return isSequence(dropped) && dropped.some((name) => name === 'ALL' || name === 'all');
}

function hasLowPort({ container }: RunContainer): boolean {
  const { ports } = container;
  return isSequence(ports) && ports.some((port) => Number(valueAt(port, ['containerPort'])) < 1024);
}

function seccompOf(one: RunContainer): Value | undefined {
  return valueAt(effective(one, 'seccompProfile') ?? null, ['type']);
}
