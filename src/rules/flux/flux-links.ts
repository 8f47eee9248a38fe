import { isKind, mappingsAt, textAt } from '../../object/object-field.ts';
import { nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import type { FieldReference } from '../../reconcile/reconciliation.ts';
import type { Path } from '../../source/value.ts';

/** Where each kind of Flux names another object, and of which kind that is where the reference does not say. */
const single: Readonly<Record<string, readonly (readonly [path: Path, kind: string])[]>> = {
  Kustomization: [[['spec', 'sourceRef'], '']],
  HelmRelease: [
    [['spec', 'chart', 'spec', 'sourceRef'], ''],
    [['spec', 'chartRef'], ''],
  ],
  HelmChart: [[['spec', 'sourceRef'], '']],
  ImagePolicy: [[['spec', 'imageRepositoryRef'], 'ImageRepository']],
  ImageUpdateAutomation: [[['spec', 'sourceRef'], 'GitRepository']],
  Alert: [[['spec', 'providerRef'], 'Provider']],
};

const several: Readonly<Record<string, readonly (readonly [path: Path, kind: string])[]>> = {
  Alert: [[['spec', 'eventSources'], '']],
  Receiver: [[['spec', 'resources'], '']],
  ArtifactGenerator: [[['spec', 'sources'], '']],
  ResourceSet: [[['spec', 'inputsFrom'], 'ResourceSetInputProvider']],
};

/** The objects of Flux that an object of Flux names. */
export function linksOf(resource: Resource): FieldReference[] {
  const { object } = resource;
  const kind = String(object['kind']);
  const own = namespaceOf(object) || 'default';
  const link = (path: Path, assumed: string): FieldReference[] => {
    const name = textAt(object, ...path, 'name');
    if (name === undefined || name === '*' || /[$<{]/u.test(name)) return [];
    return [
      {
        kind: textAt(object, ...path, 'kind') ?? assumed,
        name,
        namespace: textAt(object, ...path, 'namespace') ?? own,
        path: [...path, 'name'],
      },
    ];
  };
  return [
    ...(single[kind] ?? []).flatMap(([path, assumed]) => link(path, assumed)),
    ...(several[kind] ?? []).flatMap(([path, assumed]) =>
      mappingsAt(resource, ...path).flatMap(({ index }) => link([...path, index], assumed)),
    ),
  ];
}

/** The artifacts that an ArtifactGenerator makes, as names of ExternalArtifacts. */
export function artifactNames(generator: Resource): string[] {
  if (!isKind(generator, 'source.extensions.fluxcd.io', 'ArtifactGenerator')) return [];
  return mappingsAt(generator, 'spec', 'artifacts').flatMap(({ item }) => textAt(item.value, 'name') ?? []);
}

export function linkKey(kind: string, namespace: string, name: string): string {
  return `${kind} ${namespace}/${name}`;
}

export function keyOfObject({ object }: Resource): string {
  return linkKey(String(object['kind']), namespaceOf(object) || 'default', nameOf(object));
}
