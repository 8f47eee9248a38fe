import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** False where there is no kubectl to compare with. */
export const hasKubectl = spawnSync('kubectl', ['version', '--client'], { stdio: 'ignore' }).status === 0;

/** What `kubectl kustomize` prints for a directory of these files. */
export function kubectlKustomize(files: Readonly<Record<string, string>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'cdb-lint-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
    return execFileSync('kubectl', ['kustomize', directory], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  } finally {
    rmSync(directory, { recursive: true });
  }
}
