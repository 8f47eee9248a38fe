import { CompletionItemKind } from 'vscode-languageserver';
import { nodeAt } from '../../schema/schema-node.ts';
import { ownOf } from '../../source/own.ts';
import type { Knowledge, KnownObject } from '../judging/knowledge.ts';
import type { Cursor } from '../yaml/cursor-shape.ts';
import { childAt, itemsOf, type OutlineNode, textAt } from '../yaml/outline-node.ts';
import { type NamedBy, namedByPath, namedByType } from './named-objects.ts';
import type { Proposal } from './proposal.ts';
import type { Subject } from './subject.ts';

/** Names of what the clusters have, where the cursor's field names some of it. */
export function proposeNames(cursor: Cursor, subject: Subject, knowledge: Knowledge): Proposal[] {
  if (cursor.role === 'key') return [];
  if (subject.is === 'kustomization') return namesInKustomization(cursor, knowledge);
  const named = namedAt(cursor, subject);
  if (named !== undefined) return namesOf(named, cursor, subject, knowledge);
  return cursor.path.at(-2) === 'volumeMounts' || cursor.path.at(-3) === 'volumeMounts'
    ? volumesOf(cursor)
    : [];
}

function namedAt({ path, around }: Cursor, subject: Subject): NamedBy | undefined {
  const field = String(path.at(-1));
  const holder = nodeAt(subject.node, path.slice(0, -1))?.name;
  const byType = holder === undefined ? undefined : ownOf(namedByType, `${holder}.${field}`);
  if (byType !== undefined) return byType;
  const steps = path.filter((step) => typeof step === 'string');
  const byPath = ownOf(namedByPath, steps.slice(-2).join('.'));
  if (byPath !== undefined) return byPath;
  const isBeside = field === 'name' && textAt(around, 'kind') !== undefined && path.length > 2;
  return isBeside ? { is: 'name', kind: 'beside' } : undefined;
}

function namesOf(named: NamedBy, { around }: Cursor, subject: Subject, { objects }: Knowledge): Proposal[] {
  const kind =
    named.kind === 'beside' ? textAt(around, 'kind') : named.kind === 'own' ? subject.kind : named.kind;
  const ofKind = objects.filter((one) => one.kind === kind);
  if (named.is === 'name') return ofKind.map(nameProposal);
  let holder: OutlineNode | undefined = around;
  for (let up = named.holder?.up ?? 0; up > 0; up--) holder = holder?.parent;
  const name = holder === undefined ? undefined : textAt(holder, named.holder?.name ?? 'name');
  const chosen = ofKind.filter((one) => name === undefined || one.name === name);
  const parts = chosen.flatMap((one) => (named.is === 'key' ? (one.keys ?? []) : (one.ports ?? []).flat()));
  return [...new Set(parts)]
    .filter((part) => part !== '')
    .map((label) => ({ label, kind: CompletionItemKind.Value, detail: `${kind}/${name ?? '*'}` }));
}

function nameProposal({ name, namespace, kind, file }: KnownObject): Proposal {
  return {
    label: name,
    kind: CompletionItemKind.Reference,
    detail: namespace === '' ? kind : `${kind} in ${namespace}`,
    ...(file === undefined ? {} : { words: `\`${file}\`` }),
  };
}

/** Names of images, workloads, namespaces and the targets of patches. */
function namesInKustomization({ path, around }: Cursor, { objects, images }: Knowledge): Proposal[] {
  const [field, , inner] = path;
  if (field === 'namespace') return objects.filter(({ kind }) => kind === 'Namespace').map(nameProposal);
  if (field === 'images' && inner === 'name')
    return images.map((label) => ({ label, kind: CompletionItemKind.Reference, detail: 'image' }));
  if (field === 'replicas' && inner === 'name')
    return objects.filter(({ kind }) => scaled.has(kind)).map(nameProposal);
  if (
    path.at(-1) !== 'name' ||
    !['target', 'source', 'select', 'reject', 'objref'].includes(String(path.at(-2)))
  )
    return [];
  const kind = textAt(around, 'kind');
  return objects.filter((one) => kind === undefined || one.kind === kind).map(nameProposal);
}

const scaled: ReadonlySet<string> = new Set([
  'Deployment',
  'StatefulSet',
  'ReplicaSet',
  'ReplicationController',
]);

/** The volumes of the pod around it. */
function volumesOf({ path, around }: Cursor): Proposal[] {
  if (path.at(-1) !== 'name') return [];
  for (let node: OutlineNode | undefined = around; node !== undefined; node = node.parent) {
    const volumes = childAt(node, 'volumes');
    if (volumes === undefined) continue;
    return itemsOf(volumes).flatMap((one) => {
      const label = textAt(one, 'name');
      return label === undefined ? [] : [{ label, kind: CompletionItemKind.Reference, detail: 'volume' }];
    });
  }
  return [];
}
