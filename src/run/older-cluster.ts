import type { Diagnostic } from '../diagnostic/diagnostic.ts';

/** The minor version of Kubernetes that the last release of OpenShift 3 has. */
const ofOpenShift3 = 11;

/**
 * Whether an API version is told as removed in a file whose name, or folder, holds that version, `legacy`, or a release of Kubernetes or
 * OpenShift before the removal: one of several sets of manifests, for clusters that still serve it.
 */
export function isForOlderCluster({ rule, field, object, message, span }: Diagnostic): boolean {
  if (rule !== 'unsupported-value' || field !== 'apiVersion') return false;
  const version = object?.apiVersion?.split('/').at(-1) ?? '';
  if (!/^v\d+(?:alpha|beta)\d+$/u.test(version)) return false;
  const words = span.file.path.split(/[^A-Za-z0-9]+/u);
  if (words.includes(version) || words.includes('legacy')) return true;
  const removed = Number(/ in Kubernetes 1\.(\d+)$/u.exec(message)?.[1] ?? 0);
  return releasesIn(span.file.path).some((minor) => minor < removed);
}

/** The minor versions of Kubernetes that a path names: `ocp3x`, `openshift-3.11`, `kubernetes-1.15`, `k8s/v1.19`. */
function releasesIn(path: string): number[] {
  const isOpenShift3 = /(?<![a-z])(?:ocp|okd|openshift)[-_]?v?3(?:x|[._]\d+|(?![\w]))/iu.test(path);
  const said = [...path.matchAll(/(?<![a-z])(?:k8s|kube|kubernetes)[-_/]?v?1[._-](\d{1,2})(?!\d)/giu)];
  return [...(isOpenShift3 ? [ofOpenShift3] : []), ...said.map(([, minor]) => Number(minor))];
}
