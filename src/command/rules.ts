import { listRules } from '../report/explain.ts';
import { type ExitCode, type Io, say } from './io.ts';
import type { Invocation } from './parse-arguments.ts';

/** Lists the rules. */
export async function runRules(_invocation: Invocation, io: Io): Promise<ExitCode> {
  const { rulePages } = await io.pipeline();
  return say(io, listRules(rulePages()));
}
