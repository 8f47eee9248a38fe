import { nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import { isHelmRelease } from '../../reconcile/flux/helm-release.ts';
import type { FieldReference } from '../../reconcile/reconciliation.ts';
import type { ClusterRule } from '../rule.ts';

/** Flux waits for every object of `spec.healthChecks`; one that nobody applies never becomes healthy. */
export const healthCheckMissing: ClusterRule = {
  id: 'health-check-missing',
  severity: 'error',
  scope: 'cluster',
  *judge({ reconciliations }) {
    // What a chart or another repository brings is not known, nor what an incomplete build would have brought.
    const isKnown = reconciliations.every(
      ({ build, notRendered }) =>
        build.complete && notRendered.length === 0 && !build.resources.some(isHelmRelease),
    );
    if (!isKnown) return;
    const all = reconciliations.flatMap(({ build }) => build.resources);
    for (const { declaration, healthChecks, name: waiting } of reconciliations) {
      if (declaration === undefined) continue;
      for (const check of healthChecks) {
        if (all.some((resource) => isTarget(resource, check))) continue;
        const { kind, name, path } = check;
        yield {
          at: [declaration, ...path],
          message: `no build of this cluster contains ${kind} ${name}, so ${waiting} never becomes ready`,
          help: helpFor(check, all),
        };
      }
    }
  },
};

function isTarget({ object }: Resource, { kind, name, namespace }: FieldReference): boolean {
  return (
    object['kind'] === kind &&
    nameOf(object) === name &&
    (namespace === '' || namespaceOf(object) === '' || namespaceOf(object) === namespace)
  );
}

function helpFor({ kind, name }: FieldReference, all: readonly Resource[]): string {
  const close = all.find(({ object }) => object['kind'] === kind && nameOf(object).includes(name));
  return close === undefined
    ? 'correct the name, or remove the health check'
    : `after prefixes and suffixes it is called ${nameOf(close.object)}`;
}
