// How the cost of a fleet grows: one run, and shards with the run that merges them. `node bench/fleet.mjs [CLUSTERS…]` prints it; with
// `--record`, what docs/shards.md says of it is written anew by `npm run generate`. 2,000 clusters are 100,000 objects, and take minutes.
// Run `npm run build` first. It needs GNU time.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { objectsOfCluster, writeFleet } from './fleet-files.mjs';
import { measureProcess } from './measure.mjs';

const tool = process.env.CDB_LINT ?? fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const record = fileURLToPath(new URL('fleet.json', import.meta.url));
const shards = 4;

/** CPU seconds and MiB of one run over everything, of the dearest shard and of merging. */
async function measureFleet(clusters) {
  const directory = await mkdtemp(join(tmpdir(), 'cdb-lint-fleet-'));
  try {
    await writeFleet(directory, clusters);
    const measure = (...args) => measureProcess([process.execPath, tool, ...args], { cwd: directory });
    const run = (...args) => {
      const { status, ...figures } = measure(...args);
      if (status !== 0) throw new Error(`${args.join(' ')} exits with ${status}: not everything is checked`);
      return figures;
    };
    const { status, ...alone } = measure('--fail-on', 'never', '--jobs', '1', '--format', 'json=alone.json');
    const expected = await readFile(join(directory, 'alone.json'));
    await rm(join(directory, 'alone.json'));
    const files = Array.from({ length: shards }, (_, index) => `shard-${index + 1}.json`);
    const parts = files.map((file, index) =>
      run('--shard', `${index + 1}/${shards}`, '--fail-on', 'never', '--format', `json=${file}`),
    );
    const merge = run('merge', ...files, '--format', 'json=merged.json');
    const merged = await readFile(join(directory, 'merged.json'));
    // Beyond the limits of a run that is not split, there is nothing to compare with.
    const isWhole = status === 0;
    if (isWhole && !merged.equals(expected)) throw new Error('the merged report is another one');
    const shard = {
      cpu: Math.max(...parts.map(({ cpu }) => cpu)),
      memory: Math.max(...parts.map(({ memory }) => memory)),
    };
    return { clusters, objects: clusters * objectsOfCluster, ...(isWhole ? { alone } : {}), shard, merge };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

const asked = process.argv.slice(2).filter((word) => word !== '--record');
const sizes = asked.length > 0 ? asked.map(Number) : [100, 200, 400, 1000, 2000];
const figures = [];
for (const clusters of sizes) {
  const one = await measureFleet(clusters);
  figures.push(one);
  const words = ['alone', 'shard', 'merge'].map((name) => {
    const known = one[name];
    const figures = known && `${known.cpu.toFixed(1)} s ${known.memory.toFixed(0)} MiB`;
    return `${name} ${figures ?? 'is beyond its limits'}`;
  });
  process.stdout.write(`${clusters} clusters, ${one.objects} objects, CPU: ${words.join('; ')}\n`);
  if (process.argv.includes('--record'))
    await writeFile(record, `${JSON.stringify({ shards, figures }, null, 2)}\n`);
}
