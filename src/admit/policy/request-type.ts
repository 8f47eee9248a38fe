import { bool, type CelType, dyn, listOf, mapOf, objectOf, string, typeFrom } from './cel-type.ts';

/** What the expressions of a policy may name, as the API server declares it; `object` and `params` are dynamic where no schema is given. */
export interface AdmissionTypes {
  readonly hasParams: boolean;
  readonly object?: CelType;
  readonly params?: CelType;
}

/** The names at the root of a policy's expressions, with their types. */
export function admissionNames({
  hasParams,
  object = dyn,
  params = dyn,
}: AdmissionTypes): Map<string, CelType> {
  return new Map([
    ['object', object],
    ['oldObject', object],
    ['request', requestType],
    ['namespaceObject', namespaceType],
    ['authorizer', typeFrom('authorizer')],
    ['authorizer.requestResource', typeFrom('resourceCheck')],
    ...(hasParams ? [['params', params] as const] : []),
  ]);
}

function declared(name: string, fields: Readonly<Record<string, CelType>>): CelType {
  return objectOf(name, () => new Map(Object.entries(fields)));
}

const strings = listOf(string);
const int = typeFrom('int');
const timestamp = typeFrom('timestamp');

const kind = declared('kubernetes.GroupVersionKind', { group: string, version: string, kind: string });
const resource = declared('kubernetes.GroupVersionResource', {
  group: string,
  version: string,
  resource: string,
});

const requestType = declared('kubernetes.AdmissionRequest', {
  kind,
  resource,
  subResource: string,
  requestKind: kind,
  requestResource: resource,
  requestSubResource: string,
  name: string,
  namespace: string,
  operation: string,
  userInfo: declared('kubernetes.UserInfo', {
    username: string,
    uid: string,
    groups: strings,
    extra: mapOf(string, strings),
  }),
  dryRun: bool,
  options: dyn,
});

const labels = mapOf(string, string);

/** `managedFields` and `ownerReferences` are left out by the server, and the UID is spelled like this. */
const namespaceType = declared('kubernetes.Namespace', {
  metadata: declared('kubernetes.NamespaceMetadata', {
    name: string,
    generateName: string,
    namespace: string,
    labels,
    annotations: labels,
    UID: string,
    creationTimestamp: timestamp,
    deletionGracePeriodSeconds: int,
    deletionTimestamp: timestamp,
    generation: int,
    resourceVersion: string,
    finalizers: strings,
  }),
  spec: declared('kubernetes.NamespaceSpec', { finalizers: strings }),
  status: declared('kubernetes.NamespaceStatus', {
    conditions: listOf(
      declared('kubernetes.NamespaceCondition', {
        status: string,
        type: string,
        lastTransitionTime: timestamp,
        message: string,
        reason: string,
      }),
    ),
    phase: string,
  }),
});
