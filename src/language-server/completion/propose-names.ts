import { CompletionItemKind } from 'vscode-languageserver';
import { nodeAt } from '../../schema/schema-node.ts';
import { ownOf } from '../../source/own.ts';
import type { Knowledge } from '../judging/knowledge.ts';
import type { KnownObject } from '../judging/known-object.ts';
import type { Cursor } from '../yaml/cursor-shape.ts';
import { type OutlineNode, textAt } from '../yaml/outline-node.ts';
import { builtInObjects } from './built-in-objects.ts';
import { nameProposal } from './name-proposal.ts';
import { type NamedBy, namedByPath, namedByType } from './named-objects.ts';
import type { Proposal } from './proposal.ts';
import { proposePodParts } from './propose-pod-parts.ts';
import { proposeSelected } from './propose-selected.ts';
import { type Subject, subjectOf } from './subject.ts';
import type { Writing } from './writing.ts';

/** Names of what the clusters have, where the cursor's field names some of it. */
export function proposeNames(cursor: Cursor, subject: Subject, knowledge: Knowledge): Proposal[] {
  if (cursor.role === 'key') return [];
  const selected = proposeSelected(cursor, subject, knowledge);
  if (subject.is === 'kustomization') return [...selected, ...namesInKustomization(cursor, knowledge)];
  if (subject.isPatch === true && cursor.path.join('.') === 'metadata.name')
    return knowledge.objects.filter(({ kind }) => kind === subject.kind).map((one) => nameProposal(one));
  const field = fieldOf(cursor, subject);
  if (subject.kind === 'Kustomization' && /^spec\.images\.\d+\.name$/u.test(cursor.path.join('.')))
    return namesOfImages(knowledge);
  const named = namedAt(cursor, field);
  const own = named === undefined ? [] : namesOf(named, cursor, subject, knowledge);
  return [...selected, ...own, ...proposePodParts(cursor, field, subject, knowledge)];
}

/** The objects of the builds that the value at the cursor names, by the text alone. */
export function objectsNamedAt(writing: Writing): KnownObject[] {
  const { cursor, knowledge } = writing;
  const subject = cursor.role === 'value' ? subjectOf(writing) : undefined;
  const named = subject && namedAt(cursor, fieldOf(cursor, subject));
  const name = textAt(cursor.around, String(cursor.path.at(-1)));
  if (subject === undefined || named?.is !== 'name' || name === undefined) return [];
  const kind = kindNamed(named, cursor, subject);
  const found = knowledge.objects.filter((one) => one.kind === kind && one.name === name);
  const here = textAt(cursor.outline.root, 'metadata', 'namespace');
  const beside = found.filter(({ namespace }) => namespace === here);
  return beside.length > 0 ? beside : found;
}

function kindNamed({ kind }: NamedBy, { around }: Cursor, subject: Subject): string | undefined {
  if (kind === 'beside') return textAt(around, 'kind');
  return kind === 'own' ? subject.kind : kind;
}

/** The type around a field, and its name: `core.v1.PodSpec.serviceAccountName`; of a custom kind the name alone. */
function fieldOf({ path }: Cursor, subject: Subject): string {
  const holder = nodeAt(subject.node, path.slice(0, -1))?.name;
  return `${holder ?? ''}.${path.at(-1)}`;
}

function namedAt({ path, around }: Cursor, field: string): NamedBy | undefined {
  const byType = ownOf(namedByType, field);
  if (byType !== undefined) return byType;
  const steps = path.filter((step) => typeof step === 'string');
  const byPath = ownOf(namedByPath, steps.slice(-2).join('.'));
  if (byPath !== undefined) return byPath;
  const isBeside = path.at(-1) === 'name' && textAt(around, 'kind') !== undefined && path.length > 2;
  return isBeside ? { is: 'name', kind: 'beside' } : undefined;
}

function namesOf(named: NamedBy, cursor: Cursor, subject: Subject, knowledge: Knowledge): Proposal[] {
  const { around, path, outline } = cursor;
  const kind = kindNamed(named, cursor, subject);
  const ofKind = [...knowledge.objects, ...builtInObjects].filter((one) => one.kind === kind);
  const here = textAt(outline.root, 'metadata', 'namespace');
  if (named.is === 'name') {
    const own = path.includes('dependsOn') ? textAt(outline.root, 'metadata', 'name') : undefined;
    return ofKind
      .filter(({ name, namespace }) => name !== own || (here !== undefined && namespace !== here))
      .map((one) => nameProposal(one, here));
  }
  let holder: OutlineNode | undefined = around;
  for (let up = named.holder?.up ?? 0; up > 0; up--) holder = holder?.parent;
  const name = holder === undefined ? undefined : textAt(holder, named.holder?.name ?? 'name');
  return partsOf(named, ofKind, { kind: kind ?? '', name });
}

/** The keys or ports of objects, of one where its name is known. */
function partsOf(
  { is, part }: NamedBy,
  objects: readonly KnownObject[],
  { kind, name }: { readonly kind: string; readonly name: string | undefined },
): Proposal[] {
  const chosen = objects.filter((one) => name === undefined || one.name === name);
  const portParts = (port: readonly [string, string]): readonly string[] =>
    part === undefined ? port : [part === 'name' ? port[0] : port[1]];
  const parts = chosen.flatMap((one) =>
    is === 'key' ? (one.keys ?? []) : (one.ports ?? []).flatMap(portParts),
  );
  return [...new Set(parts)]
    .filter((label) => label !== '')
    .map((label) => ({ label, kind: CompletionItemKind.Value, detail: `${kind}/${name ?? '*'}` }));
}

/** Names of images, workloads, namespaces and the targets of patches. */
function namesInKustomization({ path, around }: Cursor, { objects, images }: Knowledge): Proposal[] {
  const [field, , inner] = path;
  if (field === 'namespace') return ofKinds(objects, new Set(['Namespace']));
  if (field === 'images' && inner === 'name') return namesOfImages({ images });
  if (field === 'replicas' && inner === 'name') return ofKinds(objects, scaled);
  const generated = ownOf({ configMapGenerator: 'ConfigMap', secretGenerator: 'Secret' }, String(field));
  if (
    generated === undefined ||
    inner !== 'name' ||
    !/^(?:merge|replace)$/u.test(textAt(around, 'behavior') ?? '')
  )
    return [];
  return ofKinds(objects, new Set([generated]));
}

function namesOfImages({ images }: Pick<Knowledge, 'images'>): Proposal[] {
  return images.map((label) => ({ label, kind: CompletionItemKind.Reference, detail: 'image' }));
}

function ofKinds(objects: readonly KnownObject[], kinds: ReadonlySet<string>): Proposal[] {
  return objects.filter(({ kind }) => kinds.has(kind)).map((one) => nameProposal(one));
}

const scaled: ReadonlySet<string> = new Set([
  'Deployment',
  'StatefulSet',
  'ReplicaSet',
  'ReplicationController',
]);
