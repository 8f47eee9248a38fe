// Says whether `cdb-lint render` prints of charts what `helm template` prints:
//   node scripts/compare-charts.mjs HELM DIST CHARTS
// HELM is a helm of version 3 or 4, DIST a folder that scripts/build.mjs wrote, CHARTS a folder with one chart in each of its folders,
// whose dependencies are there. Each is rendered with its own values and with each file of its ci/. What draws lots differs between two
// runs of helm as well: lines that do are left out.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const [helm, dist, charts] = process.argv.slice(2).map((one) => resolve(one));
if (charts === undefined) throw new Error('name helm, the folder of a build, and the folder of charts');

const major = execFileSync(helm, ['version', '--short'], { encoding: 'utf8' }).startsWith('v3') ? '3' : '4';
const kubernetes = '1.34';

/** What a program prints; undefined where it fails. */
function run(file, args) {
  try {
    return execFileSync(file, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 2 ** 28,
    });
  } catch {
    return undefined;
  }
}

function renderWithHelm(chart, values) {
  const more = values === undefined ? [] : ['--values', values];
  return run(helm, [
    'template',
    'rel',
    chart,
    '--namespace',
    'ns',
    '--kube-version',
    `${kubernetes}.0`,
    ...more,
  ]);
}

function renderHere(chart, values) {
  const more = values === undefined ? [] : ['--values', values];
  const own = ['render', chart, '--root', charts, '--release', 'rel', '--namespace', 'ns', '--helm', major];
  return run(process.execPath, [join(dist, 'cli.js'), ...own, '--kubernetes-version', kubernetes, ...more]);
}

/** Lines in which neither run of helm has what is printed here. */
function differingLines(first, second, own) {
  const [left, right, mine] = [first, second, own].map((text) => text.split('\n'));
  if (left.length !== mine.length) return Number.POSITIVE_INFINITY;
  return mine.filter((line, index) => line !== left[index] && left[index] === right[index]).length;
}

function judge(chart, values) {
  const [theirs, ours] = [renderWithHelm(chart, values), renderHere(chart, values)];
  if (theirs === undefined || ours === undefined)
    return theirs === ours ? 'refused by both' : theirs === undefined ? 'refused by helm' : 'refused here';
  if (theirs === ours) return 'same';
  const again = renderWithHelm(chart, values) ?? theirs;
  return again !== theirs && differingLines(theirs, again, ours) === 0 ? 'same but for chance' : 'different';
}

const counts = new Map();
for (const name of readdirSync(charts).sort()) {
  const chart = join(charts, name);
  if (!existsSync(join(chart, 'Chart.yaml'))) continue;
  const ci = existsSync(join(chart, 'ci')) ? readdirSync(join(chart, 'ci')) : [];
  for (const values of [
    undefined,
    ...ci.filter((file) => /\.ya?ml$/u.test(file)).map((file) => join(chart, 'ci', file)),
  ]) {
    const verdict = judge(chart, values);
    counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
    if (!verdict.startsWith('same') && verdict !== 'refused by both')
      console.log(`${verdict}: ${values ?? chart}`);
  }
}
console.log(`helm ${major}: ${[...counts].map(([verdict, count]) => `${count} ${verdict}`).join(', ')}`);
