import { wordsOf } from '../source/decode-text.ts';
import { hasLiteral } from '../source/find-literal.ts';
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
  const text = textOf(sources, file);
  return text.includes('argocd-cm') || controllerGroups.some((group) => text.includes(group));
}

/** Those of them whose objects name more to deploy; apart from the kinds, which nobody needs to load for this question. */
export const entryGroups = ['kustomize.toolkit.fluxcd.io', 'fluxcd.controlplane.io', 'argoproj.io'] as const;

/** Whether an object that names more to deploy may stand in a file, or be made of it. */
export function mentionsEntryPoint(sources: Sources, file: string): boolean {
  const text = textOf(sources, file);
  // An apiVersion: keys of annotations have a name behind the group.
  return entryGroups.some((group) => hasLiteral(text, `${group}/v`, { after: /^\d/u }));
}

function textOf(sources: Sources, file: string): string {
  const bytes = sources.bytes(file);
  return typeof bytes === 'string' ? '' : wordsOf(bytes);
}
