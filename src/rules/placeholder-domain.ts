import { groupVersionKind, type Resource } from '../build/resource.ts';
import { isSequence, type Path, type Value, valueAt } from '../source/value.ts';
import { describe } from './pod-template.ts';
import type { ResourceRule } from './rule.ts';

export const placeholderDomain: ResourceRule = {
  id: 'placeholder-domain',
  severity: 'warning',
  scope: 'resource',
  *judge(resource) {
    const seen = new Set<string>();
    for (const { host, path } of hostsOf(resource)) {
      if (!reserved.test(host) || seen.has(host)) continue;
      seen.add(host);
      yield {
        at: [resource, ...path],
        message: `${describe(resource)} names ${host}, which is a domain for examples: nobody can own it`,
        help: 'write the domain that is meant, in an overlay where environments differ',
      };
    }
  },
};

// RFC 2606 and RFC 6761 reserve these.
const reserved = /(?:^|[.@])example\.(?:com|org|net)$|\.(?:example|invalid)$/iu;

interface Host {
  readonly host: string;
  readonly path: Path;
}

const places: ReadonlyMap<string, readonly Path[]> = new Map<string, readonly Path[]>([
  [
    'networking.k8s.io/Ingress',
    [
      ['spec', 'rules', '*', 'host'],
      ['spec', 'tls', '*', 'hosts', '*'],
    ],
  ],
  ['gateway.networking.k8s.io/HTTPRoute', [['spec', 'hostnames', '*']]],
  ['gateway.networking.k8s.io/GRPCRoute', [['spec', 'hostnames', '*']]],
  ['gateway.networking.k8s.io/TLSRoute', [['spec', 'hostnames', '*']]],
  ['gateway.networking.k8s.io/Gateway', [['spec', 'listeners', '*', 'hostname']]],
  [
    'cert-manager.io/Certificate',
    [
      ['spec', 'commonName'],
      ['spec', 'dnsNames', '*'],
    ],
  ],
  ['cert-manager.io/Issuer', [['spec', 'acme', 'email']]],
  ['cert-manager.io/ClusterIssuer', [['spec', 'acme', 'email']]],
  ['networking.istio.io/VirtualService', [['spec', 'hosts', '*']]],
  ['networking.istio.io/Gateway', [['spec', 'servers', '*', 'hosts', '*']]],
]);

function hostsOf({ object }: Resource): Host[] {
  const { group, kind } = groupVersionKind(object);
  const annotation = ['metadata', 'annotations', 'external-dns.alpha.kubernetes.io/hostname'];
  const found = [...(places.get(`${group}/${kind}`) ?? []), annotation];
  return found.flatMap((pattern) => textsAt(object, pattern, []));
}

/** The texts at a way in which `*` stands for every item of a list. */
function textsAt(value: Value | undefined, [step, ...rest]: Path, path: Path): Host[] {
  if (step === undefined) return typeof value === 'string' ? [{ host: value, path }] : [];
  if (step !== '*') return textsAt(valueAt(value, [step]), rest, [...path, step]);
  return isSequence(value) ? value.flatMap((item, index) => textsAt(item, rest, [...path, index])) : [];
}
