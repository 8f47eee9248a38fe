// `npm run fuzz:substitution [COUNT [SEED]]`: what becomes of variables here beside what Flux makes of them. Needs Go.
import { loadInternals } from '../../bench/load-internals.mjs';
import { compareInputs, withGoOracle } from './go-oracle.mjs';

const [count = '100000', seed = String(Date.now() % 1e6)] = process.argv.slice(2);
const { evaluateTemplate, generateSubstitution, parseTemplate, randomNumbers, variables } =
  await loadInternals(new URL('substitution/internals.ts', import.meta.url).href);
const random = randomNumbers(Number(seed));
const known = new Map(Object.entries(variables));

withGoOracle('substitution/oracle', (ask) => {
  compareInputs({ count: Number(count), seed, what: 'texts', isWrong }, (some, note) => {
    const texts = Array.from({ length: some }, () => generateSubstitution(random));
    const answers = ask([variables, ...texts].map((one) => JSON.stringify(one)));
    answers.forEach((answer, index) => {
      const [own, theirs] = [substituted(texts[index]), JSON.parse(answer)];
      const example = () =>
        `${JSON.stringify(texts[index])}\n  Flux ${answer}\n  here ${JSON.stringify(own)}`;
      note(verdictOf(own, theirs), example);
    });
  });
});

function substituted(text) {
  const nodes = parseTemplate(text);
  return 'error' in nodes ? null : evaluateTemplate(nodes, (name) => known.get(name) ?? '');
}

function isWrong(verdict) {
  return verdict !== 'same';
}

function verdictOf(own, theirs) {
  if (own === theirs) return 'same';
  if (own === null) return 'refused here';
  return theirs === null ? 'missed' : 'different';
}
