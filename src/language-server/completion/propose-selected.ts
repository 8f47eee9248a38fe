import { CompletionItemKind } from 'vscode-languageserver';
import type { Knowledge } from '../judging/knowledge.ts';
import type { KnownObject } from '../judging/known-object.ts';
import type { Cursor } from '../yaml/cursor-shape.ts';
import { childAt, type OutlineNode, textAt } from '../yaml/outline-node.ts';
import type { NamedKind } from './kinds.ts';
import { nameProposal } from './name-proposal.ts';
import { operationPaths } from './operation-paths.ts';
import type { Proposal } from './proposal.ts';
import { proposeFieldPaths } from './propose-field-paths.ts';
import { nodeOfKind, type Subject } from './subject.ts';

const selectors: ReadonlySet<unknown> = new Set(['target', 'source', 'select', 'objref']);
const references: ReadonlySet<unknown> = new Set(['healthChecks', 'healthCheckExprs', 'ignoreDifferences']);

/** What selects objects: of a patch, a replacement or a variable, and fields of what it selects. */
export function proposeSelected(cursor: Cursor, subject: Subject, { objects }: Knowledge): Proposal[] {
  const { path, around, outline } = cursor;
  if (subject.is === 'kustomization' && path.at(-2) === 'fieldPaths') {
    const select = childAt(outline.root, ...path.slice(0, -2), 'select');
    return select === undefined ? [] : proposeFieldPaths(cursor.typed, select, subject, objects);
  }
  if (path.at(-4) === 'ignoreDifferences' && path.at(-2) === 'jsonPointers') return pointers(cursor, subject);
  if (!isSelector(path, subject)) return [];
  const field = String(path.at(-1));
  if (field === 'fieldPath') return proposeFieldPaths(cursor.typed, around, subject, objects);
  const chosen = objects.filter((one) => isMeant(one, around, field));
  if (field === 'name') return chosen.map((one) => nameProposal(one));
  if (field === 'namespace') return plain(chosen.map(({ namespace }) => namespace));
  if (field === 'labelSelector')
    return plain(
      chosen.flatMap(({ labels }) => Object.entries(labels).map(([key, value]) => `${key}=${value}`)),
    );
  return ofKinds(field, around, subject, objects);
}

function isSelector(path: Cursor['path'], { is }: Subject): boolean {
  if (references.has(path.at(-3))) return true;
  if (is === 'kustomization') return selectors.has(path.at(-2)) || path.at(-3) === 'reject';
  return path.at(-2) === 'target' && path.at(-4) === 'patches';
}

/** Whether an object is what the fields next to one select. */
function isMeant(object: KnownObject, around: OutlineNode, field: string): boolean {
  return (['group', 'kind', 'name', 'namespace'] as const).every((key) => {
    const wanted = key === field ? undefined : textAt(around, key);
    return wanted === undefined || wanted === object[key];
  });
}

function plain(labels: readonly string[]): Proposal[] {
  return [...new Set(labels)]
    .filter((label) => label !== '')
    .map((label) => ({ label, kind: CompletionItemKind.Value }));
}

/** Kinds, their groups and versions, as far as the fields next to it leave them open; those of the builds first. */
function ofKinds(
  field: string,
  around: OutlineNode,
  { kinds }: Subject,
  objects: readonly KnownObject[],
): Proposal[] {
  const fields = ['group', 'version', 'kind', 'apiVersion'] as const;
  const own = fields.find((one) => one === field);
  if (own === undefined) return [];
  const isOpen = (kind: NamedKind): boolean =>
    fields.every((key) => {
      const wanted = key === field ? undefined : textAt(around, key);
      return wanted === undefined || wanted === '' || wanted === kind[key];
    });
  const rendered = new Set(objects.map(({ kind }) => kind));
  return [
    ...new Set(
      kinds
        .all()
        .filter(isOpen)
        .map((kind) => kind[own]),
    ),
  ]
    .filter((label) => label !== '')
    .map((label) => ({
      label,
      kind: own === 'kind' ? CompletionItemKind.Class : CompletionItemKind.Module,
      ...(own === 'kind' && rendered.has(label) ? { rank: 0, detail: 'in the builds' } : {}),
    }));
}

function pointers({ outline, path, typed }: Cursor, { kinds }: Subject): Proposal[] {
  const difference = childAt(outline.root, ...path.slice(0, -2));
  const kind = difference && textAt(difference, 'kind');
  const node =
    kind === undefined ? undefined : nodeOfKind(kinds, kind, textAt(difference ?? outline.root, 'group'));
  return node === undefined ? [] : operationPaths(node, typed);
}
