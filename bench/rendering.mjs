import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { alternate, isInstalled, peakMemory, timeProcess } from './measure.mjs';
import { print, printComparison, ratio, skip, target } from './table.mjs';
import { writeTree } from './tree.mjs';

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const sampled = 50;
const least = { 100: 5, 1000: 10 };

/** `render` on one root, and `render --all` on growing trees beside one process a root. */
export async function compareRendering() {
  const directory = mkdtempSync(join(tmpdir(), 'cdb-lint-bench-'));
  try {
    const marginal = [];
    for (const count of [10, 100, 1000]) {
      const root = join(directory, String(count));
      const overlays = await writeTree(root, count);
      if (count === 10) compareOne(root, overlays[0]);
      marginal.push({ count, ...compareTree(root, overlays) });
    }
    printGrowth(marginal);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function compareOne(cwd, overlay) {
  const title = 'render DIR: one small root';
  if (!isInstalled('kubectl')) return skip(title, 'kubectl is not installed');
  const sides = alternate(
    {
      'cdb-lint render': () => timeProcess(['node', cli, 'render', overlay], { cwd }),
      'kubectl kustomize': () => timeProcess(['kubectl', 'kustomize', overlay], { cwd }),
    },
    11,
  );
  printComparison(title, sides, [
    target(
      'less CPU time than kubectl kustomize',
      sides['cdb-lint render'].cpu < sides['kubectl kustomize'].cpu,
    ),
  ]);
}

function compareTree(cwd, overlays) {
  const count = overlays.length;
  const title = `render --all DIR: ${count} overlays over 10 bases of 12 objects, two in each`;
  const others = [
    ['kustomize', ['kustomize', 'build']],
    ['kubectl', ['kubectl', 'kustomize']],
  ].filter(([program]) => isInstalled(program));
  const ours = ['node', cli, 'render', '--all', '.'];
  const sides = alternate(
    {
      'cdb-lint render --all': () => timeProcess(ours, { cwd }),
      ...Object.fromEntries(
        others.map(([, command]) => [
          `${command.join(' ')} per root`,
          () => timeEach(command, overlays, cwd),
        ]),
      ),
    },
    count > 100 ? 3 : 5,
  );
  const memory = peakMemory(ours, { cwd });
  const own = sides['cdb-lint render --all'].cpu;
  const theirs = sides['kustomize build per root']?.cpu;
  const wanted = least[count];
  printComparison(title, sides, [
    ...(count > sampled && others.length > 0
      ? [`the processes per root were measured on ${sampled} roots and scaled to ${count}`]
      : []),
    ...(others.length < 2 ? ['skipped: kustomize or kubectl, which is not installed'] : []),
    ...(wanted === undefined || theirs === undefined
      ? []
      : [target(`${wanted} times as fast as kustomize build in CPU time`, theirs >= wanted * own)]),
    ...(memory === undefined ? [] : [target(`${memory.toFixed(0)} MiB at most, under 512`, memory < 512)]),
  ]);
  return { cpu: own };
}

/** One process a root; of many roots evenly spread ones stand for all. */
function timeEach(command, overlays, cwd) {
  const step = Math.max(1, overlays.length / sampled);
  const chosen = Array.from({ length: Math.min(sampled, overlays.length) }, (_, index) =>
    overlays.at(Math.floor(index * step)),
  );
  const script = chosen.map((overlay) => `${command.join(' ')} ${overlay}`).join(' && ');
  const { wall, cpu } = timeProcess(['bash', '-c', script], { cwd });
  const scale = overlays.length / chosen.length;
  return { wall: wall * scale, cpu: cpu * scale };
}

function printGrowth(trees) {
  const rows = trees.slice(1).map(({ count, cpu }, index) => {
    const before = trees[index];
    const each = ((cpu - before.cpu) * 1000) / (count - before.count);
    return [`${before.count} to ${count} roots`, `${each.toFixed(1)} ms of CPU for each more`];
  });
  const [small, medium, large] = trees;
  const early = (medium.cpu - small.cpu) / (medium.count - small.count);
  const late = (large.cpu - medium.cpu) / (large.count - medium.count);
  print('growth of render --all', rows, [
    target(`linear: a root among 1,000 costs ${ratio(late, early)} of one among 100`, late <= early * 1.2),
  ]);
}
