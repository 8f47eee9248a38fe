import { groupVersionKind, nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { isHelmRelease } from '../../reconcile/flux/helm-release.ts';
import type { FieldReference, Reconciliation } from '../../reconcile/reconciliation.ts';
import { namesOfKind } from '../../schema/kind-names.ts';
import { valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import type { ClusterRule } from '../rule.ts';

/** Flux waits for every object of `spec.healthChecks`; one that nobody applies never becomes healthy. */
export const healthCheckMissing: ClusterRule = {
  id: 'health-check-missing',
  severity: 'error',
  scope: 'cluster',
  tags: ['flux', 'availability'],
  *judge({ reconciliations }) {
    // One that waits for all that it applies ignores its health checks.
    const checking = reconciliations.filter(({ wait }) => !wait);
    for (const { declaration, healthChecks, name } of checking)
      if (declaration !== undefined)
        for (const check of healthChecks) yield* judgeReference(declaration, check, name, reconciliations);
    // What a chart or another repository brings is not known, nor what an incomplete build would have brought.
    const isKnown = reconciliations.every(
      ({ build, notRendered }) =>
        build.complete && notRendered.length === 0 && !build.resources.some(isHelmRelease),
    );
    if (!isKnown) return;
    const all = reconciliations.flatMap(({ build }) => build.resources);
    for (const { declaration, healthChecks, name: waiting } of checking) {
      if (declaration === undefined) continue;
      for (const check of healthChecks) {
        if (all.some((resource) => isTarget(resource, check))) continue;
        const { kind, name, path } = check;
        yield {
          ...(all.some(isOfOperator(check)) ? { severity: 'warning' } : {}),
          at: [declaration, ...path],
          message: `no build of this cluster contains ${kind} ${name}, so ${waiting} never becomes ready`,
          help: helpFor(check, all),
        };
      }
    }
  },
};

/** A reference that does not lead to the object that is meant, whatever else is in the cluster. */
function* judgeReference(
  declaration: Resource,
  { kind, name, namespace, path }: FieldReference,
  waiting: string,
  reconciliations: readonly Reconciliation[],
): Iterable<RuleProblem> {
  const meant = reconciliations
    .flatMap(({ build }) => build.resources)
    .find(({ object }) => object['kind'] === kind && nameOf(object) === name);
  if (meant === undefined) return;
  const own = namespaceOf(meant.object);
  if (namespace === '' && own !== '' && namesOfKind(groupVersionKind(meant.object))?.namespaced === true) {
    yield {
      at: [declaration, ...path],
      message: `the health check of ${kind} ${name} has no namespace, and none is set for it, so ${waiting} never becomes ready`,
      help: `add namespace: ${own}`,
    };
  }
  const apiVersion = valueAt(declaration.object, [...path.slice(0, -1), 'apiVersion']);
  const wanted = valueText(meant.object['apiVersion']);
  if (typeof apiVersion !== 'string' || groupOf(apiVersion) === groupOf(wanted)) return;
  yield {
    at: [declaration, ...path.slice(0, -1), 'apiVersion'],
    message: `no ${kind} has the apiVersion ${apiVersion}, so ${waiting} never becomes ready`,
    help: `write apiVersion: ${wanted}`,
  };
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

function isTarget({ object }: Resource, { kind, name, namespace }: FieldReference): boolean {
  return (
    object['kind'] === kind &&
    nameOf(object) === name &&
    (namespace === '' || namespaceOf(object) === '' || namespaceOf(object) === namespace)
  );
}

/** Asks for what an operator reads in the namespace of the check: it may bring what nobody applies. */
function isOfOperator({ namespace }: FieldReference): (resource: Resource) => boolean {
  return ({ object }) => {
    const { group } = groupVersionKind(object);
    const isCustom =
      group.includes('.') && !/(?:^|\.)(?:k8s\.io|fluxcd\.io|fluxcd\.controlplane\.io)$/u.test(group);
    return isCustom && (namespace === '' || namespaceOf(object) === namespace);
  };
}

function helpFor({ kind, name }: FieldReference, all: readonly Resource[]): string {
  const close = all.find(({ object }) => object['kind'] === kind && nameOf(object).includes(name));
  return close === undefined
    ? 'correct the name, or remove the health check'
    : `with prefixes and suffixes its name is ${nameOf(close.object)}`;
}
