import { amountsIn } from '../../object/amounts.ts';
import type { Build } from '../../object/build.ts';
import { formatBytes, formatCpu } from '../../object/quantity.ts';
import { nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { isSequence, type Path, valueAt } from '../../source/value.ts';
import {
  containerDefaults,
  type LimitRangeItem,
  limitRangeItems,
} from '../../workload/capacity/limit-ranges.ts';
import { containerAmounts } from '../../workload/pod/pod-needs.ts';
import { containersOf, describe, podTemplatesOf } from '../../workload/pod/pod-template.ts';
import type { BuildRule } from '../rule.ts';

export const limitRangeExceeded: BuildRule = {
  id: 'limit-range-exceeded',
  severity: 'error',
  scope: 'build',
  criterion: 'wired',
  *judge(build) {
    for (const range of limitRangeItems(build)) {
      const subjects =
        range.type === 'Container'
          ? containerSubjects(build, range)
          : range.type === 'PersistentVolumeClaim'
            ? claimSubjects(build, range)
            : [];
      for (const subject of subjects) yield* judgeSubject(range, subject);
    }
  },
};

/** What a range is about, with its requests and limits and the places of these. */
interface Subject {
  readonly resource: Resource;
  readonly words: string;
  readonly requests: ReadonlyMap<string, bigint>;
  readonly limits: ReadonlyMap<string, bigint>;
  readonly placeOf: (field: 'requests' | 'limits', name: string) => Path;
}

function containerSubjects(build: Build, { resource: range }: LimitRangeItem): Subject[] {
  const namespace = namespaceOf(range.object);
  const defaults = containerDefaults(build, namespace);
  return podTemplatesOf(build)
    .filter((template) => template.namespace === namespace)
    .flatMap((template) =>
      containersOf(template).map(({ container, path }) => ({
        resource: template.resource,
        words: `container ${String(container['name'])} of ${describe(template.resource)}`,
        requests: containerAmounts(container, 'requests', defaults),
        limits: containerAmounts(container, 'limits', defaults),
        placeOf: (field: string, name: string) => {
          const place = ['resources', field, name];
          return valueAt(container, place) === undefined ? [...path, 'name'] : [...path, ...place];
        },
      })),
    );
}

function claimSubjects({ resources }: Build, { resource: range }: LimitRangeItem): Subject[] {
  return resources
    .filter(({ object }) => namespaceOf(object) === namespaceOf(range.object))
    .flatMap((resource) =>
      claimPaths(resource).map((path) => ({
        resource,
        words:
          path.length === 0
            ? describe(resource)
            : `claim ${String(valueAt(resource.object, [...path, 'metadata', 'name']))} of ${describe(resource)}`,
        requests: amountsIn(valueAt(resource.object, [...path, 'spec', 'resources', 'requests'])),
        limits: new Map(),
        placeOf: (field: string, name: string) => [...path, 'spec', 'resources', field, name],
      })),
    );
}

function claimPaths({ object }: Resource): Path[] {
  if (object['kind'] === 'PersistentVolumeClaim') return [[]];
  const templates = valueAt(object, ['spec', 'volumeClaimTemplates']);
  return isSequence(templates) ? templates.map((_, index) => ['spec', 'volumeClaimTemplates', index]) : [];
}

function* judgeSubject(
  { resource: range, path, item }: LimitRangeItem,
  subject: Subject,
): Iterable<RuleProblem> {
  const { resource, words, requests, limits, placeOf } = subject;
  const problem = (
    bound: 'max' | 'min',
    field: 'requests' | 'limits',
    [name, allowed, amount]: readonly [string, bigint, bigint],
  ): RuleProblem => ({
    at: [resource, ...placeOf(field, name)],
    message: `LimitRange ${nameOf(range.object)} allows ${bound === 'max' ? 'at most' : 'no less than'} ${shown(name, allowed)} of ${name}, and ${words} ${field === 'limits' ? 'has a limit of' : 'requests'} ${shown(name, amount)}: the API server refuses it`,
    help: `write ${bound === 'max' ? 'no more' : 'no less'} than ${shown(name, allowed)}, or change the LimitRange`,
    related: [{ at: [range, ...path, bound, name], message: 'the LimitRange says so here' }],
  });
  for (const [name, most] of amountsIn(item['max'])) {
    const limit = limits.get(name);
    const request = requests.get(name);
    if (limit !== undefined && limit > most) yield problem('max', 'limits', [name, most, limit]);
    else if (request !== undefined && request > most) yield problem('max', 'requests', [name, most, request]);
  }
  for (const [name, least] of amountsIn(item['min'])) {
    const request = requests.get(name);
    if (request !== undefined && request < least) yield problem('min', 'requests', [name, least, request]);
  }
}

function shown(name: string, nanos: bigint): string {
  return name === 'cpu' ? formatCpu(nanos) : formatBytes(nanos);
}
