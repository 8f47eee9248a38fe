import type { ProvidedObject } from '../configuration/configuration.ts';
import { grouped } from '../diagnostic/grouped.ts';
import type { Build } from '../object/build.ts';
import { knownOnce } from '../object/known-once.ts';
import { groupVersionKind, nameOf, namespaceOf, type Resource } from '../object/resource.ts';
import { isClusterScoped } from '../schema/kind-names.ts';
import { isMapping, isSequence, type Mapping, type Path, type Value, valueAt } from '../source/value.ts';
import { byNamespace } from './beside.ts';
import type { Surroundings } from './surroundings.ts';

/** An object that will be in the cluster: rendered, made by a controller, or said to be there. */
export interface Provided extends ProvidedObject {
  /** What renders or makes it; absent for what the configuration says. */
  readonly by?: Resource;
}

/** What may be referred to by kind and name. */
export interface ProvidedObjects {
  /** All of a kind and name: those that may stand in a namespace, or whatever their namespaces; of a fleet each cluster may have one. */
  named(kind: string, name: string, namespace?: string): Iterable<Provided>;
  /** The names of a kind that may have been meant: those of the build itself and of the configuration. */
  near(kind: string, namespace?: string): Iterable<Provided>;
}

/** All that a build, its neighbours, known controllers and the configuration provide. */
export function providedObjects(build: Build, context: Surroundings): ProvidedObjects {
  const near = [providedAnyway(context.provided), providedByBuild(build)];
  // What the build itself has is sought nowhere else.
  function* indexes(): Iterable<Index> {
    yield* near;
    if (context.neighbours !== undefined) yield providedByAll(context.neighbours);
  }
  return {
    *named(kind, name, namespace = '') {
      for (const index of indexes()) {
        const namesakes = index.get(`${kind}/${name}`);
        if (namesakes !== undefined) yield* within(namesakes)(namespace);
      }
    },
    // One by one: whoever compares names with thousands looks at the first hundred.
    *near(kind, namespace = '') {
      for (const index of near) {
        const alike = byKind(index).get(kind);
        if (alike !== undefined) yield* within(alike)(namespace);
      }
    },
  };
}

type Index = ReadonlyMap<string, readonly Provided[]>;

const byKind = knownOnce((index: Index) => grouped([...index.values()].flat(), ({ kind }) => kind));

const within = knownOnce((namesakes: readonly Provided[]) =>
  byNamespace(namesakes, ({ namespace = '' }) => namespace),
);

const providedAnyway = knownOnce((provided: readonly ProvidedObject[]) =>
  byKey([...alwaysThere, ...provided]),
);

/** What the objects of a build provide, by kind and name. */
export const providedByBuild = knownOnce(({ resources }: Build) => byKey(resources.flatMap(providedBy)));

const providedByAll = knownOnce((builds: readonly Build[]) =>
  byKey(builds.flatMap((build) => [...providedByBuild(build).values()].flat())),
);

function byKey(provided: readonly Provided[]): Index {
  return grouped(provided, ({ kind, name }) => `${kind}/${name}`);
}

const alwaysThere: readonly Provided[] = [
  { kind: 'ServiceAccount', name: 'default' },
  { kind: 'ConfigMap', name: 'kube-root-ca.crt', keys: ['ca.crt'] },
  // Written into every namespace by Istio and by OpenShift.
  { kind: 'ConfigMap', name: 'istio-ca-root-cert' },
  { kind: 'ConfigMap', name: 'openshift-service-ca.crt' },
  { kind: 'Role', name: 'extension-apiserver-authentication-reader', namespace: 'kube-system' },
  { kind: 'PriorityClass', name: 'system-node-critical' },
  { kind: 'PriorityClass', name: 'system-cluster-critical' },
];

function providedBy(resource: Resource): Provided[] {
  const { object } = resource;
  const { group, kind } = groupVersionKind(object);
  const maker = makers.get(group === '' ? kind : `${group}/${kind}`);
  const made = copied(object, maker?.(object) ?? []);
  const itself = made.some((one) => one.kind === kind) ? [] : [asItself(object)];
  return [...itself, ...made, ...connectionSecret(object), ...servingCertificate(object)].map((one) => ({
    namespace: namespaceOf(object),
    ...one,
    by: resource,
  }));
}

type Made = Omit<ProvidedObject, 'namespace'> & { readonly namespace?: string };
type Maker = (object: Mapping) => Made[];

/** What each kind provides, in the namespace of the object unless it says another one; no keys means any key. */
const makers: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ['ConfigMap', (object) => [withKeys('ConfigMap', object, ['data', 'binaryData'], isFilledIn(object))]],
  ['Secret', (object) => [withKeys('Secret', object, ['data', 'stringData'], isFilledIn(object))]],
  ['bitnami.com/SealedSecret', sealedSecret],
  ['external-secrets.io/ExternalSecret', externalSecret],
  ['external-secrets.io/ClusterExternalSecret', clusterExternalSecret],
  ['cert-manager.io/Certificate', (object) => secretAt(object, ['spec', 'secretName'])],
  ['cert-manager.io/Issuer', (object) => secretAt(object, ['spec', 'acme', 'privateKeySecretRef', 'name'])],
  ['cert-manager.io/ClusterIssuer', clusterIssuer],
  ['secrets.hashicorp.com/VaultStaticSecret', vaultSecret],
  ['secrets.hashicorp.com/VaultDynamicSecret', vaultSecret],
  ['secrets.hashicorp.com/VaultPKISecret', vaultSecret],
  ['secrets-store.csi.x-k8s.io/SecretProviderClass', secretProviderClass],
  [
    'trust.cert-manager.io/Bundle',
    (object) => [anywhere('ConfigMap', nameOf(object)), anywhere('Secret', nameOf(object))],
  ],
  ['onepassword.com/OnePasswordItem', (object) => [named('Secret', nameOf(object))]],
  ['isindir.github.com/SopsSecret', sopsSecret],
]);

function named(kind: string, name: string): Made {
  return { kind, name };
}

function asItself(object: Mapping): Made {
  const gvk = groupVersionKind(object);
  const isAnywhere = isClusterScoped(gvk) || gvk.kind.startsWith('Cluster');
  return isAnywhere ? anywhere(gvk.kind, nameOf(object)) : named(gvk.kind, nameOf(object));
}

// A namespace that is undefined would be overwritten by the object's own.
function anywhere(kind: string, name: string): Made {
  return { kind, name, namespace: '' };
}

function withKeys(kind: string, object: Mapping, fields: readonly string[], anyKey: boolean): Made {
  const keys = fields.flatMap((field) => {
    const data = object[field];
    return isMapping(data) ? Object.keys(data) : [];
  });
  return { kind, name: nameOf(object), ...(anyKey ? {} : { keys }) };
}

// Controllers write keys of these: tokens of service accounts, certificate authorities, whatever a merging owner adds.
function isFilledIn(object: Mapping): boolean {
  const annotations = valueAt(object, ['metadata', 'annotations']);
  if (object['type'] === 'kubernetes.io/service-account-token') return true;
  // A Secret without data is there to be filled by somebody else.
  if (object['kind'] === 'Secret' && object['data'] === undefined && object['stringData'] === undefined)
    return true;
  if (!isMapping(annotations)) return false;
  return Object.keys(annotations).some(
    (key) =>
      /(inject-(cabundle|ca-from|apiserver-ca)|reflects|replicate-from)$/u.test(key) ||
      key === 'kustomize.toolkit.fluxcd.io/ssa',
  );
}

/** Where an object has annotations of its own, or of what is made of it. */
const annotated: readonly Path[] = [
  ['metadata', 'annotations'],
  ['spec', 'template', 'metadata', 'annotations'],
  ['spec', 'target', 'template', 'metadata', 'annotations'],
  ['spec', 'secretTemplate', 'annotations'],
];

// Reflector and replicator copy an object into other namespaces.
function isReflected(object: Mapping): boolean {
  const keys = annotated.flatMap((path) => keysAt(object, path));
  return keys.some((key) => /(reflection-(auto-)?(allowed|enabled)|replicate-to)/u.test(key));
}

/** What a controller makes of an object, in all namespaces where it is copied. */
function copied(object: Mapping, made: readonly Made[]): Made[] {
  return isReflected(object) ? made.map((one) => ({ ...one, namespace: '' })) : [...made];
}

function sealedSecret(object: Mapping): Made[] {
  const name = textAt(object, ['spec', 'template', 'metadata', 'name']) ?? nameOf(object);
  const keys = [
    ...keysAt(object, ['spec', 'encryptedData']),
    ...keysAt(object, ['spec', 'template', 'data']),
  ];
  return [keys.length === 0 ? named('Secret', name) : { kind: 'Secret', name, keys }];
}

function externalSecret(object: Mapping): Made[] {
  return [externalTarget(valueAt(object, ['spec']), nameOf(object))];
}

function clusterExternalSecret(object: Mapping): Made[] {
  const name = textAt(object, ['spec', 'externalSecretName']) ?? nameOf(object);
  return [{ ...externalTarget(valueAt(object, ['spec', 'externalSecretSpec']), name), namespace: '' }];
}

// `dataFrom` and templates bring keys that only the store knows.
function externalTarget(spec: Value | undefined, fallback: string): Made {
  const name = textAt(spec, ['target', 'name']) ?? fallback;
  const data = valueAt(spec, ['data']);
  const isOpen =
    valueAt(spec, ['dataFrom']) !== undefined || valueAt(spec, ['target', 'template']) !== undefined;
  if (isOpen || !isSequence(data)) return named('Secret', name);
  const keys = data.flatMap((item) => textAt(item, ['secretKey']) ?? []);
  return { kind: 'Secret', name, keys };
}

function vaultSecret(object: Mapping): Made[] {
  return secretAt(object, ['spec', 'destination', 'name']);
}

function clusterIssuer(object: Mapping): Made[] {
  return secretAt(object, ['spec', 'acme', 'privateKeySecretRef', 'name']).map((one) => ({
    ...one,
    namespace: '',
  }));
}

function secretProviderClass(object: Mapping): Made[] {
  const secrets = valueAt(object, ['spec', 'secretObjects']);
  if (!isSequence(secrets)) return [];
  return secrets.flatMap((secret) => {
    const name = textAt(secret, ['secretName']);
    return name === undefined ? [] : [named('Secret', name)];
  });
}

function sopsSecret(object: Mapping): Made[] {
  const templates = valueAt(object, ['spec', 'secretTemplates']);
  if (!isSequence(templates)) return [];
  return templates.flatMap((template) => {
    const name = textAt(template, ['name']);
    return name === undefined ? [] : [named('Secret', name)];
  });
}

/** Crossplane and others write what one needs to connect into a Secret. */
function connectionSecret(object: Mapping): Made[] {
  const reference = valueAt(object, ['spec', 'writeConnectionSecretToRef']);
  const name = textAt(reference, ['name']);
  const namespace = textAt(reference, ['namespace']);
  if (name === undefined) return [];
  return [{ kind: 'Secret', name, ...(namespace === undefined ? {} : { namespace }) }];
}

/** OpenShift makes the certificate that a Service asks for. */
function servingCertificate(object: Mapping): Made[] {
  const annotations = ['metadata', 'annotations'];
  return ['service.beta.openshift.io', 'service.alpha.openshift.io'].flatMap((domain) =>
    secretAt(object, [...annotations, `${domain}/serving-cert-secret-name`]),
  );
}

function secretAt(object: Mapping, path: Path): Made[] {
  const name = textAt(object, path);
  return name === undefined ? [] : [named('Secret', name)];
}

function keysAt(object: Mapping, path: Path): string[] {
  const mapping = valueAt(object, path);
  return isMapping(mapping) ? Object.keys(mapping) : [];
}

function textAt(value: Value | undefined, path: Path): string | undefined {
  const text = valueAt(value, path);
  return typeof text === 'string' && text !== '' ? text : undefined;
}
