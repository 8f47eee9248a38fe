// Records what the oracle says of known and of generated texts, for tests that need no Go: `node test/fuzz/record.mjs`.
import { writeFileSync } from 'node:fs';
import { loadInternals } from '../../bench/load-internals.mjs';
import { openOracle } from './oracle.mjs';

const { differingTexts, generateText, knownTexts, knownTrees, randomNumbers } = await loadInternals(
  new URL('internals.ts', import.meta.url).href,
);
const random = randomNumbers(20261129);
const texts = [...knownTexts, ...Array.from({ length: 400 }, () => generateText(random))];
process.env.CDB_LINT_ORACLE_ALL = 'yes';
const oracle = openOracle();
const answers = await oracle.ask(texts);
const differing = await oracle.ask(Object.values(differingTexts));
const built = await oracle.ask(knownTrees);
oracle.close();
const rows = texts.map((text, index) => `  ${JSON.stringify([text, answers[index]])}`);
const trees = knownTrees.map((tree, index) => `  ${JSON.stringify([tree, built[index]])}`);
writeFileSync(new URL('../build/fixtures/known-trees.json', import.meta.url), `[\n${trees.join(',\n')}\n]\n`);
writeFileSync(new URL('../source/fixtures/readings.json', import.meta.url), `[\n${rows.join(',\n')}\n]\n`);
const readers = Object.keys(differingTexts).map((title, index) => [title, differing[index]]);
writeFileSync(
  new URL('../source/fixtures/readers.json', import.meta.url),
  `${JSON.stringify(Object.fromEntries(readers), null, 1)}\n`,
);
