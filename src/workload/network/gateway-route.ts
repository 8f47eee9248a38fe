import { groupVersionKind, type Resource } from '../../object/resource.ts';
import { isMapping, isSequence, type Mapping, type Path, valueAt } from '../../source/value.ts';

/** A reference of a route of the Gateway API: to a backend or to a parent. */
export interface RouteReference {
  readonly value: Mapping;
  readonly path: Path;
}

/** Whether an object is a route of the Gateway API. */
export function isRoute({ object }: Resource): boolean {
  const { group, kind } = groupVersionKind(object);
  return group === 'gateway.networking.k8s.io' && /^(?:HTTP|GRPC|TLS|TCP|UDP)Route$/u.test(kind);
}

/** The Services that a route sends to; mirrors included. */
export function serviceBackends({ object }: Resource): RouteReference[] {
  return mappingsAt(object, ['spec', 'rules']).flatMap((rule) => {
    const backends = mappingsAt(object, [...rule.path, 'backendRefs']);
    const holders = [rule, ...backends];
    const mirrors = holders.flatMap((holder) =>
      mappingsAt(object, [...holder.path, 'filters']).flatMap(({ value, path }) => {
        const mirror = valueAt(value, ['requestMirror', 'backendRef']);
        return isMapping(mirror) ? [{ value: mirror, path: [...path, 'requestMirror', 'backendRef'] }] : [];
      }),
    );
    return [...backends, ...mirrors].filter(
      ({ value }) => (value['kind'] ?? 'Service') === 'Service' && (value['group'] ?? '') === '',
    );
  });
}

/** The Gateways that a route attaches to. */
export function gatewayParents({ object }: Resource): RouteReference[] {
  return mappingsAt(object, ['spec', 'parentRefs']).filter(
    ({ value }) =>
      (value['kind'] ?? 'Gateway') === 'Gateway' &&
      (value['group'] ?? 'gateway.networking.k8s.io') === 'gateway.networking.k8s.io',
  );
}

/** The mappings of a list and the way to each. */
export function mappingsAt(object: Mapping, path: Path): RouteReference[] {
  const list = valueAt(object, path);
  if (!isSequence(list)) return [];
  return list.flatMap((value, index) => (isMapping(value) ? [{ value, path: [...path, index] }] : []));
}
