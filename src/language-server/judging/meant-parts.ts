import type { Build } from '../../object/build.ts';
import { isMapping, isSequence, type Mapping, type Path, type Value, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { containersOf, podTemplateOf } from '../../workload/pod/pod-template.ts';
import type { Kinds } from '../completion/kinds.ts';
import { isSamePath, namedKind, namedPart, namespaceNamed } from './naming.ts';
import { type BuiltObject, objectsNamed, type RenderedField } from './rendered-field.ts';
import { selectedLabels, selectedObjects } from './selected-objects.ts';

/** What fields may mean something in: the kinds, and all builds of a folder. */
export interface RenderedAround {
  readonly kinds: Kinds;
  readonly builds: readonly Build[];
}

/** What a field means: an object by its name, which is told of, or a part of one. */
export function meantBy(field: RenderedField, around: RenderedAround): readonly RenderedField[] {
  const named = namedObjects(field, around);
  return named.length > 0
    ? named.map((one) => ({ ...one, path: ['metadata', 'name'] }))
    : meantParts(field, around);
}

/** The objects that a field names: of the same build, else those that any other build has. */
function namedObjects(
  { build, resource, path }: RenderedField,
  { kinds, builds }: RenderedAround,
): readonly BuiltObject[] {
  const name = valueAt(resource.object, path);
  const isOwnName = path.join('.') === 'metadata.name';
  const kind = typeof name === 'string' && !isOwnName ? namedKind(resource, path, kinds) : undefined;
  if (typeof name !== 'string' || kind === undefined) return [];
  return objectsNamed(build, builds, { kind, name, namespace: namespaceNamed(resource.object, path) });
}

/** What a field means within another object or its own: a key, a port, a volume, labels. */
export function meantParts(field: RenderedField, around: RenderedAround): RenderedField[] {
  const named = namedFields(field, around);
  if (named.length > 0) return named;
  const ports = meantPorts(field, around);
  if (ports.length > 0) return ports;
  const labels = selectedLabels(field, field.path, around.builds).map(({ object, path }) => ({
    ...object,
    path,
  }));
  return [...meantVolumes(field), ...labels];
}

function namedFields(field: RenderedField, { kinds, builds }: RenderedAround): RenderedField[] {
  const named = namedPart(field.resource, field.path, kinds);
  if (named === undefined || named.name === '') return [];
  return objectsNamed(field.build, builds, named).flatMap((one) => {
    const { object } = one.resource;
    const paths =
      named.is === 'port'
        ? portsAt(object, ['spec'], named.part)
        : dataFields.map((key) => [key, named.part]);
    return paths.filter((path) => valueAt(object, path) !== undefined).map((path) => ({ ...one, path }));
  });
}

/** Where a ConfigMap or a Secret has its keys. */
export const dataFields: readonly string[] = ['data', 'stringData', 'binaryData'];

/** The names and numbers of a list of ports that are as asked for: of a Service, or of a container. */
function portsAt(object: Mapping, holder: Path, wanted: Value | undefined): Path[] {
  const ports = valueAt(object, [...holder, 'ports']);
  if (!isSequence(ports)) return [];
  return ports.flatMap((port, index) =>
    ['name', 'port', 'containerPort']
      .filter(
        (key) => isMapping(port) && port[key] !== undefined && valueText(port[key]) === valueText(wanted),
      )
      .map((key) => [...holder, 'ports', index, key]),
  );
}

/** A port of the container around, or of the pods or Services that the object selects. */
function meantPorts(field: RenderedField, { builds }: RenderedAround): RenderedField[] {
  const { resource, path } = field;
  const wanted = valueAt(resource.object, path);
  const isPort =
    (typeof wanted === 'string' || typeof wanted === 'number') &&
    /^(?:port|targetPort)$/u.test(String(path.at(-1)));
  if (!isPort) return [];
  const container = probedContainer(field);
  if (container !== undefined)
    return portsAt(resource.object, container, wanted).map((at) => ({ ...field, path: at }));
  return selectorsFor(field).flatMap((at) =>
    selectedObjects(field, at, builds).flatMap((one) => {
      const template =
        path.at(-1) === 'port' && isServiceMonitor(resource.object) ? undefined : podTemplateOf(one.resource);
      const holders =
        template === undefined ? [['spec']] : containersOf(template).map((container) => container.path);
      return holders.flatMap((holder) =>
        portsAt(one.resource.object, holder, wanted).map((at) => ({ ...one, path: at })),
      );
    }),
  );
}

function isServiceMonitor({ kind }: Mapping): boolean {
  return kind === 'ServiceMonitor';
}

/** The selectors of those whose ports a field is about. */
function selectorsFor({ resource: { object }, path }: RenderedField): Path[] {
  const kind = valueText(object['kind']);
  const [spec, list, rule] = path;
  if (spec !== 'spec') return [];
  if (kind === 'Service') {
    // The port itself leads on where nothing else is said.
    const isOwn =
      path.at(-1) === 'port' && valueAt(object, [...path.slice(0, -1), 'targetPort']) !== undefined;
    return isOwn ? [] : [['spec', 'selector']];
  }
  if (/^(?:Service|Pod)Monitor$/u.test(kind)) return [['spec', 'selector']];
  if (kind !== 'NetworkPolicy' || rule === undefined) return [];
  if (list === 'ingress') return [['spec', 'podSelector']];
  const peers = valueAt(object, ['spec', 'egress', rule, 'to']);
  return isSequence(peers)
    ? peers.map((_, index) => ['spec', 'egress', rule, 'to', index, 'podSelector'])
    : [];
}

/** The container that a probe or a hook is of. */
function probedContainer({ resource, path }: RenderedField): Path | undefined {
  const template = podTemplateOf(resource);
  const own =
    template && containersOf(template).find((one) => isSamePath(one.path, path.slice(0, one.path.length)));
  const first = own && path[own.path.length];
  return /^(?:\w+Probe|lifecycle)$/u.test(String(first)) ? own?.path : undefined;
}

/** The volume that a container mounts, or the claim that a StatefulSet makes of it; of a path within it the item that is put there. */
function meantVolumes(field: RenderedField): RenderedField[] {
  const { resource, path } = field;
  const { object } = resource;
  const template = podTemplateOf(resource);
  const isMount = /^volume(?:Mounts|Devices)$/u.test(String(path.at(-3)));
  if (template === undefined || !isMount) return [];
  const name = valueText(valueAt(object, [...path.slice(0, -1), 'name']));
  const volumes = itemsWith(object, [...template.path, 'spec', 'volumes'], ['name'], name);
  if (path.at(-1) === 'subPath')
    return volumes
      .flatMap((at) => ['configMap', 'secret'].map((source) => [...at.slice(0, -1), source, 'items']))
      .flatMap((items) => itemsWith(object, items, ['path'], valueText(valueAt(object, path))))
      .map((at) => ({ ...field, path: at }));
  if (path.at(-1) !== 'name') return [];
  const claims = itemsWith(object, ['spec', 'volumeClaimTemplates'], ['metadata', 'name'], name);
  return [...volumes, ...claims].map((at) => ({ ...field, path: at }));
}

/** The fields of the items of a list that have a text there. */
function itemsWith(object: Mapping, list: Path, below: Path, text: string): Path[] {
  const items = valueAt(object, list);
  if (!isSequence(items)) return [];
  return items.flatMap((item, index) =>
    valueText(valueAt(item, below)) === text ? [[...list, index, ...below]] : [],
  );
}
