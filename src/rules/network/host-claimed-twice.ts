import type { Build } from '../../object/build.ts';
import { groupVersionKind, namespaceOf, type Resource } from '../../object/resource.ts';
import {
  equalValues,
  formatValue,
  isMapping,
  itemsAt,
  type Path,
  placedItemsAt,
  type Value,
  valueAt,
} from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { describe } from '../../workload/pod/pod-template.ts';
import type { BuildRule } from '../rule.ts';

/** Judged over all that reaches a cluster, where Flux or Argo CD tell what that is. */
export const hostClaimedTwice: BuildRule = {
  id: 'host-claimed-twice',
  severity: 'error',
  scope: 'build',
  criterion: 'wired',
  tags: ['network'],
  *judge(build) {
    const claimed = new Map<string, Map<string, Claim>>();
    for (const claim of claimsOf(build)) {
      // Of two variables of one name, each of another Kustomization, nobody knows the values.
      if (claim.host.includes('${')) continue;
      const key = JSON.stringify([claim.by, claim.host, claim.match]);
      const parts = claimed.get(key) ?? new Map<string, Claim>();
      claimed.set(key, parts);
      const first = firstAt(parts, claim.part);
      if (!parts.has(claim.part)) parts.set(claim.part, claim);
      if (first === undefined || first.resource === claim.resource) continue;
      yield {
        at: [claim.resource, ...claim.path],
        message: `${describe(claim.resource)} and ${describe(first.resource)}${whereIs(first, claim)} both claim ${claim.host}${claim.match}: one of them gets all of its traffic`,
        help: 'change the host or path of one of them, or merge both into one object',
        // The listener may let in but one of the two, or both lead to the same place.
        ...(first.part === claim.part && !leadToOne(first, claim) ? {} : { severity: 'warning' as const }),
        related: [
          { at: [first.resource, ...first.path], message: `${describe(first.resource)} claims it here` },
        ],
      };
    }
  },
};

interface Claim {
  readonly resource: Resource;
  readonly host: string;
  /** The path, and for a route all else that a request has to match. */
  readonly match: string;
  /** Who answers: claims at two of them do not meet. */
  readonly by: string;
  /** The listener of it; every one where empty. */
  readonly part: string;
  /** What it leads to, where that is known to be all that it does. */
  readonly to?: Value | undefined;
  readonly path: Path;
}

function leadToOne(first: Claim, second: Claim): boolean {
  const isOneNamespace = namespaceOf(first.resource.object) === namespaceOf(second.resource.object);
  return isOneNamespace && first.to !== undefined && equalValues(first.to, second.to);
}

function firstAt(parts: ReadonlyMap<string, Claim>, part: string): Claim | undefined {
  const [any] = parts.values();
  return parts.get(part) ?? (part === '' ? any : parts.get(''));
}

function whereIs(first: Claim, second: Claim): string {
  const namespace = namespaceOf(first.resource.object);
  const isPlain = namespace === '' || namespace === namespaceOf(second.resource.object);
  return isPlain ? '' : ` of namespace ${namespace}`;
}

function claimsOf({ resources }: Build): Claim[] {
  return resources.flatMap((resource) => {
    const { group, kind } = groupVersionKind(resource.object);
    if (group === 'networking.k8s.io' && kind === 'Ingress') return ingressClaims(resource);
    if (group === 'route.openshift.io' && kind === 'Route') return openShiftClaims(resource);
    return group === 'gateway.networking.k8s.io' && /^(?:HTTP|GRPC|TLS)Route$/u.test(kind)
      ? routeClaims(resource)
      : [];
  });
}

// Controllers make one of such a pair: a canary beside the main object, a minion beside its master; or are told which goes first.
const sharing =
  /^(?:nginx\.ingress\.kubernetes\.io\/canary|nginx\.org\/mergeable-ingress-type|alb\.ingress\.kubernetes\.io\/group\.name|traefik\.ingress\.kubernetes\.io\/router\.priority|konghq\.com\/regex-priority)$/u;
// What a request has to have beside host and path.
const narrowing =
  /^(?:traefik\.ingress\.kubernetes\.io\/router\.entrypoints|konghq\.com\/(?:methods|protocols|snis|headers\..+))$/u;

function ingressClaims(resource: Resource): Claim[] {
  const { object } = resource;
  const found = valueAt(object, ['metadata', 'annotations']);
  const annotations = isMapping(found) ? found : {};
  const keys = Object.keys(annotations).sort();
  if (keys.some((key) => sharing.test(key))) return [];
  const ingressClass =
    valueAt(object, ['spec', 'ingressClassName']) ?? annotations['kubernetes.io/ingress.class'] ?? '';
  const narrowed = keys
    .filter((key) => narrowing.test(key))
    .map((key) => `${key}=${valueText(annotations[key])}`);
  return placedItemsAt(object, ['spec', 'rules']).flatMap(({ value, path }) => {
    const host = valueAt(value, ['host']);
    if (typeof host !== 'string' || host === '') return [];
    return placedItemsAt(object, [...path, 'http', 'paths']).map((one) => ({
      resource,
      host,
      match: ingressMatch(one.value),
      by: formatValue(['Ingress', ingressClass, ...narrowed]),
      part: '',
      to: valueAt(one.value, ['backend']),
      path: [...path, 'host'],
    }));
  });
}

/** An exact path goes before a prefix, and a slash at the end of a prefix says nothing, as the Ingress API has it. */
function ingressMatch(value: Value): string {
  const path = valueText(valueAt(value, ['path']) ?? '/');
  if (valueAt(value, ['pathType']) === 'Exact') return `${path} (exact)`;
  return path === '/' ? path : path.replace(/\/$/u, '');
}

/** The router admits the older one of two Routes. */
function openShiftClaims(resource: Resource): Claim[] {
  const host = valueAt(resource.object, ['spec', 'host']);
  if (typeof host !== 'string' || host === '') return [];
  const match = valueText(valueAt(resource.object, ['spec', 'path']) ?? '/');
  return [{ resource, host, match, by: 'Route', part: '', path: ['spec', 'host'] }];
}

function routeClaims(resource: Resource): Claim[] {
  const { object } = resource;
  const parents = itemsAt(object, ['spec', 'parentRefs']).map((parent) => ({
    by: formatValue([
      object['kind'] ?? '',
      valueAt(parent, ['kind']) ?? 'Gateway',
      valueAt(parent, ['namespace']) ?? namespaceOf(object),
      valueAt(parent, ['name']) ?? '',
    ]),
    part: [valueAt(parent, ['sectionName']), valueAt(parent, ['port'])]
      .filter((one) => one !== undefined)
      .map(valueText)
      .join(' '),
  }));
  const hosts = placedItemsAt(object, ['spec', 'hostnames']).map(({ value, path }) => ({
    host: valueText(value),
    path,
  }));
  const named = hosts.length > 0 ? hosts : [{ host: '*', path: ['spec', 'parentRefs'] }];
  const matches = itemsAt(object, ['spec', 'rules']).flatMap(matchesOf);
  return named.flatMap((host) =>
    matches.flatMap((match) => parents.map((parent) => ({ resource, ...host, ...parent, match }))),
  );
}

const pathTypes: ReadonlyMap<Value | undefined, string> = new Map([
  ['Exact', ' (exact)'],
  ['RegularExpression', ' (regular expression)'],
]);

function matchesOf(rule: Value): string[] {
  const matches = itemsAt(rule, ['matches']);
  if (matches.length === 0) return ['/'];
  return matches.map((match) => {
    const path = valueText(valueAt(match, ['path', 'value']) ?? '/');
    const type = pathTypes.get(valueAt(match, ['path', 'type'])) ?? '';
    const others = ['headers', 'queryParams', 'method'].flatMap((field) => {
      const value = valueAt(match, [field]);
      return value === undefined ? [] : [`${field} ${formatValue(value)}`];
    });
    return [`${path}${type}`, ...others].join(' with ');
  });
}
