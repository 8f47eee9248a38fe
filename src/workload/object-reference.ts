import { groupVersionKind, namespaceOf, type Resource } from '../object/resource.ts';
import { isMapping, isSequence, type Mapping, type Path, type Value, valueAt } from '../source/value.ts';
import type { Reference } from './pod/pod-reference.ts';

/** The references of objects that make no pods: to Secrets, classes, roles, accounts, issuers and stores. */
export function objectReferencesOf({ object }: Resource): Reference[] {
  const { group, kind } = groupVersionKind(object);
  return finders.get(group === '' ? kind : `${group}/${kind}`)?.(object) ?? [];
}

type Finder = (object: Mapping) => Reference[];

const finders: ReadonlyMap<string, Finder> = new Map<string, Finder>([
  ['PersistentVolumeClaim', (object) => storageClass(object, [])],
  ['apps/StatefulSet', (object) => below(object, ['spec', 'volumeClaimTemplates'], storageClass)],
  ['networking.k8s.io/Ingress', ingress],
  ['gateway.networking.k8s.io/Gateway', gateway],
  ['rbac.authorization.k8s.io/RoleBinding', binding],
  ['rbac.authorization.k8s.io/ClusterRoleBinding', binding],
  ['cert-manager.io/Certificate', (object) => issuer(object)],
  ['external-secrets.io/ExternalSecret', (object) => secretStore(object)],
  ['keda.sh/ScaledObject', (object) => below(object, ['spec', 'triggers'], authentication)],
  ['keda.sh/TriggerAuthentication', triggerSecrets],
]);

function reference(kind: string, name: Value | undefined, path: Path, more: Partial<Reference>): Reference[] {
  if (typeof name !== 'string' || name === '') return [];
  return [{ kind, name, path, keys: [], isNeeded: true, ...more }];
}

const ofPlatform = { namespace: '', owner: 'platform' } as const;

function below(object: Mapping, path: Path, find: (object: Mapping, path: Path) => Reference[]): Reference[] {
  const list = valueAt(object, path);
  return isSequence(list) ? list.flatMap((_, index) => find(object, [...path, index])) : [];
}

function storageClass(object: Mapping, path: Path): Reference[] {
  const at = [...path, 'spec', 'storageClassName'];
  return reference('StorageClass', valueAt(object, at), at, ofPlatform);
}

// What asks a controller for its certificate by an annotation, cert-manager's or ACME's, gets the Secret from it.
function hasIssuer(object: Mapping): boolean {
  const annotations = valueAt(object, ['metadata', 'annotations']);
  if (!isMapping(annotations)) return false;
  return Object.keys(annotations).some((key) =>
    /^(?:cert-manager\.io|certmanager\.k8s\.io|kubernetes\.io\/tls-acme|cert\.gardener\.cloud)/u.test(key),
  );
}

function ingress(object: Mapping): Reference[] {
  const at = ['spec', 'ingressClassName'];
  const secrets = hasIssuer(object)
    ? []
    : below(object, ['spec', 'tls'], (_, path) => {
        const name = [...path, 'secretName'];
        return reference('Secret', valueAt(object, name), name, { isNeeded: false });
      });
  return [...reference('IngressClass', valueAt(object, at), at, ofPlatform), ...secrets];
}

function gateway(object: Mapping): Reference[] {
  const at = ['spec', 'gatewayClassName'];
  const secrets = hasIssuer(object)
    ? []
    : below(object, ['spec', 'listeners'], (_, listener) =>
        below(object, [...listener, 'tls', 'certificateRefs'], (__, path) => {
          const found = valueAt(object, path);
          if (!isMapping(found) || (found['kind'] ?? 'Secret') !== 'Secret') return [];
          const namespace = found['namespace'];
          return reference('Secret', found['name'], [...path, 'name'], {
            isNeeded: false,
            ...(typeof namespace === 'string' ? { namespace } : {}),
          });
        }),
      );
  return [...reference('GatewayClass', valueAt(object, at), at, ofPlatform), ...secrets];
}

/** Those that every cluster has, and those that its distribution brings. */
const knownRoles = /^(?:cluster-admin|admin|edit|view|.*:.*)$/u;

function binding(object: Mapping): Reference[] {
  const kind = valueAt(object, ['roleRef', 'kind']);
  const role = valueAt(object, ['roleRef', 'name']);
  const at = ['roleRef', 'name'];
  const isKnown = typeof role === 'string' && knownRoles.test(role);
  const roles =
    kind === 'Role'
      ? reference('Role', role, at, {})
      : kind === 'ClusterRole' && !isKnown
        ? reference('ClusterRole', role, at, ofPlatform)
        : [];
  return [...roles, ...below(object, ['subjects'], subject)];
}

// An account of another namespace comes with that one, which may well be of another repository.
function subject(object: Mapping, path: Path): Reference[] {
  const found = valueAt(object, path);
  if (!isMapping(found) || found['kind'] !== 'ServiceAccount' || found['name'] === 'default') return [];
  const own = namespaceOf(object);
  const namespace = typeof found['namespace'] === 'string' ? found['namespace'] : own;
  return reference('ServiceAccount', found['name'], [...path, 'name'], {
    namespace,
    isNeeded: false,
    ...(namespace === own && own !== '' ? {} : { owner: 'platform' }),
  });
}

function issuer(object: Mapping): Reference[] {
  const at = ['spec', 'issuerRef', 'name'];
  const group = valueAt(object, ['spec', 'issuerRef', 'group']) ?? 'cert-manager.io';
  if (group !== 'cert-manager.io') return [];
  return valueAt(object, ['spec', 'issuerRef', 'kind']) === 'ClusterIssuer'
    ? reference('ClusterIssuer', valueAt(object, at), at, ofPlatform)
    : reference('Issuer', valueAt(object, at), at, { isNeeded: false });
}

function secretStore(object: Mapping): Reference[] {
  const at = ['spec', 'secretStoreRef', 'name'];
  return valueAt(object, ['spec', 'secretStoreRef', 'kind']) === 'ClusterSecretStore'
    ? reference('ClusterSecretStore', valueAt(object, at), at, ofPlatform)
    : reference('SecretStore', valueAt(object, at), at, { isNeeded: false });
}

function authentication(object: Mapping, path: Path): Reference[] {
  const at = [...path, 'authenticationRef', 'name'];
  return valueAt(object, [...path, 'authenticationRef', 'kind']) === 'ClusterTriggerAuthentication'
    ? reference('ClusterTriggerAuthentication', valueAt(object, at), at, ofPlatform)
    : reference('TriggerAuthentication', valueAt(object, at), at, {});
}

function triggerSecrets(object: Mapping): Reference[] {
  return below(object, ['spec', 'secretTargetRef'], (_, path) => {
    const key = valueAt(object, [...path, 'key']);
    return reference('Secret', valueAt(object, [...path, 'name']), [...path, 'name'], {
      keys: typeof key === 'string' ? [{ key, path: [...path, 'key'] }] : [],
    });
  });
}
