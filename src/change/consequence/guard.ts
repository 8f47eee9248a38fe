import { amountsIn } from '../../object/amounts.ts';
import { groupVersionKind } from '../../object/resource.ts';
import { ownOf } from '../../source/own.ts';
import {
  formatValue,
  isSequence,
  itemsAt,
  type Mapping,
  type Path,
  type Value,
  valueAt,
} from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { type Consequence, changes, type Taken } from './consequence.ts';

/** What keeps others from harm and lets through more than before: admission, network, quotas. */
export function guardConsequences(taken: Taken): Consequence[] {
  const { group, kind } = groupVersionKind(taken.head.resource.object);
  const name = `${group}/${kind}`;
  if (name === 'networking.k8s.io/NetworkPolicy') return openedPolicy(taken);
  if (name === '/ResourceQuota') return raisedQuota(taken);
  if (name === 'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding') return looserBinding(taken);
  return [...laxerFields(taken, name), ...laxerItems(taken, name), ...fewerValidations(taken, name)];
}

function loosened(at: Path, what: string, severity: Consequence['severity'] = 'breaks'): Consequence {
  return { at, actions: ['update'], reason: 'guard-loosened', severity, what };
}

interface Strictness {
  readonly of: RegExp;
  readonly path: Path;
  /** From the most lenient to the strictest. */
  readonly values: readonly string[];
  /** What counts where nothing is said. */
  readonly otherwise: string;
}

const podSecurityLevels = ['privileged', 'baseline', 'restricted'];

const strictnesses: readonly Strictness[] = [
  {
    of: /^\/Namespace$/u,
    path: ['metadata', 'labels', 'pod-security.kubernetes.io/enforce'],
    values: podSecurityLevels,
    otherwise: 'privileged',
  },
  {
    of: /^admissionregistration\.k8s\.io\/ValidatingAdmissionPolicy$/u,
    path: ['spec', 'failurePolicy'],
    values: ['Ignore', 'Fail'],
    otherwise: 'Fail',
  },
  {
    of: /^kyverno\.io\/(?:Cluster)?Policy$/u,
    path: ['spec', 'validationFailureAction'],
    values: ['audit', 'enforce'],
    otherwise: 'audit',
  },
  {
    of: /^constraints\.gatekeeper\.sh\//u,
    path: ['spec', 'enforcementAction'],
    values: ['dryrun', 'warn', 'deny'],
    otherwise: 'deny',
  },
];

function laxerFields({ base, head }: Taken, name: string): Consequence[] {
  return strictnesses.flatMap(({ of, path, values, otherwise }) => {
    if (!of.test(name)) return [];
    const [before, after] = [base, head].map(({ resource }) => {
      const value = valueAt(resource.object, path);
      return typeof value === 'string' && value !== '' ? value : otherwise;
    }) as [string, string];
    const isLaxer = strictness(after, values) < strictness(before, values);
    return isLaxer
      ? [{ ...loosened(path, `${valueText(path.at(-1))} ${before} → ${after}`), explains: [path] }]
      : [];
  });
}

/** Items of a list that each say what becomes of a request, found again by their names. */
interface StrictItems {
  readonly list: Path;
  readonly path: Path;
  readonly values: readonly string[];
  /** What counts where nothing is said; absent where the object says it for all of them. */
  readonly otherwise?: string;
}

// Since Kyverno 1.13 each rule says it.
const kyvernoRules: StrictItems = {
  list: ['spec', 'rules'],
  path: ['validate', 'failureAction'],
  values: ['audit', 'enforce'],
};

const strictItems: Readonly<Record<string, StrictItems>> = {
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration': {
    list: ['webhooks'],
    path: ['failurePolicy'],
    values: ['Ignore', 'Fail'],
    otherwise: 'Fail',
  },
  'kyverno.io/ClusterPolicy': kyvernoRules,
  'kyverno.io/Policy': kyvernoRules,
};

function laxerItems({ base, head }: Taken, name: string): Consequence[] {
  const known = ownOf(strictItems, name);
  if (known === undefined) return [];
  const { list, path, values } = known;
  const said = (item: Value | undefined): string => valueText(valueAt(item, path)) || (known.otherwise ?? '');
  const before = new Map(
    itemsAt(base.resource.object, list).map((one) => [valueText(valueAt(one, ['name'])), one]),
  );
  return itemsAt(head.resource.object, list).flatMap((item, index) => {
    const itemName = valueText(valueAt(item, ['name']));
    const old = before.get(itemName);
    const [was, is] = [said(old), said(item)];
    const isLaxer = strictness(is, values) < strictness(was, values);
    if (old === undefined || was === '' || !isLaxer) return [];
    const at = [...list, index, ...path];
    return [{ ...loosened(at, `${valueText(path.at(-1))} of ${itemName} ${was} → ${is}`), explains: [at] }];
  });
}

function strictness(value: string, values: readonly string[]): number {
  const found = values.findIndex((one) => one.toLowerCase() === value.toLowerCase());
  return found < 0 ? values.length : found;
}

/** Validations and webhooks that are gone, known by what they say. */
function fewerValidations({ base, head }: Taken, name: string): Consequence[] {
  const list = ownOf(validationLists, name);
  if (list === undefined) return [];
  const [path, key] = list;
  const known = new Set(itemsAt(head.resource.object, path).map((one) => valueText(valueAt(one, [key]))));
  return itemsAt(base.resource.object, path).flatMap((one, index) =>
    known.has(valueText(valueAt(one, [key])))
      ? []
      : [loosened([...path, index], `${valueText(path.at(-1))} has an entry removed or changed`, 'changes')],
  );
}

const validationLists: Readonly<Record<string, readonly [Path, string]>> = {
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy': [['spec', 'validations'], 'expression'],
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration': [['webhooks'], 'name'],
  'kyverno.io/ClusterPolicy': [['spec', 'rules'], 'name'],
  'kyverno.io/Policy': [['spec', 'rules'], 'name'],
};

function looserBinding({ base, head }: Taken): Consequence[] {
  const path = ['spec', 'validationActions'];
  const denies = ({ resource }: Taken['base']): boolean => itemsAt(resource.object, path).includes('Deny');
  return denies(base) && !denies(head)
    ? [{ ...loosened(path, 'it no longer denies anything'), explains: [path] }]
    : [];
}

function openedPolicy({ base, head, update }: Taken): Consequence[] {
  return (['Ingress', 'Egress'] as const).flatMap((direction): Consequence[] => {
    const [old, now] = [directions(base.resource.object), directions(head.resource.object)];
    if (!old.has(direction)) return [];
    const traffic = direction === 'Ingress' ? 'incoming' : 'outgoing';
    if (!now.has(direction))
      return [loosened(['spec', 'policyTypes'], `it no longer applies to ${traffic} traffic`)];
    const path = ['spec', direction.toLowerCase()];
    if (!changes(update, path)) return [];
    const peers = direction === 'Ingress' ? 'from' : 'to';
    const before = itemsAt(base.resource.object, path).map(formatValue);
    const added = itemsAt(head.resource.object, path).filter((one) => !before.includes(formatValue(one)));
    const letsAll = added.some((one) => letsAnybody(one, peers));
    if (letsAll && !itemsAt(base.resource.object, path).some((one) => letsAnybody(one, peers)))
      return [
        loosened(path, `it allows ${traffic} traffic ${direction === 'Ingress' ? 'from' : 'to'} anyone`),
      ];
    return [];
  });
}

/** A rule without peers, or with one that any address or any pod is. */
function letsAnybody(rule: Value, peers: string): boolean {
  const list = valueAt(rule, [peers]);
  if (!isSequence(list) || list.length === 0) return valueAt(rule, ['ports']) === undefined;
  return list.some((peer) => /^(?:0\.0\.0\.0|::)\/0$/u.test(valueText(valueAt(peer, ['ipBlock', 'cidr']))));
}

/** What a policy is about: without a word incoming traffic, and outgoing where it has rules for it (networking/v1 defaults). */
export function directions(object: Mapping): ReadonlySet<string> {
  const said = itemsAt(object, ['spec', 'policyTypes']).map(valueText);
  if (said.length > 0) return new Set(said);
  return new Set(['Ingress', ...(valueAt(object, ['spec', 'egress']) === undefined ? [] : ['Egress'])]);
}

function raisedQuota({ base, head }: Taken): Consequence[] {
  const hard = ['spec', 'hard'] as const;
  const [before, after] = [base, head].map(({ resource }) => amountsIn(valueAt(resource.object, hard))) as [
    ReturnType<typeof amountsIn>,
    ReturnType<typeof amountsIn>,
  ];
  return [...before].flatMap(([name, amount]) => {
    const now = after.get(name);
    if (now !== undefined && now <= amount) return [];
    const text = ({ resource }: Taken['base']): string =>
      valueText(valueAt(resource.object, [...hard, name]));
    const what =
      now === undefined ? `${name} no longer has a limit` : `${name} ${text(base)} → ${text(head)}`;
    return [{ ...loosened([...hard, name], what, 'changes'), explains: [[...hard, name]] }];
  });
}
