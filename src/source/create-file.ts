import { existsSync, lstatSync, mkdirSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, parse, relative, resolve, sep } from 'node:path';
import process from 'node:process';
import { errorText } from './error-text.ts';

const linked = 'it is reached through a symbolic link';
const ofGit = 'Git keeps its settings and hooks there';

/**
 * Writes a file that somebody named. Below `root`, whose contents are a pull request's, nothing is written through a link: the file is
 * made beside its place and moved there. A place outside is the caller's own. Says why where it cannot.
 */
export function createFile(root: string, name: string, text: string): string | undefined {
  return problemOf(() => {
    // What stands before `..` is no folder to go through.
    const file = resolve(name);
    const place = placeOf(root, file);
    if (place === 'linked') return linked;
    if (place === 'git') return ofGit;
    if (place === 'outside') {
      writeFileSync(file, text);
      return undefined;
    }
    if (existsSync(file) && !lstatSync(file).isFile()) return 'it is not a regular file';
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
    const place = placeOf(root, folder);
    if (place === 'linked') return linked;
    if (place === 'git') return ofGit;
    mkdirSync(resolve(folder), { recursive: true });
    return undefined;
  });
}

/**
 * Where a path leads, by the names that folders list. Links outside of the root are the caller's and may lead into it, by another name of
 * the checkout; from where the path is in it, a link is the pull request's.
 */
function placeOf(root: string, path: string): 'inside' | 'outside' | 'linked' | 'git' {
  const realRoot = realpathSync.native(root);
  const whole = resolve(path);
  let { root: place } = parse(whole);
  for (const step of whole.slice(place.length).split(sep)) {
    const next = join(place, step);
    if (isInside(realRoot, place) && isLink(next)) return 'linked';
    place = existsSync(next) ? realpathSync.native(next) : next;
  }
  if (!isInside(realRoot, place)) return 'outside';
  return relative(realRoot, place).split(sep).some(isGitFolder) ? 'git' : 'inside';
}

/** As file systems that fold names know it, too. */
function isGitFolder(name: string): boolean {
  return /^(?:\.git|git~\d+)[. ]*$/iu.test(name);
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function problemOf(act: () => string | undefined): string | undefined {
  try {
    return act();
  } catch (error) {
    return errorText(error);
  }
}
