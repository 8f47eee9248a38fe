import { compileGoRegExp } from '../go-regexp.ts';
import { isProblem } from '../problem.ts';
import { composeDocument } from './compose.ts';
import { emitDocument } from './emit-document.ts';
import { makeNode, type YamlNode } from './node.ts';

/** A path that leads nowhere, or into what it does not fit. */
export class NoMatch extends Error {}

/** The kind of the last field where missing ones are created, undefined where they are not. */
export type CreatedKind = 'scalar' | 'mapping' | 'sequence' | undefined;

/**
 * The nodes that the steps lead to, as kyaml's PathMatcher finds them; throws NoMatch. A path that goes on in a scalar goes
 * on in the YAML of its text, and what is found there is of no document.
 */
export function matchNodes(
  root: YamlNode,
  steps: readonly string[],
  create: CreatedKind,
): readonly YamlNode[] {
  const node = root.kind === 'document' ? (root.content[0] as YamlNode) : root;
  const [step, ...rest] = steps;
  if (step === undefined) return [node];
  if (isIndex(step)) return matchIndex(node, step, rest, create);
  if (isListEntry(step)) return matchEntries(node, step, rest, create);
  if (step === '*') return itemsOf(node).flatMap((item) => matchNodes(item, rest, create));
  return matchField(node, step, rest, create);
}

function isIndex(step: string): boolean {
  return /^\+?\d+$/.test(step);
}

function isListEntry(step: string): boolean {
  return step.startsWith('[') && step.endsWith(']');
}

function isNull(node: YamlNode): boolean {
  return node.tag === '!!null';
}

function itemsOf(node: YamlNode): readonly YamlNode[] {
  if (node.kind !== 'sequence' && !isNull(node)) throw new NoMatch();
  return node.content;
}

function newNode(next: string | undefined, create: NonNullable<CreatedKind>): YamlNode {
  if (next === undefined || next === '') return makeNode({ kind: create });
  return makeNode({ kind: isIndex(next) || isListEntry(next) ? 'sequence' : 'mapping' });
}

function matchField(
  node: YamlNode,
  step: string,
  rest: readonly string[],
  create: CreatedKind,
): readonly YamlNode[] {
  let field = fieldOf(node, step);
  if (field === undefined) {
    if (create === undefined) return [];
    field = newNode(rest[0], create);
    node.content.push(makeNode({ kind: 'scalar', text: step }), field);
  }
  if (field.kind !== 'scalar' || rest.length === 0) return matchNodes(field, rest, create);
  const inner = composeDocument(field.text);
  if (inner === undefined) throw new NoMatch();
  return matchNodes(inner, rest, create);
}

function fieldOf(node: YamlNode, name: string): YamlNode | undefined {
  if (isNull(node)) return undefined;
  if (node.kind !== (name === '' ? 'scalar' : 'mapping')) throw new NoMatch();
  for (let at = 0; at + 1 < node.content.length; at += 2) {
    if (node.content[at]?.text === name) return node.content[at + 1];
  }
  return undefined;
}

function matchIndex(
  node: YamlNode,
  step: string,
  rest: readonly string[],
  create: CreatedKind,
): readonly YamlNode[] {
  const items = itemsOf(node);
  const index = Number(step);
  if (items.length === index && create !== undefined) node.content.push(newNode(rest[0], create));
  const item = node.content[index];
  if (item === undefined) throw new NoMatch();
  return matchNodes(item, rest, create);
}

function matchEntries(
  node: YamlNode,
  step: string,
  rest: readonly string[],
  create: CreatedKind,
): readonly YamlNode[] {
  const equals = step.indexOf('=');
  if (equals < 0) throw new NoMatch();
  const [field, pattern] = [step.slice(1, equals), step.slice(equals + 1, -1)];
  const expression = compileGoRegExp(pattern);
  if (isProblem(expression)) throw new NoMatch();
  const search = () =>
    itemsOf(node).flatMap((item) => {
      const value = field === '' ? item : memberOf(item, field);
      if (value === undefined || !expression.test(writtenText(value))) return [];
      return field === '' ? [item] : matchNodes(item, rest, create);
    });
  const found = search();
  if (found.length > 0 || create === undefined) return found;
  if (!expression.test(pattern)) throw new NoMatch();
  const value = makeNode({ kind: 'scalar', text: pattern });
  const entry = makeNode({ kind: 'mapping', content: [makeNode({ kind: 'scalar', text: field }), value] });
  node.content.push(field === '' ? value : entry);
  return search();
}

function memberOf(item: YamlNode, field: string): YamlNode | undefined {
  return item.kind === 'mapping' ? fieldOf(item, field) : undefined;
}

/** A node as it would be written, quotes and comments included. */
function writtenText(node: YamlNode): string {
  return emitDocument(makeNode({ kind: 'document', content: [node] })).trim();
}
