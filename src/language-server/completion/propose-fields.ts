import { CompletionItemKind } from 'vscode-languageserver';
import { nodeAt, type SchemaNode } from '../../schema/schema-node.ts';
import type { Cursor } from '../yaml/cursor-shape.ts';
import { documentationOf } from './documentation.ts';
import type { Proposal } from './proposal.ts';
import type { Subject } from './subject.ts';

/** The fields that may stand at the cursor and are not there yet, those that have to first. */
export function proposeFields(cursor: Cursor, { node, is }: Subject): Proposal[] {
  const here = nodeAt(node, cursor.path);
  if (here === undefined) return [];
  if (here.is !== 'list') return fieldsOf(here, cursor, '');
  // A list goes on with a dash, a list in braces without.
  const items = here.below();
  const proposals =
    items === undefined || cursor.isFlow ? [] : fieldsOf(items, { ...cursor, siblings: [] }, '- ');
  return is === 'operations' && cursor.path.length === 0 ? proposals.slice(0, 1) : proposals;
}

function fieldsOf(node: SchemaNode, cursor: Cursor, before: string): Proposal[] {
  const required = new Set(node.required());
  const present = new Set(cursor.siblings);
  const proposals = [...node.fields()].flatMap(([name, field]) =>
    present.has(name) ? [] : [fieldProposal(name, field, { cursor, before, isRequired: required.has(name) })],
  );
  return [
    ...proposals,
    ...allRequired(
      node,
      [...required].filter((name) => !present.has(name)),
      { cursor, before },
    ),
  ];
}

interface Manner {
  readonly cursor: Cursor;
  /** `- ` where the item begins with it. */
  readonly before: string;
  readonly isRequired: boolean;
}

function fieldProposal(name: string, field: SchemaNode, { cursor, before, isRequired }: Manner): Proposal {
  const text = cursor.hasColon ? name : `${before}${fieldText(name, field, { cursor, before })}`;
  return {
    label: name,
    kind: CompletionItemKind.Field,
    text,
    ...(text.includes('$') ? { isSnippet: true } : {}),
    detail: isRequired ? `${field.type}, required` : field.type,
    words: documentationOf(field, isRequired),
    rank: isRequired ? 0 : name === 'status' ? 3 : 1,
  };
}

/** A field with what has to be below it, as a snippet with absolute indentation. */
function fieldText(
  name: string,
  field: SchemaNode,
  { cursor, before }: Pick<Manner, 'cursor' | 'before'>,
  at = 1,
): string {
  const key = /^[\w./-]+$/u.test(name) ? name : JSON.stringify(name);
  if (cursor.isFlow) return `${key}: `;
  const indent = ' '.repeat(cursor.from + before.length + 2);
  const required = (one: SchemaNode, deeper: string): string => {
    const names = one.required().slice(0, most);
    if (names.length === 0) return `$${at}`;
    return names.map((own, index) => `${own}: $${at + index}`).join(`\n${deeper}`);
  };
  if (field.is === 'object') return `${key}:\n${indent}${required(field, indent)}`;
  if (field.is === 'map') return `${key}:\n${indent}$${at}`;
  const items = field.is === 'list' ? field.below() : undefined;
  if (items !== undefined)
    return `${key}:\n${indent}- ${items.is === 'object' ? required(items, `${indent}  `) : `$${at}`}`;
  return `${key}: `;
}

const most = 6;

/** One proposal that writes all that has to be there. */
function allRequired(
  node: SchemaNode,
  names: readonly string[],
  { cursor, before }: Pick<Manner, 'cursor' | 'before'>,
): Proposal[] {
  if (names.length < 2 || cursor.isFlow || cursor.hasColon) return [];
  const fields = node.fields();
  const indent = ' '.repeat(cursor.from + before.length);
  let at = 1;
  const lines = names.flatMap((name) => {
    const field = fields.get(name);
    if (field === undefined) return [];
    const text = field.is === 'scalar' ? `${name}: $${at}` : fieldText(name, field, { cursor, before }, at);
    at += [...text.matchAll(/\$\d/gu)].length;
    return [text];
  });
  return [
    {
      label: `${names.join(', ')}`,
      kind: CompletionItemKind.Snippet,
      text: before + lines.join(`\n${indent}`),
      isSnippet: true,
      detail: 'all required fields',
      rank: 2,
    },
  ];
}
