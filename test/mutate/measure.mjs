// Run by mutate.mjs: changes some files, runs their tests, and notes down which changes these notice. What is in the notes already is done.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVitest } from 'vitest/node';
import { changedFiles } from './changed-files.mjs';

const { files, tests, notes, isSample } = JSON.parse(process.argv[2]);
const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '../..');
const { mutants, codeOf } = await changedFiles(root, files);
const vitest = await createVitest(
  'test',
  {
    config: join(here, 'vitest.config.ts'),
    root,
    watch: false,
    pool: 'threads',
    maxWorkers: 1,
    bail: 1,
    onConsoleLog: () => false,
    reporters: [{}],
  },
  { plugins: [{ name: 'changed', enforce: 'pre', load: (id) => codeOf.get(id.split('?')[0]) }] },
);

for (const test of tests) await runAll(join(root, test));
// Of a sample the score says what is noticed at least.
if (!isSample) await runLeft();
await vitest.close();
note({ isDone: true });

function note(what) {
  appendFileSync(notes, `${JSON.stringify(what)}\n`);
}

function read() {
  const all = existsSync(notes) ? readFileSync(notes, 'utf8').trim().split('\n') : [];
  return all.filter((line) => line !== '').map((line) => JSON.parse(line));
}

/** The tests of a file with the changes that they reach, in another thread for as long as something was spoilt. */
async function runAll(file) {
  const known = read();
  const [done, tried] = [new Set(noticedIn(known)), triedIn(known)];
  vitest.provide('mutation', { notes, done: [...done], tried });
  if (!(await passes([file]))) throw new Error(`${file} fails without a change`);
  const last = read().findLast((one) => one.file === file && one.test === undefined);
  if (last?.isSpoilt === true) await runAll(file);
}

function noticedIn(all) {
  return all.filter(({ noticed }) => noticed !== undefined).map(({ mutant }) => mutant);
}

function triedIn(all) {
  return all.flatMap(({ mutant, tried }) => (tried === undefined ? [] : [`${mutant} ${tried}`]));
}

/** Each change that is reached and not noticed so far, from when its file is loaded on. */
async function runLeft() {
  const known = read();
  const done = new Set([...noticedIn(known), ...known.flatMap(({ unnoticed }) => unnoticed ?? [])]);
  const covering = known.filter(({ covered }) => covered !== undefined);
  for (const { id, status } of mutants) {
    const by = covering.filter(({ covered }) => covered.includes(id));
    if (status !== undefined || done.has(id) || by.length === 0) continue;
    const isLoaded = by.some(({ test }) => test === undefined);
    const only = isLoaded ? undefined : by.map(({ test }) => test);
    vitest.provide('mutation', { notes, active: id, ...(only === undefined ? {} : { only }) });
    note({ running: id });
    const some = await passes([...new Set(by.map(({ file }) => file))]);
    note(some ? { unnoticed: id } : { mutant: id, noticed: 'anew' });
  }
}

async function passes(some) {
  vitest.state.filesMap.clear();
  vitest.state.errorsSet.clear();
  await vitest.start(some);
  const all = vitest.state.getFiles();
  process.exitCode = 0;
  return (
    all.length > 0 && all.every(({ result }) => result?.state !== 'fail') && vitest.state.errorsSet.size === 0
  );
}
