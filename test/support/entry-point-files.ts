/** A cluster in which Flux applies one overlay for each of many teams, over one base in which much leads nowhere. */
export function entryPointFiles(count: number): Record<string, string> {
  const files: Record<string, string> = {
    'base/kustomization.yaml': 'resources:\n- objects.yaml\n',
    'base/objects.yaml': objects,
    'clusters/source.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: flux-system, namespace: flux-system}
spec: {interval: 1m, url: "https://example.com/org/repository", ref: {branch: main}}
`,
  };
  for (let index = 0; index < count; index++) {
    files[`overlays/${index}/kustomization.yaml`] = `namespace: team-${index}\nresources:\n- ../../base\n`;
    files[`clusters/team-${index}.yaml`] = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: team-${index}, namespace: flux-system}
spec:
  interval: 10m
  path: ./overlays/${index}
  prune: true
  wait: true
  sourceRef: {kind: GitRepository, name: flux-system}
`;
  }
  return files;
}

const objects = `apiVersion: v1
kind: ServiceAccount
metadata: {name: web}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: web}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: gone}
subjects: [{kind: ServiceAccount, name: web}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data: {read: a, unread: b}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: nobody}, ports: [{port: 80}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {app: web}}
  ingress: [{from: [{podSelector: {matchLabels: {app: nobody}}}]}]
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec: {minReplicas: 2, maxReplicas: 4, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: gone}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec: {defaultBackend: {service: {name: gone, port: {number: 80}}}}
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: web}
spec: {selector: {matchLabels: {app: nobody}}, endpoints: [{port: http}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: web}
spec:
  serviceName: gone
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      serviceAccountName: web
      containers:
      - name: web
        image: registry.example.com/web:1.0
        env:
        - {name: UPSTREAM, value: "http://nowhere:8080"}
        - {name: READ, valueFrom: {configMapKeyRef: {name: web, key: read}}}
        - {name: LOST, valueFrom: {configMapKeyRef: {name: gone, key: lost}}}
`;
