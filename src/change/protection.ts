import { isChartDefinition } from '../object/chart-definition.ts';
import type { Resource } from '../object/resource.ts';
import type { Reconciliation } from '../reconcile/reconciliation.ts';
import type { Mapping } from '../source/value.ts';
import { markAt } from './marks.ts';
import { optionsOfAll, ownOptions } from './sync-options.ts';

/** An annotation or label by which an object says what happens to it, as it is written. */
export type Mark = string;

/**
 * What keeps the owner from deleting an object, or from applying it: kustomize-controller 1.9.4 (ssa DeleteOptions.Exclusions), argo-cd
 * 3.6 (sync options Prune and Delete), Helm's resource policy for releases.
 */
export function protectionOf(
  resource: Resource,
  { by, kind, declaration }: Reconciliation,
  from: Deletion = 'prune',
): Mark | undefined {
  const { object } = resource;
  if (kind === 'HelmRelease') return helmProtection(resource);
  if (by === 'flux') return fluxProtection(object);
  return by === 'argocd' ? argoProtection(object, from, declaration?.object) : undefined;
}

/** Definitions of `crds/` are never deleted by Helm, nor is what asks to stay. */
function helmProtection(resource: Resource): Mark | undefined {
  if (isChartDefinition(resource)) return 'CRDs of crds/ stay';
  const isKept = markAt(resource.object, policy)?.toLowerCase() === 'keep';
  return isKept ? `${policy}: keep` : undefined;
}

const policy = 'helm.sh/resource-policy';

/** An owner that no longer finds an object, or an owner that goes itself. */
type Deletion = 'prune' | 'cascade';

const fluxMarks = [
  ['kustomize.toolkit.fluxcd.io/prune', 'disabled'],
  ['kustomize.toolkit.fluxcd.io/reconcile', 'disabled'],
  ['kustomize.toolkit.fluxcd.io/ssa', 'Ignore'],
] as const;

function fluxProtection(object: Mapping): Mark | undefined {
  for (const [key, value] of fluxMarks)
    if (markAt(object, key)?.toLowerCase() === value.toLowerCase()) return `${key}: ${value}`;
  return undefined;
}

/**
 * Each of the two deletions has an option of its own, of the object or else of the Application (argo-cd 3.6, isPruningDisabled and
 * shouldBeDeleted); a cascade leaves CRDs in any case, and alone heeds Helm's policy.
 */
function argoProtection(object: Mapping, from: Deletion, declaration: Mapping | undefined): Mark | undefined {
  if (from === 'cascade' && object['kind'] === 'CustomResourceDefinition') return 'CRDs stay';
  const own = optionIn(ownOptions(object), from);
  const ofAll = optionIn(optionsOfAll(declaration), from);
  if (own !== undefined && isKeeping(own)) return `argocd.argoproj.io/sync-options: ${own}`;
  if (own === undefined && ofAll !== undefined && isKeeping(ofAll))
    return `spec.syncPolicy.syncOptions: ${ofAll}`;
  const isKept = from === 'cascade' && markAt(object, policy) === 'keep';
  return isKept ? `${policy}: keep` : undefined;
}

function optionIn(options: readonly string[], from: Deletion): string | undefined {
  return options.find((one) => one.startsWith(from === 'prune' ? 'Prune=' : 'Delete='));
}

function isKeeping(option: string): boolean {
  return option.endsWith('=false') || option.endsWith('=confirm');
}

/** What is said of a mark that keeps an object only until somebody says that it may go. */
export function waitsForPerson(mark: Mark): string | undefined {
  if (!mark.endsWith('=confirm')) return undefined;
  return mark.includes('Prune=')
    ? 'the sync waits until someone confirms it: until then, nothing else of its wave or of later waves is applied'
    : 'the deletion waits until someone confirms it';
}

/** Whether Flux deletes the object and creates it again where an update is refused. */
export function isForced({ object }: Resource, { by, kind }: Reconciliation): boolean {
  if (by !== 'flux' || kind === 'HelmRelease') return false;
  return markAt(object, 'kustomize.toolkit.fluxcd.io/force')?.toLowerCase() === 'enabled';
}

/** Whether an owner leaves the object alone once it is there. */
export function isLeftAlone({ object }: Resource, { by, kind }: Reconciliation): boolean {
  if (by !== 'flux' || kind === 'HelmRelease') return false;
  const ssa = markAt(object, 'kustomize.toolkit.fluxcd.io/ssa')?.toLowerCase();
  return (
    ssa === 'ifnotpresent' ||
    ssa === 'ignore' ||
    markAt(object, 'kustomize.toolkit.fluxcd.io/reconcile')?.toLowerCase() === 'disabled'
  );
}

/** The reason for which an object, or its namespace, must not go. */
export function protectReason({ object }: Resource): string | undefined {
  return markAt(object, 'cdb-lint.dev/protect');
}
