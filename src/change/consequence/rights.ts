import type { ChangeSeverity } from '../../diagnostic/change-severity.ts';
import { groupVersionKind, nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import { ownOf } from '../../source/own.ts';
import { equalValues, isMapping, itemsAt, type Mapping, type Value, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import type { ClusterPair } from '../cluster-pair.ts';
import { wholeOf } from '../whole.ts';
import type { Consequence, Taken } from './consequence.ts';

/** What somebody may do that the base did not let them. */
export function rightsConsequences(taken: Taken): Consequence[] {
  const { group, kind } = groupVersionKind(taken.head.resource.object);
  if (group !== 'rbac.authorization.k8s.io') return [];
  return kind.endsWith('Binding') ? newSubjects(taken) : newRights(taken);
}

const rulesAt = ['rules'] as const;

function newRights({ base, head }: Taken): Consequence[] {
  const old = itemsAt(base.resource.object, rulesAt);
  const aggregates = valueAt(head.resource.object, ['aggregationRule']) !== undefined;
  if (aggregates) return [];
  return itemsAt(head.resource.object, rulesAt).flatMap((rule, index) => {
    const found = rightsIn(rule).filter((right) => !old.some((one) => gives(one, right)));
    if (found.length === 0) return [];
    return [
      {
        at: [...rulesAt, index],
        explains: [[...rulesAt]],
        actions: ['update'],
        reason: 'rights-grow',
        severity: found.some(isPowerful) ? 'breaks' : 'changes',
        what: rightWords(found),
      } satisfies Consequence,
    ];
  });
}

interface Right {
  readonly group: string;
  readonly resource: string;
  readonly verb: string;
  /** The names that it is about; all where there are none. */
  readonly names: readonly string[];
}

function rightsIn(rule: Value): Right[] {
  const names = textsAt(rule, 'resourceNames');
  const urls = textsAt(rule, 'nonResourceURLs').map((resource) => ({ group: '', resource }));
  const resources = textsAt(rule, 'apiGroups').flatMap((group) =>
    textsAt(rule, 'resources').map((resource) => ({ group, resource })),
  );
  return [...resources, ...urls].flatMap((one) =>
    textsAt(rule, 'verbs').map((verb) => ({ ...one, verb, names })),
  );
}

/** Whether a rule gives a right, for all of its names: the authorizer's match, `*` and `*` + `/subresource` for any. */
function gives(rule: Value, { group, resource, verb, names }: Right): boolean {
  const own = textsAt(rule, 'resourceNames');
  const has = (field: string, value: string): boolean => {
    const list = textsAt(rule, field);
    return list.includes('*') || list.includes(value);
  };
  const subresource = resource.includes('/') ? `*/${resource.split('/')[1]}` : resource;
  const isAbout =
    has('nonResourceURLs', resource) ||
    (has('apiGroups', group) && (has('resources', resource) || has('resources', subresource)));
  const isNamed = own.length === 0 || (names.length > 0 && names.every((name) => own.includes(name)));
  return isAbout && isNamed && has('verbs', verb);
}

function textsAt(value: Value, field: string): string[] {
  return itemsAt(value, [field]).map(valueText);
}

const escalating: ReadonlySet<string> = new Set(['escalate', 'bind', 'impersonate']);
const reading: ReadonlySet<string> = new Set(['*', 'get', 'list', 'watch']);
const entering: ReadonlySet<string> = new Set([
  'pods/exec',
  'pods/attach',
  'nodes/proxy',
  'serviceaccounts/token',
]);

/** Whether a right leads to nearly all others: anything, credentials, or the inside of other pods. */
function isPowerful({ group, resource, verb, names }: Right): boolean {
  if (escalating.has(verb) || entering.has(resource)) return true;
  if (resource === '*' && (verb === '*' || group === '*')) return true;
  return (resource === 'secrets' || resource === '*') && reading.has(verb) && names.length === 0;
}

function rightWords(rights: readonly Right[]): string {
  const verbs = [...new Set(rights.map(({ verb }) => verb))];
  const resources = [...new Set(rights.map(({ resource }) => resource))];
  return `${shortList(verbs)} ${shortList(resources)}`;
}

function shortList(words: readonly string[]): string {
  const more = words.length > 4 ? ` and ${words.length - 4} more` : '';
  return words.slice(0, 4).join(', ') + more;
}

const subjectsAt = ['subjects'] as const;

function newSubjects({ base, head, cluster }: Taken): Consequence[] {
  const old = itemsAt(base.resource.object, subjectsAt);
  const role = roleWords(head.resource);
  return itemsAt(head.resource.object, subjectsAt).flatMap((subject, index) => {
    if (old.some((one) => equalValues(one, subject)) || !isMapping(subject)) return [];
    return [
      {
        at: [...subjectsAt, index],
        explains: [[...subjectsAt]],
        actions: ['update'],
        reason: 'rights-grow',
        severity: severityOfGrant(subject, head.resource, cluster),
        what: `${role} for ${subjectWords(subject)}`,
      } satisfies Consequence,
    ];
  });
}

/** `ClusterRole cluster-admin`. */
export function roleWords({ object }: Resource): string {
  return `${valueText(valueAt(object, ['roleRef', 'kind']))} ${valueText(valueAt(object, ['roleRef', 'name']))}`;
}

/** `ServiceAccount shop/web`. */
export function subjectWords(subject: Mapping): string {
  const namespace = valueText(subject['namespace']);
  return `${valueText(subject['kind'])} ${namespace === '' ? '' : `${namespace}/`}${valueText(subject['name'])}`;
}

/** Whoever has a token. */
const everybody: ReadonlySet<string> = new Set(['system:authenticated', 'system:serviceaccounts']);
/** Whoever has none, as well. */
const anybody: ReadonlySet<string> = new Set(['system:anonymous', 'system:unauthenticated']);

export function isAnybody(subject: Mapping): boolean {
  return anybody.has(valueText(subject['name']));
}

/** How grave it is that a subject gets the rights of a binding: of powerful rights, or of any for whoever comes along. */
function severityOfGrant(
  subject: Mapping,
  binding: Resource,
  cluster: Pick<ClusterPair, 'head'>,
): ChangeSeverity {
  if (isAnybody(subject)) return 'breaks';
  const isEverybody = everybody.has(valueText(subject['name']));
  return rightsOf(binding, cluster).some(isEverybody ? isFarReaching : isPowerful) ? 'breaks' : 'changes';
}

/** Whether a binding lets somebody do anything, or get there: cluster-admin, all verbs on all resources, escalate, bind, impersonate. */
export function isBoundless(binding: Resource, cluster: Pick<ClusterPair, 'head'>): boolean {
  return rightsOf(binding, cluster).some(
    ({ resource, verb }) => (resource === '*' && verb === '*') || escalating.has(verb),
  );
}

// To everybody more than to look at what is no secret.
function isFarReaching(right: Right): boolean {
  return isPowerful(right) || !reading.has(right.verb) || right.verb === '*';
}

const anything: Right = { group: '*', resource: '*', verb: '*', names: [] };
const insideNamespace: Right = { group: '', resource: 'secrets', verb: '*', names: [] };

/** The rights of the roles that every cluster has, as far as they matter here. */
const knownRoles: Readonly<Record<string, Right>> = {
  'cluster-admin': anything,
  admin: insideNamespace,
  edit: insideNamespace,
};

/** What the role of a binding gives, as far as the role is known here. */
function rightsOf({ object }: Resource, { head }: Pick<ClusterPair, 'head'>): readonly Right[] {
  const [kind, name] = [valueAt(object, ['roleRef', 'kind']), valueAt(object, ['roleRef', 'name'])];
  const known = kind === 'ClusterRole' ? ownOf(knownRoles, valueText(name)) : undefined;
  if (known !== undefined) return [known];
  const role = wholeOf(head).resources.find(
    (one) =>
      one.object['kind'] === kind &&
      nameOf(one.object) === name &&
      (kind === 'ClusterRole' || namespaceOf(one.object) === namespaceOf(object)),
  );
  return role === undefined ? [] : itemsAt(role.object, rulesAt).flatMap(rightsIn);
}
