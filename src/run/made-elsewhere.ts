import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Tree } from '../survey/tree.ts';
import { absentObject } from './absent-object.ts';

/** Tells what lacks an object that an owner of its name may bring from another source; the pods of a Service may have its own name. */
export function isMadeElsewhereIn({ clusters }: Pick<Tree, 'clusters'>): (diagnostic: Diagnostic) => boolean {
  const owners = clusters.flatMap(({ reconciliations }) => reconciliations);
  const elsewhere = new Set(
    owners.flatMap(({ name, source }) => (source === undefined || source.place === 'here' ? [] : [name])),
  );
  return (one) => {
    const absent = elsewhere.size === 0 ? undefined : absentObject(one);
    if (absent === undefined || absent.isOfFlux) return false;
    const own = absent.kind === 'Pod' ? [one.object?.name ?? ''] : [];
    return [...own, ...absent.names].some((name) => elsewhere.has(name));
  };
}
