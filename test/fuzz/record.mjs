// Records what the oracle says of known and of generated texts, for tests that need no Go: `node test/fuzz/record.mjs`.
import { writeFileSync } from 'node:fs';
import { loadInternals } from '../../bench/load-internals.mjs';
import { openOracle } from './oracle.mjs';

const { generateText, knownTexts, randomNumbers } = await loadInternals(
  new URL('internals.ts', import.meta.url).href,
);
const random = randomNumbers(20261129);
const texts = [...knownTexts, ...Array.from({ length: 400 }, () => generateText(random))];
const oracle = openOracle();
const answers = await oracle.ask(texts);
oracle.close();
const rows = texts.map((text, index) => `  ${JSON.stringify([text, answers[index]])}`);
writeFileSync(new URL('../source/fixtures/readings.json', import.meta.url), `[\n${rows.join(',\n')}\n]\n`);
