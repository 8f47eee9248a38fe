// Writes src/schema/words/words-data.ts: what Kubernetes' OpenAPI documents say of fields, of the newest release that
// src/configuration/kubernetes-releases.json lists, and what the CRDs of Flux, Argo CD and the Gateway API say that Go modules carry:
//   node scripts/update-words.mjs
// Editors show it; nothing else reads it, so it stands in a file of its own, compressed.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { parseAllDocuments } from 'yaml';

const releases = JSON.parse(
  readFileSync(new URL('../src/configuration/kubernetes-releases.json', import.meta.url), 'utf8'),
).releases;
const kubernetes = `k8s.io/kubernetes@v${releases.at(-1)}`;
const custom = [
  ['github.com/argoproj/argo-cd/v3@v3.5.7', 'manifests/crds'],
  ['github.com/fluxcd/kustomize-controller@v1.9.6', 'config/crd/bases'],
  ['github.com/fluxcd/source-controller@v1.9.6', 'config/crd/bases'],
  ['sigs.k8s.io/gateway-api@v1.6.3', 'config/crd/standard'],
];
/** Longer ones are cut at a sentence: an editor shows a few lines. */
const longest = 700;

const words = { types: wordsOfTypes(), kinds: wordsOfKinds() };
const bytes = brotliCompressSync(JSON.stringify(words), {
  params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 },
});
writeFileSync(
  new URL('../src/schema/words/words-data.ts', import.meta.url),
  `// Written by scripts/update-words.mjs from ${[kubernetes, ...custom.map(([module]) => module)].join(', ')}.
export function wordsText(): string {
  return '${bytes.toString('base64')}';
}
`,
);

/** By type as `facts-data.ts` names it; the type's own words stand under the empty name. */
function wordsOfTypes() {
  const directory = `${moduleDirectory(kubernetes)}/api/openapi-spec/v3`;
  const types = {};
  for (const name of readdirSync(directory).sort()) {
    const { components } = JSON.parse(readFileSync(join(directory, name), 'utf8'));
    for (const [type, schema] of Object.entries(components?.schemas ?? {})) {
      const found = {};
      add(found, '', schema.description);
      for (const [field, { description }] of Object.entries(schema.properties ?? {}))
        add(found, field, description);
      types[type.replace(/^io\.k8s\./, '').replace(/^api\./, '')] = found;
    }
  }
  return types;
}

/** By `group/version/Kind` and the names of the fields that lead there. */
function wordsOfKinds() {
  const kinds = {};
  for (const [module, folder] of custom) {
    for (const { spec } of crdsIn(join(moduleDirectory(module), folder))) {
      for (const { name, schema } of spec.versions) {
        const found = {};
        collect(found, schema?.openAPIV3Schema, []);
        kinds[`${spec.group}/${name}/${spec.names.kind}`] ??= found;
      }
    }
  }
  return kinds;
}

function collect(found, schema, path) {
  if (schema === undefined || schema === true) return;
  add(found, path.join('.'), schema.description);
  for (const [name, below] of Object.entries(schema.properties ?? {})) collect(found, below, [...path, name]);
  // Items of a list and values of a map are said by what holds them.
  for (const below of [schema.items, schema.additionalProperties]) {
    if (typeof below !== 'object') continue;
    for (const [name, one] of Object.entries(below.properties ?? {})) collect(found, one, [...path, name]);
  }
}

function add(found, name, description) {
  const text = (description ?? '')
    .replaceAll(/[ \t]*\n(?!\n)[ \t]*/gu, ' ')
    .replaceAll(/ {2,}/gu, ' ')
    .trim();
  if (text !== '') found[name] = text.length <= longest ? text : cut(text);
}

function cut(text) {
  const end = text.lastIndexOf('. ', longest);
  return end > longest / 3 ? text.slice(0, end + 1) : `${text.slice(0, longest)}…`;
}

function crdsIn(directory) {
  return readdirSync(directory)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .flatMap((name) => parseAllDocuments(readFileSync(join(directory, name), 'utf8')))
    .map((document) => document.toJS())
    .filter((value) => value?.kind === 'CustomResourceDefinition');
}

function moduleDirectory(module) {
  return JSON.parse(execFileSync('go', ['mod', 'download', '-json', module], { cwd: '/', encoding: 'utf8' }))
    .Dir;
}
