import type { Build } from '../../object/build.ts';
import type { Place } from '../../object/place.ts';
import type { Resource } from '../../object/resource.ts';
import { isMapping, isSequence, type Path, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { objectsNamed } from '../../workload/cluster-objects.ts';
import { podCalls } from '../../workload/network/pod-calls.ts';
import { selectedPods } from '../../workload/network/service-pods.ts';
import { configurationReads } from '../../workload/pod/configuration-reads.ts';
import { containersOf, describe, type PodTemplate, podTemplatesOf } from '../../workload/pod/pod-template.ts';
import type { Surroundings } from '../../workload/surroundings.ts';
import type { BuildRule } from '../rule.ts';

export const queueOnEvictingRedis: BuildRule = {
  id: 'queue-on-evicting-redis',
  severity: 'warning',
  scope: 'build',
  criterion: 'wired',
  tags: ['workloads', 'availability'],
  *judge(build, context) {
    for (const template of podTemplatesOf(build)) {
      const eviction = evictionOf(template, build, context);
      if (eviction === undefined) continue;
      const user = queueUser(template, build, context);
      if (user === undefined) continue;
      yield {
        at: eviction.at,
        message: `${describe(template.resource)} evicts any key when memory is low (${eviction.policy}), but ${describe(user.resource)} keeps a queue in it (${user.variable})`,
        help: 'set maxmemory-policy noeviction, so a full Redis rejects writes, or use another Redis for the cache',
        related: [{ at: user.at, message: `${describe(user.resource)} sets it here` }],
      };
    }
  },
};

// `volatile-*` spares what has no time to live, as lists and streams of queues have none.
const evicting = /maxmemory-policy[\s"']+(allkeys-[a-z]+)/u;

function evictionOf(
  template: PodTemplate,
  build: Build,
  context: Surroundings,
): { readonly policy: string; readonly at: Place } | undefined {
  const { resource, namespace } = template;
  for (const { container, path } of containersOf(template)) {
    if (!/(?:redis|valkey|keydb)/iu.test(valueText(container['image']))) continue;
    for (const field of ['args', 'command']) {
      const words = container[field];
      if (!isSequence(words)) continue;
      const policy = evicting.exec(words.map(valueText).join(' '))?.[1];
      const index = words.findIndex((word) => policy !== undefined && valueText(word).includes(policy));
      if (policy !== undefined && index >= 0) return { policy, at: [resource, ...path, field, index] };
    }
    for (const { kind, name } of configurationReads(template)) {
      if (kind !== 'ConfigMap') continue;
      for (const configMap of objectsNamed({ kind, name, namespace }, build, context)) {
        const found = evictionIn(configMap);
        if (found !== undefined) return found;
      }
    }
  }
  return undefined;
}

function evictionIn(configMap: Resource): { readonly policy: string; readonly at: Place } | undefined {
  const data = configMap.object['data'];
  if (!isMapping(data)) return undefined;
  for (const key of Object.keys(data)) {
    const policy = evicting.exec(valueText(data[key]))?.[1];
    if (policy !== undefined) return { policy, at: [configMap, 'data', key] };
  }
  return undefined;
}

const queueVariable =
  /(?:^|_)(?:QUEUE|STREAM|BROKER|CELERY|SIDEKIQ|BULL|BULLMQ|RQ|CONSUMER_GROUP|EVENT_BUS|JOBS?)(?:S|ES)?(?:_|$)/iu;

interface QueueUser {
  readonly resource: Resource;
  readonly variable: string;
  readonly at: Place;
}

/** A workload that calls the Redis and names a queue in its variables. */
function queueUser(redis: PodTemplate, build: Build, context: Surroundings): QueueUser | undefined {
  const around = { build, context };
  for (const caller of podTemplatesOf(build)) {
    const isCalling = podCalls(caller, around).some(({ services }) =>
      services.some((service) =>
        selectedPods(service, build, context).some(({ resource }) => resource === redis.resource),
      ),
    );
    const found = isCalling ? queueVariables(caller, build, context)[0] : undefined;
    if (found !== undefined) return { resource: caller.resource, ...found };
  }
  return undefined;
}

function queueVariables(
  template: PodTemplate,
  build: Build,
  context: Surroundings,
): Omit<QueueUser, 'resource'>[] {
  const { resource, namespace } = template;
  const own = containersOf(template).flatMap(({ container, path }) => {
    const env = container['env'];
    if (!isSequence(env)) return [];
    return env.flatMap((entry, index) =>
      named(valueText(valueAt(entry, ['name'])), resource, [...path, 'env', index, 'name']),
    );
  });
  const read = configurationReads(template).flatMap(({ kind, name }) =>
    kind === 'ConfigMap'
      ? objectsNamed({ kind, name, namespace }, build, context).flatMap((configMap) => {
          const data = configMap.object['data'];
          return isMapping(data)
            ? Object.keys(data).flatMap((key) => named(key, configMap, ['data', key]))
            : [];
        })
      : [],
  );
  return [...own, ...read];
}

function named(variable: string, resource: Resource, path: Path): Omit<QueueUser, 'resource'>[] {
  return queueVariable.test(variable) ? [{ variable, at: [resource, ...path] }] : [];
}
