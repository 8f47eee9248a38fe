import type { FieldError } from '../../admit/field-error.ts';
import { nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import type { SafeStep } from '../../report/change-report.ts';
import { ownOf } from '../../source/own.ts';
import { valueText } from '../../source/value-text.ts';
import type { Cause } from '../cause.ts';
import type { Held } from '../effect.ts';
import { placeOfOwner } from '../keeping.ts';
import { isBelow } from './consequence.ts';

/** The way in steps to what an update wanted that the API server refuses; none where there is no other than not to want it. */
export function safeWayAround(
  { field, change }: FieldError,
  { resource, owner }: Held,
  cause: Cause | undefined,
): readonly SafeStep[] {
  const ways = ownOf(waysByKind, valueText(resource.object['kind'])) ?? [];
  const changed = change ?? field;
  const way =
    ways.find(({ below }) => isBelow(changed, below)) ?? ways.find(({ below }) => isBelow(below, changed));
  const place = way?.startsAt === 'owner' ? placeOfOwner(owner) : cause;
  return (way?.steps(resource) ?? []).map((text, index) =>
    index === 0 && place !== undefined ? { text, place } : { text },
  );
}

interface Way {
  readonly below: readonly string[];
  /** Where the first step is taken, unless at the edited line. */
  readonly startsAt?: 'owner';
  readonly steps: (resource: Resource) => readonly string[];
}

const newNameForSelector: Way = {
  below: ['spec', 'selector'],
  steps: () => [
    'keep the selector; to add labels without it, set includeSelectors: false in the labels of the kustomization',
    'or rename the workload, run both, and delete the old one in a later change',
  ],
};

const newName: Way = {
  below: [],
  steps: ({ object }) => [
    `create the ${valueText(object['kind'])} with another name, and update the references to it`,
    'remove the old one in a later change',
  ],
};

const frozenData: Way = {
  below: [],
  steps: ({ object }) => [
    `generate it with a ${object['kind'] === 'Secret' ? 'secretGenerator' : 'configMapGenerator'}, or rename it whenever the content changes: it is immutable`,
  ],
};

const waysByKind: Readonly<Record<string, readonly Way[]>> = {
  Deployment: [newNameForSelector],
  ReplicaSet: [newNameForSelector],
  DaemonSet: [newNameForSelector],
  StatefulSet: [
    newNameForSelector,
    {
      below: ['spec'],
      startsAt: 'owner',
      steps: ({ object }) => [
        'suspend the owner, so it does not interfere',
        `kubectl delete statefulset ${nameOf(object)}${inNamespace(object)} --cascade=orphan: its pods and claims stay`,
        'merge, and let the owner apply it: the new StatefulSet adopts the pods',
        'existing claims stay as they are: resize each of them separately',
      ],
    },
  ],
  Job: [
    {
      below: ['spec'],
      steps: ({ object }) => [
        'rename the Job whenever its content changes, or delete it before the merge; ttlSecondsAfterFinished removes old Jobs',
        `or let only this one be recreated: the annotation kustomize.toolkit.fluxcd.io/force: enabled on ${nameOf(object)}, or the sync option Force=true,Replace=true`,
      ],
    },
  ],
  PersistentVolumeClaim: [
    {
      below: ['spec'],
      steps: () => [
        'keep the claim, and add the changed one with another name',
        'copy the data while the workload is stopped, and mount the new claim',
        'remove the old claim in a later change',
      ],
    },
  ],
  RoleBinding: [newName],
  ClusterRoleBinding: [newName],
  StorageClass: [newName],
  PriorityClass: [newName],
  IngressClass: [newName],
  RuntimeClass: [newName],
  ConfigMap: [frozenData],
  Secret: [{ ...newName, below: ['type'] }, frozenData],
  Service: [
    {
      below: ['spec'],
      steps: () => [
        'add the changed Service with another name, and move clients to it',
        'remove the old one in a later change',
      ],
    },
  ],
};

function inNamespace(object: Resource['object']): string {
  const namespace = namespaceOf(object);
  return namespace === '' ? '' : ` -n ${namespace}`;
}
