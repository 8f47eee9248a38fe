import { CompletionItemKind } from 'vscode-languageserver';
import { nodeAt, type SchemaNode } from '../../schema/schema-node.ts';
import type { Cursor } from '../yaml/cursor-shape.ts';
import { textAt } from '../yaml/outline-node.ts';
import { documentationOf } from './documentation.ts';
import type { Proposal } from './proposal.ts';
import type { Subject } from './subject.ts';

/** The values that a schema lists for the cursor's place, and the kinds and versions of an object. */
export function proposeValues(cursor: Cursor, subject: Subject): Proposal[] {
  const { path } = cursor;
  if (subject.is === 'object' && path.length === 1) {
    if (path[0] === 'kind') return kindsFor(subject, textAt(cursor.outline.root, 'apiVersion'));
    if (path[0] === 'apiVersion') return versionsFor(subject, textAt(cursor.outline.root, 'kind'));
  }
  return enumerated(nodeAt(subject.node, path));
}

function enumerated(node: SchemaNode | undefined): Proposal[] {
  const item = node?.is === 'list' ? node.below() : node;
  if (item === undefined) return [];
  const words = documentationOf(item);
  const values = (item.values ?? []).map((value) => ({
    label: value === '' ? '""' : value,
    kind: CompletionItemKind.EnumMember,
    words,
    ...(value === item.fallback ? { detail: 'default', rank: 0 } : {}),
  }));
  if (values.length > 0 || item.fallback === undefined || item.fallback.includes('\n')) return values;
  return [{ label: item.fallback, kind: CompletionItemKind.Value, words, detail: 'default' }];
}

function kindsFor({ kinds }: Subject, apiVersion: string | undefined): Proposal[] {
  const byKind = new Map<string, string[]>();
  for (const one of kinds.all())
    if (apiVersion === undefined || one.apiVersion === apiVersion)
      byKind.set(one.kind, [...(byKind.get(one.kind) ?? []), one.apiVersion]);
  return [...byKind].map(([label, versions]) => ({
    label,
    kind: CompletionItemKind.Class,
    detail: [...new Set(versions)].join(', '),
  }));
}

function versionsFor({ kinds }: Subject, kind: string | undefined): Proposal[] {
  const versions = kinds.all().filter((one) => kind === undefined || one.kind === kind);
  return [...new Set(versions.map(({ apiVersion }) => apiVersion))].map((label) => ({
    label,
    kind: CompletionItemKind.Module,
  }));
}
