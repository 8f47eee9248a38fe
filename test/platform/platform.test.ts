import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  amount,
  containersOf,
  hasKubectl,
  type Manifest,
  podSpecOf,
  renderManifests,
  renderWithComponents,
  workloadsOf,
} from './manifest.ts';

const INFRASTRUCTURE = ['redis', 'postgresql', 'prometheus', 'grafana'];
const APPLICATIONS = ['ws', 'signal', 'risk', 'execution', 'db-writer'];

const SERVICES: Readonly<Record<string, { port: number; memory: string; cpu: string }>> = {
  redis: { port: 6379, memory: '512Mi', cpu: '500m' },
  postgresql: { port: 5432, memory: '1Gi', cpu: '1000m' },
  prometheus: { port: 9090, memory: '2Gi', cpu: '1000m' },
  grafana: { port: 3000, memory: '512Mi', cpu: '500m' },
  ws: { port: 8000, memory: '512Mi', cpu: '500m' },
  signal: { port: 8001, memory: '1Gi', cpu: '1000m' },
  risk: { port: 8002, memory: '1Gi', cpu: '1000m' },
  execution: { port: 8003, memory: '1Gi', cpu: '1000m' },
  'db-writer': { port: 8004, memory: '512Mi', cpu: '500m' },
};

const ENVIRONMENTS = [
  { name: 'dev', namespace: 'cdb-trading-dev', cpu: 1000, memory: 2048, storage: 5120, logLevel: 'DEBUG' },
  { name: 'prod', namespace: 'cdb-trading', cpu: 6500, memory: 8704, storage: 46080, logLevel: 'INFO' },
];

describe.runIf(hasKubectl).each(ENVIRONMENTS)('the platform in $name', (environment) => {
  const manifests = hasKubectl ? renderManifests(`k8s/overlays/${environment.name}`) : [];
  const workloads = workloadsOf(manifests);

  it('runs the nine services, each behind a ClusterIP Service at its port', () => {
    expect(workloads.map(nameOf).sort()).toEqual(Object.keys(SERVICES).sort());
    for (const [name, { port }] of Object.entries(SERVICES)) {
      const service = find(manifests, 'Service', name);
      expect(service.spec?.type).toBe('ClusterIP');
      expect(service.spec?.ports?.map((entry) => entry.port)).toEqual([port]);
      expect(containersOf(workload(workloads, name)).flatMap((c) => c.ports[0]?.containerPort)).toEqual([
        port,
      ]);
    }
  });

  it('keeps everything in its namespace', () => {
    const namespaces = new Set(manifests.map((manifest) => manifest.metadata.namespace));
    namespaces.delete(undefined);
    expect([...namespaces]).toEqual([environment.namespace]);
    const own = find(manifests, 'Namespace', environment.namespace);
    expect(own.metadata.labels?.['pod-security.kubernetes.io/enforce']).toBe('restricted');
  });

  it('requests what the table of environments says, and fits its quota while all applications roll', () => {
    const cpu = sumOverPods(workloads, 'cpu');
    const memory = sumOverPods(workloads, 'memory');
    expect([cpu, memory, sumOfStorage(manifests)]).toEqual([
      environment.cpu,
      environment.memory,
      environment.storage,
    ]);
    const hard = find(manifests, 'ResourceQuota', 'quota').spec?.hard ?? {};
    expect(amount(String(hard['requests.cpu']))).toBeGreaterThanOrEqual(cpu + surge(workloads, 'cpu'));
    expect(amount(String(hard['requests.memory']))).toBeGreaterThanOrEqual(
      memory + surge(workloads, 'memory'),
    );
    expect(amount(String(hard['requests.storage']))).toBe(environment.storage);
    for (const resource of ['cpu', 'memory']) {
      const limits = sumOverPods(workloads, resource, 'limits') + surge(workloads, resource, 'limits');
      expect(amount(String(hard[`limits.${resource}`]))).toBeGreaterThanOrEqual(limits);
    }
  });

  it('hardens every container', () => {
    for (const entry of workloads) {
      const pod = podSpecOf(entry);
      const reason = entry.spec?.template?.metadata.annotations?.['cdb-lint.dev/run-as-user-reason'];
      expect(pod.securityContext).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(reason === undefined ? 1000 : 70, entry.metadata.name).toBe(pod.securityContext['runAsUser']);
      expect(pod.automountServiceAccountToken).toBe(entry.metadata.name === 'prometheus');
      for (const container of containersOf(entry)) {
        expect(container.securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
        expect(container.image).toMatch(/:v?\d+\.\d+/);
        expect(container.livenessProbe).toBeDefined();
        expect(container.readinessProbe).toBeDefined();
        expect(container.startupProbe).toBeDefined();
      }
    }
  });

  it('keeps the applications stateless and asks them for /health', () => {
    for (const name of APPLICATIONS) {
      const entry = workload(workloads, name);
      for (const volume of podSpecOf(entry).volumes ?? []) {
        expect(volume.persistentVolumeClaim).toBeUndefined();
        if (volume.emptyDir !== undefined) expect(volume.emptyDir.sizeLimit).toBeDefined();
      }
      for (const { livenessProbe, readinessProbe } of containersOf(entry)) {
        expect([livenessProbe?.httpGet?.path, readinessProbe?.httpGet?.path]).toEqual(['/health', '/health']);
      }
    }
  });

  it('never starts a second pod on a ReadWriteOnce volume', () => {
    for (const name of ['redis', 'prometheus', 'grafana'])
      expect(workload(workloads, name).spec?.strategy?.type).toBe('Recreate');
    expect(workload(workloads, 'postgresql').kind).toBe('StatefulSet');
  });

  it('keeps secrets out of the output and out of the environment', () => {
    expect(manifests.filter((manifest) => manifest.kind === 'Secret')).toEqual([]);
    const env = workloads.flatMap(containersOf).flatMap((container) => container.env ?? []);
    expect(env.filter((entry) => entry.valueFrom !== undefined && 'secretKeyRef' in entry.valueFrom)).toEqual(
      [],
    );
  });

  it('refers to no ConfigMap, claim or key that is not there, and hashes every ConfigMap', () => {
    const configMaps = manifests.filter((manifest) => manifest.kind === 'ConfigMap').map(nameOf);
    expect(configMaps.filter((name) => !/-[0-9a-z]{10}$/.test(name))).toEqual([]);
    const used = workloads.flatMap(configMapsOf);
    expect([...new Set(used)].sort()).toEqual([...configMaps].sort());
  });

  it('scrapes the ports that are open, and draws from the data source that is provisioned', () => {
    for (const name of [...APPLICATIONS, 'prometheus', 'grafana']) {
      const entry = workload(workloads, name);
      expect(entry.spec?.template?.metadata.annotations).toMatchObject({
        'prometheus.io/scrape': 'true',
        'prometheus.io/port': String(containersOf(entry)[0]?.ports[0]?.containerPort),
        'prometheus.io/path': '/metrics',
      });
    }
    const sources = parse(dataOf(manifests, 'grafana', 'datasources.yaml')).datasources;
    expect(sources).toMatchObject([{ uid: 'prometheus', url: 'http://prometheus:9090' }]);
    const { panels } = JSON.parse(dataOf(manifests, 'grafana-dashboards', 'platform-dashboard.json'));
    const uids = panels.map((panel: { datasource: { uid: string } }) => panel.datasource.uid);
    expect(new Set(uids)).toEqual(new Set(['prometheus']));
  });

  it('lets only ws and execution reach the exchange, and everybody the DNS', () => {
    const flows = manifests.filter((manifest) => manifest.kind === 'NetworkPolicy');
    const names = flows.map(nameOf);
    expect(names).toContain('default-deny');
    const open = flows.filter((flow) => JSON.stringify(flow).includes('0.0.0.0/0'));
    expect(open.map(nameOf)).toEqual(['exchange']);
    expect(open[0]?.spec).toMatchObject({
      podSelector: { matchExpressions: [{ operator: 'In', values: ['ws', 'execution'] }] },
      egress: [{ ports: [{ port: 443, protocol: 'TCP' }] }],
    });
    expect(find(manifests, 'NetworkPolicy', 'dns').spec).toMatchObject({ podSelector: {} });
  });

  it('logs JSON at the level of the environment and keeps metrics for 30 days', () => {
    const config = manifests.find((manifest) => manifest.metadata.name.startsWith('cdb-config-'));
    expect(config?.data).toMatchObject({
      LOG_FORMAT: 'json',
      LOG_LEVEL: environment.logLevel,
      ENVIRONMENT: environment.name,
    });
    const prometheus = containersOf(workload(workloads, 'prometheus'))[0];
    expect(prometheus?.args).toContain('--storage.tsdb.retention.time=30d');
  });
});

describe.runIf(hasKubectl)('production alone', () => {
  const manifests = hasKubectl ? renderManifests('k8s/overlays/prod') : [];
  const workloads = workloadsOf(manifests);

  it('has the limits of the table of services', () => {
    for (const [name, { memory, cpu }] of Object.entries(SERVICES))
      expect(containersOf(workload(workloads, name))[0]?.resources.limits).toEqual({ cpu, memory });
  });

  it('runs two replicas of each application, spread and protected from drains', () => {
    for (const name of APPLICATIONS) {
      const entry = workload(workloads, name);
      expect(entry.spec?.replicas).toBeGreaterThanOrEqual(2);
      expect(podSpecOf(entry).topologySpreadConstraints).toHaveLength(2);
      expect(find(manifests, 'PodDisruptionBudget', name).spec).toMatchObject({ maxUnavailable: 1 });
    }
    for (const name of INFRASTRUCTURE) expect(workload(workloads, name).spec?.replicas).toBe(1);
  });

  it('gives the order path the priority, and dev no object of the cluster', () => {
    const first = workloads.filter((entry) => podSpecOf(entry).priorityClassName === 'cdb-order-path');
    expect(first.map(nameOf).sort()).toEqual(['execution', 'postgresql', 'redis', 'risk']);
    const dev = renderManifests('k8s/overlays/dev').filter((m) => m.metadata.namespace === undefined);
    expect(dev.map((manifest) => manifest.kind)).toEqual(['Namespace']);
  });

  it('probes more strictly than dev', () => {
    const dev = workloadsOf(renderManifests('k8s/overlays/dev'));
    for (const name of APPLICATIONS) {
      const strict = containersOf(workload(workloads, name))[0]?.livenessProbe?.periodSeconds ?? 0;
      const relaxed = containersOf(workload(dev, name))[0]?.livenessProbe?.periodSeconds ?? 0;
      expect(strict).toBeLessThan(relaxed);
    }
  });
});

describe.runIf(hasKubectl)('what an environment may switch', () => {
  it('ephemeral: no claim is left, and every volume has its bound', () => {
    const manifests = renderWithComponents('dev', ['ephemeral']);
    const volumes = workloadsOf(manifests).flatMap((entry) => podSpecOf(entry).volumes ?? []);
    expect(sumOfStorage(manifests)).toBe(0);
    expect(volumes.filter((volume) => volume.persistentVolumeClaim !== undefined)).toEqual([]);
    const data = volumes.filter((volume) => volume.name === 'data');
    expect(data.map((volume) => volume.emptyDir?.sizeLimit)).toEqual(['1Gi', '1Gi', '1Gi', '2Gi']);
  });

  it('unmonitored: nothing of Prometheus and Grafana is left, also without volumes', () => {
    const manifests = renderWithComponents('dev', ['unmonitored', 'ephemeral']);
    const left = manifests.filter((manifest) => /^(prometheus|grafana)/.test(manifest.metadata.name));
    expect(left).toEqual([]);
    expect(workloadsOf(manifests).map(nameOf).sort()).toEqual(
      [...APPLICATIONS, 'postgresql', 'redis'].sort(),
    );
  });

  it('autoscaling: the autoscaler alone states replicas, and its maximum fits the quota', () => {
    const manifests = renderWithComponents('prod', ['autoscaling']);
    const workloads = workloadsOf(manifests);
    const scaled = manifests.filter((manifest) => manifest.kind === 'HorizontalPodAutoscaler').map(nameOf);
    expect(scaled).toEqual(['risk', 'signal']);
    const hard = find(manifests, 'ResourceQuota', 'quota').spec?.hard ?? {};
    for (const resource of ['cpu', 'memory']) {
      const extra = scaled.map((name) => 3 * amountOfPod(workload(workloads, name), resource));
      const most = extra.reduce((sum, value) => sum + value, sumOverPods(workloads, resource));
      expect(amount(String(hard[`requests.${resource}`]))).toBe(most + surge(workloads, resource));
    }
    for (const name of scaled) expect(workload(workloads, name).spec?.replicas).toBeUndefined();
  });

  it('tls: the servers alone hold a key, and only Secrets that a Certificate makes are mounted', () => {
    const manifests = renderWithComponents('prod', ['tls']);
    const made = manifests.flatMap((manifest) => manifest.spec?.secretName ?? []);
    expect(made.sort()).toEqual(['cdb-ca', 'postgresql-tls', 'redis-tls']);
    for (const entry of workloadsOf(manifests)) {
      const tls = podSpecOf(entry).volumes?.find((volume) => volume.name === 'tls')?.secret;
      const keys = (tls?.items ?? []).map((item) => item.key);
      expect(keys.includes('tls.key'), nameOf(entry)).toBe(['redis', 'postgresql'].includes(nameOf(entry)));
      if (tls !== undefined) expect(made).toContain(tls.secretName);
    }
    const config = manifests.find((manifest) => manifest.metadata.name.startsWith('postgresql-client-'));
    expect(config?.data?.['POSTGRES_SSLMODE']).toBe('verify-full');
  });
});

function dataOf(manifests: readonly Manifest[], name: string, key: string): string {
  const hashed = new RegExp(`^${name}-[0-9a-z]{10}$`);
  const found = manifests.find((manifest) => hashed.test(manifest.metadata.name))?.data?.[key];
  if (found === undefined) throw new Error(`no key ${key} in ${name}`);
  return found;
}

function nameOf(manifest: Manifest): string {
  return manifest.metadata.name;
}

function find(manifests: readonly Manifest[], kind: string, name: string): Manifest {
  const found = manifests.find((manifest) => manifest.kind === kind && manifest.metadata.name === name);
  if (found === undefined) throw new Error(`no ${kind} ${name}`);
  return found;
}

function workload(workloads: readonly Manifest[], name: string): Manifest {
  return find(workloads, name === 'postgresql' ? 'StatefulSet' : 'Deployment', name);
}

type Bound = 'requests' | 'limits';

function amountOfPod(entry: Manifest, resource: string, bound: Bound = 'requests'): number {
  const amounts = containersOf(entry).map((container) =>
    amount(String(container.resources[bound][resource])),
  );
  return amounts.reduce((sum, value) => sum + value, 0);
}

function sumOverPods(workloads: readonly Manifest[], resource: string, bound: Bound = 'requests'): number {
  const pods = workloads.map((entry) => (entry.spec?.replicas ?? 1) * amountOfPod(entry, resource, bound));
  return pods.reduce((sum, value) => sum + value, 0);
}

/** What a rollout of all applications takes on top: of each the pod that starts, and one that ends where there is another. */
function surge(workloads: readonly Manifest[], resource: string, bound: Bound = 'requests'): number {
  const rolling = workloads.filter((entry) => entry.spec?.strategy?.type === 'RollingUpdate');
  return rolling.reduce(
    (sum, entry) => sum + Math.min(2, entry.spec?.replicas ?? 2) * amountOfPod(entry, resource, bound),
    0,
  );
}

function sumOfStorage(manifests: readonly Manifest[]): number {
  const claims = manifests.flatMap((manifest) =>
    manifest.kind === 'PersistentVolumeClaim' ? [manifest] : (manifest.spec?.volumeClaimTemplates ?? []),
  );
  return claims.reduce((sum, claim) => sum + amount(String(claim.spec?.resources?.requests['storage'])), 0);
}

function configMapsOf(entry: Manifest): readonly string[] {
  const volumes = (podSpecOf(entry).volumes ?? []).flatMap((volume) => volume.configMap?.name ?? []);
  const sources = containersOf(entry).flatMap((container) =>
    (container.envFrom ?? []).flatMap((source) => source.configMapRef?.name ?? []),
  );
  return [...volumes, ...sources, ...keyReferences(entry)];
}

function keyReferences(entry: Manifest): readonly string[] {
  const env = containersOf(entry).flatMap((container) => container.env ?? []);
  return env.flatMap(({ valueFrom }) => {
    const reference = (valueFrom as { configMapKeyRef?: { name: string } } | undefined)?.configMapKeyRef;
    return reference === undefined ? [] : [reference.name];
  });
}
