// `npm run mutate [PART…]`: changes the code that defends, one operator at a time, and says which changes no test notices, with the
// changes of StrykerJS (`npm ci --prefix test/mutate` installs it). `defences.mjs` has the files and their tests, `survivors.json` what may survive, and why.
// A score below the one of `scores.json` is an error, and so is a reason for what no longer survives; a score that has risen is written there.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { changedFiles } from './changed-files.mjs';
import { defences, samples } from './defences.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '../..');
/** Milliseconds without a note. */
const longestWait = 180_000;
const chosen = process.argv.slice(2);
const tables = { ...defences, ...samples };
const files = Object.values(tables).flatMap((table) => Object.entries(table));
const parts = new Map(
  Object.entries(tables).flatMap(([part, table]) => Object.keys(table).map((file) => [file, part])),
);
const isChosen = (file) =>
  chosen.length === 0 || chosen.some((one) => one === parts.get(file) || file.startsWith(one));
/** Files with the same tests are run together, which need to be started once. */
const groups = new Map();
for (const [file, tests] of files.filter(([file]) => isChosen(file)))
  groups.set(tests.join(), [...(groups.get(tests.join()) ?? []), file]);
const known = read('survivors.json', {});
let isWorse = false;
for (const [tests, some] of groups)
  for (const [file, mutants] of await mutantsOf(some, tests)) judge(file, mutants);
process.exitCode = isWorse ? 1 : 0;

function read(name, otherwise) {
  const file = join(here, name);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : otherwise;
}

function judge(file, mutants) {
  const counted = named(mutants).filter(({ status }) => !['Ignored', 'CompileError'].includes(status));
  const alive = counted.filter(({ status }) => ['Survived', 'NoCoverage'].includes(status));
  const unknown = alive.filter(({ name }) => known[file]?.[name] === undefined);
  const score = percent(counted.length - unknown.length, counted.length);
  // Read when it is compared: another run may have written others meanwhile.
  const scores = read('scores.json', {});
  const least = scores[file]?.score ?? 0;
  console.log(
    `${file}: ${counted.length} changes, ${alive.length} unnoticed, ${unknown.length} of them without a reason`,
  );
  for (const { line, name } of unknown) console.log(`  ${line}: ${name}`);
  const outdated = Object.keys(known[file] ?? {}).filter((name) => alive.every((one) => one.name !== name));
  for (const name of outdated) console.log(`  is noticed now, or gone: ${name}`);
  if (score < least || outdated.length > 0) isWorse = true;
  const best = { ...scores, [file]: { changes: counted.length, score: Math.max(score, least) } };
  writeFileSync(join(here, 'scores.json'), `${JSON.stringify(sorted(best), null, 2)}\n`);
}

function percent(part, whole) {
  return whole === 0 ? 100 : Math.round((part / whole) * 1000) / 10;
}

/** Each change by what it replaces, not by its line: `a < b → a <= b`, and `a < b → a <= b (2)` for the second such change of a file. */
function named(mutants) {
  const words = (text) => text.replace(/\s+/gu, ' ').slice(0, 90);
  const times = new Map();
  return mutants.map(({ status, original, replacement, location }) => {
    const name = `${words(original)} → ${words(replacement ?? '')}`;
    const time = (times.get(name) ?? 0) + 1;
    times.set(name, time);
    return { status, line: location.start.line + 1, name: time === 1 ? name : `${name} (${time})` };
  });
}

/** The changes of files with the same tests, each with whether these notice it. */
async function mutantsOf(some, tests) {
  const work = mkdtempSync(join(tmpdir(), 'cdb-lint-mutate-'));
  const notes = join(work, 'notes.jsonl');
  writeFileSync(notes, '');
  const isSample = some.every((file) => parts.get(file) in samples);
  while (!(await isMeasured({ files: some, tests: tests.split(','), notes, isSample })));
  const all = notesIn(notes);
  rmSync(work, { recursive: true, force: true });
  const reached = new Set(all.flatMap(({ covered = [] }) => covered));
  const noticed = new Set(all.flatMap(({ mutant, noticed: by }) => (by === undefined ? [] : [mutant])));
  const { mutants } = await changedFiles(root, some);
  const statusOf = ({ id, status }) =>
    status ?? (noticed.has(id) ? 'Killed' : reached.has(id) ? 'Survived' : 'NoCoverage');
  return some.map((file) => {
    const source = readFileSync(join(root, file), 'utf8').split('\n');
    const own = mutants.filter(({ fileName }) => fileName === join(root, file));
    return [
      file,
      own.map((one) => ({ ...one, status: statusOf(one), original: between(source, one.location) })),
    ];
  });
}

/** Runs what is left to be run; a change with which nothing is noted down for minutes never ends, which is noticed. */
async function isMeasured(asked) {
  const child = spawn(process.execPath, [join(here, 'measure.mjs'), JSON.stringify(asked)], {
    cwd: root,
    stdio: ['ignore', 'ignore', process.env.MUTATE_LOG === undefined ? 'ignore' : 'inherit'],
    env: { ...process.env, MUTATE_TESTS: asked.tests.join() },
  });
  const running = () => notesIn(asked.notes).at(-1)?.running;
  let isEndless = false;
  const watch = setInterval(() => {
    isEndless = Date.now() - statSync(asked.notes).mtimeMs > longestWait && running() !== undefined;
    if (isEndless) child.kill('SIGKILL');
  }, 5000);
  const [code] = await once(child, 'exit');
  clearInterval(watch);
  if (isEndless)
    appendFileSync(asked.notes, `${JSON.stringify({ mutant: running(), noticed: 'endless' })}\n`);
  else if (notesIn(asked.notes).at(-1)?.isDone !== true)
    throw new Error(`${asked.files.join(', ')}: the run ended with ${code}; MUTATE_LOG=yes shows why`);
  return !isEndless;
}

function notesIn(file) {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
}

function between(lines, { start, end }) {
  const some = lines.slice(start.line, end.line + 1);
  some[some.length - 1] = (some.at(-1) ?? '').slice(0, end.column);
  return some.join('\n').slice(start.column);
}

function sorted(table) {
  return Object.fromEntries(Object.entries(table).sort(([one], [other]) => (one < other ? -1 : 1)));
}
