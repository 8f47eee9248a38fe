import { namespaceOf, type Resource } from '../object/resource.ts';
import { isMapping, itemsAt, type Mapping, type Value } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';

/**
 * Asks whether a binding of any build gives rights to the default account of an object's namespace, or to all accounts there. Where
 * either says no namespace, whatever applies it may say the same.
 */
export function boundIn(
  builds: readonly { readonly resources: readonly Resource[] }[],
): (object: Mapping) => boolean {
  let namespaces: ReadonlySet<string> | undefined;
  return (object) => {
    namespaces ??= new Set(
      builds.flatMap(({ resources }) => resources.flatMap(({ object: one }) => boundNamespaces(one))),
    );
    const own = namespaceOf(object);
    return own === '' ? namespaces.size > 0 : namespaces.has(own) || namespaces.has('');
  };
}

/** The namespaces whose default account the object gives rights; the empty one for every namespace. */
function boundNamespaces(object: Mapping): string[] {
  if (!/^(?:Cluster)?RoleBinding$/u.test(valueText(object['kind']))) return [];
  return itemsAt(object, ['subjects']).flatMap((subject) => namespaceOfSubject(subject, namespaceOf(object)));
}

const allAccounts = 'system:serviceaccounts';

function namespaceOfSubject(subject: Value, home: string): string[] {
  if (!isMapping(subject)) return [];
  const name = valueText(subject['name']);
  if (subject['kind'] === 'ServiceAccount')
    return name === 'default' ? [valueText(subject['namespace']) || home] : [];
  if (subject['kind'] !== 'Group') return [];
  if (name === allAccounts || name === 'system:authenticated') return [''];
  return name.startsWith(`${allAccounts}:`) ? [name.slice(allAccounts.length + 1)] : [];
}
