import { type GroupVersionKind, groupVersionKind, nameOf, namespaceOf } from '../object/resource.ts';
import type { Mapping } from '../source/value.ts';
import { compareBytes } from './byte-order.ts';

/** `sortOptions` of a kustomization; the command's default is the legacy order with the default lists. */
export interface SortOptions {
  readonly order: 'legacy' | 'fifo';
  readonly legacySortOptions?: {
    readonly orderFirst?: readonly string[];
    readonly orderLast?: readonly string[];
  };
}

/** The resources in output order (builtins/SortOrderTransformer.go of kustomize v5.8.2). */
export function sortResources<R extends { readonly object: Mapping }>(
  resources: readonly R[],
  options: SortOptions,
): R[] {
  if (options.order === 'fifo') return [...resources];
  const ranks = rankKinds(options.legacySortOptions ?? { orderFirst: defaultFirst, orderLast: defaultLast });
  const keyed = resources.map((resource) => ({ resource, key: sortKey(resource.object, ranks) }));
  return keyed.sort((a, b) => compareKeys(a.key, b.key)).map(({ resource }) => resource);
}

interface SortKey {
  readonly rank: number;
  readonly kind: GroupVersionKind;
  readonly kindText: string;
  readonly nameText: string;
}

/** The order of kinds without names, which the field specs of a configuration stand in (kyaml resid.Gvk IsLessThan). */
export function compareKinds(a: GroupVersionKind, b: GroupVersionKind): number {
  defaultRanks ??= rankKinds({ orderFirst: defaultFirst, orderLast: defaultLast });
  const ranks = (defaultRanks.get(a.kind) ?? 0) - (defaultRanks.get(b.kind) ?? 0);
  return ranks === 0 ? compareBytes(kindText(a), kindText(b)) : ranks;
}

let defaultRanks: ReadonlyMap<string, number> | undefined;

function kindText({ group, version, kind }: GroupVersionKind): string {
  return `${group || '~G'}_${version || '~V'}_${kind || '~K'}`;
}

/** Kinds of the first list below zero, of the last list above; a kind in both belongs to the last. */
function rankKinds(lists: NonNullable<SortOptions['legacySortOptions']>): ReadonlyMap<string, number> {
  const { orderFirst = [], orderLast = [] } = lists;
  return new Map([
    ...orderFirst.map((kind, index) => [kind, index - orderFirst.length] as const),
    ...orderLast.map((kind, index) => [kind, index + 1] as const),
  ]);
}

function sortKey(object: Mapping, ranks: ReadonlyMap<string, number>): SortKey {
  const kind = groupVersionKind(object);
  return {
    rank: ranks.get(kind.kind) ?? 0,
    kind,
    kindText: kindText(kind),
    nameText: `${namespaceOf(object) || '~X'}|${nameOf(object) || '~N'}`,
  };
}

function compareKeys(a: SortKey, b: SortKey): number {
  if (isSameKind(a.kind, b.kind)) return compareBytes(a.nameText, b.nameText);
  if (a.rank !== b.rank) return a.rank - b.rank;
  const order = compareBytes(a.kindText, b.kindText);
  // The core Namespace comes before those of other groups, although `~G` sorts last.
  const areNamespaces = a.kind.kind === 'Namespace' && b.kind.kind === 'Namespace';
  return areNamespaces && (a.kind.group === '' || b.kind.group === '') ? -order : order;
}

function isSameKind(a: GroupVersionKind, b: GroupVersionKind): boolean {
  return a.kind === b.kind && a.group === b.group && a.version === b.version;
}

const defaultFirst = [
  'Namespace',
  'ResourceQuota',
  'StorageClass',
  'CustomResourceDefinition',
  'ServiceAccount',
  'PodSecurityPolicy',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
  'ConfigMap',
  'Secret',
  'Endpoints',
  'Service',
  'LimitRange',
  'PriorityClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Deployment',
  'StatefulSet',
  'CronJob',
  'PodDisruptionBudget',
];

const defaultLast = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];
