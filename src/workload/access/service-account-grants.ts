import { grouped } from '../../diagnostic/grouped.ts';
import type { Build } from '../../object/build.ts';
import { knownOnce } from '../../object/known-once.ts';
import { namespaceOf, type Resource } from '../../object/resource.ts';
import { isMapping, isSequence, type Mapping, type Value, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { eachNamed, meet, objectsNamed, objectsOf } from '../cluster-objects.ts';
import type { PodTemplate } from '../pod/pod-template.ts';
import type { Surroundings } from '../surroundings.ts';

/** What a binding gives to an account. */
export interface Grant {
  readonly binding: Resource;
  /** Where it holds; undefined for the whole cluster. */
  readonly namespace?: string;
  /** The rules of the role; undefined where no manifest shows the role. */
  readonly rules?: readonly Value[];
}

export interface Account {
  readonly name: string;
  readonly namespace: string;
}

/** The account of the pods of a template. */
export function accountOf({ spec, namespace }: PodTemplate): Account {
  const name = spec['serviceAccountName'] ?? spec['serviceAccount'];
  return { name: typeof name === 'string' && name !== '' ? name : 'default', namespace };
}

/** What the bindings of a cluster give to an account. */
export function grantsTo(account: Account, build: Build, context: Surroundings): Grant[] {
  return (['RoleBinding', 'ClusterRoleBinding'] as const).flatMap((kind) =>
    mayBeBound(objectsOf(kind, build, context), account)
      .filter((binding) => isBound(binding, account))
      .map((binding) => {
        const rules = rulesOf(binding, build, context);
        return {
          binding,
          ...(kind === 'RoleBinding' ? { namespace: namespaceOf(binding.object) } : {}),
          ...(rules === undefined ? {} : { rules }),
        };
      }),
  );
}

/** Narrows bindings to those that name the account or one of its groups, wherever they do it. */
function mayBeBound(bindings: readonly Resource[], { name, namespace }: Account): readonly Resource[] {
  if (namespace === '') return bindings;
  const known = subjectsOf(bindings);
  const keys = [
    `${namespace}/${name}`,
    `/${name}`,
    ...[...groupsOf(namespace), userOf({ name, namespace })].map((one) => `*/${one}`),
  ];
  return keys
    .flatMap((key) => known.get(key) ?? [])
    .sort((a, b) => a.place - b.place)
    .map(({ binding }) => binding)
    .filter((binding, index, all) => binding !== all[index - 1]);
}

const subjectsOf = knownOnce((bindings: readonly Resource[]) =>
  grouped(
    bindings.flatMap((binding, place) => subjectKeys(binding).map((key) => ({ binding, place, key }))),
    ({ key }) => key,
  ),
);

function subjectKeys({ object }: Resource): string[] {
  const subjects = object['subjects'];
  if (!isSequence(subjects)) return [];
  return subjects.flatMap((subject) => {
    const name = valueText(valueAt(subject, ['name']));
    if (valueAt(subject, ['kind']) !== 'ServiceAccount') return [`*/${name}`];
    const within = valueAt(subject, ['namespace']);
    return [`${typeof within === 'string' ? within : namespaceOf(object)}/${name}`];
  });
}

function userOf({ name, namespace }: Account): string {
  return `system:serviceaccount:${namespace}:${name}`;
}

function isBound({ object }: Resource, { name, namespace }: Account): boolean {
  const subjects = object['subjects'];
  if (!isSequence(subjects)) return false;
  return subjects.some((subject) => {
    if (!isMapping(subject)) return false;
    if (subject['kind'] === 'Group') return groupsOf(namespace).includes(valueText(subject['name']));
    // Users of this form are accounts as the API server knows them.
    if (subject['kind'] === 'User') return subject['name'] === userOf({ name, namespace });
    const within = typeof subject['namespace'] === 'string' ? subject['namespace'] : namespaceOf(object);
    return subject['kind'] === 'ServiceAccount' && subject['name'] === name && meet(within, namespace);
  });
}

function groupsOf(namespace: string): string[] {
  return ['system:authenticated', 'system:serviceaccounts', `system:serviceaccounts:${namespace}`];
}

function rulesOf(binding: Resource, build: Build, context: Surroundings): readonly Value[] | undefined {
  const kind = valueAt(binding.object, ['roleRef', 'kind']);
  const name = valueAt(binding.object, ['roleRef', 'name']);
  if (typeof kind !== 'string' || typeof name !== 'string') return undefined;
  const namespace = kind === 'Role' ? namespaceOf(binding.object) : '';
  const roles = objectsNamed({ kind, name, namespace }, build, context);
  // What is aggregated comes from other roles.
  if (roles.length === 0 || roles.some(({ object }) => object['aggregationRule'] !== undefined))
    return undefined;
  return roles.flatMap(({ object }) => (isSequence(object['rules']) ? object['rules'] : []));
}

/** What a program needs to be allowed. */
export interface Right {
  readonly group: string;
  readonly resource: string;
  readonly verb: 'get' | 'list';
}

/** Whether rules of a role give a right over all objects of a kind. */
export function givesRight(rules: readonly Value[], { group, resource, verb }: Right): boolean {
  return rules.some(
    (rule) =>
      isMapping(rule) &&
      has(rule, 'apiGroups', group) &&
      has(rule, 'resources', resource) &&
      has(rule, 'verbs', verb) &&
      !isSequence(rule['resourceNames']),
  );
}

function has(rule: Mapping, field: string, wanted: string): boolean {
  const list = rule[field];
  return isSequence(list) && (list.includes(wanted) || list.includes('*'));
}

/** The object of an account, where a manifest shows it. */
export function accountObject(
  { name, namespace }: Account,
  build: Build,
  context: Surroundings,
): Resource | undefined {
  const [account] = eachNamed({ kind: 'ServiceAccount', name, namespace }, build, context);
  return account;
}

/** Whether the pods of a template get a token for the API server: what the pod says counts before what its account says. */
export function hasToken({ spec }: PodTemplate, account: Resource | undefined): boolean {
  const own = spec['automountServiceAccountToken'];
  return own === undefined || own === null
    ? account?.object['automountServiceAccountToken'] !== false
    : own !== false;
}
