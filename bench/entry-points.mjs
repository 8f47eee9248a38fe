import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { alternate, timeProcess } from './measure.mjs';
import { printComparison, target } from './table.mjs';
import { writeTree } from './tree.mjs';

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const counts = [5, 50, 500];

/** Judging repositories of growing size, in which Flux applies one overlay for each entry point, over shared bases. */
export async function compareEntryPoints() {
  const directory = mkdtempSync(join(tmpdir(), 'cdb-lint-bench-'));
  try {
    const roots = [];
    for (const count of counts) {
      const root = join(directory, String(count));
      writeEntryPoints(root, await writeTree(root, count));
      roots.push(root);
    }
    const judge = (cwd) => () => timeProcess(['node', cli, '.', '--fail-on', 'never'], { cwd });
    const sides = Object.fromEntries(counts.map((count, index) => [named(count), judge(roots[index])]));
    const medians = alternate(sides, 3);
    const growth = marginal(medians, 50, 500) / marginal(medians, 5, 50);
    printComparison('checking what Flux applies: overlays of 26 objects over 10 shared bases', medians, [
      `a further entry point costs ${growth.toFixed(2)} times as much from 50 to 500 as from 5 to 50`,
      target('the cost grows linearly', growth < 1.25),
    ]);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function named(count) {
  return `${count.toLocaleString('en')} entry points`;
}

function marginal(medians, from, to) {
  return (medians[named(to)].cpu - medians[named(from)].cpu) / (to - from);
}

function writeEntryPoints(root, overlays) {
  const cluster = join(root, 'clusters/prod');
  mkdirSync(cluster, { recursive: true });
  writeFileSync(
    join(cluster, 'source.yaml'),
    `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 1m, url: "https://example.com/org/repository", ref: { branch: main } }
`,
  );
  for (const [index, overlay] of overlays.entries())
    writeFileSync(join(cluster, `team-${index}.yaml`), entryPoint(index, overlay));
}

function entryPoint(index, overlay) {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: team-${index}, namespace: flux-system }
spec:
  interval: 10m
  timeout: 5m
  path: ./${overlay}
  prune: true
  wait: true
  sourceRef: { kind: GitRepository, name: flux-system }
  postBuild:
    substitute:
      team: team-${index}
${index > 0 && index % 10 > 0 ? `  dependsOn:\n    - name: team-${index - 1}\n` : ''}`;
}
