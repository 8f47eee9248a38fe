import { findingAt } from '../build/finding.ts';
import { nameOf, namespaceOf, type Resource } from '../build/resource.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Cluster } from './cluster.ts';
import { isKind } from './object-field.ts';
import type { FieldReference, Reconciliation } from './reconciliation.ts';

/** Health checks on objects that nobody applies. */
export function judgeHealth({ reconciliations }: Cluster): Diagnostic[] {
  // What a chart brings is not known, nor what an incomplete build would have brought.
  const isKnown = reconciliations.every(({ build }) => build.complete && !build.resources.some(bringsMore));
  if (!isKnown) return [];
  const all = reconciliations.flatMap(({ build }) => build.resources);
  return reconciliations.flatMap((one) =>
    one.healthChecks
      .filter((check) => !all.some((resource) => isTarget(resource, check)))
      .flatMap((check) => missing(one, check, all)),
  );
}

function bringsMore(resource: Resource): boolean {
  return isKind(resource, 'helm.toolkit.fluxcd.io', 'HelmRelease');
}

function isTarget({ object }: Resource, { kind, name, namespace }: FieldReference): boolean {
  return (
    object['kind'] === kind &&
    nameOf(object) === name &&
    (namespace === '' || namespaceOf(object) === '' || namespaceOf(object) === namespace)
  );
}

function missing(
  one: Reconciliation,
  { kind, name, path }: FieldReference,
  all: readonly Resource[],
): Diagnostic[] {
  const { declaration } = one;
  if (declaration === undefined) return [];
  const close = all.find(({ object }) => object['kind'] === kind && nameOf(object).includes(name));
  const problem = {
    rule: 'health-check-missing',
    severity: 'error',
    message: `no build of this cluster contains ${kind} ${name}, so ${one.name} never becomes ready`,
    help:
      close === undefined
        ? 'correct the name, or remove the health check'
        : `after prefixes and suffixes it is called ${nameOf(close.object)}`,
    path,
  } as const;
  return [findingAt(declaration, problem, one.path)];
}
