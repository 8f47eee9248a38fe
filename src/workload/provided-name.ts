import { namespaceOf, type Resource } from '../object/resource.ts';
import type { Surroundings } from './surroundings.ts';

/** Whether the configuration says that an object is in the namespace of the resource. */
export function isProvided(
  kind: string,
  name: string,
  { object }: Resource,
  { provided }: Surroundings,
): boolean {
  const own = namespaceOf(object);
  return provided.some(
    (one) =>
      one.kind === kind &&
      one.name === name &&
      (one.namespace === undefined || own === '' || one.namespace === own),
  );
}
