import { type Amounts, amountsIn } from '../../object/amounts.ts';
import type { Build } from '../../object/build.ts';
import { formatBytes, formatCpu } from '../../object/quantity.ts';
import { nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { spendEffort } from '../../source/effort.ts';
import { isSequence, type Mapping, type Path, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import {
  type ContainerDefaults,
  containerDefaults,
  type LimitRangeItem,
  limitRangeItems,
} from '../../workload/capacity/limit-ranges.ts';
import { containerAmounts, podAmounts } from '../../workload/pod/pod-needs.ts';
import {
  type Container,
  containersOf,
  describe,
  type PodTemplate,
  podTemplatesOf,
} from '../../workload/pod/pod-template.ts';
import type { BuildRule } from '../rule.ts';

export const limitRangeExceeded: BuildRule = {
  id: 'limit-range-exceeded',
  severity: 'error',
  scope: 'build',
  criterion: 'wired',
  tags: ['workloads', 'capacity'],
  *judge(build) {
    const subjects = openSubjects(build);
    for (const range of limitRangeItems(build))
      for (const subject of subjects(range)) yield* judgeSubject(range, subject);
    yield* requestsAboveDefaults(build);
  },
};

/** What a range is about, with its requests and limits and the places of these. */
interface Subject {
  readonly resource: Resource;
  readonly words: string;
  readonly requests: Amounts;
  readonly limits: Amounts;
  readonly placeOf: (field: Field, name: string) => Path;
  /** Whether nothing says an amount, and a value that is none yet may not become one either. */
  readonly isSilent: (field: Field, name: string) => boolean;
}

type Field = 'requests' | 'limits';

/** What ranges are about, found once for all of a namespace and type. */
function openSubjects(build: Build): (range: LimitRangeItem) => readonly Subject[] {
  const known = new Map<string, readonly Subject[]>();
  return (range) => {
    const key = `${range.type} ${namespaceOf(range.resource.object)}`;
    const found = known.get(key) ?? subjectsOf(build, range);
    known.set(key, found);
    return found;
  };
}

function subjectsOf(build: Build, range: LimitRangeItem): Subject[] {
  if (range.type === 'PersistentVolumeClaim') return claimSubjects(build, range);
  const namespace = namespaceOf(range.resource.object);
  const defaults = containerDefaults(build, namespace);
  const templates = podTemplatesOf(build).filter((template) => template.namespace === namespace);
  if (range.type === 'Container') return templates.flatMap((one) => containerSubjects(one, defaults));
  return range.type === 'Pod' ? templates.map((one) => podSubject(one, defaults)) : [];
}

function containerSubjects(template: PodTemplate, defaults: ContainerDefaults): Subject[] {
  return containersOf(template).map((one) => ({
    resource: template.resource,
    words: wordsOf(one, template),
    requests: containerAmounts(one.container, 'requests', defaults),
    limits: containerAmounts(one.container, 'limits', defaults),
    placeOf: (field, name) => amountPath(one, field, name),
    isSilent: (field, name) => !says(one, field, name),
  }));
}

function podSubject(template: PodTemplate, defaults: ContainerDefaults): Subject {
  const { resource, spec, path } = template;
  const containers = containersOf(template);
  return {
    resource,
    words: resource.object['kind'] === 'Pod' ? describe(resource) : `each pod of ${describe(resource)}`,
    requests: podAmounts(spec, 'requests', defaults),
    limits: podAmounts(spec, 'limits', defaults),
    placeOf: (field, name) => {
      const own = ['resources', field, name];
      if (valueAt(spec, own) !== undefined) return [...path, 'spec', ...own];
      const [most] = containers.toSorted((a, b) => compare(said(b, field, name), said(a, field, name)));
      return most === undefined ? [...path, 'spec'] : amountPath(most, field, name);
    },
    isSilent: (field, name) =>
      valueAt(spec, ['resources', field, name]) === undefined &&
      containers.every((one) => !says(one, field, name)),
  };
}

function wordsOf({ container }: Container, { resource }: PodTemplate): string {
  return `container ${valueText(container['name'])} of ${describe(resource)}`;
}

function amountPath({ container, path }: Container, field: Field, name: string): Path {
  const place = ['resources', field, name];
  return valueAt(container, place) === undefined ? [...path, 'name'] : [...path, ...place];
}

function says({ container }: Container, field: Field, name: string): boolean {
  return valueAt(container, ['resources', field, name]) !== undefined;
}

function said({ container }: Container, field: Field, name: string): bigint {
  return amountsIn(valueAt(container, ['resources', field])).get(name) ?? -1n;
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : Number(a > b);
}

/** A limit that a LimitRange gives to a container that requests more: the server refuses such a pod. */
function* requestsAboveDefaults(build: Build): Iterable<RuleProblem> {
  for (const template of podTemplatesOf(build)) {
    const { limits } = containerDefaults(build, template.namespace);
    for (const one of limits.size === 0 ? [] : containersOf(template)) {
      for (const [name, limit] of limits) {
        const request = said(one, 'requests', name);
        if (request <= limit || says(one, 'limits', name)) continue;
        yield {
          at: [template.resource, ...amountPath(one, 'requests', name)],
          message: `a LimitRange sets a limit of ${shown(name, limit)} of ${name} for ${wordsOf(one, template)}, but it requests ${shown(name, request)}: the API server refuses it`,
          help: `set a limit of at least ${shown(name, request)}, or change the LimitRange`,
        };
      }
    }
  }
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
            : `claim ${valueText(valueAt(resource.object, [...path, 'metadata', 'name']))} of ${describe(resource)}`,
        requests: amountsIn(valueAt(resource.object, [...path, 'spec', 'resources', 'requests'])),
        limits: new Map(),
        placeOf: (field: string, name: string) => [...path, 'spec', 'resources', field, name],
        isSilent: () => false,
      })),
    );
}

function claimPaths({ object }: Resource): Path[] {
  if (object['kind'] === 'PersistentVolumeClaim') return [[]];
  const templates = valueAt(object, ['spec', 'volumeClaimTemplates']);
  return isSequence(templates) ? templates.map((_, index) => ['spec', 'volumeClaimTemplates', index]) : [];
}

/** One bound of a range that a subject does not keep. */
interface Breach {
  readonly bound: 'max' | 'min' | 'maxLimitRequestRatio';
  readonly name: string;
  readonly field: Field;
  readonly words: string;
  readonly help: string;
}

function* judgeSubject(
  { resource: range, path, item }: LimitRangeItem,
  subject: Subject,
): Iterable<RuleProblem> {
  for (const { bound, name, field, words, help } of breachesOf(item, subject))
    yield {
      at: [subject.resource, ...subject.placeOf(field, name)],
      message: `LimitRange ${nameOf(range.object)} allows ${words}: the API server refuses it`,
      help: `${help}, or change the LimitRange`,
      related: [{ at: [range, ...path, bound, name], message: 'the LimitRange sets it here' }],
    };
}

function breachesOf(item: Mapping, subject: Subject): Breach[] {
  spendEffort(10);
  return [
    ...[...amountsIn(item['max'])].flatMap((bound) => aboveMax(subject, bound) ?? []),
    ...[...amountsIn(item['min'])].flatMap((bound) => belowMin(subject, bound) ?? []),
    ...[...amountsIn(item['maxLimitRequestRatio'])].flatMap((bound) => aboveRatio(subject, bound) ?? []),
  ];
}

function aboveMax(subject: Subject, [name, most]: readonly [string, bigint]): Breach | undefined {
  const { words, requests, limits, isSilent } = subject;
  const limit = limits.get(name);
  const request = requests.get(name);
  const allowed = `at most ${shown(name, most)} of ${name}, but ${words}`;
  const breach = { bound: 'max' as const, name, help: `set at most ${shown(name, most)}` };
  if (limit !== undefined && limit > most)
    return { ...breach, field: 'limits', words: `${allowed} has a limit of ${shown(name, limit)}` };
  if (request !== undefined && request > most)
    return { ...breach, field: 'requests', words: `${allowed} requests ${shown(name, request)}` };
  if (limit !== undefined || !isSilent('limits', name)) return undefined;
  return { ...breach, field: 'limits', words: `${allowed} has no limit`, help: 'set a limit' };
}

function belowMin(subject: Subject, [name, least]: readonly [string, bigint]): Breach | undefined {
  const { words, requests, isSilent } = subject;
  const request = requests.get(name);
  const allowed = `at least ${shown(name, least)} of ${name}, but ${words}`;
  const breach = { bound: 'min' as const, name, field: 'requests' as const };
  const help = `set at least ${shown(name, least)}`;
  if (request !== undefined)
    return request < least
      ? { ...breach, help, words: `${allowed} requests ${shown(name, request)}` }
      : undefined;
  return isSilent('requests', name)
    ? { ...breach, help: 'set a request', words: `${allowed} requests none` }
    : undefined;
}

function aboveRatio(subject: Subject, [name, ratio]: readonly [string, bigint]): Breach | undefined {
  const { words, requests, limits, isSilent } = subject;
  const limit = limits.get(name) ?? 0n;
  const request = requests.get(name) ?? 0n;
  const allowed = `a limit of ${name} of at most ${plain(ratio)} times the request, but ${words}`;
  const breach = { bound: 'maxLimitRequestRatio' as const, name };
  for (const [field, amount] of [
    ['requests', request],
    ['limits', limit],
  ] as const) {
    if (amount !== 0n) continue;
    if (!isSilent(field, name) && !subject[field].has(name)) return undefined;
    return {
      ...breach,
      field,
      words: `${allowed} has no ${field.slice(0, -1)}`,
      help: 'set a request and a limit',
    };
  }
  if (limit * one <= ratio * request) return undefined;
  return {
    ...breach,
    field: 'limits',
    words: `${allowed} requests ${shown(name, request)} with a limit of ${shown(name, limit)}`,
    help: 'raise the request or lower the limit',
  };
}

const one = 1_000_000_000n;

function plain(nanos: bigint): string {
  return String(Number(nanos) / Number(one));
}

function shown(name: string, nanos: bigint): string {
  return name === 'cpu' ? formatCpu(nanos) : formatBytes(nanos);
}
