// Writes a tree of overlays over shared bases: 10 bases of 4 services each, and COUNT overlays that build 2 of them.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const services = ['api', 'worker', 'web', 'cache'];

/** Writes the tree below `directory` and gives the overlays' directories, relative to it. */
export async function writeTree(directory, count) {
  await rm(directory, { recursive: true, force: true });
  for (let base = 0; base < 10; base++) await writeBase(join(directory, `base/${base}`), base);
  const overlays = [];
  for (let index = 0; index < count; index++) {
    const overlay = `overlays/${String(index).padStart(4, '0')}`;
    overlays.push(overlay);
    await writeOverlay(join(directory, overlay), index);
  }
  return overlays;
}

async function writeBase(directory, base) {
  await mkdir(directory, { recursive: true });
  const resources = [];
  for (const service of services) {
    const name = `${service}-${base}`;
    await writeFile(join(directory, `${service}.yaml`), workload(name));
    resources.push(`- ${service}.yaml`);
  }
  await writeFile(
    join(directory, 'kustomization.yaml'),
    `resources:\n${resources.join('\n')}\nconfigMapGenerator:\n- name: settings-${base}\n  literals:\n  - LEVEL=info\n  - REGION=eu\n`,
  );
}

async function writeOverlay(directory, index) {
  await mkdir(directory, { recursive: true });
  const [one, two] = [index % 10, (index + 3) % 10];
  await writeFile(
    join(directory, 'kustomization.yaml'),
    `namespace: team-${index}
resources:
- ../../base/${one}
- ../../base/${two}
labels:
- pairs:
    team: t${index}
  includeTemplates: true
images:
- name: registry.example.com/api
  newTag: 1.${index}.0
replicas:
- name: api-${one}
  count: ${2 + (index % 3)}
patches:
- patch: |-
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: worker-${one}
    spec:
      template:
        spec:
          containers:
          - name: main
            resources:
              limits:
                memory: ${256 + index}Mi
`,
  );
}

function workload(name) {
  const image = name.split('-')[0];
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  labels:
    app: ${name}
spec:
  replicas: 1
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
      annotations:
        prometheus.io/scrape: "true"
        prometheus.io/port: "8080"
    spec:
      serviceAccountName: ${name}
      securityContext:
        runAsNonRoot: true
        runAsUser: 1000
      containers:
      - name: main
        image: registry.example.com/${image}:1.0.0
        args: ["--listen", ":8080", "--verbose"]
        ports:
        - name: http
          containerPort: 8080
        env:
        - name: POD_NAME
          valueFrom:
            fieldRef:
              fieldPath: metadata.name
        - name: LEVEL
          valueFrom:
            configMapKeyRef:
              name: settings-${name.split('-')[1]}
              key: LEVEL
        resources:
          requests:
            cpu: 100m
            memory: 128Mi
          limits:
            cpu: 500m
            memory: 256Mi
        livenessProbe:
          httpGet:
            path: /health
            port: http
          periodSeconds: 10
        readinessProbe:
          httpGet:
            path: /ready
            port: http
        volumeMounts:
        - name: tmp
          mountPath: /tmp
      volumes:
      - name: tmp
        emptyDir: {}
---
apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  selector:
    app: ${name}
  ports:
  - name: http
    port: 80
    targetPort: http
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: ${name}
`;
}
