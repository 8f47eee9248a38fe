// What more threads are worth: wall and CPU time of a run, in turns. `node bench/jobs.mjs CHECKOUT [N…]`, by default 1, 2 and as many as
// there are cores. Run `npm run build` first, on a machine that has nothing else to do.
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { alternate, peakMemory, timeProcess } from './measure.mjs';

const tool = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const [checkout = '.', ...given] = process.argv.slice(2);
const asked = given.length > 0 ? given : [...new Set(['1', '2', `${availableParallelism()}`])];
const rounds = 5;

const commandFor = (jobs) => [
  'bash',
  '-c',
  '"$@" || [ $? -le 2 ]',
  'bash',
  process.execPath,
  tool,
  '--format',
  'json',
  '--jobs',
  jobs,
];
const sides = Object.fromEntries(
  asked.map((jobs) => [`jobs ${jobs}`, () => timeProcess(commandFor(jobs), { cwd: checkout })]),
);
const times = alternate(sides, rounds);
const [first] = Object.values(times);
for (const [name, { wall, cpu }] of Object.entries(times)) {
  const memory = peakMemory(commandFor(name.slice(5)), { cwd: checkout });
  const held = memory === undefined ? '' : `, ${memory.toFixed(0)} MiB`;
  const ratio = (first.wall / wall).toFixed(2);
  process.stdout.write(`${name}: ${wall.toFixed(2)} s wall (${ratio}), ${cpu.toFixed(2)} s CPU${held}\n`);
}
