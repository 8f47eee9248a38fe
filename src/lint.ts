import { applySettings } from './configuration/apply-settings.ts';
import { findEntryPoints } from './configuration/entry-points.ts';
import { loadConfiguration } from './configuration/load-configuration.ts';
import { assembleReport } from './report/assemble.ts';
import type { FailOn, Report } from './report/report.ts';
import type { FileSystem } from './source/file-system.ts';
import { openSources } from './source/load.ts';

export interface LintOptions {
  readonly fileSystem: FileSystem;
  /** Files and directories to judge, relative to the repository's root. */
  readonly paths: readonly string[];
  /** The configuration file; the nearest cdb-lint.yaml where absent. */
  readonly configuration?: string;
  /** Only these environments; all where empty. */
  readonly environments?: readonly string[];
  readonly kubernetesVersion?: string;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly failOn?: FailOn;
}

/** Judges what is deployed below the given paths: builds it, admits it, and says what is wrong at the line to edit. */
export function lint(options: LintOptions): Report {
  const sources = openSources(options.fileSystem);
  const { configuration, diagnostics: configurationProblems } = loadConfiguration(
    sources,
    options.paths[0] ?? '',
    options.configuration,
  );
  const found = findEntryPoints(sources, {
    paths: options.paths,
    environments: configuration.environments,
    selected: options.environments ?? [],
  });
  const diagnostics = [...configurationProblems, ...found.diagnostics];
  const judged = applySettings(diagnostics, configuration, {
    only: options.only ?? [],
    skip: options.skip ?? [],
  });
  return assembleReport({
    diagnostics: judged.kept,
    accepted: judged.accepted,
    serviceOf: () => undefined,
    environments: [],
    coverage: {
      ...sources.counts,
      builds: 0,
      objects: 0,
      policies: 0,
      policiesCompiled: 0,
      withoutSchema: [],
      notDeployed: [],
    },
    unchecked: found.roots.map(({ root }) => ({ what: root, why: 'builds are not wired up yet' })),
    rules: [],
    secrets: [],
    failOn: options.failOn ?? 'error',
  });
}
