import { listRules } from '../report/explain.ts';
import { rulePages } from '../run/rule-pages.ts';
import { type ExitCode, type Io, say } from './io.ts';
import type { Command, Invocation } from './options.ts';

export const command: Command = {
  name: 'rules',
  synopsis: 'cdb-lint rules',
  words: 'list the rules',
  examples: [['cdb-lint rules | grep secret', 'the ones about secrets']],
  operands: { min: 0, max: 0, name: '' },
  options: [],
  run: runRules,
};

/** Lists the rules. */
function runRules(_invocation: Invocation, io: Io): ExitCode {
  return say(io, listRules(rulePages()));
}
