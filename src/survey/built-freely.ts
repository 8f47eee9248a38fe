import { switchesRestrictorOff } from '../reconcile/argocd/settings.ts';
import type { Sources } from '../source/load.ts';
import { filesWithCommands } from './applied-by-commands.ts';
import type { EntryPoints } from './entry-points.ts';

/** Whether a script, guide, recipe or pipeline builds without kustomize's load restrictor, or values of Argo CD's chart switch it off. */
export function isBuiltFreely(sources: Sources, found: EntryPoints): boolean {
  const { plainFiles, kustomizedFiles } = found;
  const files = new Set([...plainFiles, ...kustomizedFiles, ...filesWithCommands(sources, found)]);
  return [...files].some((file) => switchesRestrictorOff(sources.file(file)?.text ?? ''));
}
