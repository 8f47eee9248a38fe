import { expect, it } from 'vitest';
import { openBuilder } from '../../src/build/build.ts';
import { judgeBuild } from '../../src/rules/judge.ts';
import { rules } from '../../src/rules/registry.ts';
import { openSources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import type { Surroundings } from '../../src/workload/surroundings.ts';
import { lintFiles } from '../support/lint-files.ts';

/** A workload with all that it needs, as each cluster of a fleet has it. */
const whole = `apiVersion: v1
kind: Namespace
metadata: {name: web}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      serviceAccountName: web
      automountServiceAccountToken: false
      containers:
      - name: web
        image: registry.example.org/web:1.4.2
        ports: [{name: http, containerPort: 8080}]
        env: [{name: LEVEL, valueFrom: {configMapKeyRef: {name: web, key: LEVEL}}}]
        volumeMounts: [{name: data, mountPath: /data}, {name: files, mountPath: /files}]
      volumes:
      - {name: data, persistentVolumeClaim: {claimName: web}}
      - {name: files, configMap: {name: files}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: http}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data: {LEVEL: info}
immutable: true
---
apiVersion: v1
kind: ConfigMap
metadata: {name: files}
data: {a.txt: text}
immutable: true
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: web}
spec: {accessModes: [ReadWriteMany], resources: {requests: {storage: 1Gi}}}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: web}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {maxUnavailable: 1, selector: {matchLabels: {app: web}}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec: {podSelector: {}, policyTypes: [Ingress], ingress: [{from: [{podSelector: {}}]}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  rules:
  - host: web.example.org
    http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {name: http}}}}]}
`;

it('a rule asks nothing of other builds where the build itself has what is asked for', () => {
  const files = {
    'prod/kustomization.yaml': 'namespace: web\nresources: [web.yaml]\n',
    'prod/web.yaml': whole,
  };
  const sources = openSources(memoryFileSystem(files));
  const build = openBuilder(sources).build('prod');
  const asking: string[] = [];
  for (const rule of rules) {
    const context: Surroundings = {
      sources,
      kubernetesVersion: '1.34',
      environments: [],
      provided: [],
      get neighbours() {
        asking.push(rule.id);
        return [build];
      },
      get clusters() {
        asking.push(rule.id);
        return [];
      },
    };
    judgeBuild(build, context, [rule]);
  }
  expect([...new Set(asking)]).toEqual([]);
});

it('pods of another cluster are no readers of a ConfigMap that pods of its own cluster read', () => {
  const cluster = (name: string): Record<string, string> => ({
    [`clusters/${name}/apps.yaml`]: `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: apps, namespace: flux-system}
spec: {interval: 10m, path: ./apps/${name}, prune: true, sourceRef: {kind: GitRepository, name: flux-system}}
`,
    [`apps/${name}/kustomization.yaml`]: 'namespace: web\nresources: [web.yaml]\n',
    [`apps/${name}/web.yaml`]: whole.replaceAll('immutable: true\n', ''),
  });
  const { findings } = lintFiles(
    { ...cluster('east'), ...cluster('west') },
    { only: ['configuration-not-reloaded'] },
  );
  expect(findings.map(({ message }) => message)).toEqual([
    expect.stringContaining('so the pods of Deployment web, which read it'),
    expect.stringContaining('so the pods of Deployment web, which read it'),
  ]);
});
