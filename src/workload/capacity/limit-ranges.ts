import { type Amounts, amountsIn, noAmounts } from '../../object/amounts.ts';
import type { Build } from '../../object/build.ts';
import { knownOnce } from '../../object/known-once.ts';
import { namespaceOf, type Resource } from '../../object/resource.ts';
import { isMapping, isSequence, type Mapping, type Path } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';

/** What a container gets that says nothing itself, in nanos by resource name. */
export interface ContainerDefaults {
  readonly requests: Amounts;
  readonly limits: Amounts;
}

export const noDefaults: ContainerDefaults = { requests: noAmounts, limits: noAmounts };

/** One item of a LimitRange, and the way to it. */
export interface LimitRangeItem {
  readonly resource: Resource;
  readonly path: Path;
  readonly type: string;
  readonly item: Mapping;
}

export const limitRangeItems = knownOnce(
  ({ resources }: Pick<Build, 'resources'>): readonly LimitRangeItem[] =>
    resources.flatMap((resource) => {
      const { object } = resource;
      if (object['kind'] !== 'LimitRange' || object['apiVersion'] !== 'v1') return [];
      const spec = object['spec'];
      const limits = isMapping(spec) ? spec['limits'] : undefined;
      if (!isSequence(limits)) return [];
      return limits.flatMap((item, index) =>
        isMapping(item)
          ? [{ resource, path: ['spec', 'limits', index], type: valueText(item['type']), item }]
          : [],
      );
    }),
);

/** What the LimitRanges of a namespace give to containers. */
export function containerDefaults(build: Pick<Build, 'resources'>, namespace: string): ContainerDefaults {
  const known = defaultsByNamespace(build);
  const defaults = known.get(namespace) ?? defaultsIn(build, namespace);
  known.set(namespace, defaults);
  return defaults;
}

const defaultsByNamespace = knownOnce((_: Pick<Build, 'resources'>) => new Map<string, ContainerDefaults>());

function defaultsIn(build: Pick<Build, 'resources'>, namespace: string): ContainerDefaults {
  let requests = noAmounts;
  let limits = noAmounts;
  for (const { resource, type, item } of limitRangeItems(build)) {
    if (type !== 'Container' || namespaceOf(resource.object) !== namespace) continue;
    // As SetDefaults_LimitRangeItem: max stands in for default, default and then min for defaultRequest.
    limits = over(limits, over(amountsIn(item['max']), amountsIn(item['default'])));
    requests = over(requests, over(over(amountsIn(item['min']), limits), amountsIn(item['defaultRequest'])));
  }
  return { requests, limits };
}

/** The first amounts, unless the others say something. */
function over(amounts: Amounts, others: Amounts): Amounts {
  return new Map([...amounts, ...others]);
}
