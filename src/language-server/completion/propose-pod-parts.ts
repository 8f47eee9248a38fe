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
  if (field === 'core.v1.ServicePort.targetPort') return selectedPorts(cursor, objects);
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
  if (holder === undefined) return [];
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

function selectedPorts({ outline: { root } }: Cursor, objects: Knowledge['objects']): Proposal[] {
  const selector = childAt(root, 'spec', 'selector');
  const wanted = (selector?.children ?? []).map(({ key }) => [key, textAt(root, 'spec', 'selector', key)]);
  const pods = objects.filter(
    ({ containers, labels }) =>
      containers !== undefined && wanted.every(([key = '', value]) => ownOf(labels, key) === value),
  );
  return parts(
    pods.flatMap(({ ports = [] }) => ports.flat()),
    'port of the pods',
  );
}
