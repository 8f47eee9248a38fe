import type { Selection } from '../accept/apply-settings.ts';
import { type LoadedBaseline, loadBaseline } from '../accept/load-baseline.ts';
import {
  expressionAllowance,
  mostJudged,
  newRunBudgets,
  type RunBudgets,
} from '../admit/policy/run-budget.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { readVersions, unknownVersion } from '../configuration/kubernetes-versions.ts';
import { loadConfiguration } from '../configuration/load-configuration.ts';
import { helpForProfile } from '../configuration/load-profiles.ts';
import { missingClusters } from '../configuration/missing-clusters.ts';
import { resolveProfile } from '../configuration/resolve-profile.ts';
import { mostCauses } from '../diagnostic/cause.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { builtInProfile } from '../diagnostic/profile.ts';
import { startOf } from '../diagnostic/span.ts';
import { openSources } from '../source/load.ts';
import type { Asked, Surveyor } from '../survey/asked.ts';
import type { LintOptions } from './request.ts';

/** What was asked, and all that belongs to one run and to no other. */
export interface Run extends Surveyor {
  readonly options: LintOptions;
  /** Which rules. */
  readonly selection: Selection;
  /** As the command line names them; empty where the configuration says. */
  readonly kubernetesVersions: readonly string[];
  readonly baseline?: LoadedBaseline;
  readonly budgets: RunBudgets;
  /** What is wrong with what was asked. */
  readonly problems: readonly Diagnostic[];
}

/** Reads what was asked: the options, the configuration, the baseline. */
export function openRun(options: LintOptions): Run {
  const { fileSystem, paths, touched, memory, onStep = () => {}, only = [], skip = [] } = options;
  const { shards = 1 } = options;
  const sources = openSources(fileSystem, { shards }, memory?.files);
  onStep({ name: 'read' });
  const { laidDown, near = touched?.[0] ?? paths[0] ?? '' } = options;
  const own = loadConfiguration(sources, near, options.configuration);
  const { configuration: configured, diagnostics } =
    laidDown === undefined ? own : { configuration: laidDown.configuration, diagnostics: [] };
  const configuration = withProfileRules(configured, options.profile);
  const versions = readVersions(options.kubernetesVersions ?? []);
  const baseline = laidDown === undefined ? chosenBaseline(configuration, options) : laidDown.baseline;
  return {
    options,
    sources,
    configuration,
    isConfigured: laidDown?.isConfigured ?? diagnostics.length === 0,
    asked: askedOf(options, configuration),
    selection: { only, skip },
    kubernetesVersions: 'problem' in versions ? [] : versions,
    ...(baseline === undefined ? {} : { baseline }),
    ...(memory === undefined ? {} : { memory }),
    ...(options.evidence === undefined ? {} : { earlier: options.evidence.earlier }),
    ...(laidDown?.lasting === undefined ? {} : { lasting: laidDown.lasting }),
    budgets: newRunBudgets(
      () => mostCauses(sources.counts.bytes),
      () => shards * mostJudged(sources.counts.bytes),
      sources.effort,
      () => shards * expressionAllowance(sources.counts.bytes),
    ),
    tell: onStep,
    problems: [
      ...diagnostics,
      ...('problem' in versions ? [unknownVersion(versions)] : []),
      ...missingClusters(configuration, fileSystem),
      ...unknownProfile(configuration, options.profile),
      ...(baseline?.diagnostics ?? []),
    ],
  };
}

/** The configuration with what its profile says of single rules, where it says nothing of them itself. */
function withProfileRules(configuration: Configuration, asked: string | undefined): Configuration {
  const { profile, profiles } = configuration;
  const { rules } = resolveProfile(asked ?? profile?.name, profiles);
  if (rules.size === 0) return configuration;
  return { ...configuration, rules: new Map([...rules, ...configuration.rules]) };
}

/** A profile that the command line names and nobody knows. */
function unknownProfile({ profiles }: Configuration, asked: string | undefined): Diagnostic[] {
  if (asked === undefined || profiles.has(asked) || builtInProfile(asked) !== undefined) return [];
  return [
    {
      rule: 'configuration-invalid',
      severity: 'error',
      message: `there is no profile "${asked}"`,
      help: helpForProfile(asked, profiles),
      span: startOf({ path: 'profile', text: '' }),
      related: [],
      unchecked: 'the requested profile',
    },
  ];
}

function askedOf({ paths, environments = [], touched }: LintOptions, { file = '' }: Configuration): Asked {
  // Whatever the configuration changes may change everywhere.
  const isPart = touched !== undefined && !touched.includes(file);
  return { paths, environments, ...(isPart ? { touched } : {}) };
}

function chosenBaseline(
  { baseline: configured }: Configuration,
  { fileSystem, baseline: given }: LintOptions,
): LoadedBaseline | undefined {
  if (given === false) return undefined;
  if (given !== undefined) return loadBaseline(fileSystem, given);
  return configured && loadBaseline(fileSystem, configured.path, configured.span);
}
