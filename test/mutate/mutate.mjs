// `npm run mutate [PART…]`: changes the code that defends, one operator at a time, and says which changes no test notices, by StrykerJS
// (`npm ci --prefix test/mutate` installs it). `defences.mjs` has the files and their tests, `survivors.json` what may survive, and why.
// A score below the one of `scores.json` is an error, and so is a reason for what no longer survives; a score that has risen is written there.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defences, samples } from './defences.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '../..');
const stryker = join(here, 'node_modules/@stryker-mutator/core/bin/stryker.js');
if (!existsSync(stryker)) throw new Error('StrykerJS is not installed: npm ci --prefix test/mutate');
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
  for (const [file, mutants] of mutantsOf(some, tests)) judge(file, mutants);
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
    return { status, line: location.start.line, name: time === 1 ? name : `${name} (${time})` };
  });
}

function mutantsOf(some, tests) {
  const work = mkdtempSync(join(tmpdir(), 'cdb-lint-mutate-'));
  const [report, settings] = ['report.json', 'stryker.json'].map((name) => join(work, name));
  writeFileSync(settings, JSON.stringify(settingsFor(some, report)));
  const { status } = spawnSync(process.execPath, [stryker, 'run', settings], {
    cwd: root,
    stdio: ['ignore', process.env.MUTATE_LOG === undefined ? 'ignore' : 'inherit', 'inherit'],
    env: { ...process.env, MUTATE_TESTS: tests },
  });
  if (status !== 0) throw new Error(`StrykerJS failed on ${some.join(', ')}; MUTATE_LOG=yes shows why`);
  const { files: judged } = JSON.parse(readFileSync(report, 'utf8'));
  rmSync(work, { recursive: true, force: true });
  return some.map((file) => {
    const source = readFileSync(join(root, file), 'utf8').split('\n');
    const mutants = judged[file]?.mutants ?? [];
    return [file, mutants.map((one) => ({ ...one, original: between(source, one.location) }))];
  });
}

function between(lines, { start, end }) {
  const some = lines.slice(start.line - 1, end.line);
  some[some.length - 1] = (some.at(-1) ?? '').slice(0, end.column - 1);
  return some.join('\n').slice(start.column - 1);
}

function settingsFor(some, report) {
  return {
    mutate: some,
    testRunner: 'vitest',
    plugins: [join(here, 'node_modules/@stryker-mutator/vitest-runner/dist/src/index.js')],
    vitest: { configFile: 'test/mutate/vitest.config.ts', related: false },
    coverageAnalysis: 'perTest',
    concurrency: 1,
    reporters: ['json'],
    jsonReporter: { fileName: report },
    ignorePatterns: ['/dist', '/site', '/test/fuzz', '/k8s', '/test/mutate/node_modules', '/.git'],
    // Words for people are held by the tests of messages; a change of one is no hole in a defence.
    mutator: { excludedMutations: ['StringLiteral'] },
    allowEmpty: false,
    tempDirName: '.stryker',
    cleanTempDir: 'always',
    disableTypeChecks: false,
    // It rewrites the one that is there with an interface that TypeScript 7 no longer has, and no test needs one.
    tsconfigFile: 'none.json',
  };
}

function sorted(table) {
  return Object.fromEntries(Object.entries(table).sort(([one], [other]) => (one < other ? -1 : 1)));
}
