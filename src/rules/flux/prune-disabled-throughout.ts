import { textAt } from '../../object/object-field.ts';
import type { Resource } from '../../object/resource.ts';
import type { ClusterRule } from '../rule.ts';

const mark = 'kustomize.toolkit.fluxcd.io/prune';

/** Where every object asks not to be pruned, what is taken out of the repository runs on. */
export const pruneDisabledThroughout: ClusterRule = {
  id: 'prune-disabled-throughout',
  severity: 'warning',
  scope: 'cluster',
  tags: ['flux'],
  *judge({ reconciliations }) {
    for (const { by, name, prune, build } of reconciliations) {
      const [first, ...more] = build.resources;
      if (by !== 'flux' || !prune || first === undefined || more.length < 2) continue;
      if (!build.resources.every(isKept)) continue;
      const field =
        textAt(first.object, 'metadata', 'annotations', mark) === undefined ? 'labels' : 'annotations';
      yield {
        at: [first, 'metadata', field, mark],
        message: `all ${build.resources.length} objects of ${name} have pruning disabled, so none is deleted when it is removed from Git`,
        help: 'set it only on objects with data, such as claims and namespaces',
      };
    }
  },
};

function isKept({ object }: Resource): boolean {
  return ['annotations', 'labels'].some((field) => textAt(object, 'metadata', field, mark) === 'disabled');
}
