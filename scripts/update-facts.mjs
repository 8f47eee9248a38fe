// Writes src/schema/facts-data.ts from the Go modules of the Kubernetes releases that src/configuration/kubernetes-releases.json
// lists, or adds a version from a cluster to both; `npm run generate` carries it on:
//   node scripts/update-facts.mjs
//   node scripts/update-facts.mjs --openapi DIR --version 1.38.0
// DIR holds what `kubectl get --raw /openapi/v3/apis/apps/v1` and its like print, one file for each group version.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { enumsOf, foldVersions, readOpenApi, unfoldVersion } from './facts-model.mjs';

const listFile = new URL('../src/configuration/kubernetes-releases.json', import.meta.url);
const list = JSON.parse(readFileSync(listFile, 'utf8'));
const versions = list.releases;
// Old API directories are deleted upstream, so what is known of their ends is the union over releases, the first of which are
// older than what can be judged for.
const lifecycleModules = [
  'k8s.io/api@v0.22.17',
  'k8s.io/apiextensions-apiserver@v0.22.17',
  'k8s.io/kube-aggregator@v0.22.17',
  'k8s.io/api@v0.26.15',
  ...versions.map((version) => `k8s.io/api@v${version.replace(/^1/, '0')}`),
];
const groupNames = {
  admissionregistration: 'admissionregistration.k8s.io',
  apiserverinternal: 'internal.apiserver.k8s.io',
  authentication: 'authentication.k8s.io',
  authorization: 'authorization.k8s.io',
  certificates: 'certificates.k8s.io',
  coordination: 'coordination.k8s.io',
  core: '',
  discovery: 'discovery.k8s.io',
  events: 'events.k8s.io',
  flowcontrol: 'flowcontrol.apiserver.k8s.io',
  imagepolicy: 'imagepolicy.k8s.io',
  lifecycle: 'lifecycle.k8s.io',
  networking: 'networking.k8s.io',
  node: 'node.k8s.io',
  rbac: 'rbac.authorization.k8s.io',
  resource: 'resource.k8s.io',
  scheduling: 'scheduling.k8s.io',
  storage: 'storage.k8s.io',
  storagemigration: 'storagemigration.k8s.io',
  apiextensions: 'apiextensions.k8s.io',
  apiregistration: 'apiregistration.k8s.io',
};

const output = new URL('../src/schema/facts-data.ts', import.meta.url);

const { values } = parseArgs({ options: { openapi: { type: 'string' }, version: { type: 'string' } } });
const facts =
  values.openapi === undefined
    ? fromModules()
    : fromCluster(values.openapi, values.version?.replace(/^v/, ''));
writeFileSync(output, render(facts));

function fromModules() {
  const models = versions.map((version) => {
    const directory = moduleDirectory(`k8s.io/kubernetes@v${version}`);
    return readOpenApi(readDocuments(`${directory}/api/openapi-spec/v3`), readEnums(directory));
  });
  return foldVersions(versions, models, readLifecycle());
}

function fromCluster(directory, version) {
  if (version === undefined) throw new Error('--openapi needs --version, as `kubectl version` prints it');
  const known = currentFacts();
  const models = known.versions.map((_, index) => unfoldVersion(known, index));
  const same = known.versions.findIndex((other) => minorOf(other) === minorOf(version));
  const position = same < 0 ? models.length : same;
  models[position] = readOpenApi(
    readDocuments(directory),
    enumsOf(models[Math.min(position, models.length - 1)]),
  );
  const releases = known.versions.toSpliced(position, 1, version);
  writeFileSync(listFile, `${JSON.stringify({ ...list, releases }, null, 2)}\n`);
  return foldVersions(releases, models, known.lifecycle);
}

function minorOf(version) {
  return version.replace(/^v/, '').split('.').slice(0, 2).join('.');
}

function currentFacts() {
  const text = readFileSync(output, 'utf8');
  return JSON.parse(text.slice(text.indexOf('`') + 1, text.lastIndexOf('`')));
}

function moduleDirectory(module) {
  return JSON.parse(execFileSync('go', ['mod', 'download', '-json', module], { cwd: '/', encoding: 'utf8' }))
    .Dir;
}

function readDocuments(directory) {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return files.map((entry) => JSON.parse(readFileSync(`${entry.parentPath}/${entry.name}`, 'utf8')));
}

/** Enums stand only in the generated Go source. */
function readEnums(directory) {
  const text = readFileSync(`${directory}/pkg/generated/openapi/zz_generated.openapi.go`, 'utf8');
  const enums = new Map();
  for (const part of text.split('\nfunc schema_').slice(1)) {
    const type = typeNameOf(part.slice(0, part.indexOf('(')));
    if (type === undefined) continue;
    let property = '';
    for (const line of part.split('\n')) {
      property = /^\t{5}"([^"]+)": \{$/.exec(line)?.[1] ?? property;
      const list = /^\t+Enum: +\[\](?:interface\{\}|any)\{(.*)\},$/.exec(line)?.[1];
      if (list !== undefined) enums.set(`${type}.${property}`, JSON.parse(`[${list}]`));
    }
  }
  return enums;
}

function typeNameOf(name) {
  const match = /^k8sio_api_(.+)_(v[^_]+)_([^_]+)$/.exec(name);
  if (match !== null) return `io.k8s.api.${match[1]}.${match[2]}.${match[3]}`;
  const meta = /^pkg_apis_(meta|apiextensions|apiregistration)_(v[^_]+)_([^_]+)$/.exec(name);
  const homes = {
    meta: 'apimachinery',
    apiextensions: 'apiextensions-apiserver',
    apiregistration: 'kube-aggregator',
  };
  return meta === null ? undefined : `io.k8s.${homes[meta[1]]}.pkg.apis.${meta[1]}.${meta[2]}.${meta[3]}`;
}

/** `group/version` → kind → `introduced deprecated removed replacement`, where a missing part is `-`. */
function readLifecycle() {
  const found = new Map();
  for (const module of lifecycleModules) {
    const directory = moduleDirectory(module);
    for (const entry of readdirSync(directory, { recursive: true })) {
      // Of stable versions they are written by hand.
      if (!/(?:^|\/)(?:zz_generated\.prerelease-)?lifecycle\.go$/u.test(entry)) continue;
      readLifecycleFile(readFileSync(`${directory}/${entry}`, 'utf8'), entry.split('/').slice(-3, -1), found);
    }
  }
  const lifecycle = {};
  for (const [key, entry] of [...found].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (entry.Removed === undefined && entry.Deprecated === undefined) continue;
    const slash = key.lastIndexOf('/');
    const words = [entry.Introduced, entry.Deprecated, entry.Removed, entry.Replacement].map(
      (word) => word ?? '-',
    );
    lifecycle[key.slice(0, slash)] ??= {};
    lifecycle[key.slice(0, slash)][key.slice(slash + 1)] = words.join(' ');
  }
  return lifecycle;
}

function readLifecycleFile(text, [directory, version], found) {
  const group = groupNames[directory] ?? directory;
  const methods = /func \(in \*(\w+)\) APILifecycle(\w+)\(\)[^{]*\{\n\treturn (.*)\n/g;
  for (const [, kind, method, result] of text.matchAll(methods)) {
    if (kind.endsWith('List')) continue;
    const key = `${group === '' ? '' : `${group}/`}${version}/${kind}`;
    const gvk = /Group: "(.*)", Version: "(.*)", Kind: "(.*)"/.exec(result);
    const value =
      gvk === null
        ? result.replace(', ', '.')
        : gvk
            .slice(1)
            .filter((part) => part !== '')
            .join('/');
    found.set(key, { ...found.get(key), [method]: value });
  }
}

/** One type a line, so that a new version is a readable change. */
function render({ versions, names, types, kinds, lifecycle }) {
  const text = `{"versions":${JSON.stringify(versions)},
"names":{${lines(names)}},
"types":[
${types.map((type) => JSON.stringify(type)).join(',\n')}
],
"kinds":{${lines(kinds)}},
"lifecycle":{${lines(lifecycle)}}}`;
  return `// Written by scripts/update-facts.mjs; the form is explained in facts.ts.
export const factsText: string = \`${text}\`;
`;
}

function lines(object) {
  return Object.entries(object)
    .map(([key, value]) => `\n${JSON.stringify(key)}:${JSON.stringify(value)}`)
    .join(',');
}
