import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { project } from './run-cli.ts';

/** Our own manifests and their configuration, by path from the repository's root. */
export function platformFiles(): Record<string, string> {
  const files = readdirSync(join(project, 'k8s'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(project.length + 1));
  return Object.fromEntries(
    [...files, 'cdb-lint.yaml'].map((path) => [path, readFileSync(join(project, path), 'utf8')]),
  );
}
