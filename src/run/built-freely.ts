import { switchesRestrictorOff } from '../reconcile/argocd/settings.ts';
import type { Sources } from '../source/load.ts';
import { filesWithCommands } from '../survey/applied-by-commands.ts';
import type { Tree } from '../survey/tree.ts';

/** Tells whether a script, guide, recipe or pipeline builds without kustomize's load restrictor, once somebody asks. */
export function isBuiltFreelyIn({ found }: Pick<Tree, 'found'>, sources: Sources): () => boolean {
  let isFree: boolean | undefined;
  return () => {
    isFree ??= filesWithCommands(sources, found).some((file) =>
      switchesRestrictorOff(sources.file(file)?.text ?? ''),
    );
    return isFree;
  };
}
