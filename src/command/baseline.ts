import { loadConfiguration } from '../configuration/load-configuration.ts';
import { plural } from '../diagnostic/plural.ts';
import { writeBaseline } from '../report/finding/baseline.ts';
import type { Report } from '../report/report.ts';
import type { LintOptions } from '../run/request.ts';
import { openSources } from '../source/load.ts';
import type { Repository } from '../source/working-directory.ts';
import { complain, type ExitCode, type Io, writeFile } from './io.ts';
import type { Invocation } from './options.ts';
import type { UsageProblem } from './parse-arguments.ts';

export interface BaselineChoice {
  readonly request: Pick<LintOptions, 'baseline'>;
  /** The file to write, relative to the repository's root; absent where none is to be written. */
  readonly target?: string;
}

/** Which findings a run knows already, and where it writes them anew. */
export function readBaseline(
  invocation: Invocation,
  { request, repository }: { readonly request: LintOptions; readonly repository: Repository },
): UsageProblem | BaselineChoice {
  if (invocation.has('no-baseline')) return { request: { baseline: false } };
  const given = invocation.option('baseline');
  const named = given === undefined ? undefined : repository.inside(given);
  if (!invocation.has('update-baseline')) return { request: named === undefined ? {} : { baseline: named } };
  const target = named ?? configuredBaseline(request);
  if (target === undefined)
    return {
      problem: '--update-baseline needs a file',
      help: 'add --baseline FILE, or set baseline in cdb-lint.yaml',
    };
  const isThere = repository.fileSystem.kind(target) !== undefined;
  return { request: { baseline: isThere ? target : false }, target };
}

/** The baseline that the configuration of a run names, relative to the repository's root. */
export function configuredBaseline({
  fileSystem,
  paths,
  configuration,
}: Pick<LintOptions, 'fileSystem' | 'paths' | 'configuration'>): string | undefined {
  return loadConfiguration(openSources(fileSystem), paths[0] ?? '', configuration).configuration.baseline
    ?.path;
}

/** Writes what a run has found. What it could not look for stays as it is, and the exit code says that there is something. */
export function updateBaseline(report: Report, file: string, io: Io): ExitCode {
  if (report.findings.some(({ rule }) => rule === 'baseline-invalid'))
    return complain(io, `${file} is not written`, 'its content is unknown: fix it, or remove it');
  if (!writeFile(io, file, writeBaseline(report, io.now().toISOString().slice(0, 10)))) return 2;
  if (report.unchecked.length === 0) return 0;
  return complain(
    io,
    `${file} has all current findings, but ${plural(report.unchecked.length, 'thing')} could not be checked`,
    'findings that they hide will count as new; the report shows how to check them',
  );
}
