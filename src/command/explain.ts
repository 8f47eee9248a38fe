import { nearest } from '../configuration/nearest.ts';
import { explainRule } from '../report/explain.ts';
import { explainFindings, isFinding } from './explain-finding.ts';
import { complain, type ExitCode, type Io, say } from './io.ts';
import type { Invocation } from './parse-arguments.ts';

/** Prints the page of a rule, or all that is known of a finding. */
export async function runExplain(invocation: Invocation, io: Io): Promise<ExitCode> {
  const [name = ''] = invocation.operands;
  const { rulePages } = await io.pipeline();
  const pages = rulePages();
  const page = explainRule(pages, name);
  if (page !== undefined) return say(io, page);
  if (isFinding(name)) return explainFindings(invocation, io);
  const close = nearest(name, [...pages.keys()]);
  if (close === undefined && io.files.kind(name) === 'file')
    return complain(io, `${name} is a file and no rule`, `name a line of it: cdb-lint explain ${name}:LINE`);
  const help = close === undefined ? 'see cdb-lint rules' : `did you mean "${close}"?`;
  return complain(io, `there is no rule "${name}"`, help);
}
