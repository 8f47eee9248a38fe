import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const project = join(import.meta.dirname, '../..');

export function setup(): void {
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: project, stdio: 'inherit' });
}
