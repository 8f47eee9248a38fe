import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { isKind } from '../object/object-field.ts';
import { namespaceOf } from '../object/resource.ts';
import type { Tree } from '../survey/tree.ts';
import { isRoot } from './lack-of-evidence.ts';

/**
 * Tells which subjects lack a namespace in a kustomization that leaves those of its accounts to the one that takes it as a base: kustomize then
 * writes that of the service account into them.
 */
export function isLeftToOverlayIn({ units }: Pick<Tree, 'units'>): (diagnostic: Diagnostic) => boolean {
  const open = new Set(
    units.flatMap(({ id, build }) => {
      if (!isRoot({ id })) return [];
      const accounts = build.resources.filter((one) => isKind(one, '', 'ServiceAccount'));
      const isOpen = accounts.length > 0 && accounts.every(({ object }) => namespaceOf(object) === '');
      return isOpen ? [id.root] : [];
    }),
  );
  return ({ rule, field = '', entryPoint }) =>
    rule === 'required-field-missing' &&
    /^subjects\[\d+\]\.namespace$/u.test(field) &&
    entryPoint !== undefined &&
    open.has(entryPoint);
}
