import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { isReadBack } from '../object/read-back.ts';
import type { Sources } from '../source/load.ts';
import type { Tree } from '../survey/tree.ts';

/** Tells what is found in files outside of kustomizations that hold what a cluster answered. */
export function isReadBackIn(
  { found }: Pick<Tree, 'found'>,
  sources: Sources,
): (diagnostic: Diagnostic) => boolean {
  const plain = new Set(found.plainFiles);
  return ({ entryPoint, span }) => {
    if (entryPoint !== undefined || !plain.has(span.file.path)) return false;
    const file = sources.file(span.file.path);
    return file !== undefined && isReadBack(file);
  };
}
