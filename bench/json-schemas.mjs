// JSON Schemas of built-in kinds for tools that read such, made of the facts that cdb-lint has itself: these tools would download them.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadInternals } from './load-internals.mjs';

const scalars = {
  str: { type: 'string' },
  i32: { type: 'integer', format: 'int32' },
  i64: { type: 'integer', format: 'int64' },
  num: { type: 'number' },
  bool: { type: 'boolean' },
  bytes: { type: 'string', format: 'byte' },
  quantity: { oneOf: [{ type: 'string' }, { type: 'number' }] },
  intOrString: { oneOf: [{ type: 'string' }, { type: 'integer' }] },
  time: { type: 'string', format: 'date-time' },
  microtime: { type: 'string', format: 'date-time' },
};

/** Writes one file for each kind of a version, named as kubeconform looks for them with `schemaLocation`. */
export async function writeSchemas(directory, version) {
  const { factsFor, kindsOf, propertiesOf, requiredOf } = await loadInternals();
  const facts = factsFor(version);
  await mkdir(directory, { recursive: true });
  for (const { group, version: served, kind, type } of kindsOf(facts)) {
    const definitions = {};
    const schemaOf = (one) => {
      if (one.is === 'list') return orNull({ type: 'array', items: schemaOf(one.items) });
      if (one.is === 'map') return orNull({ type: 'object', additionalProperties: schemaOf(one.values) });
      if (one.is !== 'object') return scalars[one.is] ?? {};
      if (definitions[one.id] === undefined) {
        definitions[one.id] = {};
        const required = requiredOf(facts, one);
        const properties = [...propertiesOf(facts, one)].map(([name, property]) => [
          name,
          schemaOf(property.type),
        ]);
        definitions[one.id] = {
          type: 'object',
          // An older draft of JSON Schema has no empty list there.
          ...(required.length === 0 ? {} : { required }),
          properties: Object.fromEntries(properties),
          additionalProperties: false,
        };
      }
      return { $ref: `#/definitions/${one.id}` };
    };
    const root = schemaOf(type);
    const name = `${kind}_${group || served}_${served}.json`.toLowerCase();
    await writeFile(join(directory, name), JSON.stringify({ ...root, definitions }));
  }
}

function orNull(schema) {
  return { ...schema, type: [schema.type, 'null'] };
}

export const schemaLocation = (directory) =>
  join(directory, '{{.ResourceKind}}_{{.Group}}_{{.ResourceAPIVersion}}.json');
