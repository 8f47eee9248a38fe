// How the cost of a fleet grows: one run, and shards with the run that merges them. `node bench/fleet.mjs [CLUSTERS…]` prints it; with
// `--record`, what docs/shards.md says of it is written anew by `npm run generate`. 2,000 clusters are 100,000 objects, and take minutes.
// Run `npm run build` first. It needs GNU time.
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
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
  const reports = await mkdtemp(join(tmpdir(), 'cdb-lint-fleet-reports-'));
  // Each job has a checkout of its own: no run finds the report of another one among the files.
  const putAway = (file) => rename(join(directory, file), join(reports, file));
  const bringBack = (file) => rename(join(reports, file), join(directory, file));
  try {
    await writeFleet(directory, clusters);
    const run = (report, ...args) => runTool(directory, report, args);
    const runWhole = async (report, ...args) => {
      const { costs, failure } = await run(report, ...args);
      if (failure !== undefined) throw new Error(failure);
      return costs;
    };
    const alone = await run('alone.json', '--fail-on', 'never', '--jobs', '1');
    // Beyond the limits of a run that is not split, there is nothing to compare with.
    const isWhole = alone.failure === undefined;
    if (!isWhole) await tellLimit(alone.failure, join(directory, 'alone.json'));
    await putAway('alone.json');
    const files = Array.from({ length: shards }, (_, index) => `shard-${index + 1}.json`);
    const parts = [];
    for (const [index, file] of files.entries()) {
      parts.push(await runWhole(file, '--shard', `${index + 1}/${shards}`, '--fail-on', 'never'));
      await putAway(file);
    }
    await Promise.all(files.map(bringBack));
    const merge = await runWhole('merged.json', 'merge', ...files);
    const merged = await readFile(join(directory, 'merged.json'));
    if (isWhole && !merged.equals(await readFile(join(reports, 'alone.json'))))
      throw new Error('the merged report is another one');
    const shard = {
      cpu: Math.max(...parts.map(({ cpu }) => cpu)),
      memory: Math.max(...parts.map(({ memory }) => memory)),
    };
    const objects = clusters * objectsOfCluster;
    return { clusters, objects, ...(isWhole ? { alone: alone.costs } : {}), shard, merge };
  } finally {
    for (const one of [directory, reports]) await rm(one, { recursive: true, force: true });
  }
}

/** What one run costs and, unless everything is checked, what it and its report say of that. */
async function runTool(directory, report, args) {
  const command = [process.execPath, tool, ...args, '--format', `json=${report}`];
  const { status, stderr, ...costs } = measureProcess(command, { cwd: directory });
  if (status === 0) return { costs };
  const file = join(directory, report);
  const unchecked = existsSync(file)
    ? (JSON.parse(await readFile(file, 'utf8')).coverage?.unchecked ?? [])
    : [];
  const reasons = [stderr.trim(), ...unchecked.map(({ why }) => why)].filter((one) => one !== '');
  return { costs, failure: [`${args.join(' ')} exits with ${status}`, ...reasons].join('\n  ') };
}

/** Only a limit may end the run that is not split: the reasons are shown. */
async function tellLimit(failure, report) {
  const { diagnostics } = existsSync(report)
    ? JSON.parse(await readFile(report, 'utf8'))
    : { diagnostics: [] };
  if (!diagnostics.some(({ rule }) => rule === 'too-large')) throw new Error(failure);
  process.stderr.write(`${failure}\n`);
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
  if (process.argv.includes('--record')) {
    const inOrder = figures.toSorted((a, b) => a.clusters - b.clusters);
    await writeFile(record, `${JSON.stringify({ shards, figures: inOrder }, null, 2)}\n`);
  }
}
