import { openBuilder } from '../../src/build/build.ts';
import { defaultKubernetesVersion } from '../../src/configuration/kubernetes-versions.ts';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { startOf } from '../../src/diagnostic/span.ts';
import { defaultFolder } from '../../src/fetched/fetched.ts';
import { type Discovery, discover } from '../../src/reconcile/discover.ts';
import type { DiscoverOptions } from '../../src/reconcile/discover-options.ts';
import { judgeCluster } from '../../src/rules/judge.ts';
import { rules } from '../../src/rules/registry.ts';
import { openSources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { isBuiltFreely } from '../../src/survey/built-freely.ts';
import { repositoryOf } from '../../src/survey/deployment.ts';
import { findEntryPoints } from '../../src/survey/entry-points.ts';
import { fetchedFor } from '../../src/survey/fetched-bases.ts';

/** Discovers what is deployed from files given as path and text. */
export function discoverFiles(
  files: Readonly<Record<string, string | Uint8Array>>,
  { fetchedFolder = defaultFolder, ...options }: DiscoverOptions & { readonly fetchedFolder?: string } = {},
): Discovery {
  const sources = openSources(memoryFileSystem(files));
  const found = findEntryPoints(sources, { paths: [''], environments: [], selected: [], fetchedFolder });
  const fetched = fetchedFor(sources, {
    charts: { path: fetchedFolder, span: startOf({ path: '', text: '' }) },
  });
  return discover(sources, repositoryOf(found), openBuilder(sources), {
    fetched,
    isBuiltFreely: isBuiltFreely(sources, found),
    ...options,
  });
}

/** What builds and the rules for clusters find, as `rule file:line`, without rules that give advice; namespaces are there. */
export function findingsOf({ clusters }: Discovery): string[] {
  const builds = clusters.flatMap(({ reconciliations }) =>
    reconciliations.flatMap(({ build }) => build.diagnostics),
  );
  const namespaces = ['app', 'other', 'target'];
  const context = {
    sources: openSources(memoryFileSystem({})),
    kubernetesVersion: defaultKubernetesVersion,
    environments: [],
    provided: namespaces.map((name) => ({ kind: 'Namespace', name })),
  };
  const judging = rules.filter(({ severity }) => severity !== 'note');
  const ofRules = clusters.flatMap((cluster) => judgeCluster(cluster, context, judging));
  return [...builds, ...ofRules].map(placeOf);
}

export function placeOf({ rule, span }: Diagnostic): string {
  const line = span.file.text.slice(0, span.start).split('\n').length;
  return `${rule} ${span.file.path}:${line}`;
}

/** A Flux Kustomization of the source that is this repository. */
export function fluxKustomization(name: string, path: string, ...spec: readonly string[]): string {
  return [
    'apiVersion: kustomize.toolkit.fluxcd.io/v1',
    'kind: Kustomization',
    'metadata:',
    `  name: ${name}`,
    '  namespace: flux-system',
    'spec:',
    '  interval: 10m',
    `  path: ${path}`,
    '  prune: true',
    '  wait: true',
    '  sourceRef: { kind: GitRepository, name: flux-system }',
    ...spec.map((line) => `  ${line}`),
    '',
  ].join('\n');
}

export function configMap(name: string, ...data: readonly string[]): string {
  const lines = ['apiVersion: v1', 'kind: ConfigMap', `metadata: { name: ${name}, namespace: app }`, 'data:'];
  return [...lines, ...data.map((line) => `  ${line}`), ''].join('\n');
}

/** A Deployment that says how many replicas it has, and an autoscaler for it. */
export function scaledDeployment(namespace: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: ${namespace} }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: redis:7 }] }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web, namespace: ${namespace} }
spec:
  minReplicas: 2
  maxReplicas: 5
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
`;
}
