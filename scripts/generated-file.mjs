// How every generator ends: a file is written, or with --check only compared.
import { readFileSync, writeFileSync } from 'node:fs';

const root = new URL('..', import.meta.url);

/** Writes a file of the project; with --check says whether it is current and sets the exit code. */
export function keepGenerated(path, text) {
  const target = new URL(path, root);
  if (currentText(target) === text) return;
  if (!process.argv.includes('--check')) {
    writeFileSync(target, text);
    return;
  }
  console.error(`${path} is not current: run npm run generate`);
  process.exitCode = 1;
}

function currentText(target) {
  try {
    return readFileSync(target, 'utf8');
  } catch {
    return undefined;
  }
}
