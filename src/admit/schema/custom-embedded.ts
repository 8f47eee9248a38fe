import type { CustomSchema } from '../../schema/custom-schema.ts';
import { type Facts, typeNamed } from '../../schema/facts.ts';
import { isMapping, isSequence, type Mapping, type Path, type Value } from '../../source/value.ts';
import type { FieldError } from '../field-error.ts';
import { type Check, invalid, newCheck, required } from '../validation/check.ts';
import { validateMetadata } from '../validation/metadata.ts';
import { dns1035Label, pathSegment } from '../validation/names.ts';
import { validateStructure } from './structural.ts';

/** An object inside of another one, `x-kubernetes-embedded-resource`. */
interface Embedded {
  readonly path: Path;
  readonly object: Mapping;
}

const embeddedBelow = new WeakMap<CustomSchema, boolean>();

/** What keeps the server from reading the metadata of embedded resources. */
export function decodeEmbedded(object: Mapping, schema: CustomSchema, facts: Facts): readonly FieldError[] {
  return embeddedIn(object, schema).flatMap((embedded) => {
    if (!Object.hasOwn(embedded.object, 'metadata')) return [];
    return metadataErrors(embedded.object['metadata'] ?? null, facts).map((error) => ({
      ...error,
      field: [...embedded.path, 'metadata', ...error.field],
    }));
  });
}

/** Judges metadata, `apiVersion` and `kind` of embedded resources: `apiextensions-apiserver/pkg/apiserver/schema/objectmeta`. */
export function validateEmbedded(
  object: Mapping,
  schema: CustomSchema,
  minor: number,
): readonly FieldError[] {
  return embeddedIn(object, schema).flatMap((embedded) => {
    const check = newCheck(minor);
    check.path.push(...embedded.path);
    validateApiVersion(embedded.object, check);
    validateKind(embedded.object, check);
    const rules = { namespaced: true, name: pathSegment, nameOptional: true, anyFinalizer: true };
    validateMetadata(embedded.object, check, rules);
    return check.errors;
  });
}

/** What is wrong with metadata that has to decode into the Go type that all kinds share. */
export function metadataErrors(metadata: Value, facts: Facts): readonly FieldError[] {
  const type = typeNamed(facts, 'apimachinery.pkg.apis.meta.v1.ObjectMeta');
  if (metadata === null || type === undefined) return [];
  if (isMapping(metadata)) return validateStructure(metadata, facts, type);
  return [{ type: 'TypeInvalid', field: [], badValue: metadata, detail: 'must be a mapping' }];
}

function validateApiVersion(object: Mapping, check: Check): void {
  const { apiVersion } = object;
  if (apiVersion === undefined) required(check, 'apiVersion');
  else if (typeof apiVersion !== 'string') invalid(check, 'apiVersion', apiVersion, 'must be a string');
  else if (apiVersion === '') invalid(check, 'apiVersion', apiVersion, 'must not be empty');
  else if (apiVersion.split('/').length > 2)
    invalid(check, 'apiVersion', apiVersion, 'must be a version, or a group, "/" and a version');
}

function validateKind(object: Mapping, check: Check): void {
  const { kind } = object;
  if (kind === undefined) required(check, 'kind');
  else if (typeof kind !== 'string') invalid(check, 'kind', kind, 'must be a string');
  else if (kind === '') invalid(check, 'kind', kind, 'must not be empty');
  else if (dns1035Label(kind.toLowerCase()) !== undefined)
    invalid(check, 'kind', kind, 'must be letters, digits and "-", beginning with a letter');
}

function embeddedIn(object: Mapping, schema: CustomSchema): readonly Embedded[] {
  const found: Embedded[] = [];
  if (hasEmbedded(schema)) collect(found, object, schema, []);
  return found;
}

function collect(found: Embedded[], value: Value, schema: CustomSchema, path: Path): void {
  if (!hasEmbedded(schema)) return;
  if (isSequence(value)) {
    const { items } = schema;
    for (const [index, item] of items === undefined ? [] : value.entries())
      collect(found, item, items as CustomSchema, [...path, index]);
  }
  if (!isMapping(value)) return;
  // The object itself is no embedded one, whatever its schema says.
  if (schema.isEmbedded && path.length > 0) found.push({ path, object: value });
  for (const key in value) {
    const property = schema.properties.get(key) ?? schema.additional;
    if (property !== undefined && property !== true)
      collect(found, value[key] as Value, property, [...path, key]);
  }
}

/** Whether there is an embedded resource in the schema or below. */
function hasEmbedded(schema: CustomSchema): boolean {
  let isThere = embeddedBelow.get(schema);
  if (isThere === undefined) {
    const { properties, items, additional } = schema;
    const parts = [...properties.values(), items, additional];
    isThere =
      schema.isEmbedded || parts.some((part) => part !== undefined && part !== true && hasEmbedded(part));
    embeddedBelow.set(schema, isThere);
  }
  return isThere;
}
