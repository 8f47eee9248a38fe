import { grouped } from '../../diagnostic/grouped.ts';
import type { Build } from '../../object/build.ts';
import { knownOnce } from '../../object/known-once.ts';
import { nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import { isMapping } from '../../source/value.ts';
import { byNamespace } from '../../workload/beside.ts';
import { configurationReads, type Read } from '../../workload/pod/configuration-reads.ts';
import { describe, podTemplatesOf } from '../../workload/pod/pod-template.ts';
import { possibleMaker } from '../../workload/possible-maker.ts';
import type { Surroundings } from '../../workload/surroundings.ts';
import { isPartlyBuilt } from '../../workload/unseen-maker.ts';
import type { BuildRule } from '../rule.ts';

export const keyUnread: BuildRule = {
  id: 'key-unread',
  severity: 'note',
  scope: 'build',
  criterion: 'wired',
  tags: ['references'],
  *judge(build, context) {
    for (const resource of build.resources) {
      const { object } = resource;
      if (object['kind'] !== 'ConfigMap' || object['apiVersion'] !== 'v1') continue;
      const unread = unreadKeys(resource, build, context);
      if (unread.length === 0 || isPartlyBuilt(context)) continue;
      if (possibleMaker(resource, nameOf(object), build, context) !== undefined) continue;
      for (const { field, key } of unread)
        yield {
          at: [resource, field, key],
          message: `nothing reads the key ${key} of ${describe(resource)}, although its other keys are read one by one`,
          help: 'remove the key, or refer to it where it is needed',
        };
    }
  },
};

interface Key {
  readonly field: string;
  readonly key: string;
}

/** The keys of a ConfigMap that no pod reads, where pods read the others one by one. What no pod reads may well be read by way of the API server. */
function unreadKeys({ object }: Resource, build: Build, context: Surroundings): readonly Key[] {
  let unread = ['data', 'binaryData'].flatMap((field): Key[] => {
    const data = object[field];
    return isMapping(data) ? Object.keys(data).map((key) => ({ field, key })) : [];
  });
  let isRead = false;
  for (const reads of readsAround(build, context)) {
    for (const { keys } of reads.get(nameOf(object))?.(namespaceOf(object)) ?? []) {
      if (keys === undefined) return [];
      isRead = true;
      const read = new Set(keys);
      unread = unread.filter(({ key }) => !read.has(key));
    }
    if (unread.length === 0) return [];
  }
  return isRead ? unread : [];
}

function* readsAround(build: Build, context: Surroundings): Iterable<ReturnType<typeof readsByName>> {
  yield readsOfBuild(build);
  if (context.neighbours !== undefined) yield readsOfAll(context.neighbours);
}

const readsIn = knownOnce((build: Build) =>
  podTemplatesOf(build)
    .flatMap(configurationReads)
    .filter(({ kind }) => kind === 'ConfigMap'),
);

const readsOfBuild = knownOnce((build: Build) => readsByName(readsIn(build)));

const readsOfAll = knownOnce((builds: readonly Build[]) => readsByName(builds.flatMap(readsIn)));

function readsByName(reads: readonly Read[]): ReadonlyMap<string, (namespace: string) => Iterable<Read>> {
  return new Map(
    [...grouped(reads, ({ name }) => name)].map(
      ([name, namesakes]) => [name, byNamespace(namesakes, ({ namespace }) => namespace)] as const,
    ),
  );
}
