// Writes test/template/fixtures/generated.json, what Helm renders of templates at random: node test/fuzz/record-templates.mjs ORACLE [COUNT [SEED]].
// Only what is the same here is written down: what is not stands in the list of `npm run fuzz:templates`.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadInternals } from '../../bench/load-internals.mjs';

const [oracle, count = '900', seed = '1'] = process.argv.slice(2);
const valuesFile = fileURLToPath(new URL('template/values.yaml', import.meta.url));
const values = readFileSync(valuesFile, 'utf8');
const { compareAnswers, generateTemplate, randomNumbers, renderTemplate } = await loadInternals(
  new URL('template/internals.ts', import.meta.url).href,
);
const random = randomNumbers(Number(seed));
const templates = Array.from({ length: Number(count) }, () => generateTemplate(random));
const { stdout } = spawnSync(oracle, [valuesFile], {
  input: templates.map((one) => `${JSON.stringify(one)}\n`).join(''),
  encoding: 'utf8',
  maxBuffer: 2 ** 28,
});
const answers = stdout
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));
const cases = answers
  .map((answer, index) => ({ template: templates[index], ...answer }))
  .filter((one) => compareAnswers(renderTemplate(values, one.template), one) === 'same')
  .filter(({ text = '', error = '' }) => text.length + error.length < 300);
const target = new URL('../template/fixtures/generated.json', import.meta.url);
writeFileSync(target, `[\n${cases.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`);
console.log(`${cases.length} of ${templates.length}`);
