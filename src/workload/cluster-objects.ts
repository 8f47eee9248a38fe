import { grouped } from '../diagnostic/grouped.ts';
import type { Build } from '../object/build.ts';
import { knownOnce } from '../object/known-once.ts';
import { nameOf, namespaceOf, type Resource } from '../object/resource.ts';
import { valueText } from '../source/value-text.ts';
import { byNamespace, namespaceOfResource } from './beside.ts';
import type { Surroundings } from './surroundings.ts';

/** All objects of a kind that a build and those beside it render, whatever their namespaces. */
export function objectsOf(kind: string, build: Build, context: Surroundings): readonly Resource[] {
  const [list = [], ...others] = listsOf(kind, build, context);
  return others.length === 0 ? list : [...list, ...others.flat()];
}

function listsOf(kind: string, build: Build, { neighbours }: Surroundings): (readonly Resource[])[] {
  const own = byKind(build).get(kind) ?? [];
  if (neighbours === undefined) return [own];
  const all = byKindInAll(neighbours).get(kind) ?? [];
  // The judged build is among its neighbours as a whole, or not at all.
  const [first] = own;
  return first === undefined || resourcesIn(neighbours).has(first) ? [all] : [own, all];
}

interface Wanted {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

/**
 * The same as `objectsNamed`, one by one: in a fleet each cluster has one of that name, and whoever finds what is asked for in the build
 * looks at no other.
 */
export function* eachNamed(
  wanted: Wanted,
  build: Build,
  context: Pick<Surroundings, 'neighbours'>,
): Iterable<Resource> {
  yield* namedIn(byKind(build).get(wanted.kind) ?? [], wanted);
  const { neighbours = [] } = context;
  const own = ownResources(build);
  for (const one of namedAmong(wanted, neighbours)) if (!own.has(one)) yield one;
}

/** The objects of a kind and name that builds render. */
export function namedAmong(wanted: Wanted, builds: readonly Build[]): Iterable<Resource> {
  return namedIn(byKindInAll(builds).get(wanted.kind) ?? [], wanted);
}

function namedIn(list: readonly Resource[], { name, namespace }: Wanted): Iterable<Resource> {
  const namesakes = namesakesOf(list).get(name);
  return namesakes === undefined ? [] : within(namesakes)(namespace);
}

/** The objects of a kind and name in a namespace, those of the build first; an object without one may stand in any. */
export function objectsNamed(wanted: Wanted, build: Build, context: Surroundings): readonly Resource[] {
  const found = listsOf(wanted.kind, build, context).flatMap((list) => [...namedIn(list, wanted)]);
  if (found.length < 2) return found;
  const own = ownResources(build);
  return [...found.filter((one) => own.has(one)), ...found.filter((one) => !own.has(one))];
}

const ownResources = knownOnce(({ resources }: Build) => new Set(resources));

/** The objects of a kind that may stand in a namespace. */
export function objectsIn(
  { kind, namespace }: { readonly kind: string; readonly namespace: string },
  build: Build,
  context: Surroundings,
): readonly Resource[] {
  return listsOf(kind, build, context).flatMap((list) => [...within(list)(namespace)]);
}

/** Whether two namespaces may be one; without a namespace, whoever applies the manifests decides. */
export function meet(one: string, other: string): boolean {
  return one === other || one === '' || other === '';
}

/** The namespaces that a build and those beside it put objects into. */
export function namespacesOf(build: Build, { neighbours = [] }: Surroundings): ReadonlySet<string> {
  return new Set([build, ...neighbours].flatMap((one) => [...namespacesIn(one)]));
}

/** The objects of a list by their names. */
const namesakesOf = knownOnce((resources: readonly Resource[]) =>
  grouped(resources, ({ object }) => nameOf(object)),
);

const within = knownOnce((resources: readonly Resource[]) => byNamespace(resources, namespaceOfResource));

const byKind = knownOnce(({ resources }: Build) => grouped(resources, kindOf));

const resourcesIn = knownOnce(
  (builds: readonly Build[]) => new Set(builds.flatMap(({ resources }) => resources)),
);

const byKindInAll = knownOnce((builds: readonly Build[]) =>
  grouped(
    builds.flatMap(({ resources }) => resources),
    kindOf,
  ),
);

const namespacesIn = knownOnce(
  ({ resources }: Build) =>
    new Set(resources.map(({ object }) => namespaceOf(object)).filter((one) => one !== '')),
);

function kindOf({ object }: Resource): string {
  return valueText(object['kind']);
}
