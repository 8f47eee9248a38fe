import type { Build } from '../../object/build.ts';
import { knownOnce } from '../../object/known-once.ts';
import { nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import {
  copyMapping,
  isMapping,
  isSequence,
  type Mapping,
  newMapping,
  type Path,
  valueAt,
} from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { besideOnce, byNamespace } from '../beside.ts';
import type { Surroundings } from '../surroundings.ts';

/** What a workload makes pods of. */
export interface PodTemplate {
  readonly resource: Resource;
  readonly namespace: string;
  /** The way from the object to the template; empty for a Pod. */
  readonly path: Path;
  /** The labels of its pods, those that controllers add included where they are known. */
  readonly labels: Mapping;
  readonly spec: Mapping;
}

export interface Container {
  readonly container: Mapping;
  readonly path: Path;
  /** Runs beside the main containers: one of them, or an init container that is restarted always. */
  readonly isRunning: boolean;
}

const templatePaths: ReadonlyMap<string, Path> = new Map<string, Path>([
  ['Pod', []],
  ['Deployment', ['spec', 'template']],
  ['StatefulSet', ['spec', 'template']],
  ['DaemonSet', ['spec', 'template']],
  ['ReplicaSet', ['spec', 'template']],
  ['ReplicationController', ['spec', 'template']],
  ['Job', ['spec', 'template']],
  ['CronJob', ['spec', 'jobTemplate', 'spec', 'template']],
  // Custom resources whose pod template is a plain one: Argo Rollouts, OpenShift, Knative.
  ['Rollout', ['spec', 'template']],
  ['DeploymentConfig', ['spec', 'template']],
]);

/** The pod templates of a build, in output order. */
export const podTemplatesOf: (build: Build) => readonly PodTemplate[] = knownOnce(({ resources }: Build) =>
  resources.flatMap((resource) => podTemplateOf(resource) ?? []),
);

const templatesByNamespace = knownOnce((build: Build) =>
  byNamespace(podTemplatesOf(build), ({ namespace }) => namespace),
);

/** The pod templates of a build that may stand in a namespace with an object, in output order. */
export function podTemplatesBeside(build: Build, { object }: Resource): PodTemplate[] {
  return [...templatesByNamespace(build)(namespaceOf(object))];
}

const templatesBeside = besideOnce(podTemplatesOf, ({ namespace }) => namespace);

/** The pods that may run in the namespace of an object: of its build and of those beside it. */
export function podsBeside(
  { object }: Resource,
  build: Build,
  context: Pick<Surroundings, 'neighbours'>,
): PodTemplate[] {
  return podsIn(namespaceOf(object), build, context);
}

/** The pods that may run in a namespace: of a build and of those beside it. */
export function podsIn(
  namespace: string,
  build: Build,
  context: Pick<Surroundings, 'neighbours'>,
): PodTemplate[] {
  return [...templatesBeside(namespace, build, context)];
}

/** The pod template of an object, if it has one. */
export function podTemplateOf(resource: Resource): PodTemplate | undefined {
  const { object } = resource;
  const path = templatePaths.get(valueText(object['kind']));
  const template = path && valueAt(object, path);
  const spec = valueAt(template, ['spec']);
  if (path === undefined || !isMapping(spec)) return undefined;
  const labels = valueAt(template, ['metadata', 'labels']);
  return {
    resource,
    namespace: namespaceOf(object),
    path,
    labels: withControllerLabels(object, isMapping(labels) ? labels : newMapping()),
    spec,
  };
}

// What the job and the stateful set controller write on their pods and Services may select by.
function withControllerLabels(object: Mapping, labels: Mapping): Mapping {
  if (object['kind'] !== 'Job') return labels;
  const all = copyMapping(labels);
  all['job-name'] = nameOf(object);
  all['batch.kubernetes.io/job-name'] = nameOf(object);
  return all;
}

/** The containers of a template and the way to each from its object. */
export function containersOf({ spec, path }: PodTemplate): Container[] {
  return (['containers', 'initContainers'] as const).flatMap((field) => {
    const list = spec[field];
    if (!isSequence(list)) return [];
    return list.flatMap((container, index) =>
      isMapping(container)
        ? [
            {
              container,
              path: [...path, 'spec', field, index],
              isRunning: field === 'containers' || container['restartPolicy'] === 'Always',
            },
          ]
        : [],
    );
  });
}

/** `Deployment web`, for messages. */
export function describe({ object }: Resource): string {
  return `${valueText(object['kind'])} ${nameOf(object)}`;
}
