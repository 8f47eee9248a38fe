// How the cost of a fleet grows: one run, and shards with the run that merges them. `node bench/fleet.mjs [CLUSTERS…]`, by default
// a few hundred; 2000 clusters are 100,000 objects. Run `npm run build` first.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { peakMemory, timeProcess } from './measure.mjs';

const tool = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const shards = 4;
const bases = 5;
const services = 10;
const objectsOfService = 5;

/** Writes clusters that Flux applies, each with an overlay of its own over one of a few bases of 50 objects. */
export async function writeFleet(directory, clusters) {
  const write = async (path, text) => {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), text);
  };
  for (let base = 0; base < bases; base++) {
    const names = Array.from({ length: services }, (_, index) => `service-${base}-${index}`);
    await write(
      `base/${base}/kustomization.yaml`,
      `resources:\n${names.map((name) => `- ${name}.yaml\n`).join('')}`,
    );
    for (const name of names) await write(`base/${base}/${name}.yaml`, service(name));
  }
  for (let index = 0; index < clusters; index++) {
    const name = `cluster-${String(index).padStart(4, '0')}`;
    await write(`clusters/${name}/apps.yaml`, applied(name));
    await write(
      `tenants/${name}/kustomization.yaml`,
      `namespace: team\nresources: [../../base/${index % bases}]\nlabels:\n- pairs: {cluster: ${name}}\n`,
    );
  }
}

function applied(name) {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: apps, namespace: flux-system}
spec:
  interval: 10m
  path: ./tenants/${name}
  prune: true
  sourceRef: {kind: GitRepository, name: flux-system}
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: flux-system, namespace: flux-system}
spec: {interval: 1m, url: "https://example.com/org/fleet", ref: {branch: main}}
`;
}

function service(name) {
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, labels: {app: ${name}}}
spec:
  replicas: 2
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      serviceAccountName: ${name}
      containers:
      - name: web
        image: registry.example.com/fleet/${name}:1.4.2
        ports: [{name: http, containerPort: 8080}]
        envFrom: [{configMapRef: {name: ${name}}}]
        resources: {requests: {cpu: 100m, memory: 128Mi}, limits: {memory: 256Mi}}
        readinessProbe: {httpGet: {path: /ready, port: http}}
---
apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {selector: {app: ${name}}, ports: [{name: http, port: 80, targetPort: http}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: ${name}}
data: {LEVEL: info, REGION: eu}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: ${name}}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: ${name}}
spec: {maxUnavailable: 1, selector: {matchLabels: {app: ${name}}}}
`;
}

/** CPU seconds and MiB of the whole, of the dearest shard and of merging. */
async function measureFleet(clusters) {
  const directory = await mkdtemp(join(tmpdir(), 'cdb-lint-fleet-'));
  try {
    await mkdir(join(directory, '.git'));
    await writeFleet(directory, clusters);
    const run = (...args) => {
      const command = [process.execPath, tool, ...args];
      const { cpu } = timeProcess(command, { cwd: directory });
      return { cpu, memory: peakMemory(command, { cwd: directory }) };
    };
    const numbers = Array.from({ length: shards }, (_, index) => index + 1);
    const parts = numbers.map((number) =>
      run('--shard', `${number}/${shards}`, '--fail-on', 'never', '--format', `json=shard-${number}.json`),
    );
    const merge = run(
      'merge',
      ...numbers.map((number) => `shard-${number}.json`),
      '--format',
      'json=out.json',
    );
    for (const number of numbers) await rm(join(directory, `shard-${number}.json`));
    await rm(join(directory, 'out.json'));
    const alone = run('--fail-on', 'never', '--format', 'json=out.json');
    const dearest = parts.reduce((most, one) => (one.cpu > most.cpu ? one : most));
    return { objects: clusters * services * objectsOfService, alone, dearest, merge };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

const asked = process.argv.slice(2).map(Number);
const sizes = asked.length > 0 ? asked : [50, 100, 200];
const figures = [];
for (const clusters of sizes) {
  const one = await measureFleet(clusters);
  figures.push(one);
  const words = ['alone', 'dearest', 'merge'].map((name) => {
    const { cpu, memory } = one[name];
    return `${name} ${cpu.toFixed(1)} s ${memory === undefined ? '' : `${memory.toFixed(0)} MiB`}`;
  });
  process.stdout.write(`${clusters} clusters, ${one.objects} objects, CPU: ${words.join('; ')}\n`);
}
const [first, last] = [figures.at(0), figures.at(-1)];
if (first.objects < last.objects)
  for (const name of ['alone', 'dearest', 'merge']) {
    const slope = ((last[name].cpu - first[name].cpu) / (last.objects - first.objects)) * 1000;
    process.stdout.write(`${name}: ${slope.toFixed(2)} CPU seconds for each further 1000 objects\n`);
  }
