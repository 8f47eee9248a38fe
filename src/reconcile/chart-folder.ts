import type { FileSystem } from '../source/file-system.ts';
import { compareVersions, parseVersion, type Version } from '../template/value/version.ts';
import { meetsConstraint, parseConstraint } from '../template/value/version-constraint.ts';

/** The path of a packed chart by its name and version, or the newest of a range; undefined for one that is not there. */
export type FindChart = (name: string, range: string) => string | undefined;

interface Packed {
  readonly path: string;
  readonly version: Version;
}

/** The charts of a folder as `helm pull` leaves them, NAME-VERSION.tgz, in it or in folders below it. */
export function chartFolder(fileSystem: FileSystem, folder: string | undefined): FindChart {
  let archives: readonly string[] | undefined;
  return (name, range) => {
    if (folder === undefined) return undefined;
    archives ??= archivesBelow(fileSystem, folder, 0);
    const found = archives.flatMap((path) => packedAs(name, path));
    const exact = found.find(({ version }) => version.original === range);
    return (exact ?? newest(found, range))?.path;
  };
}

const maximumDepth = 3;

function archivesBelow(fileSystem: FileSystem, folder: string, depth: number): string[] {
  return (fileSystem.list(folder) ?? []).flatMap(({ name, kind }) => {
    const path = folder === '' ? name : `${folder}/${name}`;
    if (kind === 'directory') return depth < maximumDepth ? archivesBelow(fileSystem, path, depth + 1) : [];
    return name.endsWith('.tgz') ? [path] : [];
  });
}

function packedAs(name: string, path: string): Packed[] {
  const file = path.slice(path.lastIndexOf('/') + 1, -'.tgz'.length);
  const version = file.startsWith(`${name}-`) ? parseVersion(file.slice(name.length + 1)) : undefined;
  return version === undefined ? [] : [{ path, version }];
}

function newest(found: readonly Packed[], range: string): Packed | undefined {
  const constraint = parseConstraint(range === '' ? '*' : range);
  return found
    .filter(({ version }) => constraint !== undefined && meetsConstraint(version, constraint))
    .sort((a, b) => compareVersions(b.version, a.version))[0];
}
