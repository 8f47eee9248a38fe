import { parseQuantity } from '../../object/quantity.ts';
import { isMapping, type Mapping, type MutableMapping, type Value } from '../../source/value.ts';
import { children } from './draft.ts';

const counted = ['cpu', 'memory'];

/** `k8s.io/kubernetes/pkg/apis/core/helper/qos` GetPodQOS of 1.36. */
export function qualityOfService(spec: MutableMapping): 'BestEffort' | 'Burstable' | 'Guaranteed' {
  const whole = spec['resources'];
  const all = isMapping(whole)
    ? [whole]
    : [...children(spec, 'containers'), ...children(spec, 'initContainers')].map((one) => one['resources']);
  const given = all.map((resources) => ({
    requests: positive(resources, 'requests'),
    limits: positive(resources, 'limits'),
  }));
  if (given.every(({ requests, limits }) => requests.size === 0 && limits.size === 0)) return 'BestEffort';
  const isGuaranteed = given.every(({ requests, limits }) =>
    counted.every(
      (name) => limits.has(name) && (requests.get(name) ?? limits.get(name)) === limits.get(name),
    ),
  );
  return isGuaranteed ? 'Guaranteed' : 'Burstable';
}

function positive(resources: Value | undefined, list: string): ReadonlyMap<string, bigint> {
  const amounts: Value | undefined = isMapping(resources) ? resources[list] : undefined;
  const found = new Map<string, bigint>();
  for (const name of counted) {
    const nanos = isMapping(amounts) ? (parseQuantity((amounts as Mapping)[name])?.nanos ?? 0n) : 0n;
    if (nanos > 0n) found.set(name, nanos);
  }
  return found;
}
