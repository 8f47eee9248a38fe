import { fluxMinor, removedIn, replacementFor } from '../../reconcile/flux/removed-versions.ts';
import type { ResourceRule } from '../rule.ts';

/** Versions that Flux took away, and those that the next update takes away. */
export const fluxApiRemoved: ResourceRule = {
  id: 'flux-api-removed',
  severity: 'error',
  scope: 'resource',
  criterion: 'wired',
  tags: ['flux'],
  *judge(resource, { fluxVersion }) {
    const { apiVersion, kind } = resource.object;
    if (typeof apiVersion !== 'string' || typeof kind !== 'string') return;
    const since = removedIn(apiVersion);
    if (since === undefined) return;
    yield {
      at: [resource, 'apiVersion'],
      message: `Flux 2.${since} no longer serves ${apiVersion}`,
      help: `write apiVersion: ${replacementFor(apiVersion, kind)}; \`flux migrate -f .\` does so in all files`,
      ...(fluxMinor(fluxVersion) < since ? { severity: 'warning' } : {}),
    };
  },
};
