import {
  type Attributes,
  type Facts,
  type ObjectType,
  propertiesOf,
  requiredOf,
  type ScalarName,
  type Type,
  typeNameOf,
} from './facts.ts';
import { leafNode, listWords, type SchemaNode } from './schema-node.ts';
import { wordsOfType } from './words.ts';

/** A built-in type of one Kubernetes version, as a place to write at. */
export function factsNode(facts: Facts, type: Type, more: FieldOf = {}): SchemaNode {
  const { attributes = {} } = more;
  const words = (): string | undefined =>
    more.holder === undefined ? undefined : wordsOfType(more.holder, more.field);
  if (type.is === 'object') return objectNode(facts, type, words);
  if (type.is === 'list') {
    const items = factsNode(facts, type.items, { attributes });
    return { ...items, is: 'list', type: listWords(items.type), words, below: () => items, fields: noFields };
  }
  if (type.is === 'map') {
    const values = factsNode(facts, type.values);
    return { ...leafNode(`map of ${values.type}`), is: 'map', words, below: () => values };
  }
  return scalarNode(type.is, attributes, words);
}

/** The field that a type is the type of. */
interface FieldOf {
  readonly attributes?: Attributes;
  readonly holder?: string;
  readonly field?: string;
}

const noFields = (): ReadonlyMap<string, SchemaNode> => new Map();

function objectNode(facts: Facts, type: ObjectType, words: () => string | undefined): SchemaNode {
  const name = typeNameOf(type);
  return {
    is: 'object',
    type: name.slice(name.lastIndexOf('.') + 1),
    name,
    words: () => words() ?? wordsOfType(name),
    required: () => requiredOf(facts, type),
    below: () => undefined,
    fields: () => {
      const fields = new Map<string, SchemaNode>();
      for (const [field, { type: below, attributes }] of propertiesOf(facts, type))
        fields.set(
          field,
          factsNode(facts, below, {
            holder: name,
            field,
            ...(attributes === undefined ? {} : { attributes }),
          }),
        );
      return fields;
    },
  };
}

const scalarWords: Readonly<Partial<Record<ScalarName, string>>> = {
  str: 'string',
  i32: 'integer',
  i64: 'integer',
  num: 'number',
  bool: 'boolean',
  bytes: 'base64',
  intOrString: 'integer or string',
};

function scalarNode(is: ScalarName, { e, d }: Attributes, words: () => string | undefined): SchemaNode {
  const values = e ?? (is === 'bool' ? ['true', 'false'] : undefined);
  const node = leafNode(scalarWords[is] ?? is, {
    words,
    ...(values === undefined ? {} : { values }),
    ...(typeof d === 'string' || typeof d === 'number' || typeof d === 'boolean' ? { fallback: `${d}` } : {}),
  });
  return is === 'any' || is === 'raw' ? { ...node, is: 'any', type: 'anything' } : node;
}
