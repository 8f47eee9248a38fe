import type { CustomSchema } from '../../schema/custom-schema.ts';
import { type Facts, type ObjectType, propertiesOf, type Type } from '../../schema/facts.ts';
import { bool, type CelType, dyn, int, listOf, mapOf, objectOf, string, typeFrom } from './cel-type.ts';
import { namesInRules } from './escape-name.ts';

const double = typeFrom('double');

/**
 * A built-in type as policies see it. Bytes and times are texts and quantities numbers or texts once a policy runs, so they are dynamic here; the
 * server's checker takes the first two for what the schema says, and warns of `limits` that it finds undefined (up to 1.37).
 */
export function builtInType(facts: Facts, type: Type): CelType {
  switch (type.is) {
    case 'str':
      return string;
    case 'i32':
    case 'i64':
      return int;
    case 'num':
      return double;
    case 'bool':
      return bool;
    case 'list':
      return listOf(builtInType(facts, type.items));
    case 'map':
      return mapOf(string, builtInType(facts, type.values));
    case 'object':
      return builtInObject(facts, type);
    default:
      return dyn;
  }
}

const objects = new WeakMap<ObjectType, CelType>();

function builtInObject(facts: Facts, type: ObjectType): CelType {
  let known = objects.get(type);
  if (known === undefined) {
    known = objectOf(
      'object',
      () =>
        new Map(
          [...propertiesOf(facts, type)].map(([name, property]) => [name, builtInType(facts, property.type)]),
        ),
      { isLoose: true },
    );
    objects.set(type, known);
  }
  return known;
}

/** How expressions see a custom resource: policies as it is written, the rules of its own schema converted by that schema. */
export type SchemaView = 'policy' | 'rule';

const customTypes = {
  policy: new WeakMap<CustomSchema, CelType>(),
  rule: new WeakMap<CustomSchema, CelType>(),
};

/** The type of what a custom schema describes; undefined where expressions cannot see it. */
export function customType(schema: CustomSchema, view: SchemaView, isRoot = false): CelType | undefined {
  const { types, items, additional, preservesUnknown } = schema;
  if (types.length > 1) return dyn;
  switch (types[0]) {
    case 'array': {
      const item = items === undefined ? hidden(view) : customType(items, view);
      return item === undefined ? undefined : listOf(item);
    }
    case 'object': {
      if (additional === undefined || additional === true) return customObject(schema, view, isRoot);
      const value = customType(additional, view);
      return value === undefined ? undefined : mapOf(string, value);
    }
    case 'string':
      return textType(schema, view);
    case 'boolean':
      return bool;
    case 'number':
      return double;
    case 'integer':
      return int;
    default:
      return preservesUnknown ? hidden(view) : isRoot ? customObject(schema, view, true) : hidden(view);
  }
}

/** What has no type is not declared for rules; a policy reads it as it comes. */
function hidden(view: SchemaView): CelType | undefined {
  return view === 'policy' ? dyn : undefined;
}

function textType({ format }: CustomSchema, view: SchemaView): CelType {
  if (view === 'policy')
    return ['byte', 'duration', 'date', 'date-time'].includes(format ?? '') ? dyn : string;
  switch (format) {
    case 'byte':
      return typeFrom('bytes');
    case 'duration':
      return typeFrom('duration');
    case 'date':
    case 'date-time':
      return typeFrom('timestamp');
    default:
      return string;
  }
}

function customObject(schema: CustomSchema, view: SchemaView, isRoot: boolean): CelType {
  let known = isRoot ? undefined : customTypes[view].get(schema);
  if (known === undefined) {
    const isOpen = view === 'policy' && (schema.preservesUnknown || schema.additional === true);
    known = objectOf('object', () => customFields(schema, view, isRoot || schema.isEmbedded), {
      isOpen,
      isLoose: view === 'policy',
    });
    if (!isRoot) customTypes[view].set(schema, known);
  }
  return known;
}

function customFields(
  { properties }: CustomSchema,
  view: SchemaView,
  isResource: boolean,
): ReadonlyMap<string, CelType> {
  const fields = new Map<string, CelType>();
  for (const [name, property] of properties) {
    const type = customType(property, view);
    if (type === undefined) continue;
    for (const alias of view === 'rule' ? namesInRules(name) : [name]) fields.set(alias, type);
  }
  if (!isResource) return fields;
  fields.set('apiVersion', string).set('kind', string);
  // Whatever a schema says of metadata, rules see these two fields; policies see what every object has.
  const metadata =
    view === 'policy'
      ? dyn
      : objectOf(
          'object',
          () =>
            new Map([
              ['name', string],
              ['generateName', string],
            ]),
        );
  return fields.set('metadata', metadata);
}
