import { listRules } from '../report/explain.ts';
import { rules } from '../rules/registry.ts';
import { ruleTags } from '../rules/rule-tag.ts';
import { rulePages } from '../run/rule-pages.ts';
import { type ExitCode, type Io, say } from './io.ts';
import type { Command, Invocation, Option } from './options.ts';

const tag: Option = {
  name: 'tag',
  value: 'TAG',
  words: `only rules with this tag, one of ${ruleTags.join(', ')}`,
  oneOf: ruleTags,
};

export const command: Command = {
  name: 'rules',
  synopsis: 'cdb-lint rules',
  words: 'list the rules',
  examples: [
    ['cdb-lint rules | grep secret', 'those about secrets'],
    ['cdb-lint rules --tag order', 'those about the order of deployment'],
  ],
  operands: { min: 0, max: 0, name: '' },
  options: [tag],
  run: runRules,
};

/** Lists the rules, or those with a tag. */
function runRules(invocation: Invocation, io: Io): ExitCode {
  const wanted = invocation.option('tag');
  const tagged = rules.flatMap(({ id, tags }) => (tags.some((one) => one === wanted) ? [id] : []));
  return say(io, wanted === undefined ? listRules(rulePages()) : listRules(rulePages(), tagged));
}
