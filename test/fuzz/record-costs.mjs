// Writes down what the API server estimates (`test/admit/cost/fixtures`): the costs of the rules that stand in `estimates.json`, with any
// number for those that are new, and the sizes that the schemas of `declared-sizes.json` declare: node test/fuzz/record-costs.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { withGoOracle } from './go-oracle.mjs';

const fixtures = new URL('../admit/cost/fixtures/', import.meta.url);

withGoOracle('cost/oracle', (ask) => {
  record('estimates.json', ask, writtenCosts);
  record('declared-sizes.json', ask, ({ schema, isResource }, { declared }) =>
    JSON.stringify({ schema, isResource, declared }),
  );
});

function record(name, ask, written) {
  const file = new URL(name, fixtures);
  const entries = JSON.parse(readFileSync(file, 'utf8'));
  const answers = ask(entries.map(({ costs, ...one }) => JSON.stringify({ ...one, rules: rulesOf(costs) })));
  const lines = entries.map((entry, index) => written(entry, JSON.parse(answers[index])));
  writeFileSync(file, `[\n${lines.join(',\n')}\n]\n`);
}

function rulesOf(costs = {}) {
  return Object.keys(costs);
}

/** A rule a line. */
function writtenCosts({ schema, isResource, costs }, answer) {
  const lines = rulesOf(costs).map((rule, index) => {
    const cost = answer.costs[index];
    if (typeof cost === 'string') throw new Error(`${rule}: ${cost}`);
    return `${JSON.stringify(rule)}: ${cost}`;
  });
  const head = JSON.stringify({ schema, isResource }).slice(0, -1);
  return `${head},"costs":{\n${lines.join(',\n')}\n}}`;
}
