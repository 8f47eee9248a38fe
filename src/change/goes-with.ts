import { groupVersionKind, nameOf, namespaceOf, type Resource } from '../object/resource.ts';
import { valueAt } from '../source/value.ts';
import { servedHosts } from '../workload/network/served-host.ts';
import type { ClusterPair } from './cluster-pair.ts';
import { isHostServed } from './consequence/address.ts';
import type { Held } from './effect.ts';

/** What else is lost with an object that is deleted, a sentence each. */
export function goesWith({ resource }: Held, cluster: ClusterPair): string[] {
  const { group, kind } = groupVersionKind(resource.object);
  switch (`${group}/${kind}`) {
    case '/Namespace':
      return contents(resource, cluster);
    case '/Service':
      return valueAt(resource.object, ['spec', 'type']) === 'LoadBalancer'
        ? ['its load balancer and public address are released']
        : [];
    case 'policy/PodDisruptionBudget':
      return ['draining a node may evict all of the pods at once'];
    default:
      return hosts(resource, cluster);
  }
}

function contents({ object }: Resource, { head }: ClusterPair): string[] {
  const name = nameOf(object);
  const inside = [...head.inventory.values()].filter(
    ([one]) => one && namespaceOf(one.resource.object) === name,
  );
  if (inside.length === 0) return [];
  const words = inside.length === 1 ? '1 object is' : `${inside.length} objects are`;
  return [`${words} in it that the head still applies`];
}

/** Named for as long as a line has room for them, and counted after that. */
const hostsNamed = 5;

function hosts(resource: Resource, { head }: ClusterPair): string[] {
  const lost = [...new Set(servedHosts(resource).map(({ host }) => host))].filter(
    (host) => host !== '' && !isHostServed(host, head),
  );
  if (lost.length === 0) return [];
  const more = lost.length > hostsNamed ? ` and ${lost.length - hostsNamed} more` : '';
  return [`nothing serves ${lost.slice(0, hostsNamed).join(', ')}${more} any more`];
}
