import { defaultKubernetesVersion } from '../../src/configuration/kubernetes-versions.ts';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import type { Rule } from '../../src/rules/rule.ts';
import { lint } from '../../src/run/judge.ts';
import { judgeTogether } from '../../src/run/judge-together.ts';
import { knowledgeOf } from '../../src/run/knowledge.ts';
import { openRun } from '../../src/run/run.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { planRun } from '../../src/survey/plan.ts';
import { renderedBuilds, renderPlan } from '../../src/survey/tree.ts';
import type { PageFile } from './page.ts';

/**
 * Renders what the files of a page's case deploy, as a run does, and runs one rule over it; of a rule without a module,
 * given by its name, it takes what the builds and a whole run say. Without a kustomization among them, all files are taken as the resources
 * of one; for rules of clusters and of builds they stay as they are, for Flux and Argo CD find their own.
 */
export function judgeFiles(files: readonly PageFile[], rule: Rule | string): Diagnostic[] {
  const id = typeof rule === 'string' ? rule : rule.id;
  const staysAsItIs = typeof rule === 'string' || rule.scope === 'cluster';
  const texts = Object.fromEntries(files.map(({ path, text }) => [path, text]));
  const fileSystem = memoryFileSystem(staysAsItIs ? texts : withKustomization(texts));
  const run = openRun({ fileSystem, paths: [''], only: [id] });
  if (typeof rule !== 'string' && run.problems.length > 0)
    throw new Error(run.problems.map((one) => one.message).join('\n'));
  const rendered = renderPlan(planRun(run), run);
  // A page shows a rule among whole builds. The unit of files that no kustomization takes is there in every run, and because it might
  // hold more, some errors are warnings beside it.
  const units = rendered.units.filter(({ id, build }) => id.role !== 'plain' || build.inputs.length > 0);
  const tree = { ...rendered, units, builds: units.map(({ build }) => build) };
  return distinct(
    typeof rule === 'string'
      ? [
          ...[...renderedBuilds(tree).values()].flatMap((build) => build.diagnostics),
          ...lint({ fileSystem, paths: [''], now: new Date('2026-11-23') }).findings,
        ]
      : judgeTogether(tree, defaultKubernetesVersion, knowledgeOf(run, tree), run),
  ).filter((one) => one.rule === id);
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
