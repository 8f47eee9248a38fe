import { openBuilder } from '../../src/build/build.ts';
import { discoverySettings } from '../../src/configuration/discovery-settings.ts';
import { defaultKubernetesVersion } from '../../src/configuration/kubernetes-versions.ts';
import { loadConfiguration } from '../../src/configuration/load-configuration.ts';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { discover } from '../../src/reconcile/discover.ts';
import { judgeBuild, judgeCluster, judgeRun } from '../../src/rules/judge.ts';
import type { Rule } from '../../src/rules/rule.ts';
import { openSources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { repositoryOf } from '../../src/survey/deployment.ts';
import { findEntryPoints } from '../../src/survey/entry-points.ts';
import type { Surroundings } from '../../src/workload/surroundings.ts';
import type { PageFile } from './page.ts';

/**
 * Builds what the files of a page's case deploy and runs one rule over it; of a rule that is judged while something is
 * built, given by its name, it takes what the builds say. Without a kustomization among them, all files are taken as
 * the resources of one; for rules of clusters and of builds they stay as they are, for Flux and Argo CD find their own.
 */
export function judgeFiles(files: readonly PageFile[], rule: Rule | string): Diagnostic[] {
  const ofCluster = typeof rule === 'string' || rule.scope === 'cluster';
  const texts = Object.fromEntries(files.map(({ path, text }) => [path, text]));
  const sources = openSources(memoryFileSystem(ofCluster ? texts : withKustomization(texts)));
  const { configuration, diagnostics } = loadConfiguration(sources, '');
  if (diagnostics.length > 0) throw new Error(diagnostics.map((one) => one.message).join('\n'));
  const { environments, provided, privateRegistries } = configuration;
  const found = findEntryPoints(sources, { paths: [''], environments, selected: [] });
  const builder = openBuilder(sources);
  const builds = found.roots.map(({ root }) => builder.build(root));
  const { fluxVersion } = configuration;
  const context: Surroundings = {
    sources,
    ...(fluxVersion === undefined ? {} : { fluxVersion }),
    kubernetesVersion: defaultKubernetesVersion,
    environments,
    provided,
    privateRegistries,
    files: found.kustomizedFiles,
    documents: found.documents,
    ...(environments.length === 0 ? { neighbours: builds } : {}),
  };
  if (!ofCluster)
    return distinct([
      ...builds.flatMap((build) => judgeBuild(build, context, [rule])),
      ...judgeRun(builds, context, [rule]),
    ]);
  const { clusters } = discover(sources, repositoryOf(found), builder, discoverySettings(configuration));
  if (typeof rule !== 'string')
    return distinct(clusters.flatMap((cluster) => judgeCluster(cluster, { ...context, clusters }, [rule])));
  const all = clusters.flatMap(({ reconciliations }) => reconciliations.map(({ build }) => build));
  return distinct([...all, ...builds].flatMap((build) => build.diagnostics)).filter(
    (one) => one.rule === rule,
  );
}

/** One line that breaks two builds is one finding, as in a report. */
function distinct(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Map(
    diagnostics.map((one) => [`${one.message}\n${one.span.file.path}\n${one.span.start}`, one]),
  );
  return [...seen.values()];
}

function withKustomization(texts: Readonly<Record<string, string>>): Record<string, string> {
  const paths = Object.keys(texts);
  if (paths.some((path) => path.endsWith('kustomization.yaml'))) return { ...texts };
  const resources = paths.filter((path) => path !== 'cdb-lint.yaml');
  return {
    ...texts,
    'kustomization.yaml': `resources:\n${resources.map((path) => `  - ${path}\n`).join('')}`,
  };
}
