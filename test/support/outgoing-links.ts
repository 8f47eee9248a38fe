import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A repository with links to a file, to a directory and to nothing outside of it, in a folder of its own, which the test removes. */
export function layOutLinks(): { readonly outside: string; readonly root: string } {
  const outside = mkdtempSync(join(tmpdir(), 'outside-'));
  const root = join(outside, 'repository');
  mkdirSync(join(root, '.git'), { recursive: true });
  writeFileSync(join(outside, 'bashrc'), 'untouched');
  symlinkSync('../bashrc', join(root, 'out.sarif'));
  symlinkSync('..', join(root, 'up'));
  symlinkSync('../nothing', join(root, 'dangling.json'));
  return { outside, root };
}
