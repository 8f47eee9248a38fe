import { type Reason, type ReasonId, reasonIds, reasonOf } from '../change/reasons.ts';
import { nearest } from '../configuration/nearest.ts';
import { criterionWords } from '../diagnostic/criterion.ts';
import { profileNames } from '../diagnostic/profile.ts';
import { criteria } from '../report/criteria.ts';
import { explainRule } from '../report/explain.ts';
import { rulePages } from '../run/rule-pages.ts';
import { explainFindings, isFinding } from './explain-finding.ts';
import { profilePage } from './explain-profile.ts';
import { explainRows } from './explain-row.ts';
import { complain, type ExitCode, type Io, say } from './io.ts';
import type { Invocation } from './options.ts';
import { base, type Command, root } from './options.ts';

export const command: Command = {
  name: 'explain',
  synopsis: 'cdb-lint explain RULE|FINGERPRINT|FILE:LINE [PATH]',
  words: 'explain a rule, a finding, or where the values of a line come from',
  examples: [
    ['cdb-lint explain image-not-pinned', 'the page of a rule: why, bad and good examples'],
    ['cdb-lint explain wired', 'a column of the table of criteria'],
    ['cdb-lint explain recommended', 'a profile: the policies that it contains'],
    [
      'cdb-lint explain k8s/base/services/ws-deployment.yaml:74',
      'the findings at a line, or what the line sets',
    ],
    ['cdb-lint explain 5bf3ed4c', 'one finding, by the first digits of its fingerprint'],
    ['cdb-lint explain moves-down', 'a reason in a plan'],
    ['cdb-lint explain d73a310f --base HEAD^1', 'one row of a plan, with all of its objects'],
  ],
  operands: { min: 1, max: 2, name: 'RULE, FINGERPRINT or FILE:LINE' },
  options: [base, root],
  run: runExplain,
};

/** Prints the page of a rule, or all that is known of a finding. */
function runExplain(invocation: Invocation, io: Io): ExitCode {
  const [name = ''] = invocation.operands;
  const pages = rulePages();
  const page = explainRule(pages, name) ?? columnPage(name) ?? profilePage(name);
  if (page !== undefined) return say(io, page);
  if (reasonIds.includes(name)) return say(io, reasonPage(reasonOf(name as ReasonId), name));
  if (isFinding(name) && invocation.option('base') !== undefined) return explainRows(invocation, io);
  if (isFinding(name)) return explainFindings(invocation, io);
  const close = nearest(name, [...pages.keys(), ...criteria.map((one) => one.name), ...profileNames]);
  if (close === undefined && io.files.kind(name) === 'file')
    return complain(io, `${name} is a file, not a rule`, `add a line: cdb-lint explain ${name}:LINE`);
  const isObject = close === undefined && /^[a-z]+\/[^/]+$/iu.test(name);
  if (isObject)
    return complain(
      io,
      `${name} is not a rule`,
      `to see where its values come from: cdb-lint blame DIR ${name}`,
    );
  const help = close === undefined ? 'see cdb-lint rules' : `did you mean "${close}"?`;
  return complain(io, `there is no rule "${name}"`, help);
}

/** What a column of the table of criteria says, and which rules count in it. */
function columnPage(name: string): string | undefined {
  const column = criteria.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (column === undefined) return undefined;
  const rules = column.rules.map((rule) => `  ${rule}\n`).join('');
  return `${column.name}, a column of the table of criteria: ${criterionWords[column.name]}.\n\nThe rules that count in it:\n${rules}`;
}

/** What a reason of a plan means; the table of docs/plan.md says the same. */
function reasonPage({ one, why, link }: Reason, name: string): string {
  const source = link === undefined ? '' : `\nsource: ${link}\n`;
  return `${name}: an object ${one}\n\n${why}\n${source}`;
}
