import { textAt } from '../../object/object-field.ts';
import { describeReconciliation, type Reconciliation } from '../../reconcile/reconciliation.ts';
import { noFields } from '../../source/value.ts';
import { environmentsIn } from '../../workload/environment/environment-name.ts';
import { pathFieldOf } from '../ownership/path-field.ts';
import type { ClusterRule } from '../rule.ts';

/** A path of one environment that reaches a cluster of another one. Only names tell, so a name that says both says nothing. */
export const environmentMisdirected: ClusterRule = {
  id: 'environment-misdirected',
  severity: 'warning',
  scope: 'cluster',
  tags: ['environments'],
  *judge({ root, reconciliations }) {
    for (const one of reconciliations) {
      if (one.declaration === undefined || one.path === undefined) continue;
      const [brought, ...more] = environmentsIn(one.path);
      const [wanted, ...others] = targetOf(one, root);
      if (brought === undefined || wanted === undefined || more.length > 0 || others.length > 0) continue;
      if (brought === wanted) continue;
      yield {
        at: [one.declaration, ...pathFieldOf(one)],
        message: `${describeReconciliation(one)} deploys ${one.path}, which belongs to ${brought}, to ${wanted}`,
        help: `use a path of ${wanted}, or one that both share`,
      };
    }
  },
};

function targetOf({ by, declaration }: Reconciliation, root: string): Set<string> {
  if (by === 'flux') return environmentsIn(root);
  const destination = ['name', 'namespace', 'server'].map(
    (field) => textAt(declaration?.object ?? noFields, 'spec', 'destination', field) ?? '',
  );
  return environmentsIn(destination.join(' ').replaceAll('.local', ''));
}
