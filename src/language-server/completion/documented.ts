import { nodeAt } from '../../schema/schema-node.ts';
import { documentationOf } from './documentation.ts';
import { subjectOf } from './subject.ts';
import type { Writing } from './writing.ts';

/** What is said of the field at the cursor, in Markdown; undefined where nobody says anything. */
export function documentedAt(writing: Writing, line: string): string | undefined {
  const { cursor } = writing;
  const { path, from, to, role } = cursor;
  const key = line.slice(from, to).replace(/\s*:\s*$/u, '');
  const field = role === 'value' ? path : [...path, key.replaceAll(/^["']|["']$/gu, '')];
  const subject = subjectOf(writing);
  const holder = subject && nodeAt(subject.node, field.slice(0, -1));
  const node = subject && nodeAt(subject.node, field);
  if (holder === undefined || node === undefined) return undefined;
  return documentationOf(node, holder.required().includes(String(field.at(-1))));
}
