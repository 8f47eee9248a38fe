import { valueText } from '../source/value-text.ts';
import type { CustomKind } from './custom-kind.ts';
import type { CustomSchema } from './custom-schema.ts';
import { leafNode, listWords, type SchemaNode } from './schema-node.ts';
import { wordsOfKind } from './words.ts';

/** A kind that a CRD defines, as a place to write at; `metadata` is that of every object. */
export function customKindNode(
  { group, version, kind, schema }: CustomKind,
  metadata: SchemaNode,
): SchemaNode | undefined {
  if (schema === undefined) return undefined;
  const node = customNode(schema, { kind: `${group}/${version}/${kind}`, path: [] });
  return { ...node, fields: () => new Map([...node.fields(), ['metadata', metadata]]) };
}

/** Where in a kind a schema stands, which tells its words where it has none itself. */
interface Home {
  readonly kind: string;
  readonly path: readonly string[];
}

function customNode(schema: CustomSchema, home: Home): SchemaNode {
  const words = (): string | undefined => schema.words ?? wordsOfKind(home.kind, home.path);
  const { properties, additional, items, required, fallback, values } = schema;
  if (items !== undefined) {
    const below = customNode(items, home);
    return { ...leafNode(listWords(below.type)), is: 'list', words, below: () => below };
  }
  if (properties.size > 0 || (schema.types.includes('object') && additional === undefined))
    return {
      ...leafNode('object'),
      is: 'object',
      words,
      required: () => required,
      fields: () => fieldsOf(schema, home),
    };
  if (additional !== undefined) {
    const below = additional === true ? undefined : customNode(additional, home);
    return { ...leafNode(`map of ${below?.type ?? 'anything'}`), is: 'map', words, below: () => below };
  }
  const known = values ?? (schema.types.includes('boolean') ? [true, false] : undefined);
  return leafNode(schema.types.join(' or ') || 'anything', {
    words,
    ...(known === undefined ? {} : { values: known.map(valueText) }),
    ...(fallback === undefined || typeof fallback === 'object' ? {} : { fallback: valueText(fallback) }),
  });
}

function fieldsOf({ properties }: CustomSchema, { kind, path }: Home): ReadonlyMap<string, SchemaNode> {
  return new Map(
    [...properties].map(([name, below]) => [name, customNode(below, { kind, path: [...path, name] })]),
  );
}
