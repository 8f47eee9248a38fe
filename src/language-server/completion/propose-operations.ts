import { CompletionItemKind } from 'vscode-languageserver';
import { nodeAt } from '../../schema/schema-node.ts';
import type { Cursor } from '../yaml/cursor-shape.ts';
import { textAt } from '../yaml/outline-node.ts';
import { operationPaths, stepsOf } from './operation-paths.ts';
import type { Proposal } from './proposal.ts';
import { proposeFields } from './propose-fields.ts';
import { proposeNames } from './propose-names.ts';
import type { Subject } from './subject.ts';
import type { Writing } from './writing.ts';
import { writtenTarget } from './written-target.ts';

/** The paths of JSON 6902 operations, one name after the other, and what may stand below `value`. */
export function proposeOperations(writing: Writing, subject: Subject): Proposal[] {
  const { cursor, knowledge } = writing;
  const [item, field, ...below] = cursor.path;
  const { changed } = subject;
  if (changed === undefined || typeof item !== 'number') return [];
  if (cursor.role === 'value' && (field === 'path' || field === 'from'))
    return operationPaths(changed, cursor.typed, writtenTarget(writing, subject));
  if (field !== 'value') return [];
  const path = textAt(cursor.outline.root, item, 'path') ?? '';
  const node = nodeAt(changed, stepsOf(path));
  if (node === undefined) return [];
  if (cursor.role === 'value') {
    const values = nodeAt(node, below)?.values ?? [];
    const object: Subject = { ...subject, is: 'object', node: changed };
    return [
      ...values.map((label) => ({ label, kind: CompletionItemKind.EnumMember })),
      ...proposeNames({ ...cursor, path: [...stepsOf(path), ...below] }, object, knowledge),
    ];
  }
  return proposeFields({ ...cursor, path: below }, { ...subject, is: 'object', node });
}

/** Where a patch begins that may become a list of operations. */
export function beginOperations({ within, role, path, siblings, isFlow }: Cursor): Proposal[] {
  if (within === undefined || role !== 'key' || path.length > 0 || siblings.length > 0 || isFlow) return [];
  return [
    {
      label: '- op',
      kind: CompletionItemKind.Snippet,
      text: '- op: $1\n  path: $2',
      isSnippet: true,
      detail: 'JSON 6902 operation',
    },
  ];
}
