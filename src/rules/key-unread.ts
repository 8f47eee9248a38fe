import type { Build } from '../build/build.ts';
import { nameOf, namespaceOf, type Resource } from '../build/resource.ts';
import { isMapping } from '../source/value.ts';
import { meet } from './cluster-objects.ts';
import { configurationReads, type Read } from './configuration-reads.ts';
import { knownOnce } from './known-once.ts';
import { describe, podTemplatesOf } from './pod-template.ts';
import { possibleMaker } from './possible-maker.ts';
import type { BuildRule, RuleContext } from './rule.ts';
import { isPartlyBuilt } from './unseen-maker.ts';

export const keyUnread: BuildRule = {
  id: 'key-unread',
  severity: 'note',
  scope: 'build',
  *judge(build, context) {
    if (isPartlyBuilt(context)) return;
    for (const resource of build.resources) {
      const { object } = resource;
      if (object['kind'] !== 'ConfigMap' || object['apiVersion'] !== 'v1') continue;
      const reads = readsOf(resource, build, context);
      // What no pod reads may well be read by way of the API server.
      if (reads.length === 0 || reads.some(({ keys }) => keys === undefined)) continue;
      if (possibleMaker(resource, nameOf(object), build, context) !== undefined) continue;
      const read = new Set(reads.flatMap(({ keys = [] }) => keys));
      for (const field of ['data', 'binaryData']) {
        const data = object[field];
        if (!isMapping(data)) continue;
        for (const key of Object.keys(data).filter((one) => !read.has(one)))
          yield {
            at: [resource, field, key],
            message: `nothing reads the key ${key} of ${describe(resource)}; its other keys are read one by one`,
            help: 'remove the key, or name it where it is to be read',
          };
      }
    }
  },
};

function readsOf({ object }: Resource, build: Build, { neighbours = [] }: RuleContext): Read[] {
  return [...new Set([build, ...neighbours])]
    .flatMap((one) => readsIn(one).get(nameOf(object)) ?? [])
    .filter(({ kind, namespace }) => kind === 'ConfigMap' && meet(namespace, namespaceOf(object)));
}

const readsIn = knownOnce((build: Build): ReadonlyMap<string, readonly Read[]> => {
  const byName = new Map<string, Read[]>();
  for (const read of podTemplatesOf(build).flatMap(configurationReads)) {
    const known = byName.get(read.name);
    if (known === undefined) byName.set(read.name, [read]);
    else known.push(read);
  }
  return byName;
});
