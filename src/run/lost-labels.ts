import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Tree } from '../survey/tree.ts';
import { keyOfObject, objectsBroughtBy } from './brought-by.ts';

/**
 * Tells what is wrong with the type of a label where only Flux Kustomizations apply the object. The controller reads the labels of an object
 * as a map of strings, gets none if one is none, and sets its own (ssa SetOwnerLabels).
 */
export function losesLabelsIn({ clusters }: Pick<Tree, 'clusters'>): (diagnostic: Diagnostic) => boolean {
  let brought: ReadonlySet<string> | undefined;
  return (one) => {
    if (one.rule !== 'wrong-type' || one.field?.startsWith('metadata.labels') !== true) return false;
    brought ??= objectsBroughtBy(
      new Set(
        clusters
          .flatMap(({ reconciliations }) => reconciliations)
          .filter(({ by, kind }) => by === 'flux' && kind === 'Kustomization'),
      ),
      clusters,
    );
    return brought.has(keyOfObject(one) ?? '');
  };
}
