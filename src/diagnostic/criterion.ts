/** The acceptance criteria in the order of the matrix; each rule and policy says itself in which of them it counts. */
export const criterionNames = [
  'exists',
  'admitted',
  'limits',
  'probes',
  'stateless',
  'non-root',
  'read-only',
  'caps',
  'seccomp',
  'isolated',
  'ClusterIP',
  'image',
  'secrets',
  'wired',
] as const;

export type CriterionName = (typeof criterionNames)[number];

/** What each column of the matrix says of a service. */
export const criterionWords: Readonly<Record<CriterionName, string>> = {
  exists: 'the workload that the environment requires is there',
  admitted: 'the API server accepts its objects; shown only where it refuses one',
  limits: 'every container has requests and limits for CPU and memory',
  probes: 'long-running containers have readiness and liveness probes',
  stateless: 'an application service keeps no state on a volume',
  'non-root': 'no container runs as root, and in the profile acceptance each runs as user 1000',
  'read-only': 'the root file system of every container is read-only',
  caps: 'containers drop Linux capabilities, add none, and cannot gain privileges',
  seccomp: 'pods run with a seccomp profile',
  isolated: 'its pods share nothing with the node: no host network, paths, ports or privileges',
  ClusterIP: 'its Services are reachable from inside the cluster only',
  image: 'images are pinned to a tag that does not move, from a registry that the pod can pull from',
  secrets: 'credentials are neither in Git nor in plain text, and reach containers as files',
  wired:
    'what it refers to exists: selectors, ports, keys, hosts, NetworkPolicies and routes lead where they should',
};
