import { CompletionItemKind } from 'vscode-languageserver';
import { nodeAt, type SchemaNode } from '../../schema/schema-node.ts';
import type { Cursor } from '../yaml/cursor-shape.ts';
import { textAt } from '../yaml/outline-node.ts';
import { documentationOf } from './documentation.ts';
import type { Proposal } from './proposal.ts';
import { proposeFields } from './propose-fields.ts';
import type { Subject } from './subject.ts';

/** The paths of JSON 6902 operations, one name after the other, and what may stand below `value`. */
export function proposeOperations(cursor: Cursor, subject: Subject): Proposal[] {
  const [item, field, ...below] = cursor.path;
  const { changed } = subject;
  if (changed === undefined || typeof item !== 'number') return [];
  if (cursor.role === 'value' && (field === 'path' || field === 'from')) return paths(changed, cursor.typed);
  if (field !== 'value') return [];
  const path = textAt(cursor.outline.root, item, 'path') ?? '';
  const node = nodeAt(changed, stepsOf(path));
  if (node === undefined) return [];
  if (cursor.role === 'value') {
    const values = nodeAt(node, below)?.values ?? [];
    return values.map((label) => ({ label, kind: CompletionItemKind.EnumMember }));
  }
  return proposeFields({ ...cursor, path: below }, { ...subject, is: 'object', node });
}

function paths(changed: SchemaNode, typed: string): Proposal[] {
  const end = typed.lastIndexOf('/');
  const before = typed.slice(0, Math.max(end, 0));
  const node = nodeAt(changed, stepsOf(before));
  if (node === undefined) return [];
  if (node.is === 'list')
    return ['0', '-'].map((step) => ({
      label: `${before}/${step}`,
      kind: CompletionItemKind.Reference,
      detail: step === '-' ? 'the end of the list' : 'the first item',
    }));
  return [...node.fields()].map(([name, field]) => ({
    label: `${before}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    kind: CompletionItemKind.Reference,
    detail: field.type,
    words: documentationOf(field),
  }));
}

function stepsOf(path: string): (string | number)[] {
  const steps = path.split('/').slice(1);
  return steps.map((step) =>
    /^(?:\d+|-)$/u.test(step)
      ? step === '-'
        ? 0
        : Number(step)
      : step.replaceAll('~1', '/').replaceAll('~0', '~'),
  );
}
