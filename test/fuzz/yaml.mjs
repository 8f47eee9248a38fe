// `npm run fuzz:yaml [COUNT [SEED]]`: what cdb-lint reads beside what kustomize, kubectl, Flux and Argo CD read. Needs Go, or CDB_LINT_ORACLE.
import { loadInternals } from '../../bench/load-internals.mjs';
import { openOracle } from './oracle.mjs';

// Reasons are all that counts of an error here.
Error.stackTraceLimit = 0;
const [count = '100000', seed = String(Date.now() % 1e6)] = process.argv.slice(2);
const shown = Number(process.env.SHOWN ?? 5);
// BECAUSE shows what is different for a reason of deliberate.ts, by its name. Of the inputs this share are kustomizations with a text in them.
const shareOfTrees = Number(process.env.TREES ?? 0);

// The words for what is refused cost most of the time and say nothing here.
const wordless = {
  name: 'wordless',
  load: (id) =>
    id.endsWith('explain-refusal.ts')
      ? 'export const explainRefusal = (_, __, { start, end, message, help }) => ({ range: [start, end], message, help });'
      : null,
};

const { compareReadings, compareTrees, generateText, generateTree, randomNumbers } = await loadInternals(
  new URL('internals.ts', import.meta.url).href,
  [wordless],
);
const oracle = openOracle();
function compareOne(text, answer) {
  const compare = typeof text === 'string' ? compareReadings : compareTrees;
  try {
    return compare(text, answer);
  } catch (error) {
    return [{ name: 'cdb-lint', verdict: 'stumbles', detail: String(error) }];
  }
}
const draw = randomNumbers(Number(seed));
let drawn = 0;
const random = () => {
  drawn += 1;
  return draw();
};
const found = new Map();
const tally = {};
function tallyOne(key) {
  tally[key] = (tally[key] ?? 0) + 1;
}
let done = 0;
let isStopped = false;
process.once('SIGTERM', () => {
  isStopped = true;
});
// The oracle answers the next texts while those before them are compared.
function askNext() {
  const texts = Array.from({ length: 500 }, () =>
    random() < shareOfTrees ? generateTree(random) : generateText(random),
  );
  return { texts, asked: oracle.ask(texts), drawnThen: drawn };
}
let next = askNext();
let drawnForCompared = 0;
for (; done < Number(count) && !isStopped; done += 500) {
  const { texts, asked, drawnThen } = next;
  const answers = await asked;
  drawnForCompared = drawnThen;
  const isLast = done + 500 >= Number(count) || isStopped;
  if (!isLast) next = askNext();
  texts.forEach((text, index) => {
    if (answers[index] === undefined) {
      tallyOne('no answer');
      process.stdout.write(`no reader survives ${JSON.stringify(text)}\n`);
      return;
    }
    for (const { name, verdict, detail, because } of compareOne(text, answers[index])) {
      const key = `${name} ${verdict}`;
      tallyOne(key);
      if (because !== undefined) tallyOne(`on purpose: ${because}`);
      const isShown = because !== undefined && because === process.env.BECAUSE;
      if ((verdict === 'agree' || verdict === 'told') && !isShown) continue;
      const examples = found.get(key) ?? [];
      found.set(key, examples);
      examples.push({ text, detail });
      examples.sort((a, b) => JSON.stringify(a.text).length - JSON.stringify(b.text).length).splice(shown);
    }
  });
}
oracle.close();
for (const [key, examples] of found) {
  process.stdout.write(`\n# ${key}\n`);
  for (const { text, detail } of examples) process.stdout.write(`${JSON.stringify(text)}\n    ${detail}\n`);
}
process.stdout.write(`\n${done} texts, seed ${seed}\n${JSON.stringify(tally, null, 2)}\n`);
const seedAfter = (Number(seed) + Math.imul(drawnForCompared, 0x6d2b79f5)) >>> 0;
process.stdout.write(`the same numbers go on with seed ${seedAfter}\n`);
process.exitCode = found.size > 0 ? 1 : 0;
