// Writes what the other scripts in this directory need to know about a rendered environment:
//   node k8s/plan.mjs RENDERED FOLDER
//     namespace           the name of its Namespace
//     secrets             required Secrets: the name and the keys that are used, one Secret per line
//     phases              the phases in order, one per line
//     PHASE.workloads     Deployment/ws, one per line
//     PHASE.yaml          the documents of a phase
//     PHASE.disposable    the documents without data
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';

const [rendered, folder] = process.argv.slice(2);
const documents = readFileSync(rendered, 'utf8')
  .split(/^---\r?\n/mu)
  .map((text) => ({ text, object: parseDocument(text).toJS() }))
  .filter(({ object }) => object !== null);
const objects = documents.map(({ object }) => object);

const phases = ['infrastructure', 'applications'];
const holdsData = ['Namespace', 'PersistentVolumeClaim'];
const makesSecret = ['ExternalSecret', 'SealedSecret', 'VaultStaticSecret'];

write(
  'namespace',
  objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name),
);
write('secrets', secrets());
write('phases', phases);
for (const phase of phases) {
  const own = documents.filter(({ object }) => phaseOf(object) === phase);
  const workloads = own.filter(({ object }) => object.spec?.template !== undefined);
  write(
    `${phase}.workloads`,
    workloads.map(({ object }) => `${object.kind}/${object.metadata.name}`),
  );
  write(`${phase}.yaml`, [textOf(own)]);
  write(`${phase}.disposable`, [textOf(own.filter(({ object }) => !holdsData.includes(object.kind)))]);
}

function write(name, lines) {
  writeFileSync(join(folder, name), `${lines.join('\n')}\n`);
}

// The same division as in components/only-infrastructure and only-applications.
function phaseOf({ metadata }) {
  return metadata.labels?.['app.kubernetes.io/component'] === 'application'
    ? 'applications'
    : 'infrastructure';
}

function textOf(chosen) {
  return chosen
    .map(({ text }) => text)
    .join('---\n')
    .trimEnd();
}

/** Each Secret that pods mount or pull images with, and its keys, except those that an object creates. */
function secrets() {
  const made = new Set(
    objects.flatMap(({ kind, metadata, spec }) =>
      kind === 'Certificate' ? [spec.secretName] : makesSecret.includes(kind) ? [metadata.name] : [],
    ),
  );
  const used = new Map();
  const use = (name, keys) => used.set(name, new Set([...(used.get(name) ?? []), ...keys]));
  for (const { imagePullSecrets = [], spec } of objects) {
    for (const { name } of imagePullSecrets) use(name, []);
    for (const { secret } of spec?.template?.spec?.volumes ?? [])
      if (secret !== undefined)
        use(
          secret.secretName,
          (secret.items ?? []).map(({ key }) => key),
        );
  }
  return [...used].filter(([name]) => !made.has(name)).map(([name, keys]) => [name, ...keys].join(' '));
}
