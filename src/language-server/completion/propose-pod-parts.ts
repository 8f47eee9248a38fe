import { CompletionItemKind } from 'vscode-languageserver';
import { ownOf } from '../../source/own.ts';
import type { Knowledge } from '../judging/knowledge.ts';
import type { Cursor } from '../yaml/cursor-shape.ts';
import { childAt, itemsOf, type OutlineNode, textAt } from '../yaml/outline-node.ts';
import type { Proposal } from './proposal.ts';
import type { Subject } from './subject.ts';

/** Names and ports of what the pods around have, or those that a Service selects. */
export function proposePodParts(
  cursor: Cursor,
  field: string,
  { isPatch, kind, target }: Subject,
  { objects }: Knowledge,
): Proposal[] {
  const { path, around } = cursor;
  const list = path.at(-3);
  if (list === 'volumeMounts' && path.at(-1) === 'name') return volumesOf(around);
  if (/^core\.v1\.(?:HTTPGetAction|TCPSocketAction|GRPCAction)\.port$/u.test(field))
    return portsAround(around);
  if (field === 'core.v1.KeyToPath.key') return keysAround(around, objects);
  if (list === 'volumeMounts' && path.at(-1) === 'subPath') return filesOf(around, objects);
  const selected = selectedPorts(cursor, kind, objects);
  if (selected !== undefined) return selected;
  if (isPatch !== true || path.at(-1) !== 'name' || !/^(?:init)?[cC]ontainers$/u.test(String(list)))
    return [];
  const name = target?.name ?? textAt(cursor.outline.root, 'metadata', 'name');
  const names = objects
    .filter((one) => one.kind === kind && (name === undefined || one.name === name))
    .flatMap(({ containers = [] }) => containers);
  return parts(names, 'container');
}

function parts(labels: readonly string[], detail: string): Proposal[] {
  return [...new Set(labels)]
    .filter((label) => label !== '')
    .map((label) => ({ label, kind: CompletionItemKind.Reference, detail }));
}

/** The keys of the ConfigMap or Secret that items are taken of. */
function keysAround(item: OutlineNode, objects: Knowledge['objects']): Proposal[] {
  const holder = item.parent?.parent;
  return holder === undefined ? [] : keysIn(holder, objects);
}

function keysIn(holder: OutlineNode, objects: Knowledge['objects']): Proposal[] {
  const kind = holder.key === 'secret' ? 'Secret' : 'ConfigMap';
  const name = textAt(holder, 'name') ?? textAt(holder, 'secretName');
  const chosen = objects.filter((one) => one.kind === kind && (name === undefined || one.name === name));
  return parts(
    chosen.flatMap(({ keys = [] }) => keys),
    `${kind}/${name ?? '*'}`,
  );
}

/** The volumes of the pod around, and those that a StatefulSet claims for it. */
function volumesOf(around: OutlineNode): Proposal[] {
  const volumes = holderOf(around, 'volumes');
  const claims = holderOf(around, 'volumeClaimTemplates');
  return parts(
    [
      ...namesIn(volumes, (one) => textAt(one, 'name')),
      ...namesIn(claims, (one) => textAt(one, 'metadata', 'name')),
    ],
    'volume',
  );
}

function portsAround(around: OutlineNode): Proposal[] {
  const ports = holderOf(around, 'ports');
  return parts(
    [
      ...namesIn(ports, (one) => textAt(one, 'name')),
      ...namesIn(ports, (one) => textAt(one, 'containerPort')),
    ],
    'port of the container',
  );
}

/** A list of the nearest mapping around that has it. */
function holderOf(around: OutlineNode, field: string): OutlineNode | undefined {
  for (let node: OutlineNode | undefined = around; node !== undefined; node = node.parent) {
    const found = childAt(node, field);
    if (found !== undefined) return found;
  }
  return undefined;
}

function namesIn(list: OutlineNode | undefined, name: (item: OutlineNode) => string | undefined): string[] {
  return list === undefined ? [] : itemsOf(list).flatMap((one) => name(one) ?? []);
}

/** The files of the volume that a mount is of, where it is made of a ConfigMap or a Secret. */
function filesOf(mount: OutlineNode, objects: Knowledge['objects']): Proposal[] {
  const volumes = holderOf(mount, 'volumes');
  const name = textAt(mount, 'name');
  const volume = (volumes === undefined ? [] : itemsOf(volumes)).find((one) => textAt(one, 'name') === name);
  return (['configMap', 'secret'] as const).flatMap((key) => {
    const source = volume && childAt(volume, key);
    if (source === undefined) return [];
    const items = childAt(source, 'items');
    if (items !== undefined)
      return parts(
        namesIn(items, (one) => textAt(one, 'path')),
        'file of the volume',
      );
    return keysIn(source, objects);
  });
}

/** Ports of what an object selects: of a Service, a policy or a monitor; undefined where the cursor is at no such port. */
function selectedPorts(
  { outline: { root }, path }: Cursor,
  kind: string | undefined,
  objects: Knowledge['objects'],
): Proposal[] | undefined {
  const at = path.filter((step) => typeof step === 'string').join('.');
  const isServices = kind === 'ServiceMonitor' && at === 'spec.endpoints.port';
  const selectors = selectorsOf(`${kind} ${at}`, path);
  if (selectors.length === 0) return undefined;
  const found = selectors.flatMap((selector) => {
    const pairs = childAt(root, ...selector)?.children ?? [];
    const wanted = pairs.map(({ key }) => [key, textAt(root, ...selector, key)] as const);
    return objects.filter(
      (one) =>
        (isServices ? one.kind === 'Service' : one.containers !== undefined) &&
        wanted.every(([key, value]) => ownOf(one.labels, key) === value),
    );
  });
  // A monitor names ports of Services, and has no numbers.
  return parts(
    found.flatMap(({ ports = [] }) =>
      /Monitor /u.test(`${kind} `) ? ports.map(([name]) => name) : ports.flat(),
    ),
    isServices ? 'port of the Services' : 'port of the pods',
  );
}

/** Where the labels stand of those whose ports are meant. */
function selectorsOf(field: string, path: Cursor['path']): (readonly (string | number)[])[] {
  const labels = ['spec', 'selector', 'matchLabels'];
  if (field === 'Service spec.ports.targetPort') return [['spec', 'selector']];
  if (/^(?:ServiceMonitor spec\.endpoints|PodMonitor spec\.podMetricsEndpoints)\.port$/u.test(field))
    return [labels];
  if (field === 'NetworkPolicy spec.ingress.ports.port') return [['spec', 'podSelector', 'matchLabels']];
  if (field !== 'NetworkPolicy spec.egress.ports.port') return [];
  return [[...path.slice(0, 3), 'to', 0, 'podSelector', 'matchLabels']];
}
