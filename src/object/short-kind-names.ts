import { ownOf } from '../source/own.ts';

/** What kubectl and the tools of Flux and Argo CD call kinds for short, as `kubectl api-resources` of 1.36 lists it. */
const shortNames: Readonly<Record<string, string>> = {
  app: 'Application',
  apps: 'Application',
  appset: 'ApplicationSet',
  appproj: 'AppProject',
  cert: 'Certificate',
  cj: 'CronJob',
  cm: 'ConfigMap',
  crd: 'CustomResourceDefinition',
  deploy: 'Deployment',
  ds: 'DaemonSet',
  ep: 'Endpoints',
  es: 'ExternalSecret',
  gitrepo: 'GitRepository',
  gtw: 'Gateway',
  helmrepo: 'HelmRepository',
  hpa: 'HorizontalPodAutoscaler',
  hr: 'HelmRelease',
  ing: 'Ingress',
  ks: 'Kustomization',
  limits: 'LimitRange',
  netpol: 'NetworkPolicy',
  no: 'Node',
  ns: 'Namespace',
  ocirepo: 'OCIRepository',
  pc: 'PriorityClass',
  pdb: 'PodDisruptionBudget',
  po: 'Pod',
  pv: 'PersistentVolume',
  pvc: 'PersistentVolumeClaim',
  quota: 'ResourceQuota',
  rs: 'ReplicaSet',
  sa: 'ServiceAccount',
  sc: 'StorageClass',
  smon: 'ServiceMonitor',
  sts: 'StatefulSet',
  svc: 'Service',
};

/** Whether somebody who types `word` means a kind: its name, its plural or its short name, in any case. */
export function meansKind(word: string, kind: string): boolean {
  const typed = word.toLowerCase();
  const name = kind.toLowerCase();
  return ownOf(shortNames, typed) === kind || pluralsOf(name).includes(typed) || typed === name;
}

function pluralsOf(name: string): string[] {
  return [`${name}s`, `${name}es`, name.replace(/y$/u, 'ies')];
}
