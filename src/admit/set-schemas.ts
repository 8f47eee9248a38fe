import type { KnownForList } from '../object/known-once.ts';
import { groupVersionKind, type Resource } from '../object/resource.ts';
import { type CustomKinds, customKindsOf, kindsElsewhere, preferKinds } from '../schema/custom-kind.ts';
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
  },
>(
  sets: readonly T[],
  others: readonly Mapping[],
  alsoServed: ReadonlySet<string> = new Set(),
  { known = (_things, find) => find(), firstOf = (object) => object }: KnownKinds = {},
): (T & { readonly customKinds: CustomKinds })[] {
  const defining = sets.map((set) => ({
    set,
    own: set.resources.flatMap(({ object }) => (isDefinition(object) ? [firstOf(object)] : [])),
  }));
  const everywhere = [...others.filter(isDefinition), ...defining.flatMap(({ own }) => own)];
  // One for all that bring none of their own: what is checked against it is checked once.
  const served = [...alsoServed].join(' ');
  const shared = known([served, ...everywhere], () => ({ ...customKindsOf(everywhere), alsoServed }));
  const loose = known([shared], () => ({ ...kindsElsewhere(shared), alsoServed }));
  return defining.map(({ set, own }) => {
    const others = set.isCluster === true ? loose : shared;
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

function isDefinition(object: Mapping): boolean {
  const { group, kind } = groupVersionKind(object);
  return group === 'apiextensions.k8s.io' && kind === 'CustomResourceDefinition';
}
