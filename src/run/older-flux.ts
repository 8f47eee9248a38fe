import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { installedFlux } from '../reconcile/flux/installed-flux.ts';
import { removedIn } from '../reconcile/flux/removed-versions.ts';
import type { Tree } from '../survey/tree.ts';
import { entryPointOf } from '../survey/unit.ts';

const ofVersions: ReadonlySet<string> = new Set(['flux-api-removed', 'unsupported-value']);

/** Tells what is said of an API version that Flux took away, in a cluster whose own files install an older Flux. */
export function isServedByInstalledFlux({ units }: Pick<Tree, 'units'>): (diagnostic: Diagnostic) => boolean {
  const installed = new Map<string, number | undefined>();
  return ({ rule, field, object, entryPoint }) => {
    if (!ofVersions.has(rule) || object === undefined || entryPoint === undefined) return false;
    if (field !== undefined && field !== 'apiVersion') return false;
    const since = removedIn(object.apiVersion ?? '');
    if (since === undefined) return false;
    if (!installed.has(entryPoint)) {
      const some = units.filter((unit) => entryPointOf(unit) === entryPoint);
      installed.set(entryPoint, installedFlux(some.flatMap(({ build }) => build.resources)));
    }
    return (installed.get(entryPoint) ?? since) < since;
  };
}
