// `npm run fuzz:costs [COUNT [SEED]]`: what rules of CRDs may cost here beside what the modules of the API server estimate. Needs Go.
import { readFileSync } from 'node:fs';
import { loadInternals } from '../../bench/load-internals.mjs';
import { compareInputs, withGoOracle } from './go-oracle.mjs';

const [count = '20000', seed = String(Date.now() % 1e6)] = process.argv.slice(2);
const { costOfRules, generateRule, randomNumbers } = await loadInternals(
  new URL('cost/internals.ts', import.meta.url).href,
);
const fixture = new URL('../admit/cost/fixtures/estimates.json', import.meta.url);
const [{ schema }] = JSON.parse(readFileSync(fixture, 'utf8'));
const costOf = costOfRules(schema);
const random = randomNumbers(Number(seed));

withGoOracle('cost/oracle', (ask) => {
  compareInputs({ count: Number(count), seed, what: 'rules', isWrong }, (some, note) => {
    const rules = Array.from({ length: some }, () => generateRule(random));
    const { costs } = JSON.parse(ask([JSON.stringify({ schema, rules })])[0]);
    rules.forEach((rule, index) => {
      const [own, theirs] = [costHere(rule), costs[index]];
      note(verdictOf(own, theirs), () => `${rule}\n  there ${theirs}\n  here ${own}`);
    });
  });
});

function costHere(rule) {
  try {
    return costOf(rule);
  } catch (error) {
    return String(error);
  }
}

function isWrong(verdict) {
  return !['same', 'refused', 'refused once its constants are known'].includes(verdict);
}

/** Costs that no number of JavaScript holds exactly may differ in what it leaves out. */
function verdictOf(own, theirs) {
  if (typeof own === 'string') return typeof theirs === 'string' ? 'refused' : 'refused here';
  if (typeof theirs !== 'string') return Math.abs(own - theirs) <= theirs * 1e-12 ? 'same' : 'different';
  return /^program instantiation failed/u.test(theirs) ? 'refused once its constants are known' : 'missed';
}
