// Writes src/schema/custom-facts-data.ts from the CRDs of Flux, Argo CD and the Gateway API:
//   node scripts/update-custom-facts.mjs
// Most Go modules carry their CRDs; for the others controller-gen makes them from the Go types. Needs `go`.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

// The newest versions that Go 1.26 takes.
const withCrds = [
  ['github.com/argoproj/argo-cd/v3@v3.5.7', 'manifests/crds'],
  ['github.com/fluxcd/kustomize-controller@v1.9.6', 'config/crd/bases'],
  ['github.com/fluxcd/source-controller@v1.9.6', 'config/crd/bases'],
  ['sigs.k8s.io/gateway-api@v1.6.3', 'config/crd/standard'],
];
const withTypes = [
  ['github.com/fluxcd/helm-controller/api@v1.6.5', ['v2']],
  ['github.com/fluxcd/notification-controller/api@v1.9.4', ['v1', 'v1beta3']],
  ['github.com/fluxcd/image-reflector-controller/api@v1.2.5', ['v1']],
  ['github.com/fluxcd/image-automation-controller/api@v1.2.5', ['v1']],
];
const controllerGen = 'sigs.k8s.io/controller-tools/cmd/controller-gen@v0.20.0';
const output = new URL('../src/schema/custom-facts-data.ts', import.meta.url);

const subschemas = ['items', 'not'];
const schemaLists = ['allOf', 'anyOf', 'oneOf'];

const schemas = [];
const indices = new Map();
const kinds = {};
for (const crd of [...withCrds.flatMap(carriedCrds), ...generatedCrds()]) addCrd(crd);
writeFileSync(output, render());

function carriedCrds([module, folder]) {
  const { Dir } = JSON.parse(go(['mod', 'download', '-json', module], '/'));
  return readCrds(join(Dir, folder));
}

function generatedCrds() {
  const directory = mkdtempSync(join(tmpdir(), 'custom-facts-'));
  try {
    const packages = withTypes.flatMap(([module, versions]) =>
      versions.map((version) => `${module.slice(0, module.indexOf('@'))}/${version}`),
    );
    writeFileSync(join(directory, 'go.mod'), 'module facts\n\ngo 1.26\n');
    const imports = packages.map((name) => `import _ "${name}"\n`).join('');
    writeFileSync(join(directory, 'facts.go'), `package facts\n\n${imports}`);
    go(['get', ...withTypes.map(([module]) => module)], directory);
    go(['mod', 'tidy'], directory);
    const paths = packages.map((name) => `paths=${name}`);
    go(['run', controllerGen, 'crd', ...paths, 'output:crd:dir=crds'], directory);
    return readCrds(join(directory, 'crds'));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function go(args, cwd) {
  return execFileSync('go', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

function readCrds(directory) {
  const names = readdirSync(directory)
    .filter((name) => name.endsWith('.yaml'))
    .sort();
  const documents = names.flatMap((name) => parseAllDocuments(readFileSync(join(directory, name), 'utf8')));
  return documents
    .map((document) => document.toJS())
    .filter((value) => value?.kind === 'CustomResourceDefinition');
}

/** Kinds that the Flux Operator and the Terraform controller add to the enumerations of what alerts and receivers may name. */
const addedSources = ['FluxInstance', 'ResourceSet', 'ResourceSetInputProvider', 'Terraform'];

function addCrd({ spec }) {
  for (const version of spec.versions) {
    if (version.served !== true) continue;
    const schema = add(version.schema.openAPIV3Schema);
    const status = version.subresources?.status === undefined ? 0 : 1;
    const scope = spec.scope === 'Namespaced' ? 'n' : 'c';
    const group = `${spec.group}/${version.name}`;
    kinds[group] ??= {};
    kinds[group][spec.names.kind] = [schema, scope, spec.names.plural, status];
  }
}

/** The index of a schema among those seen so far; what two schemas share stands there once. */
function add(schema) {
  const text = JSON.stringify(withIndices(schema));
  const known = indices.get(text);
  if (known !== undefined) return known;
  indices.set(text, schemas.length);
  schemas.push(text);
  return schemas.length - 1;
}

function withIndices(schema) {
  const facts = {};
  for (const [key, value] of Object.entries(schema).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (key === 'description' || key === 'title' || key === 'example') continue;
    if (key === 'properties') facts[key] = mapValues(value, add);
    else if (subschemas.includes(key)) facts[key] = add(value);
    else if (schemaLists.includes(key)) facts[key] = value.map(add);
    else if (key === 'additionalProperties' && typeof value === 'object') facts[key] = add(value);
    else if (key === 'enum' && value.includes('Kustomization')) facts[key] = [...value, ...addedSources];
    else facts[key] = value;
  }
  return facts;
}

function mapValues(object, map) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));
}

function render() {
  const lines = Object.entries(kinds).map(
    ([group, list]) => `\n${JSON.stringify(group)}:${JSON.stringify(list)}`,
  );
  const text = `{"kinds":{${lines.join(',')}},\n"schemas":[\n${schemas.join(',\n')}\n]}`;
  return `// Written by scripts/update-custom-facts.mjs; the form is explained in custom-facts.ts.
export const customFactsText: string = String.raw\`${text.replaceAll('`', '\\u0060').replaceAll('${', '\\u0024{')}\`;
`;
}
