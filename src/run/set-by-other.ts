import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Span } from '../diagnostic/span.ts';
import { namespaceOf, objectReference } from '../object/resource.ts';
import { type Cluster, inventoryKey } from '../reconcile/cluster.ts';
import type { Reconciliation } from '../reconcile/reconciliation.ts';
import { isMapping, valueAt } from '../source/value.ts';
import type { Tree } from '../survey/tree.ts';
import { keyOfObject } from './brought-by.ts';
import { objectKey } from './object-key.ts';

/** The field of a Flux Kustomization that is missing, by the rule that reports what comes of it in its build. */
const fieldOf: ReadonlyMap<string, string> = new Map([
  ['decryption-missing', 'decryption'],
  ['variable-undefined', 'postBuild'],
]);

/**
 * Tells what is wrong because the owner lacks a field that another object of the same name in its cluster sets: one may have been applied
 * over the other.
 */
export function isSetByOtherIn({ clusters }: Pick<Tree, 'clusters'>): (diagnostic: Diagnostic) => boolean {
  const spans = new Set<Span>();
  const objects = new Set<string>();
  for (const cluster of clusters)
    for (const owner of cluster.reconciliations) {
      const fields = fieldsOfOthers(owner, cluster);
      if (fields.size === 0) continue;
      for (const { rule, span } of owner.build.diagnostics)
        if (fields.has(fieldOf.get(rule) ?? '')) spans.add(span);
      if (!fields.has('targetNamespace')) continue;
      for (const { object } of owner.build.resources)
        if (namespaceOf(object) === '')
          objects.add(`${cluster.root} ${objectKey(objectReference(object), undefined)}`);
    }
  return (one) =>
    one.rule === 'flux-namespace-missing' ? objects.has(keyOfObject(one) ?? '') : spans.has(one.span);
}

/** The fields of its specification that only other objects of that name set. */
function fieldsOfOthers({ declaration }: Reconciliation, { inventory }: Cluster): ReadonlySet<string> {
  if (declaration === undefined) return none;
  const all = inventory.get(inventoryKey(declaration)) ?? [];
  const own = valueAt(declaration.object, ['spec']);
  const fields = all.flatMap(({ resource }) => {
    const spec = valueAt(resource.object, ['spec']);
    return isMapping(spec) ? Object.keys(spec) : [];
  });
  return new Set(fields.filter((field) => valueAt(own, [field]) === undefined));
}

const none: ReadonlySet<string> = new Set();
