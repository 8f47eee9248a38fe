// Writes src/configuration/validator.js from schema/config.json: compiling the schema with ajv takes 70 ms at every
// start, what it compiles to takes none. With --check only says whether it is current.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { keepGenerated } from './generated-file.mjs';

const require = createRequire(import.meta.url);
const { Ajv } = require('ajv');
const { default: standaloneCode } = require('ajv/dist/standalone');

const root = new URL('..', import.meta.url);
const schema = JSON.parse(readFileSync(new URL('schema/config.json', root), 'utf8'));

const ajv = new Ajv({ allErrors: true, code: { source: true, esm: true, lines: true } });
const compiled = standaloneCode(ajv, ajv.compile(withoutWords(schema)))
  .replace('"use strict";', '')
  .replace(/export default \w+;/, '');
const code = `// Generated from schema/config.json by scripts/update-config-validator.mjs.\n${compiled}`;

keepGenerated('src/configuration/validator.js', code);

/** The schema without what is for people only, which the compiled code would carry along. */
function withoutWords(value) {
  if (Array.isArray(value)) return value.map(withoutWords);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(
    ([key, item]) => typeof item !== 'string' || !/^(title|description)$/.test(key),
  );
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutWords(item)]));
}
