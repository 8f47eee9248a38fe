import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const project = join(import.meta.dirname, '../..');
const done = 'CDB_LINT_BUILT_FOR_TESTS';

/** Builds once, however many projects of tests begin. */
export function setup(): void {
  if (process.env[done] !== undefined) return;
  process.env[done] = 'yes';
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: project, stdio: 'inherit' });
}
