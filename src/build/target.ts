import { kustomizationNames } from '../object/kustomization-path.ts';
import type { Tracked } from '../object/provenance.ts';
import type { FileSystem } from '../source/file-system.ts';
import { isBelow, normalisePath } from '../source/path.ts';
import { isMapping, type Mapping, newMapping } from '../source/value.ts';
import { checkKustomization, type Forgive, stringsOf } from './kustomization.ts';
import { joinPath, type Loader, missingProblem, outsideProblem } from './loader.ts';
import { isProblem, type Problem } from './problem.ts';
import { findControlCharacter } from './unreadable-text.ts';

/** A directory with the kustomization in it. */
export interface Target {
  readonly directory: string;
  readonly fileName: string;
  readonly loader: Loader;
  readonly kustomization: Tracked<Mapping>;
}

const withoutKustomization = ' has no kustomization.yaml';

/** The kustomization that a message of `loadTarget` says is not there. */
export function missingKustomizationIn(message: string): string | undefined {
  if (!message.endsWith(withoutKustomization)) return undefined;
  return joinPath(message.slice(0, -withoutKustomization.length), 'kustomization.yaml');
}

/** Reads the kustomization of a directory; `at` is the entry that named it, absent for the root of a build. See checkKustomization for `forgive`. */
export function loadTarget(
  fileSystem: FileSystem,
  loader: Loader,
  at: Tracked<string> | undefined,
  forgive?: Forgive,
): Target | Problem {
  const { directory } = loader;
  const found = kustomizationNames.filter((name) => fileSystem.kind(joinPath(directory, name)) === 'file');
  const fileName = found[0];
  if (fileName === undefined) {
    return {
      rule: 'kustomization-missing',
      problem: `${directory || '.'}${withoutKustomization}`,
      help: 'use a directory with a kustomization.yaml, or a file',
      ...(at === undefined ? {} : { at: at.origin }),
    };
  }
  if (found.length > 1) {
    return {
      rule: 'kustomization-invalid',
      problem: `${directory || '.'} has more than one kustomization: ${found.join(', ')}`,
      help: 'keep one of them',
      ...(at === undefined ? {} : { at: at.origin }),
    };
  }
  const path = {
    value: fileName,
    origin: at?.origin ?? {
      by: 'kustomization',
      span: { file: { path: joinPath(directory, fileName), text: '' }, start: 0, end: 0 },
    },
  };
  const documents = loader.documents(path, 'kustomization', 'kustomization');
  if (isProblem(documents)) return documents;
  const [document = { value: newMapping(), origin: path.origin }] = documents;
  if (forgive === undefined && isMapping(document.value) && Object.keys(document.value).length === 0) {
    return {
      rule: 'kustomization-invalid',
      problem: `${joinPath(directory, fileName)} is empty`,
      help: 'list at least one resource, or remove the file',
      at: path.origin,
    };
  }
  const unreadable = findControlCharacter(document);
  if (unreadable !== undefined) return { rule: 'kustomization-invalid', ...unreadable };
  const kustomization = checkKustomization(document, forgive);
  if (isProblem(kustomization)) return kustomization;
  return findEmptyPath(kustomization) ?? { directory, fileName, loader, kustomization };
}

/** A dash that was left over: the directory itself, to kustomize, which it may not name. */
function findEmptyPath(kustomization: Tracked<Mapping>): Problem | undefined {
  for (const field of ['resources', 'bases', 'components', 'configurations', 'crds']) {
    const empty = stringsOf(kustomization, field).find(({ value }) => value === '');
    if (empty === undefined) continue;
    const help = 'write a path after the dash, or remove it';
    return { rule: 'kustomization-invalid', problem: `an item of ${field} is empty`, help, at: empty.origin };
  }
  return undefined;
}

/** The directory that an entry names, seen from `directory`; `ancestors` are those it is built for, which it may not contain. */
export function resolveDirectory(
  fileSystem: FileSystem,
  directory: string,
  path: Tracked<string>,
  ancestors: readonly string[],
): string | Problem {
  if (path.value.split('/').some((part) => part.includes('..') && part !== '..')) {
    return {
      rule: 'file-missing',
      problem: `${path.value} has a part that contains two dots`,
      help: 'correct the path',
      at: path.origin,
    };
  }
  const resolved = path.value.startsWith('/') ? undefined : normalisePath(joinPath(directory, path.value));
  if (resolved === undefined) return outsideProblem(path);
  const kind = fileSystem.kind(resolved);
  if (kind !== 'directory') return missingProblem(path, resolved, kind);
  const real = fileSystem.realPath(resolved) ?? resolved;
  return cycleProblem(real, path, ancestors) ?? real;
}

/** A kustomization that would be built for itself. */
export function cycleProblem(
  directory: string,
  path: Tracked<string>,
  ancestors: readonly string[],
): Problem | undefined {
  const visited = ancestors.find((ancestor) => isBelow(ancestor, directory));
  if (visited === undefined) return undefined;
  return {
    rule: 'kustomization-cycle',
    problem: `${path.value} closes a cycle: ${cycleOf(visited, directory, ancestors)}`,
    help: 'remove this entry or another one of the cycle; put shared files in a separate directory',
    at: path.origin,
  };
}

/** The directories from the one that is visited again on; a directory that only contains it is named for itself. */
function cycleOf(visited: string, directory: string, ancestors: readonly string[]): string {
  const around = ancestors.slice(ancestors.indexOf(visited));
  return [...around, directory].map((one) => one || '.').join(' -> ');
}
