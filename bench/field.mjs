import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { alternate, peakMemory, timeProcess } from './measure.mjs';
import { print, printComparison, skip, target } from './table.mjs';

const own = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const runs = 3;

/**
 * Whole runs over checkouts of public repositories, in `FIELD` or beside this one, beside the build of another commit whose
 * `cli.js` is `REFERENCE`.
 */
export function compareField({ FIELD = resolve('../field'), REFERENCE } = process.env) {
  const title = 'judging checkouts of public repositories';
  if (!existsSync(FIELD)) return skip(title, `there are no checkouts in ${FIELD}, which FIELD names`);
  for (const name of readdirSync(FIELD)) {
    const cwd = join(FIELD, name);
    if (!statSync(cwd).isDirectory()) continue;
    if (REFERENCE === undefined) tell(name, cwd);
    else compareWith(REFERENCE, name, cwd);
  }
}

// Whatever there is to find, that too: time is what is compared.
function judge(cli, cwd) {
  const command = ['sh', '-c', '"$@"; true', 'sh', 'node', cli, '.', '--fail-on', 'never'];
  return { time: () => timeProcess(command, { cwd }), memory: () => peakMemory(command, { cwd }) };
}

function tell(name, cwd) {
  const { time, memory } = judge(own, cwd);
  const { cdb } = alternate({ cdb: time }, runs);
  print(name, [
    ['', 'CPU s', 'MiB'],
    ['cdb-lint', cdb.cpu.toFixed(2), memory()?.toFixed(0) ?? '-'],
  ]);
}

function compareWith(reference, name, cwd) {
  const [before, now] = [judge(resolve(reference), cwd), judge(own, cwd)];
  const sides = alternate({ reference: before.time, 'cdb-lint': now.time }, runs);
  const [earlier, later] = [before.memory(), now.memory()];
  const notes = [target('at most half the CPU time', sides['cdb-lint'].cpu <= sides.reference.cpu / 2)];
  if (earlier !== undefined && later !== undefined) {
    notes.push(`memory ${earlier.toFixed(0)} and ${later.toFixed(0)} MiB`);
    notes.push(target('at most two thirds of the memory', later <= (earlier * 2) / 3));
  }
  printComparison(name, sides, notes);
}
