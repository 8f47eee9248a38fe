/**
 * A path relative to the root without `.`, `..` and doubled slashes, `''` for the root; undefined where it leaves the root,
 * is absolute, or holds a character that no portable path holds (NUL, and the backslash that Windows takes for a slash).
 */
export function normalisePath(path: string): string | undefined {
  if (path.startsWith('/') || path.includes('\0') || path.includes('\\')) return undefined;
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}

/** Whether a path is a directory or stands in it; `''` and `.` are the root. */
export function isBelow(path: string, directory: string): boolean {
  return directory === '' || directory === '.' || path === directory || path.startsWith(`${directory}/`);
}

/** The path of a name below a directory; the root's own is empty. */
export function pathBelow(directory: string, name: string): string {
  return directory === '' ? name : `${directory}/${name}`;
}

/** The directory that a path stands in, `''` for the root. */
export function directoryOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** The last part of a path: the name of a file in its directory, or of a directory. */
export function lastPartOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The directories that a path stands in, the outermost first, with `''` for the root. */
export function directoriesAbove(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return ['', ...parts.map((_, index) => parts.slice(0, index + 1).join('/'))];
}

/** Whether a path is one of the directories or stands in one. */
export function isBelowAny(path: string, directories: ReadonlySet<string>): boolean {
  return (
    directories.has(path) ||
    directories.has('.') ||
    directoriesAbove(path).some((directory) => directories.has(directory))
  );
}
