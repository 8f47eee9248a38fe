import { judgePlan } from '../run/judge-plan.ts';
import { compareAgain } from './compare-again.ts';
import { complain, type ExitCode, type Io } from './io.ts';
import { readRun } from './judging-options.ts';
import type { Invocation } from './options.ts';
import {
  appliedBy,
  base,
  type Command,
  config,
  environment,
  kubernetesVersion,
  profile,
  root,
} from './options.ts';
import { isUsageProblem } from './parse-arguments.ts';
import { format, printReport, readOutputs } from './print-report.ts';
import { watchRuns } from './watch.ts';

export const command: Command = {
  name: 'plan',
  synopsis: 'cdb-lint plan [PATH…]',
  words: 'show what a change does to each cluster: what is deleted, refused, recreated, restarted',
  examples: [
    ['cdb-lint plan', 'what this branch, or this merge, does'],
    ['cdb-lint plan --base HEAD^1', 'what the last commit does'],
    ['cdb-lint plan --base ../before/ k8s/', 'without Git'],
    ['cdb-lint plan --base HEAD --watch', 'what your edits do, again after each save'],
    ['cdb-lint plan --format json=plan.json --format terminal', 'for machines and for people'],
  ],
  operands: { min: 0, max: Number.POSITIVE_INFINITY, name: 'PATH' },
  options: [
    base,
    format,
    environment,
    profile,
    kubernetesVersion,
    appliedBy('as Flux or kubectl'),
    { name: 'watch', words: 'compare again whenever a relevant file is saved' },
    config,
    root,
  ],
  run: runPlan,
};

/** Compares two revisions and says what the way from one to the other does. */
async function runPlan(invocation: Invocation, io: Io): Promise<ExitCode> {
  const outputs = readOutputs(invocation.options('format'));
  if (isUsageProblem(outputs)) return complain(io, outputs.problem, outputs.help);
  const run = readRun(invocation, io);
  if (isUsageProblem(run)) return complain(io, run.problem, run.help);
  const { request, repository } = run;
  const base = invocation.option('base');
  const printing = { outputs, repository, io };
  if (invocation.has('watch')) return watchRuns(request, compareAgain(repository, base, judgePlan), printing);
  const before = repository.base(base);
  if ('problem' in before) return complain(io, before.problem, before.help);
  return printReport(judgePlan(request, before).report, printing);
}
