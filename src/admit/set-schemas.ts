import type { KnownForList } from '../object/known-once.ts';
import { textAt } from '../object/object-field.ts';
import { objectPlace } from '../object/object-place.ts';
import { groupVersionKind, type Resource } from '../object/resource.ts';
import {
  type CustomKinds,
  customKindsOf,
  kindsBeside,
  kindsElsewhere,
  preferKinds,
} from '../schema/custom-kind.ts';
import { directoryOf, isBelow } from '../source/path.ts';
import type { Mapping } from '../source/value.ts';

/** What is known of CRDs, and of several of one content the first. */
interface KnownKinds {
  readonly known?: KnownForList<CustomKinds>;
  readonly firstOf?: (object: Mapping) => Mapping;
}

/**
 * The kinds that each of several sets of resources may use: those of its own CRDs, then of the other sets' (they reach the
 * same cluster, or its neighbour), then of `others`, which stand elsewhere in the repository; the nearest counts. What `known` finds out
 * of the same CRDs is the same object.
 */
export function withCustomKinds<
  T extends {
    readonly resources: readonly Resource[];
    /** Whether all that reaches a cluster is in the set, CRDs included. */
    readonly isCluster?: boolean;
    /** Whether these are the manifests of all folders, so that what stands in one need not reach the cluster of another. */
    readonly isPlain?: boolean;
  },
>(
  sets: readonly T[],
  others: readonly Mapping[],
  alsoServed: ReadonlySet<string> = new Set(),
  { known = (_things, find) => find(), firstOf = (object) => object }: KnownKinds = {},
): (T & { readonly customKinds: CustomKinds })[] {
  const defining = sets.map((set) => {
    const all = set.resources.filter(({ object }) => isDefinition(object));
    const own = set.isPlain === true ? usedAmong(all, set.resources) : all;
    const objectsOf = (some: readonly Resource[]): Mapping[] => some.map(({ object }) => firstOf(object));
    return { set, all: objectsOf(all), own: objectsOf(own) };
  });
  const everywhere = [...others.filter(isDefinition), ...defining.flatMap(({ all }) => all)];
  // One for all that bring none of their own: what is checked against it is checked once.
  const served = [...alsoServed].join(' ');
  const shared = known([served, ...everywhere], () => ({ ...customKindsOf(everywhere), alsoServed }));
  const loose = known([shared], () => ({ ...kindsElsewhere(shared), alsoServed }));
  const beside = known([shared, 'beside'], () => ({ ...kindsBeside(shared), alsoServed }));
  return defining.map(({ set, own }) => {
    const others = set.isCluster === true ? loose : beside;
    return {
      ...set,
      customKinds:
        own.length === everywhere.length
          ? shared
          : own.length === 0
            ? others
            : known([others, ...own], () => ({ ...preferKinds(customKindsOf(own), others), alsoServed })),
    };
  });
}

/** The CRDs that have an object of their kind in their folder, or below it. */
function usedAmong(definitions: readonly Resource[], resources: readonly Resource[]): Resource[] {
  const foldersOf = new Map<string, { readonly folder: string; readonly definition: Resource }[]>();
  for (const definition of definitions) {
    const group = textAt(definition.object, 'spec', 'group');
    const key = `${group}/${textAt(definition.object, 'spec', 'names', 'kind')}`;
    const folder = directoryOf(objectPlace(definition)?.file ?? '');
    foldersOf.set(key, [...(foldersOf.get(key) ?? []), { folder, definition }]);
  }
  const used = new Set<Resource>();
  for (const resource of resources) {
    const { group, kind } = groupVersionKind(resource.object);
    for (const { folder, definition } of foldersOf.get(`${group}/${kind}`) ?? [])
      if (!used.has(definition) && isBelow(objectPlace(resource)?.file ?? '', folder)) used.add(definition);
  }
  return definitions.filter((one) => used.has(one));
}

function isDefinition(object: Mapping): boolean {
  const { group, kind } = groupVersionKind(object);
  return group === 'apiextensions.k8s.io' && kind === 'CustomResourceDefinition';
}
