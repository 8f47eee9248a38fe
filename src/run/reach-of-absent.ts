import type { Build } from '../object/build.ts';
import { knownOnce } from '../object/known-once.ts';
import { isKustomizationPath } from '../object/kustomization-path.ts';
import { objectPlace } from '../object/object-place.ts';
import {
  type KustomizationUses,
  pathsIn,
  readKustomizations,
  usersOf,
} from '../reconcile/kustomization-uses.ts';
import type { Sources } from '../source/load.ts';
import { directoryOf, isBelowAny } from '../source/path.ts';
import { equalValues, isMapping, newMapping, type Value } from '../source/value.ts';

/** A build, and the files that it was made of. */
export interface BuiltFrom {
  readonly build: Build;
  readonly sources: Sources;
}

/**
 * Whether files that differ between two builds may change what both go on without, such as a remote base, in a file that is the same. These
 * do not: manifests that are listed as `resources`, these lists, and kustomizations that do not lead to the file (kustomize 5.8: what a
 * kustomization says is for what it lists).
 */
export function mayChangeAbsent(
  base: BuiltFrom,
  head: BuiltFrom,
  { file, differing }: { readonly file: string; readonly differing: readonly string[] },
): boolean {
  if ([base, head].some(({ build }) => build.resources.length === 0)) return true;
  const roles = [base, head].map((one) => rolesIn(one, file)) as [Roles, Roles];
  if (roles.some(({ copies }) => copies)) return true;
  return !differing.every((path) =>
    isKustomizationPath(path) ? isApart(path, roles) : roles.every((one) => one.isListedAlone(path)),
  );
}

/** What the files of a build are to it, and to the file that names what is absent. */
interface Roles {
  /** What each kustomization that leads to the file says beside its lists of resources. */
  readonly leading: ReadonlyMap<string, Value>;
  /** Whether values of one object may be copied into what is absent. */
  readonly copies: boolean;
  /** Whether something else than lists of resources leads from these to a path. */
  readonly isUsedOtherwise: (path: string) => boolean;
  /** Whether a file is not read, or has nothing but objects that a list of resources leads to, and contents of such. */
  readonly isListedAlone: (path: string) => boolean;
}

function rolesIn(built: BuiltFrom, file: string): Roles {
  const { uses, beside, hasVariables, isManifest } = partsOf(built);
  const directories = directoriesLeadingTo(directoryOf(file), uses);
  const leading = new Map([...beside].filter(([path]) => directories.has(directoryOf(path))));
  const isUsedOtherwise = usedBy(leading, uses);
  return {
    leading,
    // A kustomization resolves the variables of those below it as well.
    copies: hasVariables || [...leading.values()].some((value) => hasField(value, 'replacements')),
    isUsedOtherwise,
    isListedAlone: (path) => isManifest(path) && !isUsedOtherwise(path),
  };
}

/** What a build is made of, whichever file names what is absent. */
const partsOf = knownOnce(({ build, sources }: BuiltFrom) => {
  const inputs = new Set(build.inputs);
  const kustomizations = [...inputs].filter(isKustomizationPath);
  const beside = new Map(kustomizations.map((path) => [path, besideLists(path, sources)]));
  const made = new Set(build.resources.map((one) => objectPlace(one)?.file));
  const data = new Set(build.data);
  const unrendered = new Set(build.unrendered);
  return {
    uses: readKustomizations(sources, kustomizations),
    beside,
    hasVariables: [...beside.values()].some((value) => hasField(value, 'vars')),
    isManifest: (path: string) =>
      (made.has(path) || data.has(path) || !inputs.has(path)) && !isBelowAny(path, unrendered),
  };
});

/** A directory and those whose kustomizations lead to it. */
function directoriesLeadingTo(directory: string, uses: KustomizationUses): ReadonlySet<string> {
  const users = usersOf(uses);
  const found = new Set([directory]);
  for (const one of found) for (const user of users.get(one) ?? []) found.add(user);
  return found;
}

/** Finds out what fields other than lists of resources lead to: what a component or a kustomization of transformers names is a part of it. */
function usedBy(leading: Roles['leading'], uses: KustomizationUses): (path: string) => boolean {
  const used = new Set([...leading].flatMap(([path, value]) => pathsIn(value, directoryOf(path))));
  const isUsed = (path: string): boolean => isBelowAny(path, used);
  for (let size = 0; size !== used.size; ) {
    size = used.size;
    for (const [directory, named] of uses) if (isUsed(directory)) for (const one of named) used.add(one);
  }
  return isUsed;
}

function besideLists(path: string, sources: Sources): Value {
  const [document] = sources.load(path, 'kustomization').documents;
  const { resources: _, bases: __, ...rest } = isMapping(document?.value) ? document.value : newMapping();
  return rest;
}

/** Whether a kustomization has a field; kustomize 5.8 takes its names in any case. */
function hasField(value: Value, field: string): boolean {
  return isMapping(value) && Object.keys(value).some((key) => key.toLowerCase() === field);
}

/** Whether a kustomization is one of a list of resources, and does not lead to the file, or says the same beside such lists. */
function isApart(path: string, roles: readonly [Roles, Roles]): boolean {
  if (roles.some((one) => one.isUsedOtherwise(path))) return false;
  const [before, after] = roles.map(({ leading }) => leading.get(path));
  return equalValues(before, after);
}
