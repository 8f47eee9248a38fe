import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { alternate, peakMemory, timeProcess } from './measure.mjs';
import { printComparison, target } from './table.mjs';
import { writeTree } from './tree.mjs';

const project = fileURLToPath(new URL('..', import.meta.url));
const cli = join(project, 'dist/cli.js');

/** Judging a change against its base, beside judging what is there after it: one leaf of a large tree, and the last commit of our own. */
export async function compareBases() {
  const directory = mkdtempSync(join(tmpdir(), 'cdb-lint-bench-'));
  try {
    const tree = join(directory, 'tree');
    const overlays = await writeTree(tree, 1000);
    commit(tree, 'before');
    const leaf = join(tree, overlays[500], 'kustomization.yaml');
    writeFileSync(leaf, readFileSync(leaf, 'utf8').replace('newTag: 1.500.0', 'newTag: 1.501.0'));
    commit(tree, 'after');
    compareChange('a leaf of 1,000 overlays', tree, 3);
    const clone = join(directory, 'own');
    execFileSync('git', ['clone', '--quiet', '--depth', '2', `file://${project}`, clone]);
    compareChange('the last commit of our own', clone, 5);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function commit(folder, message) {
  const git = (...args) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args]);
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', message);
}

function compareChange(title, cwd, runs) {
  // What is compared with a base is checked in one thread.
  const head = ['node', cli, '.', '--fail-on', 'never', '--jobs', '1'];
  const change = [...head, '--base', 'HEAD^'];
  // Whatever there is to find: time is what is compared.
  const timed = (command) => () => timeProcess(['sh', '-c', '"$@"; true', 'sh', ...command], { cwd });
  const sides = alternate({ 'what is there': timed(head), 'against its base': timed(change) }, runs);
  const [own, both] = [sides['what is there'], sides['against its base']];
  const memory = [head, change].map((command) => peakMemory(command, { cwd }));
  const notes = [target('at most 1.3 times the CPU time', both.cpu <= own.cpu * 1.3)];
  if (memory[0] !== undefined && memory[1] !== undefined) {
    notes.push(`memory ${memory.map((one) => `${one.toFixed(0)} MiB`).join(' and ')}`);
    notes.push(target('at most 1.4 times the memory', memory[1] <= memory[0] * 1.4));
  }
  printComparison(`checking a change: ${title}`, sides, notes);
}
