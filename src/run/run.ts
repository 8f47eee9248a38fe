import type { Selection } from '../accept/apply-settings.ts';
import { type LoadedBaseline, loadBaseline } from '../accept/load-baseline.ts';
import { newRunBudgets, type RunBudgets } from '../admit/policy/run-budget.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { readVersions, unknownVersion } from '../configuration/kubernetes-versions.ts';
import { loadConfiguration } from '../configuration/load-configuration.ts';
import { missingClusters } from '../configuration/missing-clusters.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
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
  const sources = openSources(fileSystem, {}, memory?.files);
  onStep({ name: 'read' });
  const { laidDown, near = touched?.[0] ?? paths[0] ?? '' } = options;
  const own = loadConfiguration(sources, near, options.configuration);
  const { configuration, diagnostics } =
    laidDown === undefined ? own : { configuration: laidDown.configuration, diagnostics: [] };
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
    budgets: newRunBudgets(),
    tell: onStep,
    problems: [
      ...diagnostics,
      ...('problem' in versions ? [unknownVersion(versions)] : []),
      ...missingClusters(configuration, fileSystem),
      ...(baseline?.diagnostics ?? []),
    ],
  };
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
