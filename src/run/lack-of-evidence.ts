import { missingPathIn } from '../build/loader.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { objectPlace } from '../object/object-place.ts';
import { isGitIgnored } from '../source/git-ignore.ts';
import type { Sources } from '../source/load.ts';
import { directoryOf } from '../source/path.ts';
import type { Tree } from '../survey/tree.ts';
import type { Unit } from '../survey/unit.ts';
import { isWritten } from '../survey/written-by-commands.ts';

/** Why nothing shows that something is applied as written, as the end of a sentence. */
export const lacks = {
  applied: 'nothing in the repository shows that it is applied as written',
  revision: 'another revision of this repository is applied there',
  written: 'a command or flux bootstrap writes it before the build',
  ignored: '.gitignore keeps it out of Git: a working copy may have it',
} as const;

export type Lack = (typeof lacks)[keyof typeof lacks];

/** Where it comes from what a kustomization lacks here, if anything tells: it lies in working copies, or is written before the build. */
export function whyMissing(
  diagnostic: Diagnostic,
  { found }: Pick<Tree, 'found'>,
  sources: Sources,
): Lack | undefined {
  const path = missingFile(diagnostic);
  if (path === undefined) return undefined;
  if (isGitIgnored(sources, path)) return lacks.ignored;
  return isWritten(sources, found, path) ? lacks.written : undefined;
}

/** The file that a build lacks, if that is what is wrong. */
export function missingFile({ rule, message }: Diagnostic): string | undefined {
  return rule === 'file-missing' ? missingPathIn(message) : undefined;
}

/** Whoever applies an entry point applies what stands beside it, such as its source. */
export function foldersOfEntries({ clusters, loose }: Pick<Tree, 'clusters' | 'loose'>): ReadonlySet<string> {
  const owners = clusters.flatMap(({ reconciliations }) => reconciliations);
  return new Set(
    owners.flatMap((one) => {
      const place =
        one.declaration === undefined || loose.has(one) ? undefined : objectPlace(one.declaration);
      return place === undefined ? [] : [directoryOf(place.file)];
    }),
  );
}

/** Tells what nobody is seen to apply of what no controller reaches. */
export function isAssumedIn(tree: Tree): (diagnostic: Diagnostic) => boolean {
  const { units, found, delivery } = tree;
  const roots = new Set(units.filter(isRoot).map(({ id }) => id.root));
  const besideEntries = foldersOfEntries(tree);
  const files = new Set(
    [...found.plainFiles, ...found.kustomizedFiles].filter((file) => !besideEntries.has(directoryOf(file))),
  );
  return ({ entryPoint, span }) => {
    const place = entryPoint ?? span.file.path;
    const isLoose = entryPoint === undefined ? files.has(place) : roots.has(place);
    return isLoose && delivery.isAssumed(place);
  };
}

/** Whether a unit is a kustomization that no other one uses. */
export function isRoot({ id }: Unit): boolean {
  return id.role === 'root';
}
