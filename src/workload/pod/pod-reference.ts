import { knownOnce } from '../../object/known-once.ts';
import { nameOf, type Resource } from '../../object/resource.ts';
import { isMapping, isSequence, type Mapping, type Path, type Value, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { type Container, containersOf, type PodTemplate, podTemplateOf } from './pod-template.ts';

/** A name by which an object asks for another one, of its namespace unless it says another one. */
export interface Reference {
  readonly kind: string;
  readonly name: string;
  readonly path: Path;
  /** Empty for what stands in no namespace. */
  readonly namespace?: string;
  /** Whose it is: absent for what comes with whoever asks for it, `platform` for what a cluster often has from elsewhere. */
  readonly owner?: 'platform';
  /** The keys it asks for, with the place of each. */
  readonly keys: readonly { readonly key: string; readonly path: Path }[];
  /** What happens without it: pods do not start, or merely go without. */
  readonly isNeeded: boolean;
  /** Whether the pods say that they do without it. */
  readonly isOptional?: true;
}

/** The references of a pod template or an account, but for those that are optional. */
export const podReferencesOf = knownOnce((resource: Resource): readonly Reference[] =>
  allPodReferencesOf(resource).filter(({ isOptional }) => isOptional !== true),
);

/** The references of a pod template or an account, those that are optional as well. */
export const allPodReferencesOf = knownOnce((resource: Resource): readonly Reference[] => {
  const { object } = resource;
  if (object['kind'] === 'ServiceAccount') return pullSecrets(object, []);
  const template = podTemplateOf(resource);
  if (template === undefined) return [];
  const specPath = [...template.path, 'spec'];
  // A StatefulSet puts a claim of its own in the place of a volume with the name of a template.
  const claimed = new Set(
    itemsAt(object, ['spec', 'volumeClaimTemplates'], []).map(({ value }) => nameOf(value)),
  );
  const volumes = itemsAt(template.spec, ['volumes'], specPath).filter(
    ({ value }) => !claimed.has(valueText(value['name'])),
  );
  return [
    ...containersOf(template).flatMap(containerReferences),
    ...volumes.flatMap(volumeReferences),
    ...containersOf(template).flatMap((container) => subPathReferences(container, volumes)),
    ...pullSecrets(template.spec, specPath),
    ...accountReference(template, specPath),
    ...classReference(template, specPath, ['PriorityClass', 'priorityClassName']),
    ...classReference(template, specPath, ['RuntimeClass', 'runtimeClassName']),
  ].filter(({ name }) => name !== '');
});

interface Item {
  readonly value: Mapping;
  readonly path: Path;
}

function itemsAt(value: Value | undefined, path: Path, prefix: Path): Item[] {
  const list = valueAt(value, path);
  if (!isSequence(list)) return [];
  return list.flatMap((item, index) =>
    isMapping(item) ? [{ value: item, path: [...prefix, ...path, index] }] : [],
  );
}

function containerReferences({ container, path }: Container): Reference[] {
  const fromKeys = itemsAt(container, ['env'], path).flatMap((item) => [
    ...keyReference('ConfigMap', item, ['valueFrom', 'configMapKeyRef']),
    ...keyReference('Secret', item, ['valueFrom', 'secretKeyRef']),
  ]);
  const whole = itemsAt(container, ['envFrom'], path).flatMap((item) => [
    ...objectReference('ConfigMap', item, ['configMapRef'], 'name'),
    ...objectReference('Secret', item, ['secretRef'], 'name'),
  ]);
  return [...fromKeys, ...whole];
}

function keyReference(kind: string, item: Item, field: Path): Reference[] {
  const key = valueAt(item.value, [...field, 'key']);
  return objectReference(kind, item, field, 'name').map((reference) => ({
    ...reference,
    keys: typeof key === 'string' ? [{ key, path: [...item.path, ...field, 'key'] }] : [],
  }));
}

function objectReference(kind: string, item: Item, field: Path, nameField: string): Reference[] {
  const source = valueAt(item.value, field);
  if (!isMapping(source)) return [];
  const name = source[nameField];
  if (typeof name !== 'string') return [];
  const path = [...item.path, ...field];
  const keys = itemsAt(source, ['items'], path).flatMap(({ value, path: at }) =>
    typeof value['key'] === 'string' ? [{ key: value['key'], path: [...at, 'key'] }] : [],
  );
  const isOptional = source['optional'] === true ? { isOptional: true as const } : {};
  return [{ kind, name, path: [...path, nameField], keys, isNeeded: true, ...isOptional }];
}

function volumeReferences(volume: Item): Reference[] {
  const projected = itemsAt(volume.value, ['projected', 'sources'], volume.path).flatMap((source) => [
    ...objectReference('ConfigMap', source, ['configMap'], 'name'),
    ...objectReference('Secret', source, ['secret'], 'name'),
  ]);
  return [
    ...objectReference('ConfigMap', volume, ['configMap'], 'name'),
    ...objectReference('Secret', volume, ['secret'], 'secretName'),
    ...objectReference('PersistentVolumeClaim', volume, ['persistentVolumeClaim'], 'claimName'),
    ...objectReference('Secret', volume, ['csi', 'nodePublishSecretRef'], 'name'),
    ...projected,
  ];
}

// A subPath that the volume does not have becomes an empty directory, and the program finds no file.
function subPathReferences({ container, path }: Container, volumes: readonly Item[]): Reference[] {
  return itemsAt(container, ['volumeMounts'], path).flatMap((mount) => {
    const key = mount.value['subPath'];
    const volume = volumes.find(({ value }) => value['name'] === mount.value['name']);
    if (typeof key !== 'string' || key.includes('/') || volume === undefined) return [];
    return volumeReferences(volume)
      .filter(
        (reference) =>
          reference.keys.length === 0 &&
          isWholeVolume(volume.value) &&
          reference.kind !== 'PersistentVolumeClaim',
      )
      .map((reference) => ({ ...reference, keys: [{ key, path: [...mount.path, 'subPath'] }] }));
  });
}

function isWholeVolume({ configMap, secret }: Mapping): boolean {
  return configMap !== undefined || secret !== undefined;
}

// A missing pull secret is passed over: the pull goes without it, which may do for a public image.
function pullSecrets(value: Mapping, prefix: Path): Reference[] {
  return itemsAt(value, ['imagePullSecrets'], prefix).flatMap((item) =>
    typeof item.value['name'] === 'string'
      ? [
          {
            kind: 'Secret' as const,
            name: item.value['name'],
            path: [...item.path, 'name'],
            keys: [],
            isNeeded: false,
          },
        ]
      : [],
  );
}

function accountReference({ spec }: PodTemplate, specPath: Path): Reference[] {
  const field = ['serviceAccountName', 'serviceAccount'].find((name) => typeof spec[name] === 'string');
  const name = field === undefined ? undefined : spec[field];
  if (field === undefined || typeof name !== 'string' || name === 'default') return [];
  return [{ kind: 'ServiceAccount', name, path: [...specPath, field], keys: [], isNeeded: true }];
}

function classReference(
  { spec }: PodTemplate,
  specPath: Path,
  [kind, field]: readonly [kind: string, field: string],
): Reference[] {
  const name = spec[field];
  if (typeof name !== 'string' || name === '') return [];
  const path = [...specPath, field];
  return [{ kind, name, path, namespace: '', owner: 'platform', keys: [], isNeeded: true }];
}
