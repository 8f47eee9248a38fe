import { statsReport } from '../report/terminal/stats.ts';
import { mergeShards } from '../run/shard.ts';
import { withoutFiles } from '../source/without-files.ts';
import { followSteps } from './follow-steps.ts';
import { complain, type ExitCode, type Io } from './io.ts';
import { type Command, type Invocation, root } from './options.ts';
import { isUsageProblem, type UsageProblem } from './parse-arguments.ts';
import { format, printReport, readOutputs } from './print-report.ts';
import { readShardReport, type ShardReport, whyApart } from './shard-report.ts';

export const command: Command = {
  name: 'merge',
  synopsis: 'cdb-lint merge REPORT…',
  words: 'merge the reports of --shard 1/N to N/N into one report',
  examples: [
    ['cdb-lint merge shard-1.json shard-2.json', 'what one run over everything would say'],
    ['cdb-lint merge shards/*.json --format sarif=out.sarif', 'in any format, one or several'],
  ],
  operands: { min: 1, max: Number.POSITIVE_INFINITY, name: 'REPORT' },
  options: [format, { name: 'stats', words: 'print what was read and how long each step took' }, root],
  run: runMerge,
};

/** Judges what shards have built, as they were asked to. */
async function runMerge(invocation: Invocation, io: Io): Promise<ExitCode> {
  const outputs = readOutputs(invocation.options('format'));
  if (isUsageProblem(outputs)) return complain(io, outputs.problem, outputs.help);
  const repository = io.files.repository('.', invocation.option('root'));
  const files = invocation.operands.map(repository.inside);
  const [brought] = repository.committed(files);
  if (brought !== undefined)
    return complain(io, `${brought} is committed: a change could forge its content`, otherReports);
  const reports = readReports(files, (path) => repository.large(path), io.version);
  if (isUsageProblem(reports)) return complain(io, reports.problem, reports.help);
  const [first] = reports;
  if (first === undefined) return complain(io, 'there is no report', 'pass one report for each shard');
  const steps = followSteps(io);
  const { report } = mergeShards(
    {
      ...first.asked,
      // The shards did not have each other's reports before them.
      fileSystem: withoutFiles(repository.fileSystem, files),
      now: io.now(),
      onStep: steps.onStep,
    },
    reports.map(({ partial }) => partial),
  );
  const times = steps.end();
  const exitCode = await printReport(report, { outputs, repository, io });
  if (invocation.has('stats')) io.stderr.write(statsReport(report, times));
  return exitCode;
}

const otherReports = 'pass the reports that the jobs of this run wrote, under names that are not committed';

function readReports(
  files: readonly string[],
  read: (path: string) => Uint8Array | string,
  tool: string,
): ShardReport[] | UsageProblem {
  const reports: ShardReport[] = [];
  for (const file of files) {
    const bytes = read(file);
    const report = typeof bytes === 'string' ? `cannot be read (${bytes})` : readShardReport(bytes, tool);
    if (typeof report === 'string')
      return { problem: `${file} ${report}`, help: 'pass the reports of the shards of one run' };
    reports.push(report);
  }
  return whyApart(reports) ?? reports;
}
