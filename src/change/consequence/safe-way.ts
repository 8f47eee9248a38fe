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
    'leave the selector as it is; labels without it: includeSelectors: false in the labels of the kustomization',
    'or give the workload another name, let both run, and delete the old one in a change after that',
  ],
};

const newName: Way = {
  below: [],
  steps: ({ object }) => [
    `give the ${valueText(object['kind'])} another name, and let what uses it name that one`,
    'remove the old one in a change after that',
  ],
};

const frozenData: Way = {
  below: [],
  steps: ({ object }) => [
    `make it with a ${object['kind'] === 'Secret' ? 'secretGenerator' : 'configMapGenerator'}, or give it another name for each content: it is immutable`,
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
        'merge, and let the owner apply it: the new one takes over the pods',
        'claims that are there already stay as they are: enlarge each of them by itself',
      ],
    },
  ],
  Job: [
    {
      below: ['spec'],
      steps: ({ object }) => [
        'give the Job another name for each content, or delete it before the merge; ttlSecondsAfterFinished lets old ones go',
        `or let only this one be recreated: the annotation kustomize.toolkit.fluxcd.io/force: enabled on ${nameOf(object)}, or the sync option Force=true,Replace=true`,
      ],
    },
  ],
  PersistentVolumeClaim: [
    {
      below: ['spec'],
      steps: () => [
        'leave the claim as it is, and add one with another name as it shall be',
        'copy the data while the workload is stopped, and let the workload mount the new claim',
        'remove the old claim in a change after that',
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
        'add a Service with another name as it shall be, and let callers name that one',
        'remove the old one in a change after that',
      ],
    },
  ],
};

function inNamespace(object: Resource['object']): string {
  const namespace = namespaceOf(object);
  return namespace === '' ? '' : ` -n ${namespace}`;
}
