import type { KnownObject } from '../judging/known-object.ts';

const named = (kind: string, names: readonly string[], group = '', namespace = ''): KnownObject[] =>
  names.map((name) => ({ group, kind, namespace, name, labels: {} }));

/** What a cluster, or Argo CD, has without anybody writing it down. */
export const builtInObjects: readonly KnownObject[] = [
  ...named('PriorityClass', ['system-cluster-critical', 'system-node-critical'], 'scheduling.k8s.io'),
  ...named('ClusterRole', ['admin', 'cluster-admin', 'edit', 'view'], 'rbac.authorization.k8s.io'),
  ...named('Namespace', ['default', 'kube-system']),
  ...named('AppProject', ['default'], 'argoproj.io'),
];
