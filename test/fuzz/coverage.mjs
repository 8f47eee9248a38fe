// `npm run fuzz -- MINUTES [TARGET…]`: inputs that reach code which none before them reached, by jazzer.js (`npm ci --prefix test/fuzz`
// installs it). The minutes are shared out among the targets. What ends a run stands in `test/fuzz/found`, and is run again by
// `npm run fuzz -- 0 TARGET`, which runs the corpus and what was found, and nothing new. What reached new code stands in
// `test/fuzz/grown`, where the next run begins; `test/fuzz/inputs.json` counts all inputs of all runs.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const here = fileURLToPath(new URL('.', import.meta.url));
const jazzer = join(here, 'node_modules/@jazzer.js/core/dist/cli.js');
if (!existsSync(jazzer)) throw new Error('jazzer.js is not installed: npm ci --prefix test/fuzz');
const all = readdirSync(join(here, 'targets'))
  .map((name) => basename(name, '.ts'))
  .filter((name) => name !== 'numbers');
/** Those that wait for somebody's answers. */
const asynchronous = new Set(['editor']);
const [minutes = '1', ...chosen] = process.argv.slice(2);
const targets = chosen.length === 0 ? all : chosen;
const seconds = Math.floor((Number(minutes) * 60) / targets.length);
const work = mkdtempSync(join(tmpdir(), 'cdb-lint-fuzz-'));
const found = join(here, 'found');
mkdirSync(found, { recursive: true });
let failed = 0;
let inputs = 0;
try {
  for (const target of targets) await fuzz(target);
} finally {
  rmSync(work, { recursive: true, force: true });
}
process.stdout.write(`${inputs} inputs, ${failed} targets with a fault\n`);
process.exitCode = failed === 0 ? 0 : 1;

async function fuzz(target) {
  const folder = join(work, target);
  const file = join(folder, 'target.cjs');
  const bundle = await rolldown({
    input: join(here, 'targets', `${target}.ts`),
    platform: 'node',
    logLevel: 'warn',
  });
  await bundle.write({ file, format: 'cjs', codeSplitting: false });
  await bundle.close();
  const corpus = join(here, 'corpus', target);
  mkdirSync(corpus, { recursive: true });
  const grown = join(here, 'grown', target);
  mkdirSync(grown, { recursive: true });
  const own = join(found, target);
  mkdirSync(own, { recursive: true });
  const limits = seconds === 0 ? ['-runs=0'] : [`-max_total_time=${seconds}`];
  const options = [
    ...limits,
    `-artifact_prefix=${own}/`,
    '-max_len=4096',

    '-rss_limit_mb=3000',
    '-print_final_stats=1',
  ];
  const isSync = !asynchronous.has(target);
  const words = [
    file,
    grown,
    corpus,
    ...(seconds === 0 ? [own] : []),
    ...(isSync ? ['--sync'] : []),
    '--timeout',
    '20000',
    '-i',
    'target.cjs',
    '--disable_bug_detectors',
    '.*',
    '--',
  ];
  // Into a file: a process that ends at once loses what is still on its way through a pipe.
  const log = join(folder, 'log');
  const stdio = ['ignore', openSync(log, 'w'), openSync(log, 'a')];
  const run = spawnSync(process.execPath, [jazzer, ...words, ...options], { cwd: folder, stdio });
  const said = readFileSync(log, 'utf8');
  const count = Number(/number_of_executed_units:\s+(\d+)/u.exec(said)?.[1] ?? 0);
  inputs += count;
  if (seconds > 0) addToTotal(target, count);
  process.stdout.write(
    `${target}: ${count} inputs, ${run.status === 0 && count > 0 ? 'no fault' : 'a FAULT'}\n`,
  );
  if (run.status === 0 && count > 0) return;
  failed += 1;
  process.stdout.write(`${said.slice(-6000)}\n`);
}

function addToTotal(target, count) {
  const file = join(here, 'inputs.json');
  const totals = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  totals[target] = (totals[target] ?? 0) + count;
  writeFileSync(file, `${JSON.stringify(totals, null, 2)}\n`);
}
