import type { GroupVersionKind } from '../../object/resource.ts';
import type { CustomKinds } from '../../schema/custom-kind.ts';
import { namesOfKind } from '../../schema/kind-names.ts';

/** The plural resource name of a kind: `deployments`; of one that nobody described, what its name leads to expect. */
export function resourceName(gvk: GroupVersionKind, customKinds: CustomKinds): string {
  const known = namesOfKind(gvk, customKinds)?.plural;
  if (known !== undefined) return known;
  const lower = gvk.kind.toLowerCase();
  if (/(s|x|z|ch|sh)$/.test(lower)) return `${lower}es`;
  if (/[^aeiou]y$/.test(lower)) return `${lower.slice(0, -1)}ies`;
  return `${lower}s`;
}
