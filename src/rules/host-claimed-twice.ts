import type { Build } from '../build/build.ts';
import { groupVersionKind, namespaceOf, type Resource } from '../build/resource.ts';
import {
  formatValue,
  isMapping,
  isSequence,
  type Path,
  placedItemsAt,
  type Value,
  valueAt,
} from '../source/value.ts';
import { describe } from './pod-template.ts';
import type { BuildRule } from './rule.ts';

export const hostClaimedTwice: BuildRule = {
  id: 'host-claimed-twice',
  severity: 'error',
  scope: 'build',
  *judge(build) {
    const claimed = new Map<string, Claim>();
    for (const claim of claimsOf(build)) {
      const key = JSON.stringify([claim.by, claim.host, claim.match]);
      const first = claimed.get(key);
      if (first === undefined) claimed.set(key, claim);
      else if (first.resource !== claim.resource) {
        yield {
          at: [claim.resource, ...claim.path],
          message: `${describe(claim.resource)} and ${describe(first.resource)}${whereIs(first, claim)} both take ${claim.host}${claim.match}: one of them gets all of it`,
          help: 'give one of them another host or path, or bring both into one object',
          related: [
            { at: [first.resource, ...first.path], message: `${describe(first.resource)} takes it here` },
          ],
        };
      }
    }
  },
};

interface Claim {
  readonly resource: Resource;
  readonly host: string;
  /** The path, and for a route all else that a request has to match. */
  readonly match: string;
  /** Who reads it: claims of two controllers do not meet. */
  readonly by: string;
  readonly path: Path;
}

function whereIs(first: Claim, second: Claim): string {
  const namespace = namespaceOf(first.resource.object);
  return namespace === namespaceOf(second.resource.object) ? '' : ` of namespace ${namespace}`;
}

function claimsOf({ resources }: Build): Claim[] {
  return resources.flatMap((resource) => {
    const { group, kind } = groupVersionKind(resource.object);
    if (group === 'networking.k8s.io' && kind === 'Ingress') return ingressClaims(resource);
    return group === 'gateway.networking.k8s.io' && kind === 'HTTPRoute' ? routeClaims(resource) : [];
  });
}

// Controllers make one of such a pair: a canary beside the main object, a minion beside its master.
const sharing =
  /^(?:nginx\.ingress\.kubernetes\.io\/canary|nginx\.org\/mergeable-ingress-type|alb\.ingress\.kubernetes\.io\/group\.name)$/u;

function ingressClaims(resource: Resource): Claim[] {
  const { object } = resource;
  const annotations = valueAt(object, ['metadata', 'annotations']);
  if (isMapping(annotations) && Object.keys(annotations).some((key) => sharing.test(key))) return [];
  const ingressClass =
    valueAt(object, ['spec', 'ingressClassName']) ??
    valueAt(annotations, ['kubernetes.io/ingress.class']) ??
    '';
  return placedItemsAt(object, ['spec', 'rules']).flatMap(({ value, path }) => {
    const host = valueAt(value, ['host']);
    if (typeof host !== 'string' || host === '') return [];
    return placedItemsAt(object, [...path, 'http', 'paths']).map((one) => ({
      resource,
      host,
      match: String(valueAt(one.value, ['path']) ?? '/'),
      by: `Ingress ${String(ingressClass)}`,
      path: [...path, 'host'],
    }));
  });
}

function routeClaims(resource: Resource): Claim[] {
  const { object } = resource;
  const parents = placedItemsAt(object, ['spec', 'parentRefs']).map(({ value }) =>
    JSON.stringify([
      valueAt(value, ['namespace']) ?? namespaceOf(object),
      valueAt(value, ['name']) ?? '',
      valueAt(value, ['sectionName']) ?? '',
      Number(valueAt(value, ['port']) ?? 0),
    ]),
  );
  return placedItemsAt(object, ['spec', 'hostnames']).flatMap(({ value: host, path }) =>
    placedItemsAt(object, ['spec', 'rules']).flatMap((rule) =>
      matchesOf(rule.value).flatMap((match) =>
        parents.map((by) => ({ resource, host: String(host), match, by, path })),
      ),
    ),
  );
}

function matchesOf(rule: Value): string[] {
  const matches = valueAt(rule, ['matches']);
  if (!isSequence(matches) || matches.length === 0) return ['/'];
  return matches.map((match) => {
    const path = String(valueAt(match, ['path', 'value']) ?? '/');
    const others = ['headers', 'queryParams', 'method'].flatMap((field) => {
      const value = valueAt(match, [field]);
      return value === undefined ? [] : [`${field} ${formatValue(value)}`];
    });
    return [path, ...others].join(' with ');
  });
}
