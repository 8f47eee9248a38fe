import { existsSync, lstatSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import process from 'node:process';
import { errorText } from './error-text.ts';

const linked = 'a symbolic link leads to it';

/**
 * Writes a file that somebody named. Below `root`, whose contents are a pull request's, nothing is written through a link: the file is
 * made beside its place and moved there. A place outside is the caller's own. Says why where it cannot.
 */
export function createFile(root: string, file: string, text: string): string | undefined {
  return problemOf(() => {
    if (!isInside(root, file)) {
      writeFileSync(file, text);
      return undefined;
    }
    if (isLinked(root, dirname(file))) return linked;
    if (existsSync(file) && !lstatSync(file).isFile() && !lstatSync(file).isSymbolicLink())
      return 'it is not a regular file';
    if (isLink(file)) return linked;
    const temporary = join(dirname(file), `.${basename(file)}.${process.pid}.tmp`);
    try {
      // Fails where the name is taken, be it by a link.
      writeFileSync(temporary, text, { flag: 'wx' });
      renameSync(temporary, file);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
    return undefined;
  });
}

/** Makes a folder and those above it, below `root` not through a link. */
export function createFolder(root: string, folder: string): string | undefined {
  return problemOf(() => {
    if (isInside(root, folder) && isLinked(root, folder)) return linked;
    mkdirSync(folder, { recursive: true });
    return undefined;
  });
}

/** Whether a link stands between the root and a folder, as far as the folder is there. */
function isLinked(root: string, folder: string): boolean {
  let place = resolve(root);
  for (const step of relative(root, folder).split(sep)) {
    place = join(place, step);
    if (isLink(place)) return true;
    if (!existsSync(place)) return false;
  }
  return false;
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '..' && !way.startsWith(`..${sep}`);
}

function problemOf(act: () => string | undefined): string | undefined {
  try {
    return act();
  } catch (error) {
    return errorText(error);
  }
}
