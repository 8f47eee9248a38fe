import type { Tracked } from '../object/provenance.ts';
import { getPart, itemsOf } from '../object/provenance.ts';
import { parseDocuments } from '../source/parse.ts';
import { readAt } from '../source/position.ts';
import { equalValues, isMapping, isSequence } from '../source/value.ts';
import { formatGoJson } from './go-json.ts';
import type { FieldOptions, ReplacementValue } from './replacement-value.ts';
import { joinDelimited } from './replacement-value.ts';
import { scalarSource, sourceText } from './scalar-style.ts';
import { composeDocument } from './yaml-text/compose.ts';
import { emitDocument } from './yaml-text/emit-document.ts';
import { matchNodes, NoMatch } from './yaml-text/match-node.ts';
import { makeNode, type YamlNode } from './yaml-text/node.ts';

/** What came of a text: `no-yaml` where it is one text and no more, `none` where it holds no such field, `kept` where kustomize finds the field and loses what it writes. */
export type TextReplacement = { readonly text: string } | 'kept' | 'none' | 'no-yaml';

/**
 * Writes into YAML or JSON that a string holds, e.g. a file in a ConfigMap (kustomize 5.8, setValueInStructuredData). JSON
 * comes out sorted, YAML as go-yaml writes it, of several documents the first.
 */
export function replaceInText(
  text: string,
  steps: readonly string[],
  source: ReplacementValue,
  options: FieldOptions,
): TextReplacement {
  const document = composeDocument(text);
  if (document === undefined || document.content[0]?.kind === 'scalar') return 'no-yaml';
  const value = nodeOf(source);
  const fields = findNodes(document, steps, options.create ? value.kind : undefined);
  if (fields.length === 0) return 'none';
  for (const field of fields) if (!writeNode(field, value, source, options)) return 'none';
  const written = emitDocument(document);
  if (!/^[{[]/.test(text.trim())) return { text: written.trim() };
  const json = writeJson(written, text);
  return json === undefined ? 'kept' : { text: json };
}

function findNodes(
  document: YamlNode,
  steps: readonly string[],
  create: YamlNode['kind'] | undefined,
): readonly YamlNode[] {
  try {
    return matchNodes(document, steps, create === 'document' || create === 'alias' ? undefined : create);
  } catch (error) {
    if (error instanceof NoMatch) return [];
    throw error;
  }
}

/** Whether a path leads to something in a text. */
export function leadsIntoText(text: string, steps: readonly string[]): boolean {
  const document = composeDocument(text);
  return document !== undefined && findNodes(document, steps, undefined).length > 0;
}

/** A scalar takes over the text and keeps its type; anything else is replaced. False where that is not possible. */
function writeNode(
  field: YamlNode,
  value: YamlNode,
  source: ReplacementValue,
  options: FieldOptions,
): boolean {
  if (field.kind !== 'scalar') {
    if (options.delimiter !== '') return false;
    Object.assign(field, structuredClone(value.kind === 'scalar' ? writtenScalar(source, value) : value));
    return true;
  }
  field.text = options.delimiter === '' ? source.text : joinDelimited(field.text, source.text, options);
  return true;
}

/** The source as it would stand in a document, its flow style and quotes as they were written. */
function nodeOf({ value, text, origin }: ReplacementValue): YamlNode {
  if (!isMapping(value) && !isSequence(value)) return makeNode({ kind: 'scalar', text });
  return collectionOf({ value, origin });
}

/** A scalar of an object keeps its quotes and its comment. */
function writtenScalar(source: ReplacementValue, plain: YamlNode): YamlNode {
  if (source.isNode !== true) return plain;
  const written = writtenNode(source);
  const node = written?.kind === 'scalar' ? written : scalarOf(source);
  return { ...node, text: source.text };
}

/** A node as it is written in its file, comments included; undefined where its parts do not come straight from there. */
function writtenNode({ value, origin }: Tracked): YamlNode | undefined {
  if (!('positions' in origin)) return undefined;
  const { text: whole, start, end } = readAt(origin.positions, origin.index);
  const rest = /^[ \t]*(?:#[^\n]*)?(?=\n|$)/u.exec(whole.slice(end))?.[0] ?? '';
  const column = start - whole.lastIndexOf('\n', start - 1) - 1;
  const text = `${' '.repeat(column)}${whole.slice(start, end)}${rest}\n`;
  // An alias is not read by itself.
  const read = parseDocuments({ path: '', text }, 'kustomize').documents[0]?.value ?? null;
  return typeof value === 'object' && !equalValues(read, value)
    ? undefined
    : composeDocument(text)?.content[0];
}

function collectionOf(tracked: Tracked): YamlNode {
  const written = writtenNode(tracked);
  if (written !== undefined && written.kind !== 'scalar' && written.kind !== 'alias') return written;
  const { value, origin } = tracked;
  const isFlow = /^[[{]/.test(sourceText(origin) ?? '');
  if (isSequence(value)) {
    const content = itemsOf(tracked).map(collectionOf);
    return makeNode({ kind: 'sequence', tag: '!!seq', isFlow, content });
  }
  if (!isMapping(value)) return scalarOf(tracked);
  const content = Object.keys(value).flatMap((key) => [
    makeNode({ kind: 'scalar', text: key, tag: '!!str' }),
    collectionOf(getPart(tracked, key) as Tracked),
  ]);
  return makeNode({ kind: 'mapping', tag: '!!map', isFlow, content });
}

function scalarOf(tracked: Tracked): YamlNode {
  const text = scalarSource(tracked);
  const first = sourceText(tracked.origin)?.[0];
  const style =
    first === '"'
      ? 'double'
      : first === "'"
        ? 'single'
        : first === '|'
          ? 'literal'
          : first === '>'
            ? 'folded'
            : 'plain';
  return makeNode({ kind: 'scalar', text, style, tag: typeof tracked.value === 'string' ? '!!str' : '' });
}

/** JSON in the manner of the text that it takes the place of; undefined where what was written is none. */
function writeJson(written: string, before: string): string | undefined {
  const { documents, diagnostics } = parseDocuments({ path: '', text: written }, 'kustomize');
  const value = documents[0]?.value;
  if (value === undefined || diagnostics.length > 0) return undefined;
  const isPretty = before.includes('\n') && before.includes('  ');
  return formatGoJson(value, isPretty ? '  ' : '');
}
