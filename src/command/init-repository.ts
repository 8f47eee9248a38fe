import { newBuildMemory } from '../build/build-memory.ts';
import { configurationNames } from '../configuration/configuration-names.ts';
import { plural } from '../diagnostic/plural.ts';
import { runsWithin } from '../diagnostic/runs-within.ts';
import { writeBaseline } from '../report/finding/baseline.ts';
import { summaryWords, uncheckedThings } from '../report/finding/summary-line.ts';
import type { Report } from '../report/report.ts';
import { visible } from '../report/visible.ts';
import { lint } from '../run/judge.ts';
import type { LintOptions } from '../run/request.ts';
import { withFile } from '../source/overlay.ts';
import { directoryOf } from '../source/path.ts';
import type { Repository } from '../source/working-directory.ts';
import { configuredBaseline } from './baseline.ts';
import {
  type Absent,
  baselineName,
  type CheckCall,
  firstConfiguration,
  firstGitlabJob,
  firstWorkflow,
} from './first-files.ts';
import { complain, type ExitCode, type Io, say, writeFile } from './io.ts';
import type { Invocation } from './options.ts';
import { type RepositorySurvey, surveyRepository } from './repository-survey.ts';

const workflowPath = '.github/workflows/cdb-lint.yml';

/** Says what a repository holds and writes its configuration, workflow and baseline; what is there already stays. */
export async function initRepository(directory: string, invocation: Invocation, io: Io): Promise<ExitCode> {
  const repository = io.files.repository(directory, invocation.option('root'));
  const path = repository.inside(directory);
  const survey = surveyRepository(repository.fileSystem, path);
  if (survey.kustomizations + survey.plainFiles + survey.clusters.length === 0)
    return complain(
      io,
      `there is no Kubernetes manifest below ${directory}`,
      'run it in the directory with the manifests, or write cdb-lint init DIR',
    );
  const present = configurationNames.find((name) => repository.fileSystem.kind(name) !== undefined);
  const configuration = present ?? 'cdb-lint.yaml';
  const request = { paths: [path], configuration, now: io.now() };
  const bytes = new TextEncoder().encode(firstConfiguration(survey, false));
  const { fileSystem } = repository;
  const asked = {
    ...request,
    fileSystem: present === undefined ? withFile(fileSystem, configuration, bytes) : fileSystem,
    memory: newBuildMemory(),
    baseline: false as const,
  };
  const report = lint(asked);
  say(io, foundText(survey, report, { directory, counts: countsByProfile(asked, report) }));
  const context: Writing = { repository, io, isDry: invocation.has('dry-run') };
  const baseline = baselineOf(report, io);
  const text = firstConfiguration(survey, baseline !== undefined, absentIn(report));
  if (!write(context, configuration, text)) return 2;
  if (baseline !== undefined && !write(context, baselineName, baseline)) return 2;
  const isNamed = present === undefined || configuredBaseline({ ...request, fileSystem }) !== undefined;
  const isThere = baseline !== undefined || fileSystem.kind(baselineName) !== undefined;
  const call: CheckCall = {
    version: io.version,
    path,
    ...(isThere && !isNamed ? { baseline: baselineName } : {}),
  };
  return writeCall(context, survey, call) ? nextSteps(report, call, io) : 2;
}

const profiles = ['default', 'baseline', 'restricted', 'recommended', 'all'] as const;

/** What each profile asks for on the first day, of one build. */
function countsByProfile(request: Omit<LintOptions, 'profile'>, report: Report): string[] {
  if (runsWithin(report) < profiles.length)
    return [
      '  the repository is too large to count for each profile; cdb-lint --profile NAME counts for one',
    ];
  return profiles.map((profile) => {
    const { summary } = lint({ ...request, profile });
    return `  ${profile.padEnd(12)} ${severityWords(summary)}`;
  });
}

function severityWords(summary: Report['summary']): string {
  const words = summaryWords(summary);
  return [words('error'), words('warning'), words('note')].join(', ');
}

const absentRules: ReadonlyMap<string, Absent['kind']> = new Map([
  ['remote-not-fetched', 'remote'],
  ['helm-chart-not-rendered', 'chart'],
  ['plugin-not-executed', 'plugin'],
]);

/** What could be accepted as not judged. */
function absentIn({ findings }: Report): Absent[] {
  const found = findings.flatMap(({ rule, unchecked }): Absent[] => {
    const kind = absentRules.get(rule);
    if (kind === undefined || unchecked === undefined) return [];
    return [{ kind, name: visible(kind === 'chart' ? unchecked.replace(/^Helm chart /u, '') : unchecked) }];
  });
  return [...new Map(found.map((one) => [`${one.kind} ${one.name}`, one])).values()];
}

function foundText(
  survey: RepositorySurvey,
  report: Report,
  { directory, counts }: { readonly directory: string; readonly counts: readonly string[] },
): string {
  const { kustomizations, roots, plainFiles, clusters, environments } = survey;
  const names = [...environments.keys()];
  const lines = [
    `${plural(kustomizations, 'kustomization')}, ${plural(roots.length, 'root')}${names.length > 0 ? `: ${names.join(', ')}` : ''}`,
    `${plural(plainFiles, 'file')} with plain manifests`,
    ...clusters.map(
      ({ name, reconciliations }) =>
        `${plural(reconciliations, 'entry point')} of Flux or Argo CD for ${name}`,
    ),
    `checked: ${plural(report.coverage.objects, 'object')} in ${plural(report.environments.length, 'environment')}: ${severityWords(report.summary)}`,
    ...(report.unchecked.length > 0
      ? [`not checked: ${plural(uncheckedThings(report.unchecked).length, 'thing')}`]
      : []),
    'with each profile (profile in cdb-lint.yaml):',
    ...counts,
  ];
  return `Found in ${visible(directory)}:\n${lines.map((line) => `  ${visible(line)}\n`).join('')}`;
}

/** Nothing where nothing is found that can be known. */
function baselineOf(report: Report, io: Io): string | undefined {
  if (report.findings.every(({ unchecked }) => unchecked !== undefined)) return undefined;
  return writeBaseline(report, io.now().toISOString().slice(0, 10));
}

interface Writing {
  readonly repository: Repository;
  readonly io: Io;
  readonly isDry: boolean;
}

function write({ repository, io, isDry }: Writing, name: string, text: string): boolean {
  if (repository.fileSystem.kind(name) !== undefined) {
    say(io, `kept ${name}, which already exists\n`);
    return true;
  }
  if (isDry) {
    const shown = name === baselineName ? '' : `:\n${text.replaceAll(/^(?=.)/gmu, '  ')}`;
    say(io, `would write ${name}${shown.trimEnd()}\n`);
    return true;
  }
  const folder = directoryOf(name);
  const problem = folder === '' ? undefined : io.files.makeFolder(repository.outside(folder));
  if (problem !== undefined || !writeFile(io, repository.outside(name), text)) return false;
  say(io, `wrote ${name}\n`);
  return true;
}

function writeCall(context: Writing, { continuousIntegration }: RepositorySurvey, call: CheckCall): boolean {
  if (continuousIntegration === 'github') return write(context, workflowPath, firstWorkflow(call));
  say(context.io, `add this to .gitlab-ci.yml:\n${firstGitlabJob(call)}`);
  return true;
}

function nextSteps({ unchecked, findings }: Report, { baseline }: CheckCall, io: Io): ExitCode {
  const isKnown = findings.some((finding) => finding.unchecked === undefined);
  const lines = [
    isKnown
      ? 'Current findings are known, and only new ones fail. To see all of them: cdb-lint --no-baseline'
      : 'There are no findings today, so no baseline is needed.',
    ...(baseline === undefined
      ? []
      : [`To use it in every run, add to the configuration: baseline: ${baseline}`]),
    ...uncheckedSteps(unchecked),
  ];
  return say(io, lines.map((line) => `${line}\n`).join(''));
}

function uncheckedSteps(unchecked: Report['unchecked']): string[] {
  if (unchecked.length === 0) return [];
  const things = uncheckedThings(unchecked);
  const some = things
    .slice(0, 5)
    .map(({ what, whys: [first = ''] }) => `  ${visible(what)}: ${visible(first)}`);
  const more = things.length > some.length ? [`  and ${things.length - some.length} more`] : [];
  return [
    'The exit code is 2 until these can be checked:',
    ...some,
    ...more,
    'Fix them, or list in cdb-lint.yaml copies of remote bases (remotes), what no one deploys (ignore), or what is not',
    'here and needs no check (notJudged). Findings that appear then are new, until you write the baseline again:',
    '  cdb-lint --update-baseline',
  ];
}
