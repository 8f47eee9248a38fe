// `npm run fuzz:rules [COUNT [SEED [FOLDER…]]]`: trees with values that nobody expects, judged in this process, printed in every format,
// repaired. Nothing may throw, and nothing may stumble.
import { loadInternals } from '../../bench/load-internals.mjs';
import { seedTrees } from './seed-trees.mjs';

const [count = '1000', seed = String(Date.now() % 1e6), ...folders] = process.argv.slice(2);
const slow = Number(process.env.SLOW ?? 5);
const formats = ['terminal', 'concise', 'json', 'sarif', 'junit', 'github', 'gitlab', 'markdown', 'html'];

// Where what stumbles came from; a report keeps its words alone.
const telling = {
  name: 'telling',
  load: (id) =>
    id.endsWith('source/error-text.ts')
      ? `export function errorText(error) {
          globalThis.lastStack = error?.stack;
          return error instanceof Error ? error.message : 'no error';
        }`
      : null,
};
const { readPage, report, fix, judge, memoryFileSystem, randomNumbers, mutateTree } = await loadInternals(
  new URL('rules-internals.ts', import.meta.url).href,
  [telling],
);

const trees = seedTrees(readPage, folders);
const random = randomNumbers(Number(seed));
const found = new Map();

function note(stack, files) {
  const frames = String(stack).split('\n');
  const key = [frames[0], ...frames.filter((line) => line.includes(' at ')).slice(0, 3)].join('\n');
  const size = JSON.stringify(files).length;
  const known = found.get(key);
  if (known === undefined || size < known.size)
    found.set(key, { size, files, count: (known?.count ?? 0) + 1 });
  else known.count += 1;
}

const began = performance.now();
for (let index = 0; index < Number(count); index++) {
  const files = mutateTree(trees[Math.floor(random() * trees.length)], random);
  const from = process.cpuUsage();
  try {
    const options = { fileSystem: memoryFileSystem(files), paths: [''], withEvidence: true };
    const { report: result } = judge(options);
    for (const { rule, message } of result.findings)
      if (rule === 'check-failed' || message.includes('could not be checked here'))
        note(`${message}\n${globalThis.lastStack}`, files);
    for (const format of formats) report(result, format);
    if (index % 10 === 0) fix(options);
  } catch (error) {
    note(error.stack, files);
  }
  const spent = process.cpuUsage(from).user / 1e6;
  if (spent > slow) note(`slow: ${spent.toFixed(1)} s`, files);
}
const seconds = ((performance.now() - began) / 1000).toFixed(0);
for (const [key, { files, count: times }] of found)
  process.stdout.write(`\n# ${times} times: ${key}\n${JSON.stringify(files)}\n`);
process.stdout.write(
  `\n${count} trees of ${trees.length}, seed ${seed}, ${seconds} s: ${found.size} faults\n`,
);
process.exitCode = found.size > 0 ? 1 : 0;
