import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

const project = join(import.meta.dirname, '../..');
const done = 'CDB_LINT_BUILT_FOR_TESTS';
const buildWhereNeeded =
  "import('./scripts/built-from.mjs').then(({ isBuildCurrent }) => isBuildCurrent() || import('./scripts/build.mjs'))";

/** Builds where dist/ is of other sources, once however many projects of tests begin, and not at all where all tests that are named do without. */
export async function setup(tests: Pick<TestProject, 'globTestFiles'>): Promise<void> {
  if (process.env[done] !== undefined) return;
  const named = process.argv.slice(2).filter((word) => /^(?:\.\/)?test\//u.test(word));
  const { testFiles } = await tests.globTestFiles(named);
  if (named.length > 0 && !testFiles.some(runsTool)) return;
  process.env[done] = 'yes';
  execFileSync(process.execPath, ['-e', buildWhereNeeded], { cwd: project, stdio: 'inherit' });
}

/** Whether a test names what was built, or one of what starts it. */
function runsTool(file: string): boolean {
  const text = readFileSync(file, 'utf8');
  return (
    /dist\/|spawnCli|runLine|support\/(?:run-action|language-client)/u.test(text) ||
    file.includes('/platform/')
  );
}
