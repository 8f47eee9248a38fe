import type { Sources } from '../source/load.ts';

/** The groups of Flux and Argo CD, as they stand in every file that has to do with them. */
export const controllerGroups = [
  'toolkit.fluxcd.io',
  'source.extensions.fluxcd.io',
  'fluxcd.controlplane.io',
  'argoproj.io',
] as const;

/** Whether a file speaks of Flux or Argo CD at all: asked of every file, so nothing is parsed for it. */
export function mentionsController(sources: Sources, file: string): boolean {
  const bytes = sources.bytes(file);
  if (typeof bytes === 'string') return false;
  const text = new TextDecoder('latin1').decode(bytes);
  return text.includes('argocd-cm') || controllerGroups.some((group) => text.includes(group));
}
