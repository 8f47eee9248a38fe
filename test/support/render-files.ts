import { openRun } from '../../src/run/run.ts';
import type { Sources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { planRun } from '../../src/survey/plan.ts';
import { renderPlan, type Tree } from '../../src/survey/tree.ts';

/** What is rendered of files given as path and text, before anything is judged. */
export function renderFiles(files: Readonly<Record<string, string>>): {
  readonly tree: Tree;
  readonly sources: Sources;
} {
  const run = openRun({ fileSystem: memoryFileSystem(files), paths: [''] });
  return { tree: renderPlan(planRun(run), run), sources: run.sources };
}
