import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { alternate, isInstalled, timeProcess } from './measure.mjs';
import { printComparison, skip, target } from './table.mjs';

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const releases = 100;

/**
 * Rendering charts beside `helm template`: one chart, and a hundred releases of one in a run. CHART names the folder of a chart whose
 * dependencies are there; HELM the program.
 */
export async function compareCharts() {
  const { CHART: chart, HELM: helm = 'helm' } = process.env;
  if (!isInstalled(helm)) return skip('render CHART', `${helm} is not installed`);
  if (chart === undefined || !existsSync(join(chart, 'Chart.yaml')))
    return skip('render CHART', 'name the folder of a chart: CHART=…');
  compareOne(chart, helm);
  compareMany(chart, helm);
}

function compareOne(chart, helm) {
  const sides = alternate(
    {
      'cdb-lint render CHART': () => timeProcess(['node', cli, 'render', chart, '--release', 'r']),
      'helm template': () => timeProcess([helm, 'template', 'r', chart]),
    },
    7,
  );
  const [ours, theirs] = Object.values(sides);
  printComparison('render CHART: one chart', sides, [
    target('less CPU time than helm template', ours.cpu < theirs.cpu),
  ]);
}

function compareMany(chart, helm) {
  const directory = mkdtempSync(join(tmpdir(), 'cdb-lint-bench-'));
  try {
    const folder = join(directory, '.cdb-lint/sources');
    mkdirSync(folder, { recursive: true });
    mkdirSync(join(directory, '.git'));
    spawnSync(helm, ['package', chart, '-d', folder], { stdio: 'ignore' });
    const name = /^name: *(\S+)/mu.exec(
      spawnSync(helm, ['show', 'chart', chart], { encoding: 'utf8' }).stdout,
    )?.[1];
    for (let index = 0; index < releases; index++) writeRelease(directory, name, index);
    const loop = `for i in $(seq ${releases}); do "$0" template r$i "$1" || exit 1; done`;
    const sides = alternate(
      {
        'cdb-lint render --all': () => timeProcess(['node', cli, 'render', '--all', '.'], { cwd: directory }),
        [`${releases} times helm template`]: () => timeProcess(['bash', '-c', loop, helm, chart]),
      },
      3,
    );
    const [ours, theirs] = Object.values(sides);
    printComparison(`render --all DIR: ${releases} releases of one chart`, sides, [
      target('a fifth of the CPU time of helm template', ours.cpu * 5 < theirs.cpu),
    ]);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function writeRelease(directory, name, index) {
  const root = join(directory, `apps/a${index}`);
  mkdirSync(root, { recursive: true });
  const entry = `- { name: ${name}, repo: 'https://charts.example.org', releaseName: r${index}, namespace: n${index} }`;
  writeFileSync(join(root, 'kustomization.yaml'), `helmCharts:\n${entry}\n`);
}
