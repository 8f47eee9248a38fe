import type { CustomSchema } from '../../schema/custom-schema.ts';
import {
  type Attributes,
  type Facts,
  isAtomicType,
  type ObjectType,
  type Property,
  propertiesOf,
  type Type,
} from '../../schema/facts.ts';
import type { Value } from '../../source/value.ts';

/** How values at a place merge, for the kinds of Kubernetes and of CRDs alike: the schema of structured-merge-diff. */
export type Shape = MapShape | ListShape | { readonly kind: 'atomic' };

export interface MapShape {
  readonly kind: 'map';
  readonly field: (name: string) => Shape;
  /** Whether all goes that the new one lacks, whoever set it: the patch strategy `retainKeys`. */
  readonly retainsKeys?: boolean;
}

export interface ListShape {
  readonly kind: 'list';
  /** The fields that tell items apart; none where the items themselves do, as in a set. */
  readonly keys: readonly string[];
  readonly keyDefault: (key: string) => Value | undefined;
  readonly items: Shape;
}

const atomic: Shape = { kind: 'atomic' };

const builtIn = new WeakMap<ObjectType, Map<boolean, Shape>>();

/** The shape of a kind of Kubernetes; `isPatch` takes the keys of a strategic merge patch, as a client-side apply does. */
export function shapeOf(facts: Facts, type: ObjectType, isPatch = false): Shape {
  const known = builtIn.get(type)?.get(isPatch);
  if (known !== undefined) return known;
  const shapes = new Map<string, Shape>();
  const properties = propertiesOf(facts, type);
  const shape: Shape = {
    kind: 'map',
    field: (name) => {
      const property = properties.get(name);
      const found =
        shapes.get(name) ?? (property === undefined ? untyped : shapeOfProperty(facts, property, isPatch));
      shapes.set(name, found);
      return found;
    },
  };
  builtIn.set(type, (builtIn.get(type) ?? new Map<boolean, Shape>()).set(isPatch, shape));
  return shape;
}

function shapeOfProperty(facts: Facts, { type, attributes }: Property, isPatch: boolean): Shape {
  if (type.is === 'list') return shapeOfList(facts, type.items, attributes, isPatch);
  if (isPatch) return retaining(shapeOfType(facts, type, isPatch), attributes);
  const isAtomic = attributes?.mt === 'atomic' || (type.is === 'object' && isAtomicType(type));
  return isAtomic && attributes?.mt !== 'granular' ? atomic : shapeOfType(facts, type, isPatch);
}

function shapeOfType(facts: Facts, type: Type, isPatch: boolean): Shape {
  if (type.is === 'object') return shapeOf(facts, type, isPatch);
  if (type.is !== 'map') return atomic;
  const values = shapeOfType(facts, type.values, isPatch);
  return { kind: 'map', field: () => values };
}

function shapeOfList(facts: Facts, type: Type, attributes: Attributes | undefined, isPatch: boolean): Shape {
  const isMerged = isPatch
    ? attributes?.ps?.includes('merge')
    : attributes?.lt === 'set' || attributes?.lt === 'map';
  if (isMerged !== true) return atomic;
  const properties = type.is === 'object' ? propertiesOf(facts, type) : undefined;
  const patchKeys = attributes?.pk === undefined ? [] : [attributes.pk];
  return {
    kind: 'list',
    keys: isPatch ? patchKeys : (attributes?.lk ?? []),
    keyDefault: (key) => properties?.get(key)?.attributes?.d as Value | undefined,
    items: isPatch
      ? retaining(shapeOfType(facts, type, isPatch), attributes)
      : shapeOfType(facts, type, isPatch),
  };
}

function retaining(shape: Shape, attributes: Attributes | undefined): Shape {
  const retainsKeys = attributes?.ps?.includes('retainKeys') === true;
  return retainsKeys && shape.kind === 'map' ? { ...shape, retainsKeys } : shape;
}

/** What no schema describes: mappings merge, all else is replaced. */
const untyped: Shape = { kind: 'map', field: () => untyped };

const custom = new WeakMap<CustomSchema, Shape>();

/** The shape of a custom resource's value; `isPatch` knows no keys of lists, as a JSON merge patch. */
export function customShape(schema: CustomSchema | undefined, isPatch = false): Shape {
  if (schema === undefined) return untyped;
  if (isPatch) return untyped;
  const known = custom.get(schema);
  if (known !== undefined) return known;
  const shape = readCustomShape(schema);
  custom.set(schema, shape);
  return shape;
}

function readCustomShape(schema: CustomSchema): Shape {
  const { properties, additional, items, listType, listKeys, mapType } = schema;
  if (items !== undefined) {
    if (listType !== 'set' && listType !== 'map') return atomic;
    return {
      kind: 'list',
      keys: listKeys,
      keyDefault: (key) => items.properties.get(key)?.fallback,
      items: customShape(items),
    };
  }
  if (mapType === 'atomic') return atomic;
  const others = additional === true ? undefined : additional;
  return {
    kind: 'map',
    field: (name) => customShape(properties.get(name) ?? others),
  };
}
