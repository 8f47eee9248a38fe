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
    if (isPartlyBuilt(context)) return;
    for (const resource of build.resources) {
      const { object } = resource;
      if (object['kind'] !== 'ConfigMap' || object['apiVersion'] !== 'v1') continue;
      const read = keysRead(resource, build, context);
      // What no pod reads may well be read by way of the API server.
      if (read === 'all' || read === 'none') continue;
      if (possibleMaker(resource, nameOf(object), build, context) !== undefined) continue;
      for (const field of ['data', 'binaryData']) {
        const data = object[field];
        if (!isMapping(data)) continue;
        for (const key of Object.keys(data).filter((one) => !read.has(one)))
          yield {
            at: [resource, field, key],
            message: `nothing reads the key ${key} of ${describe(resource)}, although its other keys are read one by one`,
            help: 'remove the key, or refer to it where it is needed',
          };
      }
    }
  },
};

const none: readonly Build[] = [];

/** The keys of a ConfigMap that pods read one by one; `none` where no pod reads it. */
function keysRead(
  { object }: Resource,
  build: Build,
  { neighbours = none }: Surroundings,
): ReadonlySet<string> | 'all' | 'none' {
  const found = new Set<string>();
  let isRead = false;
  for (const reads of [readsOfBuild(build), readsOfAll(neighbours)])
    for (const { keys } of reads.get(nameOf(object))?.(namespaceOf(object)) ?? []) {
      if (keys === undefined) return 'all';
      isRead = true;
      for (const key of keys) found.add(key);
    }
  return isRead ? found : 'none';
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
