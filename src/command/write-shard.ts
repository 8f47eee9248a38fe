import { jsonLine } from '../report/machine/json-text.ts';
import type { ShardedRequest } from '../run/partial.ts';
import type { LintOptions } from '../run/request.ts';
import { buildShard } from '../run/shard.ts';
import { followSteps } from './follow-steps.ts';
import { complain, type ExitCode, type Io, writeFile } from './io.ts';
import { isUsageProblem } from './parse-arguments.ts';
import type { Output } from './print-report.ts';
import { readShard, type ShardReport } from './shard-report.ts';

/** Builds the share of one shard and writes its report; what it is worth says `merge`. */
export function writeShard(
  request: LintOptions,
  {
    shard: text,
    outputs,
    io,
  }: { readonly shard: string; readonly outputs: readonly Output[]; readonly io: Io },
): ExitCode {
  const shard = readShard(text);
  if (isUsageProblem(shard)) return complain(io, shard.problem, shard.help);
  const [output, ...others] = outputs;
  if (output?.name !== 'json' || others.length > 0)
    return complain(io, 'a shard is not a report yet', 'write --format json=FILE, and merge the files');
  const { fileSystem, now: _, ...asked } = request;
  const steps = followSteps(io);
  const partial = buildShard({ ...asked, fileSystem, onStep: steps.onStep }, shard);
  steps.end();
  const report: ShardReport = { version: 1, shard, tool: io.version, asked: plainly(asked), partial };
  const written = jsonLine(report);
  if (output.file !== undefined) return writeFile(io, output.file, written) ? 0 : 2;
  io.stdout.write(written);
  return 0;
}

/** As it comes out of a file again. */
function plainly(asked: ShardedRequest): ShardedRequest {
  return JSON.parse(JSON.stringify(asked)) as ShardedRequest;
}
