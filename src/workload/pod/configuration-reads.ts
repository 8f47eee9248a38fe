import { isMapping, isSequence, type Mapping, type Value, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { containersOf, type PodTemplate } from './pod-template.ts';

/** What pods read of a ConfigMap or a Secret. */
export interface Read {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly namespace: string;
  /** Some of its keys; all where absent. */
  readonly keys?: readonly string[];
  /** Variables and single files are read when a container starts; all of a volume follows what changes. */
  readonly way: 'variable' | 'file' | 'volume';
}

/** What the pods of a template read, the optional ones included. */
export function configurationReads(template: PodTemplate): Read[] {
  const { namespace, spec } = template;
  const containers = containersOf(template).map(({ container }) => container);
  const ofContainers = containers
    .flatMap((container) => [
      ...listIn(container['env']).flatMap((entry) => keyRead(valueAt(entry, ['valueFrom']))),
      ...listIn(container['envFrom']).flatMap((entry) => [
        ...namedRead('ConfigMap', valueAt(entry, ['configMapRef', 'name'])),
        ...namedRead('Secret', valueAt(entry, ['secretRef', 'name'])),
      ]),
    ])
    .map((read) => ({ ...read, way: 'variable' as const }));
  const ofVolumes = listIn(spec['volumes']).flatMap((volume) => {
    const keys = mountedKeys(volume, containers);
    const way = keys === undefined ? ('volume' as const) : ('file' as const);
    const sources = [volume, ...listIn(valueAt(volume, ['projected', 'sources']))];
    const reads = sources.flatMap((source) => [
      ...volumeRead('ConfigMap', source['configMap'], 'name', keys),
      // A volume names its Secret otherwise than a projection does.
      ...volumeRead('Secret', source['secret'], source === volume ? 'secretName' : 'name', keys),
    ]);
    return reads.map((read) => ({ ...read, way }));
  });
  return [...ofContainers, ...ofVolumes].map((read) => ({ ...read, namespace }));
}

type Found = Omit<Read, 'namespace' | 'way'>;

function keyRead(from: Value | undefined): Found[] {
  return (
    [
      ['ConfigMap', 'configMapKeyRef'],
      ['Secret', 'secretKeyRef'],
    ] as const
  ).flatMap(([kind, field]) => {
    const key = valueAt(from, [field, 'key']);
    return namedRead(kind, valueAt(from, [field, 'name']), typeof key === 'string' ? [key] : []);
  });
}

function namedRead(kind: Found['kind'], name: Value | undefined, keys?: readonly string[]): Found[] {
  if (typeof name !== 'string' || name === '') return [];
  return [{ kind, name, ...(keys === undefined ? {} : { keys }) }];
}

function volumeRead(
  kind: Found['kind'],
  source: Value | undefined,
  nameField: string,
  mounted: readonly string[] | undefined,
): Found[] {
  const items = valueAt(source, ['items']);
  const keys = isSequence(items) ? items.map((item) => valueText(valueAt(item, ['key']))) : mounted;
  return namedRead(kind, valueAt(source, [nameField]), keys);
}

/** The files of a volume that are mounted one by one; undefined where all of it is. */
function mountedKeys(volume: Mapping, containers: readonly Mapping[]): readonly string[] | undefined {
  const mounts = containers.flatMap((container) =>
    listIn(container['volumeMounts']).filter((mount) => mount['name'] === volume['name']),
  );
  const paths = mounts.map((mount) => mount['subPath']);
  const isWhole = paths.some((path) => typeof path !== 'string' || path.includes('/') || path === '');
  return isWhole ? undefined : paths.map(valueText);
}

function listIn(list: Value | undefined): readonly Mapping[] {
  return isSequence(list) ? list.filter(isMapping) : [];
}
