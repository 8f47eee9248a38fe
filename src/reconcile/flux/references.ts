import { mappingsAt, textAt } from '../../object/object-field.ts';
import type { Resource } from '../../object/resource.ts';
import type { FieldReference } from '../reconciliation.ts';

/** The objects that a list of `spec` names; kind and namespace are those given where an item does not say. */
export function referencesIn(
  declaration: Resource,
  field: string,
  { kind, namespace }: Pick<FieldReference, 'kind' | 'namespace'>,
): FieldReference[] {
  return mappingsAt(declaration, 'spec', field).map(({ item, index }) => ({
    kind: textAt(item.value, 'kind') ?? kind,
    name: textAt(item.value, 'name') ?? '',
    namespace: textAt(item.value, 'namespace') ?? namespace,
    path: ['spec', field, index, 'name'],
    hasExpression: textAt(item.value, 'readyExpr') !== undefined,
  }));
}
