import { groupVersionKind, type Resource } from '../object/resource.ts';
import { type Facts, factsFor, kindsOf } from '../schema/facts.ts';
import { isMapping, isSequence, valueAt } from '../source/value.ts';

/** What charts may ask a cluster for. */
export interface ServedApis {
  /** With three numbers. */
  readonly kubernetesVersion: string;
  /** `apps/v1` and `apps/v1/Deployment`, of Kubernetes and of the definitions that reach the cluster. */
  readonly apiVersions: () => readonly string[];
  /** Told of each version that a chart asked for in vain, and of nothing where it read the whole list. */
  readonly whenMissing?: (apiVersion?: string) => void;
}

/** What a cluster of this version serves, with the definitions among these objects. */
export function servedApis(version: string, resources: () => readonly Resource[]): ServedApis {
  let known: readonly string[] | undefined;
  return {
    kubernetesVersion: `${version}.0`,
    apiVersions: () => {
      known ??= [...new Set([...builtIn(factsFor(version)), ...resources().flatMap(definedBy)])];
      return known;
    },
  };
}

function builtIn(facts: Facts): string[] {
  return kindsOf(facts).flatMap(({ group, version, kind }) => {
    const apiVersion = group === '' ? version : `${group}/${version}`;
    return [apiVersion, `${apiVersion}/${kind}`];
  });
}

function definedBy({ object }: Resource): string[] {
  if (groupVersionKind(object).kind !== 'CustomResourceDefinition') return [];
  const [group, kind] = [valueAt(object, ['spec', 'group']), valueAt(object, ['spec', 'names', 'kind'])];
  const versions = valueAt(object, ['spec', 'versions']);
  if (typeof group !== 'string' || typeof kind !== 'string' || !isSequence(versions)) return [];
  return versions.flatMap((one) => {
    const name = isMapping(one) && one['served'] !== false ? one['name'] : undefined;
    return typeof name === 'string' ? [`${group}/${name}`, `${group}/${name}/${kind}`] : [];
  });
}

/** Served APIs as one chart sees them, and whether more of them may change what it makes. */
export function watchedApis(served: ServedApis): {
  readonly served: ServedApis;
  readonly dependsOn: (more: ServedApis) => boolean;
} {
  const missing = new Set<string>();
  let isListed = false;
  const whenMissing = (apiVersion?: string): void => {
    if (apiVersion === undefined) isListed = true;
    else missing.add(apiVersion);
  };
  return {
    served: { ...served, whenMissing },
    dependsOn: (more) =>
      isListed
        ? more.apiVersions().length !== served.apiVersions().length
        : missing.size > 0 && more.apiVersions().some((one) => missing.has(one)),
  };
}
