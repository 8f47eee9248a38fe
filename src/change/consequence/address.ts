import type { Build } from '../../object/build.ts';
import { knownOnce } from '../../object/known-once.ts';
import { groupVersionKind, type Resource } from '../../object/resource.ts';
import { ownOf } from '../../source/own.ts';
import { itemsAt, type Path, type Value, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { servedHosts } from '../../workload/network/served-host.ts';
import { wholeOf } from '../whole.ts';
import { type Consequence, changes, type Taken } from './consequence.ts';

/** Addresses, ports and hosts at which callers find something no longer. */
export function addressConsequences(taken: Taken): Consequence[] {
  const { group, kind } = groupVersionKind(taken.head.resource.object);
  if (kind === 'Service' && group === '') return serviceAddress(taken);
  return [...lostHosts(taken), ...changedClass(taken, `${group}/${kind}`), ...changedAnnotations(taken)];
}

function serviceAddress(taken: Taken): Consequence[] {
  return [...lostType(taken), ...changedAddress(taken), ...changedAnnotations(taken), ...lostPorts(taken)];
}

const type = ['spec', 'type'] as const;
const exposure = ['ClusterIP', 'NodePort', 'LoadBalancer'];

function lostType({ update: { states } }: Taken): Consequence[] {
  const [before, after] = [states.old, states.next].map((one) => valueText(valueAt(one, type)));
  if (before === undefined || after === undefined) return [];
  const isLost =
    after === 'ExternalName' ? before !== after : exposure.indexOf(after) < exposure.indexOf(before);
  if (!isLost) return [];
  return [
    {
      at: type,
      explains: [type],
      actions: ['update'],
      reason: 'address-lost',
      severity: 'breaks',
      what: `${before} → ${after}`,
      ...(before === 'LoadBalancer'
        ? { details: ['its load balancer and public address are released'] }
        : {}),
      safe: [
        { text: 'add a second Service for the new address, and move clients and DNS records to it' },
        { text: 'change this one once no client uses the old address' },
      ],
    },
  ];
}

/** Addresses and node ports that somebody may have written down. */
function changedAddress({ base, head, update }: Taken): Consequence[] {
  const [old, now] = [base.resource.object, head.resource.object];
  const fields: Path[] = [
    ['spec', 'loadBalancerIP'],
    ['spec', 'externalIPs'],
    ['spec', 'externalName'],
  ];
  const ports = itemsAt(old, ['spec', 'ports']).map((_, index): Path => ['spec', 'ports', index, 'nodePort']);
  const found = [...fields, ...ports].filter(
    (path) =>
      valueAt(old, path) !== undefined &&
      (path[1] !== 'ports' || typeof valueAt(now, path) === 'number') &&
      changes(update, path),
  );
  return found.map((at) => ({
    at,
    explains: [at],
    actions: ['update'],
    reason: 'address-changes',
    severity: 'breaks',
    what: valueText(at.at(-1)),
  }));
}

// By these annotations controllers choose the address, or the kind of load balancer, which is another one then.
const addressAnnotations =
  /^(?:metallb\.(?:io|universe\.tf)\/(?:loadBalancerIPs|address-pool|ip-allocated-from-pool)|(?:lbipam\.cilium\.io|io\.cilium)\/(?:ips|lb-ipam-ips)|kube-vip\.io\/loadbalancerIPs|service\.beta\.kubernetes\.io\/.*(?:-type|-scheme|-internal|-subnets|-eip-allocations|-ipv4|-name)|networking\.gke\.io\/load-balancer-(?:type|ip-addresses)|cloud\.google\.com\/load-balancer-type|load-balancer\.hetzner\.cloud\/.*|alb\.ingress\.kubernetes\.io\/(?:scheme|group\.name|load-balancer-name|ip-address-type)|kubernetes\.io\/ingress\.global-static-ip-name|external-dns\.alpha\.kubernetes\.io\/hostname)$/u;

function changedAnnotations({ base, update }: Taken): Consequence[] {
  const annotations = ['metadata', 'annotations'] as const;
  return update.changed
    .filter(
      ([metadata, field, key]) =>
        metadata === 'metadata' && field === 'annotations' && addressAnnotations.test(valueText(key)),
    )
    .filter((path) => valueAt(base.resource.object, path) !== undefined)
    .map((at) => ({
      at,
      explains: [at],
      actions: ['update'],
      reason: 'address-changes',
      severity: 'breaks',
      what: `annotation ${valueText(at[annotations.length])}`,
    }));
}

function lostPorts({ base, head }: Taken): Consequence[] {
  const ports = ['spec', 'ports'] as const;
  const numbers = new Set(itemsAt(head.resource.object, ports).map((one) => valueAt(one, ['port'])));
  if (numbers.size === 0) return [];
  return itemsAt(base.resource.object, ports).flatMap((one, index) => {
    const port = valueAt(one, ['port']);
    if (numbers.has(port)) return [];
    return [
      {
        at: [...ports, index, 'port'],
        explains: [[...ports, index]],
        actions: ['update'],
        reason: 'port-removed',
        severity: 'breaks',
        what: valueText(port),
        safe: [{ text: 'keep the old port next to the new one until no client uses it' }],
      } satisfies Consequence,
    ];
  });
}

function lostHosts({ base, head, cluster }: Taken): Consequence[] {
  const after = servedHosts(head.resource).map(({ host }) => host);
  if (after.some(isAnyHost)) return [];
  return servedHosts(base.resource)
    .filter(({ host }) => ![host, ...wildcardsOver(host, head.resource)].some((one) => after.includes(one)))
    .filter(({ path }) => !answersForAny(head.resource, valueAt(base.resource.object, portNextTo(path))))
    .filter(({ host }) => !isHostServed(host, cluster.head))
    .map(({ host, path }) => ({
      at: path,
      explains: [path],
      actions: ['update'],
      reason: 'host-lost',
      severity: 'breaks',
      what: host,
      safe: [
        { text: 'keep the old host next to the new one until its DNS record is gone and no client uses it' },
      ],
    }));
}

/** `*.example.com` for `a.example.com`; the star stands for one label in an Ingress, and for more elsewhere. */
function wildcardsOver(host: string, { object }: Resource): string[] {
  const labels = host.split('.').slice(1);
  const wildcards = labels.map((_, index) => `*.${labels.slice(index).join('.')}`);
  return object['kind'] === 'Ingress' ? wildcards.slice(0, 1) : wildcards;
}

function isAnyHost(host: string): boolean {
  return host === '' || host === '*';
}

// Where an item of these lists names no host, it answers for all of them; a route without any takes those of its listeners.
const itemsWithHost: Readonly<Record<string, readonly [Path, string]>> = {
  'networking.k8s.io/Ingress': [['spec', 'rules'], 'host'],
  'gateway.networking.k8s.io/Gateway': [['spec', 'listeners'], 'hostname'],
};

/** Whether an object answers for any host, at the port of a listener where it has listeners. */
function answersForAny({ object }: Resource, port: Value | undefined): boolean {
  const { group, kind } = groupVersionKind(object);
  const [list, field] = ownOf(itemsWithHost, `${group}/${kind}`) ?? [];
  if (list === undefined || field === undefined)
    return group === 'gateway.networking.k8s.io' && itemsAt(object, ['spec', 'hostnames']).length === 0;
  return itemsAt(object, list).some(
    (item) => valueText(valueAt(item, [field])) === '' && valueAt(item, ['port']) === port,
  );
}

/** Where the port stands that belongs to a host. */
function portNextTo(path: Path): Path {
  return [...path.slice(0, -1), 'port'];
}

/** Whether anything of a cluster names the host. */
export function isHostServed(host: string, side: Parameters<typeof wholeOf>[0]): boolean {
  return hostsIn(wholeOf(side)).has(host);
}

const hostsIn = knownOnce(
  ({ resources }: Build) => new Set(resources.flatMap((one) => servedHosts(one).map(({ host }) => host))),
);

const classFields: Readonly<Record<string, readonly Path[]>> = {
  'networking.k8s.io/Ingress': [
    ['spec', 'ingressClassName'],
    ['metadata', 'annotations', 'kubernetes.io/ingress.class'],
  ],
  'gateway.networking.k8s.io/Gateway': [['spec', 'gatewayClassName']],
  'gateway.networking.k8s.io/HTTPRoute': [['spec', 'parentRefs']],
  'gateway.networking.k8s.io/GRPCRoute': [['spec', 'parentRefs']],
  'gateway.networking.k8s.io/TLSRoute': [['spec', 'parentRefs']],
};

function changedClass({ base, head, update }: Taken, kind: string): Consequence[] {
  const fields = (ownOf(classFields, kind) ?? []).filter((path) => changes(update, path));
  const [at] = fields;
  if (at === undefined) return [];
  // The annotation that gives way to the field says the same.
  const classOf = ({ resource }: Taken['base']): string =>
    (ownOf(classFields, kind) ?? [])
      .map((path) => valueText(valueAt(resource.object, path)))
      .find((one) => one !== '') ?? '';
  const [before, after] = [classOf(base), classOf(head)];
  if (before === after) return [];
  return [
    {
      at,
      explains: fields,
      actions: ['update'],
      reason: 'class-changed',
      severity: 'breaks',
      what: kind.endsWith('Route') ? 'parentRefs' : `${before || 'none'} → ${after || 'none'}`,
      safe: [
        {
          text: 'add a second object of the new class, move DNS to its address, and then remove this one',
        },
      ],
    },
  ];
}
