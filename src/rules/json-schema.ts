import { Ajv, type ErrorObject } from 'ajv';
import { compileRe2 } from '../build/re2.ts';
import { isMapping, isSequence, type Mapping, type Path, type Value } from '../source/value.ts';

/** Where a value breaks a schema, and how. */
export interface SchemaViolation {
  readonly keyword: string;
  readonly path: Path;
  readonly message: string;
}

const maximumViolations = 50;
const metaFields = new Set(['$schema', '$id', 'id']);

/**
 * Holds a value against a JSON schema in what all drafts since the sixth have in common; undefined where the schema cannot be
 * used. Nothing that it refers to elsewhere is fetched, and its patterns run in linear time.
 */
export function schemaViolations(schema: Mapping, value: Value): SchemaViolation[] | undefined {
  const regExp = Object.assign((pattern: string) => compileRe2(pattern), { code: 'compileRe2' });
  const ajv = new Ajv({
    allErrors: true,
    strict: false,
    validateSchema: false,
    validateFormats: false,
    logger: false,
    code: { regExp },
  });
  try {
    const plain = toJson(schema) as Record<string, unknown>;
    const validate = ajv.compile(
      Object.fromEntries(Object.entries(plain).filter(([key]) => !metaFields.has(key))),
    );
    const data = toJson(value);
    return validate(data)
      ? []
      : (validate.errors ?? []).slice(0, maximumViolations).map((error) => violation(error, data));
  } catch {
    return undefined;
  }
}

function violation(
  { keyword, instancePath, params, message = '' }: ErrorObject,
  data: unknown,
): SchemaViolation {
  const path = pathOf(instancePath, data);
  const extra = keyword === 'additionalProperties' ? (params['additionalProperty'] as string) : undefined;
  return extra === undefined
    ? { keyword, path, message }
    : { keyword, path: [...path, extra], message: 'is no value that the chart knows' };
}

function pathOf(pointer: string, data: unknown): Path {
  let current = data;
  return pointer
    .split('/')
    .slice(1)
    .map((raw) => {
      const step = raw.replaceAll('~1', '/').replaceAll('~0', '~');
      const isIndex = Array.isArray(current);
      current = (current as Record<string, unknown> | undefined)?.[step];
      return isIndex ? Number(step) : step;
    });
}

function toJson(value: Value): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (isSequence(value)) return value.map(toJson);
  if (!isMapping(value)) return value;
  return Object.fromEntries(Object.keys(value).map((key) => [key, toJson(value[key] ?? null)]));
}
