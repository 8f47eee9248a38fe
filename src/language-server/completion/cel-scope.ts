import { leafNode, nodeAt, type SchemaNode } from '../../schema/schema-node.ts';
import type { Cursor } from '../yaml/cursor-shape.ts';
import type { Outline } from '../yaml/outline.ts';
import { childAt, itemsOf, type OutlineNode, textAt } from '../yaml/outline-node.ts';
import type { Kinds } from './kinds.ts';
import { outlineSchemaNode } from './outline-schema-node.ts';
import { nodeOf } from './subject.ts';

/** What an expression may name, with its type where that is known. */
export type Scope = ReadonlyMap<string, SchemaNode | undefined>;

const holders: ReadonlySet<unknown> = new Set(['expression', 'messageExpression', 'valueExpression']);

/** What the expression at a place may name; undefined where there is none. */
export function scopeOf({ path }: Cursor, root: OutlineNode, kinds: Kinds): Scope | undefined {
  const kind = textAt(root, 'kind') ?? '';
  const isRule = path.at(-3) === 'x-kubernetes-validations';
  if (
    kind === 'CustomResourceDefinition' &&
    isRule &&
    ['rule', 'messageExpression'].includes(String(path.at(-1)))
  ) {
    const schema = childAt(root, ...path.slice(0, -3));
    const node = schema && outlineSchemaNode(schema, kinds.metadata);
    return new Map([
      ['self', node],
      ['oldSelf', node],
    ]);
  }
  if (!holders.has(path.at(-1)) || !/^(?:Validating|Mutating)AdmissionPolicy$/u.test(kind)) return undefined;
  return policyScope(root, kinds);
}

function policyScope(root: OutlineNode, kinds: Kinds): Scope {
  const judged = judgedKind(root, kinds);
  const params = childAt(root, 'spec', 'paramKind');
  const [apiVersion = '', kind = ''] = ['apiVersion', 'kind'].map((key) => params && textAt(params, key));
  return new Map([
    ['object', judged],
    ['oldObject', judged],
    ['request', requestNode],
    ...(params === undefined ? [] : [['params', nodeOf(kinds, apiVersion, kind)] as const]),
    ['namespaceObject', kinds.node('', 'v1', 'Namespace')],
    ['variables', undefined],
    ['authorizer', undefined],
  ]);
}

/** The kind that the policy judges, by the first of its rules. */
function judgedKind(root: OutlineNode, kinds: Kinds): SchemaNode | undefined {
  const rule = childAt(root, 'spec', 'matchConstraints', 'resourceRules', 0);
  if (rule === undefined) return undefined;
  const [group = '', version, resource] = ['apiGroups', 'apiVersions', 'resources'].map((key) =>
    textAt(rule, key, 0),
  );
  return kinds.byPlural(group, version ?? '', resource ?? '');
}

function objectNode(fields: Readonly<Record<string, SchemaNode>>): SchemaNode {
  return { ...leafNode('object'), is: 'object', fields: () => new Map(Object.entries(fields)) };
}

const strings = (...names: readonly string[]): Record<string, SchemaNode> =>
  Object.fromEntries(names.map((name) => [name, leafNode('string')]));

const user = objectNode({
  ...strings('username', 'uid'),
  groups: { ...leafNode('list of strings'), is: 'list', below: () => leafNode('string') },
  extra: { ...leafNode('map of lists of strings'), is: 'map' },
});

/** k8s.io/api/admission/v1, AdmissionRequest, as policies see it: without the objects and the UID. */
const requestNode = objectNode({
  ...strings('name', 'namespace', 'operation', 'subResource', 'requestSubResource'),
  kind: objectNode(strings('group', 'version', 'kind')),
  requestKind: objectNode(strings('group', 'version', 'kind')),
  resource: objectNode(strings('group', 'version', 'resource')),
  requestResource: objectNode(strings('group', 'version', 'resource')),
  userInfo: user,
  dryRun: leafNode('boolean'),
  options: leafNode('object'),
});

const deepest = 8;

/** What a chain of fields leads to, from a name of the scope, a variable of the policy or one that a macro binds. */
export function nodeOfChain(
  chain: string,
  text: string,
  known: { readonly outline: Outline; readonly scope: Scope },
  depth = 0,
): SchemaNode | undefined {
  if (depth > deepest) return undefined;
  const [first = '', ...steps] = chain
    .replaceAll(/\.filter\([^()]*\)/gu, '')
    .replaceAll(/\.?\?/gu, '.')
    .replaceAll(/\[[^\]]*\]/gu, '.0')
    .split('.')
    .filter((step) => step !== '');
  const bound = boundIn(text).get(first);
  const start =
    first === 'variables'
      ? nodeOfExpression(expressionOf(known.outline, steps.shift() ?? ''), known, depth + 1)
      : bound === undefined
        ? known.scope.get(first)
        : itemOf(nodeOfChain(bound, text.slice(0, text.lastIndexOf(bound)), known, depth + 1));
  return (
    start &&
    nodeAt(
      start,
      steps.map((step) => (/^\d+$/u.test(step) ? Number(step) : step)),
    )
  );
}

function itemOf(node: SchemaNode | undefined): SchemaNode | undefined {
  return node?.is === 'list' ? node.below() : undefined;
}

/** The names that macros bind in what is written, each with what it goes through: `object.spec.ports.all(p, …`. */
export function boundIn(text: string): ReadonlyMap<string, string> {
  const macro =
    /([\w.?[\]]+(?:\.filter\([^()]*\))?)\.(?:all|exists|exists_one|existsOne|map|filter|sortBy)\(\s*(\w+)\s*,/gu;
  return new Map([...text.slice(-longest).matchAll(macro)].map(([, chain = '', name = '']) => [name, chain]));
}

const longest = 2_000;

/** What an expression results in: a chain of fields, or the first branch of a condition that is one. */
function nodeOfExpression(
  expression: string,
  known: { readonly outline: Outline; readonly scope: Scope },
  depth: number,
): SchemaNode | undefined {
  const own = expression.trim().slice(0, longest);
  const condition = outermost(own, /^\?(?![.[])/u);
  const otherwise = condition < 0 ? -1 : outermost(own, /^:/u, condition + 1);
  if (otherwise < 0) return nodeOfChain(plainChain(own), '', known, depth);
  const branches = [own.slice(condition + 1, otherwise), own.slice(otherwise + 1)];
  for (const branch of branches) {
    const node = nodeOfExpression(branch, known, depth + 1);
    if (node !== undefined) return node;
  }
  return undefined;
}

/** Where something stands in an expression outside of all brackets and strings, and not as a part of `.?` or `[?`; -1 where it does not. */
function outermost(text: string, wanted: RegExp, from = 0): number {
  let open = 0;
  let quote = '';
  for (let index = from; index < text.length; index++) {
    const character = text.charAt(index);
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if ('([{'.includes(character)) open += 1;
    else if (')]}'.includes(character)) open -= 1;
    else if (open === 0 && text.charAt(index - 1) !== '.' && wanted.test(text.slice(index, index + 2)))
      return index;
  }
  return -1;
}

/** An expression in parentheses, or on several lines, as a chain. */
function plainChain(text: string): string {
  const own = /^\(([^()]*)\)$/u.exec(text)?.[1] ?? text;
  return own
    .split('.')
    .map((step) => step.trim())
    .join('.');
}

/** The expression of a variable of the policy, on one line or more. */
function expressionOf({ root, lines }: Outline, name: string): string {
  const list = childAt(root, 'spec', 'variables');
  const variable = (list === undefined ? [] : itemsOf(list)).find((one) => textAt(one, 'name') === name);
  const block = variable && childAt(variable, 'expression')?.block;
  if (block === undefined) return (variable && textAt(variable, 'expression')) ?? '';
  return lines
    .slice(block.first, block.last + 1)
    .map(({ text }) => text.trim())
    .join(' ');
}
