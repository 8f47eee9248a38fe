// Says whether `cdb-lint render` prints of charts what `helm template` prints, and writes down what came out:
//   node scripts/compare-charts.mjs HELM CHARTS RESULTS [KEPT] [--below]
// HELM is a helm of version 3 or 4, CHARTS a folder with one chart in each of its folders, OWNER+REPOSITORY__PATH, whose dependencies
// are there. Each is rendered with its own values and with each file of its ci/. RESULTS is a file of JSON: what stands in it for
// this version is not compared again. KEPT is a folder for what helm printed, so that it need not be asked twice. With --below all
// charts at any depth are compared, packed ones as well: a checkout of Helm has hundreds for its own tests.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadInternals } from '../bench/load-internals.mjs';
import { compareTexts } from './charts/compare-texts.mjs';

const isBelow = process.argv.includes('--below');
const operands = process.argv.slice(2).filter((one) => one !== '--below');
const [helm, charts, results, kept] = operands.map((one) => resolve(one));
if (results === undefined) throw new Error('name helm, the folder of charts, and the file of results');

const { dispatch, openWorkingDirectory } = await loadInternals('../scripts/charts/internals.mjs');
const major = execFileSync(helm, ['version', '--short'], { encoding: 'utf8' }).startsWith('v3') ? '3' : '4';
const kubernetes = '1.34';
const known = existsSync(results) ? JSON.parse(readFileSync(results, 'utf8')) : {};

/** What helm prints, or why it refuses. */
function renderWithHelm(id, chart, values, run) {
  const again = ['', '.again'][run] ?? `.again${run}`;
  const file =
    kept === undefined ? undefined : join(kept, `${id.replaceAll('/', '__')}.${major}${again}.json`);
  if (file !== undefined && existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  const more = values === undefined ? [] : ['--values', values];
  const args = ['template', 'rel', chart, '--namespace', 'ns', '--kube-version', `${kubernetes}.0`, ...more];
  const asked = askHelm(args);
  // Where a schema lies elsewhere, the rest is compared without it.
  const answer = needsNetwork(asked)
    ? { ...askHelm([...args, '--skip-schema-validation']), isWithoutSchema: true }
    : asked;
  if (file !== undefined) writeFileSync(file, JSON.stringify(answer));
  return answer;
}

function askHelm(args) {
  try {
    return {
      text: execFileSync(helm, args, {
        encoding: 'utf8',
        stdio: 'pipe',
        maxBuffer: 2 ** 28,
        timeout: 120_000,
      }),
    };
  } catch ({ stderr }) {
    return { refused: String(stderr).trim() };
  }
}

function needsNetwork({ refused = '' }) {
  return /failing loading|no such host|dial tcp/u.test(refused);
}

async function renderHere(chart, values) {
  const printed = { stdout: '', stderr: '' };
  const stream = (name) => ({
    write: (text) => {
      printed[name] += text;
    },
    columns: undefined,
    isTerminal: false,
  });
  const more = values === undefined ? [] : ['--values', values];
  const args = [
    'render',
    chart,
    '--root',
    charts,
    '--release',
    'rel',
    '--namespace',
    'ns',
    '--helm',
    major,
    '--kubernetes-version',
    kubernetes,
  ];
  const io = {
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    variables: {},
    files: openWorkingDirectory(),
    version: '0',
  };
  const code = await dispatch([...args, ...more], io);
  return code === 0 ? { text: printed.stdout } : { refused: printed.stderr.trim() };
}

async function judge(id, chart, values) {
  const [theirs, ours] = [renderWithHelm(id, chart, values, 0), await renderHere(chart, values)];
  if (theirs.text === undefined || ours.text === undefined) return refusalOf(theirs, ours);
  if (theirs.text === ours.text) return { verdict: 'same' };
  let result;
  // What goes through a map without an order comes out in the same one now and then.
  for (let run = 1; run <= mostRuns && (result === undefined || result.verdict === 'different'); run++) {
    // What asks the clock differs between two runs that are a second apart.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1100);
    const again = renderWithHelm(id, chart, values, run);
    result = compareTexts(theirs.text, again.text ?? theirs.text, ours.text);
  }
  return result;
}

const mostRuns = 8;

function refusalOf(theirs, ours) {
  if (theirs.text !== undefined) return { verdict: 'refused here', ours: ours.refused };
  if (ours.text === undefined)
    return { verdict: 'refused by both', helm: theirs.refused, ours: ours.refused };
  return { verdict: 'refused by helm', helm: theirs.refused };
}

if (kept !== undefined) mkdirSync(kept, { recursive: true });
const isValues = (file) => /\.ya?ml$/u.test(file);
const isChart = (name) => existsSync(join(charts, name, 'Chart.yaml')) || (isBelow && name.endsWith('.tgz'));
for (const name of readdirSync(charts, { recursive: isBelow }).filter(isChart).sort()) {
  const chart = join(charts, name);
  const ci = existsSync(join(chart, 'ci')) ? readdirSync(join(chart, 'ci')).filter(isValues).sort() : [];
  for (const file of [undefined, ...ci]) {
    const id = file === undefined ? name : `${name}__ci__${file}`;
    if (known[id]?.[major] !== undefined) continue;
    const result = await judge(id, chart, file && join(chart, 'ci', file));
    known[id] = { ...known[id], [major]: result };
    writeFileSync(results, `${JSON.stringify(known, null, 1)}\n`);
    if (!result.verdict.startsWith('same') && result.verdict !== 'refused by both')
      console.log(`${id}: ${JSON.stringify(result).slice(0, 600)}`);
  }
}
const counts = new Map();
for (const { [major]: result } of Object.values(known))
  if (result !== undefined) counts.set(result.verdict, (counts.get(result.verdict) ?? 0) + 1);
console.log(`helm ${major}: ${[...counts].map(([verdict, count]) => `${count} ${verdict}`).join(', ')}`);
