import type { Build } from '../../object/build.ts';
import { knownOnce } from '../../object/known-once.ts';
import { nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import { isMapping, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { containerDefaults } from '../../workload/capacity/limit-ranges.ts';
import { containerAmounts } from '../../workload/pod/pod-needs.ts';
import { type Container, containersOf, describe, podTemplatesOf } from '../../workload/pod/pod-template.ts';
import type { BuildRule } from '../rule.ts';

export const quotaForbidsPod: BuildRule = {
  id: 'quota-forbids-pod',
  severity: 'error',
  scope: 'build',
  criterion: 'wired',
  tags: ['workloads', 'capacity'],
  *judge(build) {
    const demands = demandsByNamespace(build);
    for (const template of podTemplatesOf(build)) {
      const { namespace } = template;
      for (const { quota, key, field, name } of demands.get(namespace) ?? []) {
        const defaults = containerDefaults(build, namespace);
        if (valueAt(template.spec, ['resources', field, name]) !== undefined) continue;
        const lacking = containersOf(template).filter(
          ({ container }) => !containerAmounts(container, field, defaults).has(name),
        );
        const [first] = lacking;
        if (first === undefined) continue;
        yield {
          at: [template.resource, ...placeOf(first, field)],
          message: `ResourceQuota ${nameOf(quota.object)} counts ${key}, so the API server refuses the pods of ${describe(template.resource)}: ${namesOf(lacking)} ${lacking.length === 1 ? 'has' : 'have'} no ${name} ${field}`,
          help: `set resources.${field}.${name}, or add a LimitRange with defaults to the namespace`,
          related: [{ at: [quota, 'spec', 'hard', key], message: 'the quota counts it here' }],
        };
      }
    }
  },
};

// A quota with scopes is about some pods alone.
const quotasOf = knownOnce(({ resources }: Build) =>
  resources.filter(
    ({ object }) =>
      object['kind'] === 'ResourceQuota' &&
      object['apiVersion'] === 'v1' &&
      ['scopes', 'scopeSelector'].every((field) => valueAt(object, ['spec', field]) === undefined),
  ),
);

/** What pods of a namespace have to say, each by the first quota that counts it: who says it says it for all. */
const demandsByNamespace = knownOnce((build: Build) => {
  const known = new Map<string, readonly Demand[]>();
  for (const quota of quotasOf(build)) {
    const namespace = namespaceOf(quota.object);
    const before = known.get(namespace) ?? [];
    const isNew = ({ field, name }: Demand): boolean =>
      !before.some((one) => one.field === field && one.name === name);
    known.set(namespace, [...before, ...demandsOf(quota).filter(isNew)]);
  }
  return known;
});

interface Demand {
  readonly quota: Resource;
  readonly key: string;
  readonly field: 'requests' | 'limits';
  readonly name: string;
}

// Of the resources that a quota counts, pods have to name these two.
function demandsOf(quota: Resource): Demand[] {
  const hard = valueAt(quota.object, ['spec', 'hard']);
  if (!isMapping(hard)) return [];
  return Object.keys(hard).flatMap((key) => {
    const [, field = 'requests', name] = /^(?:(requests|limits)\.)?(cpu|memory)$/u.exec(key) ?? [];
    return name === undefined
      ? []
      : [{ quota, key, name, field: field === 'limits' ? 'limits' : 'requests' }];
  });
}

function placeOf({ container, path }: Container, field: string): readonly (string | number)[] {
  if (isMapping(valueAt(container, ['resources', field]))) return [...path, 'resources', field];
  return isMapping(container['resources']) ? [...path, 'resources'] : [...path, 'name'];
}

function namesOf(containers: readonly Container[]): string {
  return `container ${containers.map(({ container }) => valueText(container['name'])).join(', ')}`;
}
