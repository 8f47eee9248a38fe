import { leafNode, listWords, type SchemaNode } from '../../schema/schema-node.ts';
import { childAt, type OutlineNode, textAt } from '../yaml/outline-node.ts';

/** The schema of a CRD that somebody is writing, as a place that its rules name fields of; the top has metadata of its own. */
export function outlineSchemaNode(schema: OutlineNode, metadata: SchemaNode): SchemaNode {
  const type = textAt(schema, 'type') ?? 'anything';
  const items = childAt(schema, 'items');
  if (items !== undefined) {
    const below = outlineSchemaNode(items, metadata);
    return { ...leafNode(listWords(below.type)), is: 'list', below: () => below };
  }
  const properties = childAt(schema, 'properties');
  if (properties === undefined) return leafNode(type);
  const own = properties.children.map(({ key }): [string, SchemaNode] => [
    key,
    outlineSchemaNode(childAt(properties, key) ?? schema, metadata),
  ]);
  const isTop = schema.key === 'openAPIV3Schema';
  return {
    ...leafNode(type),
    is: 'object',
    fields: () => new Map([...(isTop ? [['metadata', metadata] as const] : []), ...own]),
  };
}
