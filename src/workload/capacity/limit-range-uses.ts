import { type Amounts, amountsIn } from '../../object/amounts.ts';
import type { Build } from '../../object/build.ts';
import { namespaceOf, type Resource } from '../../object/resource.ts';
import { isMapping, isSequence, type Path, valueAt } from '../../source/value.ts';
import { containerAmounts } from '../pod/pod-needs.ts';
import { containersOf } from '../pod/pod-template.ts';
import { containerDefaults, limitRangeItems } from './limit-ranges.ts';
import { workloadNeedsOf } from './resource-sums.ts';

/** One bound of a LimitRange for one resource, and what comes closest to it. */
export interface LimitRangeUse {
  readonly limitRange: Resource;
  readonly path: Path;
  /** Container, Pod or PersistentVolumeClaim. */
  readonly type: string;
  readonly resource: string;
  readonly bound: 'min' | 'max';
  readonly amount: bigint;
  /** The smallest or largest that there is; absent where nothing says any. */
  readonly used?: bigint;
}

/** The bounds of a build's LimitRanges. */
export function limitRangeUses(build: Build): LimitRangeUse[] {
  // All ranges of a namespace and type are about the same.
  const known = new Map<string, Extremes>();
  const extremesOf = (type: string, namespace: string): Extremes => {
    const key = `${type} ${namespace}`;
    const found = known.get(key) ?? extremesIn(amountsUnder(type, build, namespace));
    known.set(key, found);
    return found;
  };
  return limitRangeItems(build).flatMap(({ resource: limitRange, path, type, item }) => {
    const extremes = extremesOf(type, namespaceOf(limitRange.object));
    return (['min', 'max'] as const).flatMap((bound) =>
      [...amountsIn(item[bound])].map(([resource, amount]) => {
        const used = extremes[bound].get(resource);
        return {
          limitRange,
          path: [...path, bound, resource],
          type,
          resource,
          bound,
          amount,
          ...(used === undefined ? {} : { used }),
        };
      }),
    );
  });
}

/** The smallest and the largest amount of each resource. */
interface Extremes {
  readonly min: Amounts;
  readonly max: Amounts;
}

function extremesIn(all: readonly Amounts[]): Extremes {
  const min = new Map<string, bigint>();
  const max = new Map<string, bigint>();
  for (const amounts of all)
    for (const [resource, amount] of amounts) {
      if (amount < (min.get(resource) ?? amount + 1n)) min.set(resource, amount);
      if (amount > (max.get(resource) ?? amount - 1n)) max.set(resource, amount);
    }
  return { min, max };
}

/** The requests and limits of everything that an item of this type is about. */
function amountsUnder(type: string, build: Build, namespace: string): Amounts[] {
  const own = workloadNeedsOf(build).filter(({ template }) => template.namespace === namespace);
  if (type === 'Pod') return own.flatMap(({ pod }) => [pod.requests, pod.limits]);
  if (type === 'Container') {
    const defaults = containerDefaults(build, namespace);
    return own.flatMap(({ template }) =>
      containersOf(template).flatMap(({ container }) => [
        containerAmounts(container, 'requests', defaults),
        containerAmounts(container, 'limits', defaults),
      ]),
    );
  }
  if (type !== 'PersistentVolumeClaim') return [];
  const claims = build.resources
    .filter(({ object }) => object['kind'] === 'PersistentVolumeClaim' && namespaceOf(object) === namespace)
    .map(({ object }) => object);
  const templates = own.flatMap(({ template }) => {
    const list = valueAt(template.resource.object, ['spec', 'volumeClaimTemplates']);
    return isSequence(list) ? list.filter(isMapping) : [];
  });
  return [...claims, ...templates].map((claim) =>
    amountsIn(valueAt(claim, ['spec', 'resources', 'requests'])),
  );
}
