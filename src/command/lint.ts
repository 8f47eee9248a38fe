import type { Report } from '../report/report.ts';
import { statsReport } from '../report/terminal/stats.ts';
import { lint } from '../run/judge.ts';
import type { LintOptions } from '../run/request.ts';
import { withFile } from '../source/overlay.ts';
import { readBaseline, updateBaseline } from './baseline.ts';
import { followSteps } from './follow-steps.ts';
import { complain, type ExitCode, type Io } from './io.ts';
import { jobs, readJobs, withHelp } from './jobs.ts';
import { readRun } from './judging-options.ts';
import { base, type Command, type Invocation, judgingOptions } from './options.ts';
import { isUsageProblem, type UsageProblem } from './parse-arguments.ts';
import { format, type Look, printReport, readOutputs } from './print-report.ts';
import { readEarlierRuns, trend } from './trend.ts';

export const command: Command = {
  name: 'lint',
  synopsis: 'cdb-lint [PATH…]',
  words: 'build, admit and check what is deployed below PATH (default: .)',
  examples: [
    ['cdb-lint k8s/', 'check every environment below k8s/'],
    ['cdb-lint k8s/ --environment prod --fail-on warning', 'one environment, warnings fail'],
    ['cdb-lint . --base origin/main', 'only what this branch changes'],
    ['cdb-lint --format concise --watch', 'one line per finding, again after each save'],
    ['kustomize build . | cdb-lint -', 'the output of another tool'],
    ['cdb-lint --format json=report.json --format terminal', 'for machines and for people'],
    ['cdb-lint --format html=report.html', 'a page to open and to share'],
  ],
  operands: { min: 0, max: Number.POSITIVE_INFINITY, name: 'PATH' },
  options: [
    format,
    ...judgingOptions.scope,
    {
      ...base,
      words: 'report only what changed since then, by the rules of that revision',
    },
    { name: 'only', value: 'RULE', words: 'run only this rule; repeatable', repeatable: true },
    { name: 'skip', value: 'RULE', words: 'leave this rule out; repeatable', repeatable: true },
    ...judgingOptions.servers,
    {
      name: 'baseline',
      value: 'FILE',
      words: "report only findings that this baseline file does not list (default: the configuration's)",
    },
    { name: 'no-baseline', words: 'report everything, even if the configuration names a baseline' },
    { name: 'update-baseline', words: 'write all current findings to the baseline' },
    { name: 'touched', words: 'PATHs are changed files: check only the entry points that read one of them' },
    {
      name: 'staged',
      words: 'with --touched: also the files staged for commit, deleted and renamed ones included',
    },
    {
      name: 'fix',
      mode: 'preview',
      words: 'apply fixes that have one right answer; with =preview print them as a diff',
    },
    {
      name: 'unsafe',
      words: 'with --fix: also apply fixes that may break a program, such as a read-only root',
    },
    {
      name: 'matrix',
      words: 'print the table of criteria for every entry point, not only for named environments',
    },
    { name: 'all', words: 'print every finding, however many there are of one rule' },
    {
      name: 'quiet',
      words: 'print only findings and the verdict, and nothing if the run passes',
    },
    jobs,
    { name: 'shard', value: 'I/N', words: 'build one of N equal parts, for cdb-lint merge' },
    { name: 'watch', words: 'check again whenever a relevant file is saved' },
    { name: 'stats', words: 'print what was read and how long each step took' },
    {
      name: 'link-template',
      value: 'URL',
      words: 'the URL that pages and summaries link lines to, with {path} and {line}',
    },
    trend,
    ...judgingOptions.places,
  ],
  run: runLint,
};

/** Judges what is deployed below the paths. */
async function runLint(invocation: Invocation, io: Io): Promise<ExitCode> {
  const outputs = readOutputs(invocation.options('format'));
  if (isUsageProblem(outputs)) return complain(io, outputs.problem, outputs.help);
  if (invocation.has('unsafe') && !invocation.has('fix'))
    return complain(io, '--unsafe selects which fixes are applied', 'write cdb-lint --fix --unsafe');
  if (invocation.has('staged') && !invocation.has('touched'))
    return complain(io, '--staged selects which files are touched', 'write cdb-lint --touched --staged');
  if (invocation.has('touched') && !invocation.has('staged') && invocation.operands.length === 0)
    return complain(io, '--touched needs files', 'write cdb-lint --touched FILE…, or --touched --staged');
  const run = readRun(invocation, io);
  if (isUsageProblem(run)) return complain(io, run.problem, run.help);
  const { repository } = run;
  const apart = together(invocation);
  if (apart !== undefined) return complain(io, apart.problem, apart.help);
  const earlier = readEarlierRuns(invocation, repository);
  if (isUsageProblem(earlier)) return complain(io, earlier.problem, earlier.help);
  const baseline = readBaseline(invocation, run);
  if (isUsageProblem(baseline)) return complain(io, baseline.problem, baseline.help);
  const threads = readJobs(invocation);
  if (isUsageProblem(threads)) return complain(io, threads.problem, threads.help);
  const isPiped = invocation.operands[0] === '-';
  const { fileSystem } = run.request;
  const request: LintOptions = {
    ...run.request,
    ...(isPiped
      ? { fileSystem: withFile(fileSystem, piped, await io.readStandardInput()), paths: [piped] }
      : {}),
    only: invocation.options('only').flatMap(commaSeparated),
    skip: invocation.options('skip').flatMap(commaSeparated),
    ...baseline.request,
  };
  const shard = invocation.option('shard');
  if (shard !== undefined && isPiped) return complain(io, '--shard needs files', 'list files or folders');
  if (shard !== undefined)
    return (await import('./write-shard.ts')).writeShard(request, { shard, outputs, io });
  if (invocation.has('fix'))
    return (await import('./fix.ts')).runFix(
      request,
      { outputs, repository, mode: invocation.option('fix') ?? '', unsafe: invocation.has('unsafe') },
      io,
    );
  const base = invocation.option('base');
  if (invocation.has('watch'))
    return (await import('./watch-lint.ts')).watchLint(request, base, { outputs, repository, io });
  const steps = followSteps(io);
  const before = base === undefined ? undefined : repository.base(base);
  if (before !== undefined && 'problem' in before) return complain(io, before.problem, before.help);
  const asked = { ...request, onStep: steps.onStep };
  const report =
    before === undefined
      ? withHelp(asked, { ...threads, io }, lint)
      : (await import('../run/gate.ts')).judgeGate(asked, before).report;
  const times = steps.end();
  if (isNowhere(report, invocation) && !repository.isGit)
    return complain(
      io,
      'there is no Git repository and no Kubernetes manifest here',
      'change to a repository, or write what to check: cdb-lint PATH',
    );
  const exitCode = await printReport(report, {
    earlier,
    outputs,
    repository,
    io,
    look: lookOf(invocation),
    linkTemplate: invocation.option('link-template'),
  });
  if (invocation.has('stats')) io.stderr.write(statsReport(report, times));
  const isPrinted = exitCode === report.exitCode;
  const { target } = baseline;
  return target !== undefined && isPrinted
    ? updateBaseline(report, repository.outside(target), io)
    : exitCode;
}

/** Several rules in one option, as people write them for other linters. */
function commaSeparated(text: string): string[] {
  const names = text.split(',').map((one) => one.trim());
  const named = names.filter((one) => one !== '');
  return named.length === 0 ? [text] : named;
}

/** What standard input is called. */
const piped = 'stdin.yaml';

/** Whether nobody said where to look, and nothing is there. */
function isNowhere({ coverage, findings }: Report, { operands }: Invocation): boolean {
  return operands.length === 0 && coverage.documents === 0 && findings.length === 0;
}

function lookOf(invocation: Invocation): Look {
  return { matrix: invocation.has('matrix'), all: invocation.has('all'), quiet: invocation.has('quiet') };
}

/** What a shard, which judges nothing, has no use for. */
const apartFromShard = [
  'fix',
  'touched',
  'watch',
  'base',
  'update-baseline',
  'stats',
  'matrix',
  'all',
  'quiet',
];

/** Options that mean a run each; one over touched files knows too little for a baseline. */
function together(invocation: Invocation): UsageProblem | undefined {
  const pairs = [
    ['fix', 'update-baseline'],
    ['touched', 'update-baseline'],
    ['baseline', 'no-baseline'],
    ['no-baseline', 'update-baseline'],
    ['fix', 'watch'],
    ['update-baseline', 'watch'],
    ['touched', 'watch'],
    ['base', 'fix'],
    ['base', 'update-baseline'],
    ...apartFromShard.map((other) => ['shard', other] as const),
  ] as const;
  const found = pairs.find((pair) => pair.every((name) => invocation.has(name)));
  if (found === undefined) return undefined;
  return {
    problem: `--${found[0]} and --${found[1]} cannot be combined`,
    help: `use --${found[1]} alone`,
  };
}
