import { CompletionItemKind } from 'vscode-languageserver';
import { nodeAt } from '../../schema/schema-node.ts';
import { ownOf } from '../../source/own.ts';
import type { Cursor } from '../yaml/cursor-shape.ts';
import { childAt, itemsOf, unquoted } from '../yaml/outline-node.ts';
import { type Proposal, proposeKeys } from './proposal.ts';
import type { Subject } from './subject.ts';

const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist'];
const scaled = ['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController'];
const resourceNames = ['cpu', 'memory', 'ephemeral-storage'];
const topologyKeys = [
  'kubernetes.io/hostname',
  'topology.kubernetes.io/zone',
  'topology.kubernetes.io/region',
];
const rbacGroup = ['rbac.authorization.k8s.io'];

/** Values that the API's documentation names and its schema does not list, by type and field (k8s.io/api v0.36). */
const valuesByType: Readonly<Record<string, readonly string[]>> = {
  'rbac.v1.RoleRef.kind': ['ClusterRole', 'Role'],
  'rbac.v1.RoleRef.apiGroup': rbacGroup,
  'rbac.v1.Subject.kind': ['ServiceAccount', 'Group', 'User'],
  'rbac.v1.Subject.apiGroup': rbacGroup,
  'rbac.v1.PolicyRule.verbs': [
    ...['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'],
    ...['bind', 'escalate', 'impersonate', 'use', '"*"'],
  ],
  'autoscaling.v1.CrossVersionObjectReference.kind': scaled,
  'autoscaling.v2.CrossVersionObjectReference.kind': scaled,
  'autoscaling.v2.CrossVersionObjectReference.apiVersion': ['apps/v1'],
  'apimachinery.pkg.apis.meta.v1.LabelSelectorRequirement.operator': operators,
  'core.v1.NodeSelectorRequirement.operator': [...operators, 'Gt', 'Lt'],
  'core.v1.Capabilities.drop': ['ALL'],
  'core.v1.Capabilities.add': ['NET_BIND_SERVICE', 'NET_ADMIN', 'SYS_PTRACE', 'SYS_TIME', 'CHOWN', 'SETUID'],
  'core.v1.TopologySpreadConstraint.topologyKey': topologyKeys,
  'core.v1.PodAffinityTerm.topologyKey': topologyKeys,
  'admissionregistration.v1.RuleWithOperations.operations': ['CREATE', 'UPDATE', 'DELETE', 'CONNECT', '"*"'],
  'admissionregistration.v1.NamedRuleWithOperations.operations': [
    ...['CREATE', 'UPDATE', 'DELETE', 'CONNECT', '"*"'],
  ],
  'apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps.type': [
    ...['object', 'array', 'string', 'integer', 'number', 'boolean'],
  ],
};

/** Keys of maps, likewise. */
const keysByType: Readonly<Record<string, readonly string[]>> = {
  'core.v1.ResourceRequirements.limits': resourceNames,
  'core.v1.ResourceRequirements.requests': resourceNames,
  'core.v1.VolumeResourceRequirements.requests': ['storage'],
  'core.v1.ResourceQuotaSpec.hard': [
    ...['requests.cpu', 'requests.memory', 'limits.cpu', 'limits.memory', 'requests.storage'],
    ...['pods', 'services', 'configmaps', 'secrets', 'persistentvolumeclaims'],
  ],
  ...Object.fromEntries(
    ['max', 'min', 'default', 'defaultRequest'].map((field) => [
      `core.v1.LimitRangeItem.${field}`,
      resourceNames,
    ]),
  ),
};

/** The same for custom kinds, by what leads to the field. */
const valuesByPath: readonly (readonly [RegExp, readonly string[]])[] = [
  [
    /^Application(?:Set)? .*syncPolicy\.syncOptions$/u,
    [
      ...['CreateNamespace=true', 'ServerSideApply=true', 'ApplyOutOfSyncOnly=true', 'PruneLast=true'],
      ...[
        'RespectIgnoreDifferences=true',
        'PrunePropagationPolicy=foreground',
        'Replace=true',
        'Validate=false',
      ],
      ...['FailOnSharedResource=true', 'Prune=false'],
    ],
  ],
  [/^Application(?:Set)? .*destination\.server$/u, ['https://kubernetes.default.svc']],
  [/^Application(?:Set)? .*destination\.name$/u, ['in-cluster']],
  [/^ApplicationSet .*goTemplateOptions$/u, ['missingkey=error']],
];

/** Values that are known where no schema lists them. */
export function proposeKnownValues(cursor: Cursor, subject: Subject): Proposal[] {
  const field = lastName(cursor.path);
  const holder = nodeAt(subject.node, cursor.path.slice(0, field))?.name ?? '';
  const key = `${holder}.${cursor.path[field]}`;
  if (cursor.role === 'key')
    return proposeKeys(ownOf(keysByType, key) ?? [], cursor, { kind: CompletionItemKind.Field, rank: 0 });
  const at = `${subject.kind ?? ''} ${cursor.path.filter((step) => typeof step === 'string').join('.')}`;
  const own = ownOf(valuesByType, key) ?? valuesByPath.find(([pattern]) => pattern.test(at))?.[1] ?? [];
  return [...own, ...ofKinds(key, cursor, subject)].map((label) => ({
    label,
    kind: CompletionItemKind.EnumMember,
  }));
}

/** Where the last name of a path is: what follows are places in lists. */
function lastName(path: readonly (string | number)[]): number {
  return path.findLastIndex((step) => typeof step === 'string');
}

const ruleTypes =
  /^(?:rbac\.v1\.PolicyRule|admissionregistration\.v1\.(?:Named)?RuleWithOperations)\.(\w+)$/u;

/** Groups, versions and resources of the kinds that are known, by the groups that the rule names. */
function ofKinds(key: string, { path, outline: { root } }: Cursor, { kinds }: Subject): string[] {
  const [, field] = ruleTypes.exec(key) ?? [];
  if (field === undefined) return [];
  const rule = childAt(root, ...path.slice(0, lastName(path)));
  const list = rule && childAt(rule, 'apiGroups');
  const groups = list === undefined ? [] : itemsOf(list).map(({ value }) => unquoted(value));
  const all = kinds
    .all()
    .filter(({ group }) => field === 'apiGroups' || groups.length === 0 || groups.includes(group));
  const named = {
    apiGroups: all.map(({ group }) => (group === '' ? '""' : group)),
    apiVersions: all.map(({ version }) => version),
    resources: all.flatMap(({ plural }) => plural ?? []),
  };
  return [...new Set(ownOf<readonly string[]>(named, field) ?? [])].sort();
}
