import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { objectsOfCluster, writeFleet } from './fleet-files.mjs';
import { schemaLocation, writeSchemas } from './json-schemas.mjs';
import { isInstalled, measureProcess, median } from './measure.mjs';
import { print } from './table.mjs';

const cli = process.env.CDB_LINT ?? fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const record = fileURLToPath(new URL('peers.json', import.meta.url));
const { sizes, rounds } = { sizes: [10, 40, 160], rounds: 3 };
const version = '1.34';

/**
 * What the tools have to do, each as it is called, and what of cdb-lint does the same work (`like`), if anything does: `rendered` is a folder with what kustomize renders for each cluster. The schemas are
 * of the same version for all that can have them; a policy stands for the ten that the other tools bring.
 */
const peers = [
  {
    name: 'cdb-lint',
    program: 'node',
    work: 'everything, from the sources: builds, API server checks, policies, rules, Flux and Argo CD',
    command: () => ['node', cli, '--fail-on', 'never', '--jobs', '1', '--kubernetes-version', version],
  },
  {
    name: 'cdb-lint admit',
    program: 'node',
    work: 'API server checks of what is rendered',
    command: ({ rendered }) => ['node', cli, 'admit', rendered, '--kubernetes-version', version],
  },
  {
    name: 'cdb-lint render',
    program: 'node',
    work: 'builds, one process for each cluster',
    command: () => ['bash', '-c', `for root in tenants/*; do node ${cli} render "$root" || exit 1; done`],
  },
  {
    name: 'kustomize',
    program: 'kustomize',
    like: 'cdb-lint render',
    work: 'builds, one process for each cluster',
    command: () => ['bash', '-c', 'for root in tenants/*; do kustomize build "$root" || exit 1; done'],
  },
  {
    name: 'kubeconform',
    program: 'kubeconform',
    like: 'cdb-lint admit',
    work: 'JSON Schemas of what is rendered, made of the types that cdb-lint knows',
    command: ({ rendered, schemas }) => [
      'kubeconform',
      '-strict',
      '-n',
      '1',
      '-schema-location',
      schemaLocation(schemas),
      rendered,
    ],
  },
  {
    name: 'kubectl-validate',
    program: 'kubectl-validate',
    like: 'cdb-lint admit',
    work: 'schemas of Kubernetes 1.30 for what is rendered',
    // The newest that it brings along; it downloads others.
    command: ({ rendered }) => ['kubectl-validate', rendered, '--version', '1.30'],
  },
  {
    name: 'kube-score',
    program: 'kube-score',
    work: 'its checks of what is rendered',
    command: ({ rendered }) => ['bash', '-c', `kube-score score --output-format ci ${rendered}/*.yaml`],
  },
  {
    name: 'polaris',
    program: 'polaris',
    work: 'its checks of what is rendered',
    command: ({ rendered }) => ['polaris', 'audit', '--audit-path', rendered, '--format', 'json'],
  },
  {
    name: 'conftest',
    program: 'conftest',
    work: 'one policy for what is rendered',
    command: ({ rendered, policy }) => ['conftest', 'test', '--policy', policy, rendered],
  },
  {
    name: 'kyverno',
    program: 'kyverno',
    work: 'one policy for what is rendered, one process for each cluster: it takes no two with one Namespace',
    command: ({ rendered, kyvernoPolicy }) => [
      'bash',
      '-c',
      `for file in ${rendered}/*.yaml; do kyverno apply ${kyvernoPolicy} --resource "$file" || [ $? = 1 ] || exit 2; done`,
    ],
  },
];

const rego = `package main
import rego.v1
deny contains message if {
  some container in input.spec.template.spec.containers
  endswith(container.image, ":latest")
  message := sprintf("%s has a moving tag", [container.name])
}
`;

const kyvernoPolicy = `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: {name: fixed-tags}
spec:
  validationFailureAction: Audit
  rules:
  - name: fixed-tags
    match: {any: [{resources: {kinds: [Deployment]}}]}
    validate:
      message: the tag moves
      pattern: {spec: {template: {spec: {containers: [{image: "!*:latest"}]}}}}
`;

/**
 * The tools that are there, or those of them in TOOLS with commas between, on the same trees, in turns; with RECORD=1, docs/performance.md is
 * written anew by `npm run generate`.
 */
export async function comparePeers({ RECORD, TOOLS } = process.env) {
  const directory = mkdtempSync(join(tmpdir(), 'cdb-lint-bench-'));
  const asked = TOOLS?.split(',');
  const there = peers.filter(({ name, program }) => asked?.includes(name) !== false && isInstalled(program));
  try {
    const given = writeGiven(directory);
    await writeSchemas(given.schemas, version);
    const taken = [];
    for (const clusters of sizes) {
      const cwd = join(directory, String(clusters));
      const rendered = await renderFleet(cwd, join(directory, `rendered-${clusters}`), clusters);
      taken.push({
        objects: clusters * objectsOfCluster,
        figures: inTurns(there, cwd, { ...given, rendered }),
      });
    }
    const rows = there.map(({ name, work, like }) => {
      const costs = taken.map(({ objects, figures }) => ({ objects, ...figures[name] }));
      return { name, work, ...(like === undefined ? {} : { like }), costs };
    });
    if (RECORD !== undefined) await recordRows(rows);
    print('peers: CPU seconds on clusters with an overlay of 50 objects each', [
      ['', ...taken.map(({ objects }) => String(objects))],
      ...rows.map(({ name, costs }) => [name, ...costs.map(({ cpu }) => cpu.toFixed(2))]),
    ]);
    const missing = peers.filter((peer) => !there.includes(peer)).map(({ name }) => name);
    if (missing.length > 0) process.stdout.write(`  skipped: ${missing.join(', ')}\n`);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Keeps what an earlier run has measured of tools that are not there now; the page says of which. */
async function recordRows(rows) {
  const known = JSON.parse(await readFile(record, 'utf8')).rows;
  const rowOf = ({ name }) => {
    const row = rows.find((one) => one.name === name);
    if (row !== undefined) return row;
    const before = known.find((one) => one.name === name);
    return before && { ...before, isEarlier: true };
  };
  const all = peers.map((peer) => ({ ...peer, row: rowOf(peer) }));
  const kept = {
    rows: all.flatMap(({ row }) => row ?? []),
    missing: all
      .filter(({ row, program }) => row === undefined && !isInstalled(program))
      .map(({ name }) => name),
  };
  await writeFile(record, `${JSON.stringify(kept, null, 2)}\n`);
}

function writeGiven(directory) {
  const policy = join(directory, 'policy');
  mkdirSync(policy);
  writeFileSync(join(policy, 'tags.rego'), rego);
  const ofKyverno = join(directory, 'kyverno.yaml');
  writeFileSync(ofKyverno, kyvernoPolicy);
  return { policy, kyvernoPolicy: ofKyverno, schemas: join(directory, 'schemas') };
}

/** Renders each cluster with cdb-lint, whose output is that of kustomize, into a file of its own. */
async function renderFleet(cwd, rendered, clusters) {
  await writeFleet(cwd, clusters);
  mkdirSync(rendered);
  for (const name of await readdir(join(cwd, 'tenants'))) {
    const { stdout, status } = spawnSync('node', [cli, 'render', `tenants/${name}`], { cwd });
    if (status !== 0) throw new Error(`tenants/${name} does not build`);
    writeFileSync(join(rendered, `${name}.yaml`), stdout);
  }
  await rm(join(cwd, '.git'), { recursive: true });
  return rendered;
}

/** Medians of CPU seconds and MiB; a tool that finds something exits with 1, which is no failure. */
function inTurns(there, cwd, given) {
  const taken = new Map(there.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const { name, command } of round % 2 === 0 ? there : there.toReversed()) {
      const one = measureProcess(command(given), { cwd });
      if (one === undefined) throw new Error('GNU time is not there');
      if (one.status > 1) throw new Error(`${name} exits with ${one.status}:\n${one.stderr}`);
      taken.get(name).push(one);
    }
  return Object.fromEntries(
    [...taken].map(([name, all]) => [
      name,
      { cpu: median(all.map(({ cpu }) => cpu)), memory: median(all.map(({ memory }) => memory)) },
    ]),
  );
}
