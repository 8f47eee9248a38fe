import { lstatSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import { errorText } from './error-text.ts';
import { normalisePath } from './path.ts';

export interface Replacement {
  readonly root: string;
  /** Relative to the root. */
  readonly path: string;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/**
 * Writes a file in one step, so that nobody ever reads half of it: only where it holds what was read, and only a regular
 * file below the root that no symbolic link leads to. Says why where it does not.
 */
export function replaceFile({ root, path, before, after }: Replacement): string | undefined {
  const inside = normalisePath(path);
  if (inside === undefined || inside === '') return 'it is not in the repository';
  try {
    const realRoot = realpathSync(root);
    const file = join(realRoot, inside);
    if (realpathSync(dirname(file)) !== dirname(file)) return 'it is reached through a symbolic link';
    const stat = lstatSync(file);
    if (!stat.isFile()) return 'it is not a regular file';
    if (!readFileSync(file).equals(before)) return 'it was changed in the meantime';
    const temporary = join(dirname(file), `.${basename(file)}.${process.pid}.tmp`);
    try {
      // Fails where the name is taken, be it by a link.
      writeFileSync(temporary, after, { flag: 'wx', mode: stat.mode });
      renameSync(temporary, file);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
    return undefined;
  } catch (error) {
    return errorText(error);
  }
}
