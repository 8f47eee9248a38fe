import { namespaceOf, type Resource } from '../build/resource.ts';
import type { RuleContext } from './rule.ts';

/** Whether the configuration says that an object is in the namespace of the resource. */
export function isProvided(
  kind: string,
  name: string,
  { object }: Resource,
  { provided }: RuleContext,
): boolean {
  const own = namespaceOf(object);
  return provided.some(
    (one) =>
      one.kind === kind &&
      one.name === name &&
      (one.namespace === undefined || own === '' || one.namespace === own),
  );
}
