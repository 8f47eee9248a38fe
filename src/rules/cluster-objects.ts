import type { Build } from '../build/build.ts';
import { nameOf, namespaceOf, type Resource } from '../build/resource.ts';
import { knownOnce } from './known-once.ts';
import type { RuleContext } from './rule.ts';

/** All objects of a kind that a build and those beside it render, whatever their namespaces. */
export function objectsOf(kind: string, build: Build, { neighbours }: RuleContext): readonly Resource[] {
  const own = byKind(build).get(kind) ?? [];
  if (neighbours === undefined) return own;
  const all = byKindInAll(neighbours).get(kind) ?? [];
  // The judged build is among its neighbours as a whole, or not at all.
  const [first] = own;
  return first === undefined || all.includes(first) ? all : [...own, ...all];
}

/** The objects of a kind and name in a namespace; an object without one may stand in any. */
export function objectsNamed(
  wanted: { readonly kind: string; readonly name: string; readonly namespace: string },
  build: Build,
  context: RuleContext,
): readonly Resource[] {
  return objectsOf(wanted.kind, build, context).filter(
    ({ object }) => nameOf(object) === wanted.name && meet(namespaceOf(object), wanted.namespace),
  );
}

/** Whether two namespaces may be one; without a namespace, whoever applies the manifests decides. */
export function meet(one: string, other: string): boolean {
  return one === other || one === '' || other === '';
}

/** The namespaces that a build and those beside it put objects into. */
export function namespacesOf(build: Build, { neighbours = [] }: RuleContext): ReadonlySet<string> {
  return new Set([build, ...neighbours].flatMap((one) => [...namespacesIn(one)]));
}

const byKind = knownOnce(({ resources }: Build) => grouped(resources));

const byKindInAll = knownOnce((builds: readonly Build[]) =>
  grouped(builds.flatMap(({ resources }) => resources)),
);

const namespacesIn = knownOnce(
  ({ resources }: Build) =>
    new Set(resources.map(({ object }) => namespaceOf(object)).filter((one) => one !== '')),
);

function grouped(resources: readonly Resource[]): ReadonlyMap<string, readonly Resource[]> {
  const groups = new Map<string, Resource[]>();
  for (const resource of resources) {
    const kind = String(resource.object['kind']);
    const known = groups.get(kind);
    if (known === undefined) groups.set(kind, [resource]);
    else known.push(resource);
  }
  return groups;
}
