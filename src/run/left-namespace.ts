import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { isKind } from '../object/object-field.ts';
import { namespaceOf } from '../object/resource.ts';
import type { Tree } from '../survey/tree.ts';
import type { Unit } from '../survey/unit.ts';
import { broughtBy } from './brought-by.ts';
import { isRoot, type Lack, lacks } from './lack-of-evidence.ts';

/**
 * Tells which subjects lack a namespace that kustomize may yet write, as it does where it knows the service account: in a kustomization that leaves those
 * of its accounts to the one that takes it as a base, or of which a part is not here that may hold the account.
 */
export function isLeftToOthersIn({
  units,
  clusters,
}: Pick<Tree, 'units' | 'clusters'>): (diagnostic: Diagnostic) => Lack | undefined {
  const roots = units.filter(isRoot);
  const open = new Set(roots.filter(leavesAccounts).map(({ id }) => id.root));
  const partial = new Set(roots.filter(({ build }) => !build.complete).map(({ id }) => id.root));
  const owners = clusters.flatMap(({ reconciliations }) => reconciliations);
  const isOfPartial = broughtBy(new Set(owners.filter(({ build }) => !build.complete)), clusters);
  return (one) => {
    const { rule, field = '', entryPoint } = one;
    if (rule !== 'required-field-missing' || !/^subjects\[\d+\]\.namespace$/u.test(field)) return undefined;
    if (entryPoint !== undefined && open.has(entryPoint)) return lacks.overlay;
    return (entryPoint !== undefined && partial.has(entryPoint)) || isOfPartial(one) ? lacks.base : undefined;
  };
}

function leavesAccounts({ build }: Unit): boolean {
  const accounts = build.resources.filter((one) => isKind(one, '', 'ServiceAccount'));
  return accounts.length > 0 && accounts.every(({ object }) => namespaceOf(object) === '');
}
