// A fleet as organizations have them: half of the clusters follow a directory with Flux, the others get Applications of one Argo CD. Each
// has an overlay of 50 objects over shared bases, with its own labels, image, replicas and hostname.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const bases = 5;
const services = 9;

export const objectsOfCluster = 50;

/** Writes clusters below a directory. */
export async function writeFleet(directory, clusters) {
  const write = async (path, text) => {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), text);
  };
  await write('.git/HEAD', 'ref: refs/heads/main\n');
  await write('infrastructure/kustomization.yaml', 'resources: [namespace.yaml, access.yaml]\n');
  await write('infrastructure/namespace.yaml', namespace);
  await write('infrastructure/access.yaml', access);
  for (let base = 0; base < bases; base++) {
    const names = Array.from({ length: services }, (_, index) => serviceName(base, index));
    await write(
      `bases/${base}/kustomization.yaml`,
      `resources:\n${names.map((name) => `- ${name}.yaml\n`).join('')}`,
    );
    for (const name of names) await write(`bases/${base}/${name}.yaml`, service(name));
  }
  for (let index = 0; index < clusters; index++) {
    const name = `cluster-${String(index).padStart(5, '0')}`;
    await write(`tenants/${name}/kustomization.yaml`, overlay(name, index));
    await write(`tenants/${name}/ingress.yaml`, ingress(name, serviceName(index % bases, 0)));
    if (index % 2 === 0) {
      await write(`clusters/${name}/flux-system/instance.yaml`, fluxInstance(name));
      await write(`clusters/${name}/apps.yaml`, fluxKustomization(name));
    } else await write(`argocd/${name}.yaml`, application(name));
  }
}

function serviceName(base, index) {
  return `service-${base}-${index}`;
}

const repository = 'https://git.fleet.internal/org/fleet';

const fluxInstance = (cluster) => `apiVersion: fluxcd.controlplane.io/v1
kind: FluxInstance
metadata: {name: flux, namespace: flux-system}
spec:
  distribution: {version: 2.x, registry: ghcr.io/fluxcd}
  sync:
    kind: GitRepository
    url: ${repository}
    ref: refs/heads/main
    path: clusters/${cluster}
`;

const fluxKustomization = (cluster) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: apps, namespace: flux-system}
spec:
  interval: 10m
  path: ./tenants/${cluster}
  prune: true
  wait: true
  timeout: 5m
  sourceRef: {kind: GitRepository, name: flux-system}
`;

const application = (cluster) => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${cluster}, namespace: argocd}
spec:
  project: default
  source: {repoURL: "${repository}", path: tenants/${cluster}, targetRevision: main}
  destination: {server: "https://${cluster}.fleet.internal:6443", namespace: team}
  syncPolicy: {automated: {prune: true}}
`;

const overlay = (cluster, index) => `namespace: team
resources:
- ../../infrastructure
- ../../bases/${index % bases}
- ingress.yaml
labels:
- pairs: {cluster: ${cluster}}
images:
- name: registry.fleet.internal/fleet/${serviceName(index % bases, 1)}
  newTag: 1.5.${index % 7}
replicas:
- name: ${serviceName(index % bases, 2)}
  count: ${2 + (index % 3)}
`;

const ingress = (cluster, name) => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: front}
spec:
  ingressClassName: nginx
  rules:
  - host: ${cluster}.fleet.internal
    http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: ${name}, port: {name: http}}}}]}
`;

const namespace = `apiVersion: v1
kind: Namespace
metadata:
  name: team
  labels: {pod-security.kubernetes.io/enforce: restricted}
  annotations: {kustomize.toolkit.fluxcd.io/prune: disabled, argocd.argoproj.io/sync-options: Prune=false}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: from-here}
spec: {podSelector: {}, policyTypes: [Ingress], ingress: [{from: [{namespaceSelector: {}}]}]}
`;

const access = `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader}
rules: [{apiGroups: [""], resources: [configmaps], verbs: [get]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: reader}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
subjects: [{kind: Group, name: team, apiGroup: rbac.authorization.k8s.io}]
`;

const service = (name) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, labels: {app: ${name}}}
spec:
  replicas: 2
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      serviceAccountName: ${name}
      automountServiceAccountToken: false
      securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
      topologySpreadConstraints:
      - maxSkew: 1
        topologyKey: kubernetes.io/hostname
        whenUnsatisfiable: ScheduleAnyway
        labelSelector: {matchLabels: {app: ${name}}}
      containers:
      - name: web
        image: registry.fleet.internal/fleet/${name}:1.4.2
        ports: [{name: http, containerPort: 8080}]
        envFrom: [{configMapRef: {name: ${name}}}]
        resources: {requests: {cpu: 100m, memory: 128Mi}, limits: {cpu: "1", memory: 256Mi}}
        readinessProbe: {httpGet: {path: /ready, port: http}}
        livenessProbe: {httpGet: {path: /live, port: http}}
        securityContext:
          allowPrivilegeEscalation: false
          readOnlyRootFilesystem: true
          capabilities: {drop: [ALL]}
---
apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {selector: {app: ${name}}, ports: [{name: http, port: 80, targetPort: http}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: ${name}}
data: {LEVEL: info, REGION: eu}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: ${name}}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: ${name}}
spec: {maxUnavailable: 1, selector: {matchLabels: {app: ${name}}}, unhealthyPodEvictionPolicy: AlwaysAllow}
`;
