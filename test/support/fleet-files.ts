/**
 * A fleet: clusters that Flux applies, each with an overlay of one of a few bases; some want what only another cluster brings, two apply the
 * same object, and one reads Secrets that a generator makes.
 */
export function fleetFiles(count: number): Record<string, string> {
  const files: Record<string, string> = {
    'base/0/kustomization.yaml':
      'resources: [web.yaml]\nconfigMapGenerator:\n- name: settings\n  literals: [LEVEL=info]\n',
    'base/0/web.yaml': workload('web'),
    'base/1/kustomization.yaml':
      'resources: [api.yaml]\nsecretGenerator:\n- name: login\n  literals: [password=quite-a-Secret-71]\n',
    'base/1/api.yaml': workload('api'),
    'extra/unused.yaml': workload('unused'),
    'extra/kustomization.yaml': 'resources: []\n',
  };
  for (let index = 0; index < count; index++) {
    const name = `c${index}`;
    files[`clusters/${name}/apps.yaml`] = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: apps, namespace: flux-system}
spec:
  interval: 10m
  path: ./tenants/${name}
  prune: true
  sourceRef: {kind: GitRepository, name: flux-system}
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: flux-system, namespace: flux-system}
spec: {interval: 1m, url: "https://example.com/org/fleet", ref: {branch: main}}
`;
    files[`tenants/${name}/kustomization.yaml`] = `namespace: team-${index % 3}
resources:
- ../../base/${index % 2}
- own.yaml
patches:
- target: {kind: Deployment}
  patch: '[{"op": "add", "path": "/spec/replicas", "value": ${index}}]'
`;
    files[`tenants/${name}/own.yaml`] = `apiVersion: v1
kind: ConfigMap
metadata: {name: own-${index}, labels: {tenant: ${name}}}
data: {peer: "own-${(index + 1) % count}"}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: front}
spec:
  rules:
  - host: shop.example.com
    http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
`;
  }
  return files;
}

function workload(name: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, labels: {app: ${name}}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      containers:
      - name: ${name}
        image: registry.example.com/${name}:1.0
        envFrom: [{configMapRef: {name: settings}}, {secretRef: {name: login}}]
---
apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec:
  selector: {app: ${name}}
  ports: [{port: 80, targetPort: http}]
`;
}
