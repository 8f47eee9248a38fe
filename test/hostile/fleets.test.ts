import { expect, it } from 'vitest';
import { isLeftOut } from '../../src/reconcile/kustomization-uses.ts';
import { judge } from '../../src/run/judge.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';

const service = (name: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  replicas: 2
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      serviceAccountName: ${name}
      containers: [{ name: web, image: "registry/${name}:1.0.0", ports: [{ containerPort: 80 }], envFrom: [{ configMapRef: { name: ${name} } }] }]
---
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { selector: { app: ${name} }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: ${name} }
data: { upstream: "http://a:80" }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: ${name} }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: ${name} }
spec: { maxUnavailable: 1, selector: { matchLabels: { app: ${name} } } }
`;

const shared = `apiVersion: v1
kind: Namespace
metadata: { name: team }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: all }
spec: { podSelector: {}, ingress: [{}] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: a }
spec: { defaultBackend: { service: { name: a, port: { number: 80 } } } }
`;

/** Clusters of Flux that have one namespace, with objects of the same names in it. */
function clustersAlike(count: number): Record<string, string> {
  const clusters = Array.from({ length: count }, (_, index) => ({
    [`tenants/c${index}/kustomization.yaml`]: 'namespace: team\nresources: [../../base]\n',
    [`clusters/c${index}/apps.yaml`]: `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec: { interval: 10m, path: ./tenants/c${index}, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 1m, url: "https://git.internal/org/fleet", ref: { branch: main } }
`,
  }));
  return Object.assign(
    {
      'base/kustomization.yaml': 'resources: [shared.yaml, a.yaml, b.yaml, c.yaml]\n',
      'base/shared.yaml': shared,
      ...Object.fromEntries(['a', 'b', 'c'].map((name) => [`base/${name}.yaml`, service(name)])),
    },
    ...clusters,
  );
}

function effortFor(count: number): number {
  const { sources } = judge({ fileSystem: memoryFileSystem(clustersAlike(count)), paths: [''] });
  return sources.effort.done;
}

it('the objects of a cluster are compared with those of the same names in the others only where its own do not answer', () => {
  expect(effortFor(80) / effortFor(40)).toBeLessThan(2.1);
});

it('who lists a path is looked up, instead of asking each kustomization for each entry point', () => {
  let asked = 0;
  class Listed extends Set<string> {
    override has(path: string): boolean {
      asked += 1;
      return super.has(path);
    }
  }
  const uses = new Map([
    ['', new Listed(['clusters/a', 'clusters/b', 'clusters/c'])],
    ...['a', 'b', 'c', 'd'].map((name) => [`clusters/${name}`, new Listed(['apps.yaml'])] as const),
  ]);
  expect(['a', 'd'].map((name) => isLeftOut(uses, `clusters/${name}`))).toEqual([true, true]);
  expect(asked).toBe(0);
});
