import { isMapping, isSequence, type Mapping, type Value, valueAt } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import { leafNode, listWords, type SchemaNode } from './schema-node.ts';

/** A JSON schema as a place to write at: what all drafts have in common, `$ref` within the schema alone. */
export function jsonNode(root: Mapping): SchemaNode {
  return nodeOf(root, root, 0);
}

const deepest = 64;

function nodeOf(root: Mapping, value: Value | undefined, depth: number): SchemaNode {
  const schema = resolved(root, value, depth);
  if (schema === undefined) return { ...leafNode('anything'), is: 'any' };
  // What stands beside a reference says more of the place than what it leads to.
  const own = isMapping(value) ? textOf(value['description']) : undefined;
  const words = (): string | undefined => own ?? textOf(schema['description']) ?? textOf(schema['title']);
  const below = (one: Value | undefined): SchemaNode => nodeOf(root, one, depth + 1);
  const alternatives = ['allOf', 'anyOf', 'oneOf'].flatMap((key) => listOf(schema[key])).map(below);
  const properties = isMapping(schema['properties']) ? schema['properties'] : undefined;
  if (properties !== undefined || alternatives.some((one) => one.is === 'object'))
    return {
      ...leafNode('object'),
      is: 'object',
      words,
      required: () => listOf(schema['required']).map(valueText),
      below: () =>
        isMapping(schema['additionalProperties']) ? below(schema['additionalProperties']) : undefined,
      fields: () =>
        new Map([
          ...alternatives.flatMap((one) => [...one.fields()]),
          ...Object.entries(properties ?? {}).map(([name, one]) => [name, below(one)] as const),
        ]),
    };
  const items = schema['items'];
  if (items !== undefined) {
    const item = below(items);
    return { ...leafNode(listWords(item.type)), is: 'list', words, below: () => item };
  }
  if (isMapping(schema['additionalProperties']) || schema['type'] === 'object') {
    const item = below(schema['additionalProperties']);
    return { ...leafNode(`map of ${item.type}`), is: 'map', words, below: () => item };
  }
  return scalarOf(schema, alternatives, words);
}

function scalarOf(
  schema: Mapping,
  alternatives: readonly SchemaNode[],
  words: () => string | undefined,
): SchemaNode {
  const list = alternatives.find((one) => one.is === 'list' || one.is === 'map');
  if (list !== undefined) return { ...list, words: () => words() ?? list.words() };
  const { const: constant, default: fallback } = schema;
  const named = constant === undefined ? listOf(schema['enum']) : [constant];
  const isBoolean = schema['type'] === 'boolean' && named.length === 0;
  const values = [
    ...named.map(valueText),
    ...(isBoolean ? ['true', 'false'] : []),
    ...alternatives.flatMap((one) => one.values ?? []),
  ];
  const type =
    typeof schema['type'] === 'string' ? schema['type'] : listOf(schema['type']).map(valueText).join(' or ');
  return leafNode(type || alternatives.map((one) => one.type).join(' or ') || 'anything', {
    words,
    ...(values.length === 0 ? {} : { values }),
    ...(fallback === undefined || typeof fallback === 'object' ? {} : { fallback: valueText(fallback) }),
  });
}

function resolved(root: Mapping, value: Value | undefined, depth: number): Mapping | undefined {
  if (!isMapping(value) || depth > deepest) return undefined;
  const reference = value['$ref'];
  if (typeof reference !== 'string') return value;
  if (!reference.startsWith('#/')) return undefined;
  const steps = reference
    .slice(2)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  return resolved(root, valueAt(root, steps), depth + 1);
}

function listOf(value: Value | undefined): readonly Value[] {
  return isSequence(value) ? value : [];
}

function textOf(value: Value | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
