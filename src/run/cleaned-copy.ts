import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { readKustomizations } from '../reconcile/kustomization-uses.ts';
import type { Sources } from '../source/load.ts';
import { lastPartOf } from '../source/path.ts';
import type { Tree } from '../survey/tree.ts';
import { missingFile } from './lack-of-evidence.ts';

/** What a file is called that holds a sealed Secret, or one that SOPS or another tool encrypted. */
const sealedName = /(?:^|[-_.])(?:sealed-?secrets?|sops|enc|encrypted)(?=[-_.])/iu;

const fewest = 3;

/**
 * Tells the sealed and encrypted files that a copy of a repository lacks: where kustomizations list several, and not one of them is there,
 * they were taken out to publish it, or each cluster gets its own. One that was forgotten leaves others behind.
 */
export function isOfCleanedCopyIn(
  { found }: Pick<Tree, 'found'>,
  sources: Sources,
): (one: Diagnostic) => boolean {
  let isCleaned: boolean | undefined;
  const isCopy = (): boolean => {
    const files = [...found.kustomizedFiles, ...found.plainFiles];
    if (files.some(isSealed)) return false;
    const listed = [...readKustomizations(sources, found.kustomizations).values()].flatMap((paths) => [
      ...paths,
    ]);
    return new Set(listed.filter(isSealed)).size >= fewest;
  };
  return (one) => {
    const path = missingFile(one);
    if (path === undefined || !isSealed(path)) return false;
    isCleaned ??= isCopy();
    return isCleaned;
  };
}

function isSealed(path: string): boolean {
  return sealedName.test(lastPartOf(path));
}
