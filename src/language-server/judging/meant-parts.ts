import { isMapping, isSequence, type Mapping, type Path, type Value, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { containersOf, podTemplateOf } from '../../workload/pod/pod-template.ts';
import { isSamePath, namedPart } from './naming.ts';
import { objectsNamed, type RenderedAround, type RenderedField } from './rendered-field.ts';
import { selectedLabels, selectedObjects } from './selected-objects.ts';

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

/** The volume that a container mounts, or the claim that a StatefulSet makes of it. */
function meantVolumes(field: RenderedField): RenderedField[] {
  const { resource, path } = field;
  const { object } = resource;
  const template = podTemplateOf(resource);
  const isMount = path.at(-1) === 'name' && /^volume(?:Mounts|Devices)$/u.test(String(path.at(-3)));
  if (template === undefined || !isMount) return [];
  const name = valueAt(object, path);
  const lists = [
    { list: [...template.path, 'spec', 'volumes'], below: ['name'] },
    { list: ['spec', 'volumeClaimTemplates'], below: ['metadata', 'name'] },
  ];
  return lists.flatMap(({ list, below }) => {
    const items = valueAt(object, list);
    if (!isSequence(items)) return [];
    return items.flatMap((item, index) =>
      valueAt(item, below) === name ? [{ ...field, path: [...list, index, ...below] }] : [],
    );
  });
}
