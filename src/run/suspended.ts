import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { objectReference } from '../object/resource.ts';
import type { Tree } from '../survey/tree.ts';
import { objectKey } from './object-key.ts';

/** Rules about what a controller does not find, or waits for, when it reconciles the object. */
const whenReconciled: ReadonlySet<string> = new Set([
  'dependency-cycle',
  'dependency-missing',
  'flux-path-missing',
  'flux-reference-missing',
  'health-check-missing',
  'release-values-missing',
]);

/** Tells what stops an object of Flux that is suspended, so that nothing happens until it is resumed. */
export function isOfSuspendedIn({ clusters }: Pick<Tree, 'clusters'>): (diagnostic: Diagnostic) => boolean {
  const owners = clusters.flatMap(({ reconciliations }) => reconciliations);
  const suspended = new Set(
    owners.flatMap(({ suspend, declaration }) =>
      suspend && declaration !== undefined ? [objectKey(objectReference(declaration.object), undefined)] : [],
    ),
  );
  return ({ rule, object }) =>
    object !== undefined && whenReconciled.has(rule) && suspended.has(objectKey(object, undefined));
}
