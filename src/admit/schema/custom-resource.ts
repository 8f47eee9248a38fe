import type { CustomKind } from '../../schema/custom-kind.ts';
import type { CustomSchema } from '../../schema/custom-schema.ts';
import { type Facts, typeNamed } from '../../schema/facts.ts';
import { copyMapping, isMapping, type Mapping, type Value } from '../../source/value.ts';
import type { FieldError } from '../field-error.ts';
import { unknownFields } from './custom-fields.ts';
// Loaded when called: few objects come with rules in CEL.
import { validateRules } from './custom-rules.ts';
import { settle } from './custom-settle.ts';
import { validateValues } from './custom-values.ts';
import { validateNulls } from './server-side-apply.ts';
import { validateStructure } from './structural.ts';

const blocking: readonly FieldError['type'][] = [
  'NotSupported',
  'Required',
  'TooLong',
  'TooMany',
  'TypeInvalid',
];

/** What keeps the server from validating the object at all: metadata that does not decode, and unknown fields. */
export function decodeCustom(
  object: Mapping,
  facts: Facts,
  { schema, hasStatus }: CustomKind,
  appliedBy: string,
): readonly FieldError[] {
  const errors = metadataErrors(object, facts);
  if (schema === undefined) return errors;
  const decoding = [...errors, ...unknownFields(object, schema)];
  if (decoding.length > 0 || appliedBy !== 'server-side-apply') return decoding;
  return validateNulls(hasStatus ? withoutStatus(object) : object, schema);
}

/** Judges an object that decodes by its CRD, in the server's order: the schema, then the rules in CEL. */
export function validateCustom(object: Mapping, facts: Facts, kind: CustomKind): readonly FieldError[] {
  const { schema, hasStatus } = kind;
  if (schema === undefined) return [];
  const settled = settle(hasStatus ? withoutStatus(object) : object, schema);
  return isMapping(settled) ? judge(settled, schema, facts.version) : [];
}

function judge(object: Mapping, schema: CustomSchema, kubernetesVersion: string): readonly FieldError[] {
  const errors = validateValues(object, schema, kubernetesVersion);
  if (errors.some((error) => blocking.includes(error.type))) return errors;
  return [...errors, ...validateRules(object, schema)];
}

/** Metadata decodes into the Go type that all kinds share. */
function metadataErrors(object: Mapping, facts: Facts): readonly FieldError[] {
  const metadata: Value = object['metadata'] ?? null;
  const type = typeNamed(facts, 'apimachinery.pkg.apis.meta.v1.ObjectMeta');
  if (metadata === null || type === undefined) return [];
  if (!isMapping(metadata))
    return [{ type: 'TypeInvalid', field: ['metadata'], badValue: metadata, detail: 'must be a mapping' }];
  return validateStructure(metadata, facts, type).map((error) => ({
    ...error,
    field: ['metadata', ...error.field],
  }));
}

function withoutStatus(object: Mapping): Mapping {
  if (!Object.hasOwn(object, 'status')) return object;
  const rest = copyMapping(object);
  delete rest['status'];
  return rest;
}
