import { CompletionItemKind } from 'vscode-languageserver';
import { grouped } from '../../diagnostic/grouped.ts';
import { nodeAt, type SchemaNode } from '../../schema/schema-node.ts';
import type { Cursor } from '../yaml/cursor-shape.ts';
import { textAt } from '../yaml/outline-node.ts';
import { documentationOf } from './documentation.ts';
import type { NamedKind } from './kinds.ts';
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
  const found = kinds.all().filter((one) => apiVersion === undefined || one.apiVersion === apiVersion);
  return [...grouped(found, ({ kind }) => kind)].map(([label, all]) => ({
    label,
    kind: CompletionItemKind.Class,
    detail: [...new Set(all.map((one) => one.apiVersion))].join(', '),
    ...rankOf(all),
  }));
}

function versionsFor({ kinds }: Subject, kind: string | undefined): Proposal[] {
  const found = kinds.all().filter((one) => kind === undefined || one.kind === kind);
  return [...grouped(found, ({ apiVersion }) => apiVersion)].map(([label, all]) => ({
    label,
    kind: CompletionItemKind.Module,
    ...rankOf(all),
  }));
}

/** What only a product has comes last. */
function rankOf(all: readonly NamedKind[]): { readonly rank?: number } {
  return all.every(({ isOfProduct }) => isOfProduct === true) ? { rank: 2 } : {};
}
