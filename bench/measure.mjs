// Times whole processes: alternating between the sides, so that what else the machine does hits all of them alike.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Node tells a child's wall time only; bash tells the CPU time of all that it waited for, in milliseconds.
const timed = 'TIMEFORMAT="%R %U %S"; { time "$@" >/dev/null 2>/dev/null; } 2>&1';

/** Whether a program is there to compare with. */
export function isInstalled(program) {
  return spawnSync('bash', ['-c', 'command -v -- "$1"', 'bash', program], { stdio: 'ignore' }).status === 0;
}

/** Wall and CPU seconds of one command. */
export function timeProcess(command, options = {}) {
  const words = ['-c', timed, 'bash', ...command];
  const { stdout, status } = spawnSync('bash', words, { encoding: 'utf8', ...options });
  if (status !== (options.status ?? 0)) throw new Error(`${command.join(' ')} exits with ${status}`);
  const [wall, user, system] = stdout.trim().split(' ').map(Number);
  return { wall, cpu: user + system };
}

/** The most memory that a command held, in MiB; undefined where nothing measures it. */
export function peakMemory(command, options = {}) {
  return measureProcess(command, options)?.memory;
}

/** CPU seconds and peak MiB of one run of a command, with its exit code and what it says on stderr; undefined where nothing measures them. */
export function measureProcess(command, options = {}) {
  if (!existsSync('/usr/bin/time')) return undefined;
  const directory = mkdtempSync(join(tmpdir(), 'cdb-lint-bench-'));
  const file = join(directory, 'times');
  const words = ['-f', '%U %S %M', '-o', file, ...command];
  const { status, stderr } = spawnSync('/usr/bin/time', words, {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    maxBuffer: Number.POSITIVE_INFINITY,
    ...options,
  });
  const [user, system, kibibytes] = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .at(-1)
    .split(' ')
    .map(Number);
  rmSync(directory, { recursive: true });
  return { cpu: user + system, memory: kibibytes / 1024, status, stderr };
}

/** Medians of `runs` rounds, each of which takes every side once. A side is a function that gives {wall, cpu}. */
export function alternate(sides, runs) {
  const names = Object.keys(sides);
  const taken = new Map(names.map((name) => [name, []]));
  for (let round = 0; round < runs; round++) {
    // Every other round goes backwards: no side always comes after the same one.
    for (const name of round % 2 === 0 ? names : names.toReversed()) taken.get(name).push(sides[name]());
  }
  return Object.fromEntries(names.map((name) => [name, medians(taken.get(name))]));
}

function medians(samples) {
  return { wall: median(samples.map(({ wall }) => wall)), cpu: median(samples.map(({ cpu }) => cpu)) };
}

export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
