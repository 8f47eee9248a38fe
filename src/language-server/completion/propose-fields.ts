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
  if (cursor.isFlow) return `${keyText(name)}: `;
  const indent = cursor.from + before.length;
  return filled(name, field, { indent, at, depth: 0 });
}

function keyText(name: string): string {
  return /^[\w./-]+$/u.test(name) ? name : JSON.stringify(name);
}

interface Filling {
  readonly indent: number;
  /** The number of the next place to go on at. */
  readonly at: number;
  readonly depth: number;
}

/** A key with all that is required below it, each scalar a place of its own. */
function filled(name: string, field: SchemaNode, { indent, at, depth }: Filling): string {
  const key = keyText(name);
  const items = field.is === 'list' ? field.below() : undefined;
  if (field.is !== 'object' && field.is !== 'map' && items === undefined)
    return depth === 0 ? `${key}: ` : `${key}: $${at}`;
  const inner = ' '.repeat(indent + 2);
  if (items === undefined)
    return `${key}:\n${inner}${requiredText(field, { indent: indent + 2, at, depth })}`;
  return `${key}:\n${inner}- ${requiredText(items, { indent: indent + 4, at, depth })}`;
}

function requiredText(node: SchemaNode, { indent, at, depth }: Filling): string {
  const fields = node.fields();
  const names = depth < deepestSnippet ? node.required().slice(0, most) : [];
  if (names.length === 0) return `$${at}`;
  let next = at;
  const lines = names.map((name) => {
    const text = filled(name, fields.get(name) ?? node, { indent, at: next, depth: depth + 1 });
    next += placesIn(text);
    return text;
  });
  return lines.join(`\n${' '.repeat(indent)}`);
}

function placesIn(text: string): number {
  return [...text.matchAll(/\$\d/gu)].length;
}

const most = 6;
const deepestSnippet = 4;

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
    at += placesIn(text);
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
