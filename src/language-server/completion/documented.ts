import { nodeAt, type SchemaNode } from '../../schema/schema-node.ts';
import type { Cursor } from '../yaml/cursor-shape.ts';
import { textAt } from '../yaml/outline-node.ts';
import { documentationOf } from './documentation.ts';
import { stepsOf } from './operation-paths.ts';
import { type Subject, subjectOf } from './subject.ts';
import { withValues } from './with-values.ts';
import type { Writing } from './writing.ts';

/** What is said of the field at the cursor, in Markdown; undefined where nobody says anything. */
export function documentedAt(writing: Writing, line: string): string | undefined {
  const { cursor } = writing;
  const { path, from, to, role } = cursor;
  const key = line.slice(from, to).replace(/\s*:\s*$/u, '');
  const field = role === 'value' ? path : [...path, key.replaceAll(/^["']|["']$/gu, '')];
  const known = subjectOf(writing);
  const subject = known && withValues(writing, known);
  const pointed = subject && pointedAt(cursor, subject);
  if (pointed !== undefined) return documentationOf(pointed);
  const holder = subject && nodeAt(subject.node, field.slice(0, -1));
  const node = subject && nodeAt(subject.node, field);
  if (holder === undefined || node === undefined) return undefined;
  return documentationOf(node, holder.required().includes(String(field.at(-1))));
}

/** What the path of a JSON 6902 operation points at, or the value that it puts there. */
function pointedAt({ path, role, outline, isFlow }: Cursor, { changed }: Subject): SchemaNode | undefined {
  const [item, field, ...below] = path;
  if (role !== 'value' || changed === undefined || isFlow || item === undefined) return undefined;
  if (!['path', 'from', 'value'].includes(String(field))) return undefined;
  const pointer = textAt(outline.root, item, field === 'from' ? 'from' : 'path') ?? '';
  return nodeAt(changed, [...stepsOf(pointer), ...below]);
}
