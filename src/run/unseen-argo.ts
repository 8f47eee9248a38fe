import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Sources } from '../source/load.ts';
import type { Tree } from '../survey/tree.ts';

const settings =
  /\bargocd-cm\b|kustomize\.buildOptions|\bargo-cd\b[^\n]*\bmanifests\b|(?:chart|name):\s*["']?argo-cd\b/u;

/**
 * Tells what only the load restrictor refuses of what Argo CD builds, where nothing in the repository installs or sets up that Argo CD: it may
 * build without.
 */
export function isOfUnseenArgoIn(
  { clusters, found }: Pick<Tree, 'clusters' | 'found'>,
  sources: Sources,
): (diagnostic: Diagnostic) => boolean {
  let isSeen: boolean | undefined;
  const owners = clusters
    .flatMap(({ reconciliations }) => reconciliations)
    .filter(({ by }) => by === 'argocd');
  const spans = new Set(owners.flatMap(({ build }) => build.diagnostics.map(({ span }) => span)));
  return (one) => {
    if (one.rule !== 'file-outside-kustomization' || !spans.has(one.span)) return false;
    isSeen ??= [...found.plainFiles, ...found.kustomizedFiles, ...found.kustomizations].some((file) =>
      settings.test(sources.file(file)?.text ?? ''),
    );
    return !isSeen;
  };
}
