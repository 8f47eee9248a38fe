import { findingAt } from '../build/finding.ts';
import { locateField } from '../build/provenance.ts';
import { nameOf, objectReference, type Resource, trackedObject } from '../build/resource.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Cluster, Owned } from './cluster.ts';
import { describeReconciliation, type Reconciliation } from './reconciliation.ts';

/** Objects that two owners fight over, and Namespaces that a targetNamespace renames. */
export function judgeOwnership({ inventory, reconciliations }: Cluster): Diagnostic[] {
  return [...[...inventory.values()].flatMap(judgeOwners), ...reconciliations.flatMap(judgeNamespaces)];
}

function judgeOwners(owned: readonly Owned[]): Diagnostic[] {
  const [first, second] = owned;
  if (first === undefined || second === undefined) return [];
  if (first.owner === second.owner || isShared(first.resource)) return [];
  const { kind, name, namespace } = objectReference(second.resource.object);
  const what = `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
  const prunes = [first, second].some(({ owner }) => owner.prune);
  const problem = {
    rule: 'object-owned-twice',
    severity: 'error',
    message: `${describeReconciliation(first.owner)} and ${describeReconciliation(second.owner)} both apply ${what}`,
    help: prunes
      ? 'leave it to one of them: when the other stops applying it, prune deletes it'
      : 'leave it to one of them',
    path: ['metadata', 'name'],
    related: [
      {
        resource: first.resource,
        path: ['metadata', 'name'],
        message: `applied by ${describeReconciliation(first.owner)}`,
      },
    ],
  } as const;
  return [findingAt(second.resource, problem, second.owner.path)];
}

// The same Namespace with prune off on both sides is a common and harmless way to make sure that it is there.
function isShared({ object }: Resource): boolean {
  const metadata = object['metadata'] as
    | { annotations?: Record<string, unknown>; labels?: Record<string, unknown> }
    | undefined;
  const says = (key: string, value: string): boolean =>
    metadata?.annotations?.[key] === value || metadata?.labels?.[key] === value;
  return (
    says('kustomize.toolkit.fluxcd.io/prune', 'disabled') ||
    says('kustomize.toolkit.fluxcd.io/ssa', 'IfNotPresent') ||
    says('kustomize.toolkit.fluxcd.io/ssa', 'Merge') ||
    says('kustomize.toolkit.fluxcd.io/reconcile', 'disabled')
  );
}

function judgeNamespaces({ declaration, targetNamespace, build, prune, path }: Reconciliation): Diagnostic[] {
  if (declaration === undefined || targetNamespace === undefined) return [];
  const namespaces = build.resources.filter(
    ({ object }) => object['kind'] === 'Namespace' && object['apiVersion'] === 'v1',
  );
  // kustomize renames every Namespace of the build to the target, so that one stands for all.
  if (namespaces.length === 0 || !prune) return [];
  return namespaces
    .filter((resource) => !isShared(resource) && isRenamed(resource))
    .map((resource) => {
      const problem = {
        rule: 'namespace-renamed',
        severity: 'warning',
        message: `targetNamespace makes this Namespace ${nameOf(resource.object)}, whatever its file says, and prune deletes it with all it holds`,
        help: 'take the Namespace out of this path, and let another Kustomization own it',
        path: ['metadata', 'name'],
        related: [{ resource: declaration, path: ['spec', 'targetNamespace'], message: 'set here' }],
      } as const;
      return findingAt(resource, problem, path);
    });
}

function isRenamed(resource: Resource): boolean {
  const [written] = locateField(trackedObject(resource), ['metadata', 'name']).steps;
  const text = written?.span.file.text.slice(written.span.start, written.span.end) ?? '';
  return text.replace(/^.*:/u, '').replaceAll(/["'\s]/gu, '') !== nameOf(resource.object);
}
