import { copyMapping, isMapping, type Mapping, type Value } from '../../source/value.ts';
import type { FieldError } from '../field-error.ts';
import { unknownFields } from './custom-fields.ts';
import type { CustomKind } from './custom-kind.ts';
// Loaded when called: few objects come with rules in CEL.
import { validateRules } from './custom-rules.ts';
import type { CustomSchema } from './custom-schema.ts';
import { settle } from './custom-settle.ts';
import { validateValues } from './custom-values.ts';
import { type Facts, typeNamed } from './facts.ts';
import { validateNulls } from './server-side-apply.ts';
import { validateStructure } from './structural.ts';

export interface CustomVerdict {
  /** Whether the server gets as far as validating the object. */
  readonly isDecoded: boolean;
  readonly errors: readonly FieldError[];
}

const blocking: readonly FieldError['type'][] = [
  'NotSupported',
  'Required',
  'TooLong',
  'TooMany',
  'TypeInvalid',
];

/** Judges a custom resource by its CRD, in the server's order: decoding, then the schema, then the rules in CEL. */
export function validateCustom(
  object: Mapping,
  facts: Facts,
  kind: CustomKind,
  appliedBy: string,
): CustomVerdict {
  const { schema } = kind;
  const decoding = [
    ...metadataErrors(object, facts),
    ...(schema === undefined ? [] : unknownFields(object, schema)),
  ];
  if (decoding.length > 0 || schema === undefined)
    return { isDecoded: decoding.length === 0, errors: decoding };
  const judged = kind.hasStatus ? withoutStatus(object) : object;
  const nulls = appliedBy === 'server-side-apply' ? validateNulls(judged, schema) : [];
  if (nulls.length > 0) return { isDecoded: false, errors: nulls };
  const settled = settle(judged, schema);
  const errors = isMapping(settled) ? judge(settled, schema, facts.version) : [];
  return { isDecoded: true, errors };
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
