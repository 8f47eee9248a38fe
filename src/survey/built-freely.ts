import { switchesRestrictorOff } from '../reconcile/argocd/settings.ts';
import type { Sources } from '../source/load.ts';
import { filesWithCommands } from './applied-by-commands.ts';
import type { EntryPoints } from './entry-points.ts';

/**
 * Whether a script, guide, recipe or pipeline builds without kustomize's load restrictor, or a comment of a kustomization says how to, or
 * values of Argo CD's chart switch it off.
 */
export function isBuiltFreely(sources: Sources, found: EntryPoints): boolean {
  const { plainFiles, kustomizedFiles, kustomizations } = found;
  const manifests = [...plainFiles, ...kustomizedFiles, ...kustomizations];
  const files = new Set([...manifests, ...filesWithCommands(sources, found)]);
  return [...files].some((file) => switchesRestrictorOff(sources.file(file)?.text ?? ''));
}
