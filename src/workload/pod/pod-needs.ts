import { type Amounts, addAmounts, amountsIn, mostAmounts, noAmounts } from '../../object/amounts.ts';
import { isMapping, isSequence, type Mapping, valueAt } from '../../source/value.ts';
import { type ContainerDefaults, noDefaults } from '../capacity/limit-ranges.ts';
import type { PodTemplate } from './pod-template.ts';

export interface PodNeeds {
  readonly requests: Amounts;
  /** Sums of the limits that there are; a resource in `unlimited` has no bound. */
  readonly limits: Amounts;
  /** `cpu` and `memory`, where a container has no limit for them. */
  readonly unlimited: readonly string[];
}

type Field = 'requests' | 'limits';

/**
 * What one pod requests and may use, as the scheduler and quotas count it: the sum of what runs side by side, or the
 * greediest of the init containers that run one after the other before that (KEP-753), and the pod's overhead.
 */
export function podNeeds(
  { spec }: Pick<PodTemplate, 'spec'>,
  defaults: ContainerDefaults = noDefaults,
): PodNeeds {
  const overhead = amountsIn(spec['overhead']);
  const requests = podAmounts(spec, 'requests', defaults);
  const limits = podAmounts(spec, 'limits', defaults);
  const containers = [...containersIn(spec, 'containers'), ...containersIn(spec, 'initContainers')];
  const atPod = amountsIn(valueAt(spec, ['resources', 'limits']));
  const unlimited = ['cpu', 'memory'].filter(
    (name) =>
      !atPod.has(name) && containers.some((one) => !containerAmounts(one, 'limits', defaults).has(name)),
  );
  // A pod's overhead counts towards a limit only where there is one.
  const known = new Map([...overhead].filter(([name]) => limits.has(name)));
  return { requests: addAmounts(requests, overhead), limits: addAmounts(limits, known), unlimited };
}

/** The same without the overhead: what a LimitRange compares. */
export function podAmounts(spec: Mapping, field: Field, defaults: ContainerDefaults): Amounts {
  const atPod = amountsIn(valueAt(spec, ['resources', field]));
  return new Map([
    ...sumOfContainers(spec, field, defaults),
    ...(field === 'requests' ? defaultRequestsAtPod(spec) : []),
    ...atPod,
  ]);
}

/** A pod with limits of its own gets requests of its own: what its containers request, or else the limits. */
function defaultRequestsAtPod(spec: Mapping): Amounts {
  const limits = amountsIn(valueAt(spec, ['resources', 'limits']));
  if (limits.size === 0) return noAmounts;
  const own = [...sumOfContainers(spec, 'requests', noDefaults)];
  return new Map([...limits, ...own.filter(([name]) => name === 'cpu' || name === 'memory')]);
}

function sumOfContainers(spec: Mapping, field: Field, defaults: ContainerDefaults): Amounts {
  let running: Amounts = new Map();
  let starting: Amounts = new Map();
  for (const container of containersIn(spec, 'initContainers')) {
    const own = containerAmounts(container, field, defaults);
    // A sidecar keeps running beside everything that starts after it.
    if (container['restartPolicy'] === 'Always') running = addAmounts(running, own);
    starting = mostAmounts(
      starting,
      container['restartPolicy'] === 'Always' ? running : addAmounts(running, own),
    );
  }
  for (const container of containersIn(spec, 'containers'))
    running = addAmounts(running, containerAmounts(container, field, defaults));
  return mostAmounts(running, starting);
}

/** What one container requests or may use, with the defaults of the API server and of the namespace's LimitRanges. */
export function containerAmounts(container: Mapping, field: Field, defaults: ContainerDefaults): Amounts {
  const limits = amountsIn(valueAt(container, ['resources', 'limits']));
  const own = field === 'limits' ? limits : amountsIn(valueAt(container, ['resources', 'requests']));
  // The API server takes a limit for the request that is not there, before a LimitRange is asked.
  return new Map([...defaults[field], ...(field === 'requests' ? limits : []), ...own]);
}

function containersIn(spec: Mapping, field: 'containers' | 'initContainers'): readonly Mapping[] {
  const list = spec[field];
  return isSequence(list) ? list.filter(isMapping) : [];
}
