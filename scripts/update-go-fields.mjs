// Writes src/schema/go-fields-data.ts from the Go types of the newest known Kubernetes API modules:
//   node scripts/update-go-fields.mjs
// OpenAPI does not say whether a zero value is written or left out; the struct tags do.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const version = 'v0.36.3';
const factsFile = new URL('../src/schema/facts-data.ts', import.meta.url);
const output = new URL('../src/schema/go-fields-data.ts', import.meta.url);

const facts = readFacts();
const structs = new Map();
const directories = new Map();

function readFacts() {
  const text = readFileSync(factsFile, 'utf8');
  return JSON.parse(text.slice(text.indexOf('`') + 1, text.lastIndexOf('`')));
}

function moduleDirectory(module) {
  const text = execFileSync('go', ['mod', 'download', '-json', `${module}@${version}`], {
    cwd: '/',
    encoding: 'utf8',
  });
  return JSON.parse(text).Dir;
}

/** Where the package of `core.v1` stands; undefined where the modules do not have it any more. */
function directoryOf(group) {
  if (!directories.has(group)) directories.set(group, findDirectory(group));
  return directories.get(group);
}

function findDirectory(group) {
  const [first, ...rest] = group.split('.');
  const modules = {
    apimachinery: 'k8s.io/apimachinery',
    'apiextensions-apiserver': 'k8s.io/apiextensions-apiserver',
    'kube-aggregator': 'k8s.io/kube-aggregator',
  };
  const module = modules[first];
  const path =
    module === undefined
      ? [moduleDirectory('k8s.io/api'), first, ...rest]
      : [moduleDirectory(module), ...rest];
  return path.join('/');
}

function structsOf(group) {
  if (!structs.has(group)) structs.set(group, readStructs(directoryOf(group)));
  return structs.get(group);
}

function readStructs(directory) {
  const found = new Map();
  let files;
  try {
    files = readdirSync(directory);
  } catch {
    return found;
  }
  for (const file of files) {
    if (!/^types.*\.go$/.test(file)) continue;
    const text = readFileSync(`${directory}/${file}`, 'utf8');
    for (const [, name, body] of text.matchAll(/^type (\w+) struct \{\n([\s\S]*?)^\}/gm))
      found.set(name, body);
    // `type EphemeralContainerCommon Container` and its like are structs too.
    for (const [, name, other] of text.matchAll(/^type (\w+) (\w+)$/gm)) found.set(name, { alias: other });
  }
  return found;
}

/** The fields of a struct with those of the structs that it embeds: JSON name → `{pointer, omits}`. */
function fieldsOf(group, name) {
  const body = structsOf(group).get(name);
  if (body === undefined) return undefined;
  if (body.alias !== undefined) return fieldsOf(group, body.alias);
  const fields = new Map();
  for (const line of body.split('\n')) {
    const match = /^\t(?:(\w+)\s+)?(\S+)\s+`.*?json:"([^"]*)".*`/.exec(line);
    if (match === null) continue;
    const [, , type, tag] = match;
    const [jsonName, ...options] = tag.split(',');
    if (jsonName === '-') continue;
    if (options.includes('inline')) {
      for (const [key, value] of fieldsOf(group, type.replace(/^\*/, '')) ?? []) fields.set(key, value);
      continue;
    }
    fields.set(jsonName, {
      pointer: type.startsWith('*'),
      omits: options.includes('omitempty') || options.includes('omitzero'),
      omitsStruct: options.includes('omitzero'),
    });
  }
  return fields;
}

/** `*` keeps a zero value, `!` writes one where nothing stands, `?` a null; nothing leaves zero values out. */
function markOf({ pointer, omits, omitsStruct }, type) {
  const isNillable = pointer || /^(\[\]|\{\}|any|raw|schemaOr|bytes)/.test(type);
  const isStruct = /^(@|quantity|intOrString|time|microtime)/.test(type);
  if (isNillable && !omits) return '?';
  if (isStruct) return pointer || omitsStruct ? '' : '!';
  if (pointer) return '*';
  return omits ? '' : isNillable ? '?' : '!';
}

function typeTextOf(folded) {
  const last = folded?._ === undefined ? folded : folded._.at(-1)[0];
  return typeof last === 'string' ? last : last[0];
}

const lines = [];
let id = 0;
for (const [group, list] of Object.entries(facts.names)) {
  for (const name of list.split(' ')) {
    const properties = facts.types[id]?.p ?? {};
    id += 1;
    const fields = fieldsOf(group, name);
    if (fields === undefined) continue;
    const marked = Object.entries(properties).flatMap(([property, folded]) => {
      const field = fields.get(property);
      const mark = field === undefined ? '' : markOf(field, typeTextOf(folded));
      return mark === '' ? [] : [`${property}${mark}`];
    });
    if (marked.length > 0) lines.push(`${group}.${name} ${marked.join(' ')}`);
  }
}
writeFileSync(
  output,
  `// Written by scripts/update-go-fields.mjs; the form is explained in go-fields.ts.
export const goFieldsText: string = \`
${lines.join('\n')}
\`;
`,
);
