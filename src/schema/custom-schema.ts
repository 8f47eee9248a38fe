import { isMapping, isSequence, type Mapping, type Value } from '../source/value.ts';

/** The structural schema of a custom resource, as `apiextensions.k8s.io/v1` writes it. */
export interface CustomSchema {
  readonly types: readonly string[];
  readonly format: string | undefined;
  readonly nullable: boolean;
  readonly preservesUnknown: boolean;
  readonly isEmbedded: boolean;
  readonly properties: ReadonlyMap<string, CustomSchema>;
  /** `true` for `additionalProperties: true`. */
  readonly additional: CustomSchema | true | undefined;
  readonly items: CustomSchema | undefined;
  readonly required: readonly string[];
  readonly fallback: Value | undefined;
  readonly listType: string | undefined;
  readonly listKeys: readonly string[];
  readonly mapType: string | undefined;
  readonly values: readonly Value[] | undefined;
  readonly pattern: string | undefined;
  readonly bounds: Bounds | undefined;
  readonly allOf: readonly CustomSchema[];
  readonly anyOf: readonly CustomSchema[];
  readonly oneOf: readonly CustomSchema[];
  readonly not: CustomSchema | undefined;
  readonly rules: readonly CustomRule[];
  /** Its description; the package keeps none of what it knows by itself. */
  readonly words: string | undefined;
}

/** Limits of numbers, lengths and counts; undefined where there is none. */
export interface Bounds {
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  readonly isMinimumExclusive: boolean;
  readonly isMaximumExclusive: boolean;
  readonly multipleOf: number | undefined;
  readonly minLength: number | undefined;
  readonly maxLength: number | undefined;
  readonly minItems: number | undefined;
  readonly maxItems: number | undefined;
  readonly minProperties: number | undefined;
  readonly maxProperties: number | undefined;
}

/** An entry of `x-kubernetes-validations`. */
export interface CustomRule {
  readonly rule: string;
  readonly message: string | undefined;
  readonly messageExpression: string | undefined;
  readonly fieldPath: string | undefined;
  readonly reason: string | undefined;
  /** Whether it runs without an old value too, which is an optional to it. */
  readonly hasOptionalOld: boolean;
}

/** How the schemas below one are found: in place in a CRD, by index in the facts. */
export type ResolveSchema = (value: Value | undefined) => CustomSchema | undefined;

/** Reads one schema. What is not of the form that a schema has is left out: judging the CRD itself says so. */
export function readSchema(source: Mapping, resolve: ResolveSchema): CustomSchema {
  const isIntOrString = source['x-kubernetes-int-or-string'] === true;
  const isEmbedded = source['x-kubernetes-embedded-resource'] === true;
  return {
    types: isIntOrString ? ['integer', 'string'] : typesOf(source, isEmbedded),
    format: textOf(source, 'format'),
    nullable: source['nullable'] === true,
    preservesUnknown: source['x-kubernetes-preserve-unknown-fields'] === true,
    isEmbedded,
    properties: schemasByName(source['properties'], resolve),
    additional: source['additionalProperties'] === true ? true : resolve(source['additionalProperties']),
    items: resolve(source['items']),
    required: textsOf(source, 'required'),
    // A default of null is none.
    fallback: source['default'] ?? undefined,
    listType: textOf(source, 'x-kubernetes-list-type'),
    listKeys: textsOf(source, 'x-kubernetes-list-map-keys'),
    mapType: textOf(source, 'x-kubernetes-map-type'),
    values: isSequence(source['enum']) ? source['enum'] : undefined,
    pattern: textOf(source, 'pattern'),
    bounds: boundsOf(source),
    allOf: schemasOf(source, 'allOf', resolve),
    // The two branches of an int-or-string only repeat its type.
    anyOf: isIntOrString ? [] : schemasOf(source, 'anyOf', resolve),
    oneOf: schemasOf(source, 'oneOf', resolve),
    not: resolve(source['not']),
    rules: rulesOf(source),
    words: textOf(source, 'description'),
  };
}

function typesOf(source: Mapping, isEmbedded: boolean): readonly string[] {
  const type = textOf(source, 'type') ?? (isEmbedded ? 'object' : '');
  return type === '' ? [] : [type];
}

function textOf(source: Mapping, key: string): string | undefined {
  const value = source[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function textsOf(source: Mapping, key: string): readonly string[] {
  const value = source[key];
  return isSequence(value) ? value.filter((item) => typeof item === 'string') : [];
}

function schemasByName(value: Value | undefined, resolve: ResolveSchema): ReadonlyMap<string, CustomSchema> {
  const schemas = new Map<string, CustomSchema>();
  if (!isMapping(value)) return schemas;
  for (const key of Object.keys(value)) {
    const schema = resolve(value[key]);
    if (schema !== undefined) schemas.set(key, schema);
  }
  return schemas;
}

function schemasOf(source: Mapping, key: string, resolve: ResolveSchema): readonly CustomSchema[] {
  const value = source[key];
  if (!isSequence(value)) return [];
  return value.map(resolve).filter((schema) => schema !== undefined);
}

const boundKeys = [
  'minimum',
  'maximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
] as const;

function boundsOf(source: Mapping): Bounds | undefined {
  if (!boundKeys.some((key) => source[key] !== undefined)) return undefined;
  const number = (key: (typeof boundKeys)[number]): number | undefined => {
    const value = source[key];
    return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined;
  };
  return {
    minimum: number('minimum'),
    maximum: number('maximum'),
    isMinimumExclusive: source['exclusiveMinimum'] === true,
    isMaximumExclusive: source['exclusiveMaximum'] === true,
    multipleOf: number('multipleOf'),
    minLength: number('minLength'),
    maxLength: number('maxLength'),
    minItems: number('minItems'),
    maxItems: number('maxItems'),
    minProperties: number('minProperties'),
    maxProperties: number('maxProperties'),
  };
}

function rulesOf(source: Mapping): readonly CustomRule[] {
  const value = source['x-kubernetes-validations'];
  if (!isSequence(value)) return [];
  return value.filter(isMapping).flatMap((entry) => {
    const rule = textOf(entry, 'rule');
    if (rule === undefined) return [];
    return [
      {
        rule,
        message: textOf(entry, 'message'),
        messageExpression: textOf(entry, 'messageExpression'),
        fieldPath: textOf(entry, 'fieldPath'),
        reason: textOf(entry, 'reason'),
        hasOptionalOld: entry['optionalOldSelf'] === true,
      },
    ];
  });
}
