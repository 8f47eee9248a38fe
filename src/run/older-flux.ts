import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { installedFlux } from '../reconcile/flux/installed-flux.ts';
import { removedIn } from '../reconcile/flux/removed-versions.ts';
import { installedIn } from '../reconcile/flux/strict-substitution.ts';
import type { Sources } from '../source/load.ts';
import type { Tree } from '../survey/tree.ts';
import { entryPointOf, type Unit } from '../survey/unit.ts';

const ofVersions: ReadonlySet<string> = new Set(['flux-api-removed', 'unsupported-value']);

/**
 * Tells what is said of an API version that Flux took away, in a cluster whose own files install an older Flux; where they install none,
 * by the newest that anything in the repository installs, or that a file of it says.
 */
export function isServedByInstalledFlux(
  { units, found }: Pick<Tree, 'units' | 'found'>,
  sources: Sources,
): (diagnostic: Diagnostic) => boolean {
  const installed = new Map<string | undefined, number | undefined>();
  const installedBy = (some: readonly Unit[]): number | undefined =>
    installedFlux(some.flatMap(({ build }) => build.resources));
  const written = (): number | undefined => {
    const minors = [...found.plainFiles, ...found.kustomizedFiles].flatMap((file) =>
      installedIn(sources.file(file)?.text ?? ''),
    );
    return minors.length === 0 ? undefined : Math.max(...minors);
  };
  const versionAt = (entryPoint: string | undefined): number | undefined => {
    if (!installed.has(entryPoint)) {
      const own = installedBy(units.filter((unit) => entryPointOf(unit) === entryPoint));
      installed.set(entryPoint, own ?? installedBy(units) ?? written());
    }
    return installed.get(entryPoint);
  };
  return ({ rule, field, object, entryPoint }) => {
    if (!ofVersions.has(rule) || object === undefined) return false;
    if (field !== undefined && field !== 'apiVersion') return false;
    const since = removedIn(object.apiVersion ?? '');
    return since !== undefined && (versionAt(entryPoint) ?? since) < since;
  };
}
