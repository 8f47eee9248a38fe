import { formatPath, isMapping, isSequence, type Mapping, type Value } from '../source/value.ts';
import type { Draft } from './schema-draft.ts';
import { findSchemaProblem, isRegularExpression } from './schema-keywords.ts';
import { type Run, spend } from './schema-run.ts';

/** Why a schema is none: Helm refuses it whatever the values are. */
export interface InvalidSchema {
  readonly invalid: string;
}

/** What the schema of schemas refuses of it, or a reference that leads nowhere. */
export function whyInvalid(schema: Mapping, run: Run): string | undefined {
  const refuse = (part: Value): string | undefined => {
    const problem = findSchemaProblem(part, run.draft, () => spend(run));
    return problem && `${formatPath(problem.path) || 'it'} ${problem.message}`;
  };
  const refused = refuse(schema);
  if (refused !== undefined) return refused;
  const seen = new Set<Value>([schema]);
  // Grows while it is gone through: only what is reached has to be resolved.
  for (const one of seen) {
    spend(run);
    if (!isMapping(one)) continue;
    const { $ref: reference } = one;
    if (typeof reference === 'string') {
      const referred = run.resolve(reference);
      if (referred === 'missing') return `$ref leads to ${reference}, which is not there`;
      if (referred !== 'elsewhere' && !seen.has(referred.schema)) {
        const problem = refuse(referred.schema);
        if (problem !== undefined) return `${reference}: ${problem}`;
        seen.add(referred.schema);
      }
    }
    const pattern = unreadablePattern(one, run.draft);
    if (pattern !== undefined) return `patternProperties has ${pattern}, which is not a regular expression`;
    for (const part of partsOf(one, run.draft)) seen.add(part);
  }
  return undefined;
}

function unreadablePattern(schema: Mapping, draft: Draft): string | undefined {
  const { patternProperties } = schema;
  if (!isMapping(patternProperties) || isOnlyReference(schema, draft)) return undefined;
  return Object.keys(patternProperties).find((text) => !isRegularExpression(text));
}

/** Until 2019 a reference takes the place of all that was a keyword in the fourth edition. */
export function isOnlyReference(schema: Mapping, draft: Draft): boolean {
  return draft < 2019 && typeof schema['$ref'] === 'string';
}

/** The schemas that a schema is made of, save for those that only references reach. */
function partsOf(schema: Mapping, draft: Draft): Value[] {
  const all = (key: string): Value[] => {
    const value = schema[key];
    if (isSequence(value)) return [...value];
    return isMapping(value) ? Object.keys(value).map((name) => value[name] ?? null) : [];
  };
  const one = (key: string): Value[] => (schema[key] === undefined ? [] : [schema[key]]);
  const { items, if: condition } = schema;
  const branches =
    condition === undefined
      ? []
      : ['if', condition === false ? 'if' : 'then', condition === true ? 'if' : 'else'];
  const later = [
    ...(draft < 6 ? [] : ['contains', 'propertyNames'].flatMap(one)),
    ...(draft < 7 ? [] : branches.flatMap(one)),
  ];
  if (isOnlyReference(schema, draft)) return later;
  return [
    ...later,
    ...['not', 'additionalProperties'].flatMap(one),
    ...['allOf', 'anyOf', 'oneOf', 'properties', 'patternProperties'].flatMap(all),
    ...all('dependencies').filter((part) => !isSequence(part)),
    ...(isSequence(items) ? [...items, ...one('additionalItems')] : one('items')),
    ...(draft < 2019 ? [] : all('dependentSchemas')),
    ...(draft < 2020 ? [] : all('prefixItems')),
  ];
}
