import { grouped } from '../diagnostic/grouped.ts';
import type { Build } from '../object/build.ts';
import { knownOnce } from '../object/known-once.ts';
import { namespaceOf, type Resource } from '../object/resource.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * What a build and then those beside it hold that may stand in a namespace, in output order. Whoever finds what is asked for in the build
 * asks nothing of the others: in a fleet they are other clusters.
 */
export type Beside<Item> = (
  namespace: string,
  build: Build,
  context: Pick<Surroundings, 'neighbours'>,
) => Iterable<Item>;

/**
 * Files what builds hold under its namespaces, once for each build and list of builds: in a cluster of a thousand
 * namespaces nobody may look at everything for each object.
 */
export function besideOnce<Item>(
  find: (build: Build) => readonly Item[],
  namespaceFor: (item: Item) => string,
): Beside<Item> {
  const inBuild = knownOnce((build: Build) => byNamespace(find(build), namespaceFor));
  const inAll = knownOnce((builds: readonly Build[]) => byNamespace(builds.flatMap(find), namespaceFor));
  return function* (namespace, build, context) {
    yield* inBuild(build)(namespace);
    const { neighbours } = context;
    if (neighbours !== undefined) yield* inAll(neighbours)(namespace);
  };
}

/** The same for what is asked for by a name: whoever asks for one name passes over no others. */
export function besideByName<Item>(
  find: (build: Build) => readonly Item[],
  { namespaceOf, nameOf }: Readonly<Record<'namespaceOf' | 'nameOf', (item: Item) => string>>,
): (
  wanted: { readonly namespace: string; readonly name: string },
  build: Build,
  context: Pick<Surroundings, 'neighbours'>,
) => Iterable<Item> {
  const filed = (items: readonly Item[]): ((name: string) => (namespace: string) => Iterable<Item>) => {
    const named = grouped(items, nameOf);
    const within = knownOnce((namesakes: readonly Item[]) => byNamespace(namesakes, namespaceOf));
    return (name) => within(named.get(name) ?? none);
  };
  const inBuild = knownOnce((build: Build) => filed(find(build)));
  const inAll = knownOnce((builds: readonly Build[]) => filed(builds.flatMap(find)));
  return function* ({ namespace, name }, build, context) {
    yield* inBuild(build)(name)(namespace);
    const { neighbours } = context;
    if (neighbours !== undefined) yield* inAll(neighbours)(name)(namespace);
  };
}

/** Whether a build or one of those beside it is such a one, asked once for each of them and for all together. */
export function someBeside(
  isSuch: (build: Build) => boolean,
): (build: Build, context: Pick<Surroundings, 'neighbours'>) => boolean {
  const isOne = knownOnce(isSuch);
  const isAny = knownOnce((builds: readonly Build[]) => builds.some(isOne));
  return (build, { neighbours }) => isOne(build) || (neighbours !== undefined && isAny(neighbours));
}

const none: readonly never[] = [];

export function namespaceOfResource({ object }: Resource): string {
  return namespaceOf(object);
}

interface Filed<Item> {
  readonly item: Item;
  readonly place: number;
}

/** What has no namespace may stand in any, and may see all: whoever applies the manifests decides. */
export function byNamespace<Item>(
  items: readonly Item[],
  namespaceFor: (item: Item) => string,
): (namespace: string) => Iterable<Item> {
  const filed = grouped(
    items.map((item, place) => ({ item, place })),
    ({ item }) => namespaceFor(item),
  );
  const open = filed.get('') ?? [];
  return (namespace) => (namespace === '' ? items : inOrder(filed.get(namespace) ?? [], open));
}

// Walked no further than the first match where that is all that is asked for.
function* inOrder<Item>(own: readonly Filed<Item>[], open: readonly Filed<Item>[]): Iterable<Item> {
  let next = 0;
  for (const { item, place } of own) {
    for (let other = open[next]; other !== undefined && other.place < place; other = open[++next])
      yield other.item;
    yield item;
  }
  for (const { item } of open.slice(next)) yield item;
}
