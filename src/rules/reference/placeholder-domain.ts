import { groupVersionKind, type Resource } from '../../object/resource.ts';
import type { Path } from '../../source/value.ts';
import { hostsAt, hostsInValues, type NamedHost, servedHosts } from '../../workload/network/served-host.ts';
import { describe } from '../../workload/pod/pod-template.ts';
import type { ResourceRule } from '../rule.ts';

export const placeholderDomain: ResourceRule = {
  id: 'placeholder-domain',
  severity: 'warning',
  scope: 'resource',
  criterion: 'wired',
  tags: ['references'],
  *judge(resource) {
    const seen = new Set<string>();
    for (const { host, path } of hostsOf(resource)) {
      if (!reserved.test(host) || seen.has(host)) continue;
      seen.add(host);
      yield {
        at: [resource, ...path],
        message: `${describe(resource)} uses ${host}, a reserved example domain that no one can own`,
        help: 'write the real domain, in an overlay if environments differ',
      };
    }
  },
};

// RFC 2606 and RFC 6761 reserve these.
const reserved = /(?:^|[.@])example\.(?:com|org|net)$|\.(?:example|invalid)$/iu;

/** What a certificate authority is asked for, or answers to. */
const certifiedAt: ReadonlyMap<string, readonly Path[]> = new Map<string, readonly Path[]>([
  ['networking.k8s.io/Ingress', [['spec', 'tls', '*', 'hosts', '*']]],
  [
    'cert-manager.io/Certificate',
    [
      ['spec', 'commonName'],
      ['spec', 'dnsNames', '*'],
    ],
  ],
  ['cert-manager.io/Issuer', [['spec', 'acme', 'email']]],
  ['cert-manager.io/ClusterIssuer', [['spec', 'acme', 'email']]],
]);

function hostsOf(resource: Resource): NamedHost[] {
  const { object } = resource;
  const { group, kind } = groupVersionKind(object);
  const annotation = ['metadata', 'annotations', 'external-dns.alpha.kubernetes.io/hostname'];
  const others = [...(certifiedAt.get(`${group}/${kind}`) ?? []), annotation];
  return [
    ...servedHosts(resource),
    ...hostsInValues(resource),
    ...others.flatMap((pattern) => hostsAt(object, pattern)),
  ];
}
