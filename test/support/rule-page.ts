import { openBuilder } from '../../src/build/build.ts';
import { findEntryPoints } from '../../src/configuration/entry-points.ts';
import { loadConfiguration } from '../../src/configuration/load-configuration.ts';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { judgeBuild, judgeCluster } from '../../src/rules/judge.ts';
import type { Rule, RuleContext } from '../../src/rules/rule.ts';
import { openSources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import type { PageFile } from './page.ts';

/**
 * Builds what the files of a page's case deploy and runs one rule over it. Without a kustomization among them, all files are taken as
 * the resources of one.
 */
export function judgeFiles(files: readonly PageFile[], rule: Rule): Diagnostic[] {
  const sources = openSources(memoryFileSystem(withKustomization(files)));
  const { configuration, diagnostics } = loadConfiguration(sources, '');
  if (diagnostics.length > 0) throw new Error(diagnostics.map((one) => one.message).join('\n'));
  const { environments, provided } = configuration;
  const found = findEntryPoints(sources, { paths: [''], environments, selected: [] });
  const builder = openBuilder(sources);
  const builds = found.roots.map(({ root }) => builder.build(root));
  const context: RuleContext = {
    sources,
    kubernetesVersion: '1.36',
    environments,
    provided,
    files: found.kustomizedFiles,
    ...(environments.length === 0 ? { neighbours: builds } : {}),
  };
  return distinct([
    ...builds.flatMap((build) => judgeBuild(build, context, [rule])),
    ...judgeCluster(builds, context, [rule]),
  ]);
}

/** One line that breaks two builds is one finding, as in a report. */
function distinct(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Map(
    diagnostics.map((one) => [`${one.message}\n${one.span.file.path}\n${one.span.start}`, one]),
  );
  return [...seen.values()];
}

function withKustomization(files: readonly PageFile[]): Record<string, string> {
  const texts = Object.fromEntries(files.map(({ path, text }) => [path, text]));
  if (files.some(({ path }) => path.endsWith('kustomization.yaml'))) return texts;
  const resources = files.map(({ path }) => path).filter((path) => path !== 'cdb-lint.yaml');
  return {
    ...texts,
    'kustomization.yaml': `resources:\n${resources.map((path) => `  - ${path}\n`).join('')}`,
  };
}
