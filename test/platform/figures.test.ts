import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { flowsOf } from './flows.ts';
import { findRendered, type Rendered, render, seconds } from './rendered.ts';

const APPLICATIONS = ['ws', 'signal', 'risk', 'execution', 'db-writer'];
const WITH_DATABASE = ['risk', 'execution', 'db-writer'];
const PORTS: Readonly<Record<string, number>> = {
  ws: 8000,
  signal: 8001,
  risk: 8002,
  execution: 8003,
  'db-writer': 8004,
};

interface Probe {
  readonly periodSeconds: number;
  readonly timeoutSeconds?: number;
  readonly failureThreshold: number;
}

interface Pod {
  readonly terminationGracePeriodSeconds: number;
  readonly enableServiceLinks: boolean;
  readonly containers: readonly {
    readonly args?: readonly string[];
    readonly env?: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: object }[];
    readonly envFrom?: readonly { readonly configMapRef?: object }[];
    readonly volumeMounts: readonly {
      readonly name: string;
      readonly mountPath: string;
      readonly readOnly?: boolean;
    }[];
    readonly lifecycle?: object;
    readonly startupProbe: Probe;
    readonly livenessProbe: Probe;
    readonly readinessProbe: Probe;
  }[];
  readonly volumes: readonly {
    readonly name: string;
    readonly secret?: {
      readonly secretName: string;
      readonly defaultMode: number;
      readonly items: readonly { readonly key: string; readonly path: string }[];
    };
  }[];
}

function podOf(objects: readonly Rendered[], name: string): Pod {
  const { spec = {} } = findRendered(objects, name === 'postgresql' ? 'StatefulSet' : 'Deployment', name);
  return (spec['template'] as { spec: Pod }).spec;
}

function containerOf(objects: readonly Rendered[], name: string): Pod['containers'][number] {
  const [container] = podOf(objects, name).containers;
  if (container === undefined) throw new Error(`${name} has no container`);
  return container;
}

const hashed = (objects: readonly Rendered[], name: string): Readonly<Record<string, string>> => {
  const found = objects.find(
    ({ kind, metadata }) => kind === 'ConfigMap' && metadata.name.replace(/-[0-9a-z]{10}$/u, '') === name,
  ) as { data?: Record<string, string> } | undefined;
  return found?.data ?? {};
};

describe.each(['dev', 'prod'])('%s', (environment) => {
  const objects = render(`k8s/overlays/${environment}`);

  it('lets exactly these talk to each other', () => {
    const expected = [
      ...APPLICATIONS.map((name) => `${name} -> redis:6379`),
      ...WITH_DATABASE.map((name) => `${name} -> postgresql:5432`),
      ...['ws', 'execution'].map((name) => `${name} -> exchange:443`),
      ...APPLICATIONS.map((name) => `prometheus -> ${name}:${PORTS[name]}`),
      'prometheus -> grafana:3000',
      'prometheus -> apiserver:443',
      'prometheus -> apiserver:6443',
      'grafana -> prometheus:9090',
    ];
    expect(flowsOf(objects)).toEqual(expected.sort());
  });

  it('mounts secrets as files, each pod its own and nothing else', () => {
    const mounted = (name: string) =>
      podOf(objects, name).volumes.flatMap(({ secret }) =>
        secret === undefined ? [] : [`${secret.secretName}: ${secret.items.map(({ key }) => key).join(' ')}`],
      );
    const credentials = (name: string, ...more: string[]) => [
      `${name}-credentials: ${['redis-password', ...more].join(' ')}`,
    ];
    expect(mounted('redis')).toEqual(['redis-acl: users.acl']);
    expect(mounted('postgresql')).toEqual([
      'postgresql-passwords: postgres-password risk-password execution-password db-writer-password',
    ]);
    expect(mounted('grafana')).toEqual(['grafana-admin: admin-password secret-key']);
    expect(mounted('prometheus')).toEqual([]);
    expect(mounted('ws')).toEqual(credentials('ws'));
    expect(mounted('signal')).toEqual(credentials('signal'));
    expect(mounted('risk')).toEqual(credentials('risk', 'postgres-password'));
    expect(mounted('db-writer')).toEqual(credentials('db-writer', 'postgres-password'));
    expect(mounted('execution')).toEqual(
      credentials('execution', 'postgres-password', 'mexc-api-key', 'mexc-api-secret'),
    );
    for (const name of [...APPLICATIONS, 'redis', 'postgresql', 'grafana']) {
      const mount = containerOf(objects, name).volumeMounts.find((one) => one.name === 'secrets');
      expect(mount, name).toMatchObject({ mountPath: '/run/secrets/cdb', readOnly: true });
      for (const { secret } of podOf(objects, name).volumes)
        if (secret !== undefined) expect(secret.defaultMode).toBe(0o440);
    }
  });

  it('tells servers of secrets by file, never by value', () => {
    const env = (name: string) =>
      Object.fromEntries((containerOf(objects, name).env ?? []).map((one) => [one.name, one.value]));
    expect(env('postgresql')).toMatchObject({ POSTGRES_PASSWORD_FILE: '/run/secrets/cdb/postgres-password' });
    expect(env('grafana')).toMatchObject({
      GF_SECURITY_ADMIN_PASSWORD__FILE: '/run/secrets/cdb/admin-password',
      GF_SECURITY_SECRET_KEY__FILE: '/run/secrets/cdb/secret-key',
    });
    expect(hashed(objects, 'redis')['redis.conf']).toContain('\naclfile /run/secrets/cdb/users.acl\n');
    const words = [...APPLICATIONS, 'redis', 'postgresql', 'grafana', 'prometheus'].flatMap((name) => {
      const { env: own = [], args = [], envFrom = [] } = containerOf(objects, name);
      expect(envFrom.filter(({ configMapRef }) => configMapRef === undefined)).toEqual([]);
      return [...args, ...own.map((one) => `${one.name}=${one.value}`)];
    });
    const suspicious = words.filter((word) => /passw|secret|token|api.?key/iu.test(word));
    expect(suspicious.filter((word) => !/_FILE=\/run\/secrets\/cdb\//u.test(word))).toEqual([]);
  });

  it('drops no message of Redis', () => {
    const settings = hashed(objects, 'redis')['redis.conf'] ?? '';
    expect(settings).toContain('\nmaxmemory-policy noeviction\n');
    expect(settings).toContain('\nappendonly yes\n');
  });

  it('lets Prometheus list the pods of its Namespace, and nothing more', () => {
    const role = findRendered(objects, 'Role', 'prometheus') as unknown as { rules: unknown };
    expect(role.rules).toEqual([{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] }]);
    expect(objects.filter(({ kind }) => /^Cluster/u.test(kind))).toEqual([]);
    const { scrape_configs: jobs } = parse(hashed(objects, 'prometheus')['prometheus.yml'] ?? '');
    expect(jobs[0].kubernetes_sd_configs).toEqual([{ role: 'pod', namespaces: { own_namespace: true } }]);
  });

  it('brings the dashboards and the data source with Grafana', () => {
    const mounts = containerOf(objects, 'grafana').volumeMounts.map(({ mountPath }) => mountPath);
    expect(mounts).toContain('/etc/grafana/provisioning/datasources/datasources.yaml');
    expect(mounts).toContain('/etc/grafana/provisioning/dashboards/providers.yaml');
    const { providers } = parse(hashed(objects, 'grafana')['providers.yaml'] ?? '');
    expect(mounts).toContain(providers[0].options.path);
  });

  it('gives every pod a start, an end, and no variables of its neighbours', () => {
    for (const name of [...APPLICATIONS, 'redis', 'postgresql', 'prometheus', 'grafana']) {
      const pod = podOf(objects, name);
      expect(pod.enableServiceLinks).toBe(false);
      expect(pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(30);
      expect(containerOf(objects, name).startupProbe.failureThreshold).toBeGreaterThanOrEqual(12);
    }
    for (const name of APPLICATIONS)
      expect(containerOf(objects, name).lifecycle).toEqual({ preStop: { sleep: { seconds: 5 } } });
  });

  it('rolls the applications without taking a pod away first', () => {
    for (const name of APPLICATIONS)
      expect(findRendered(objects, 'Deployment', name).spec?.['strategy']).toEqual({
        type: 'RollingUpdate',
        rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
      });
  });

  it('counts the pods of a rollout in the quota', () => {
    const workloads = objects.filter(({ spec }) => spec?.['template'] !== undefined);
    const replicas = workloads.reduce((sum, { spec }) => sum + Number(spec?.['replicas']), 0);
    const { hard } = findRendered(objects, 'ResourceQuota', 'quota').spec as { hard: Record<string, string> };
    const ofAnApplication = Number(findRendered(objects, 'Deployment', 'ws').spec?.['replicas']);
    expect(Number(hard['pods'])).toBe(replicas + Math.min(2, ofAnApplication) * APPLICATIONS.length);
    expect(hard).toMatchObject({ 'services.loadbalancers': '0', 'services.nodeports': '0' });
  });

  it('makes the database that the clients are told of', () => {
    const server = containerOf(objects, 'postgresql').env?.find(({ name }) => name === 'POSTGRES_DB');
    expect(server?.value).toBe(hashed(objects, 'postgresql-client')['POSTGRES_DB']);
  });
});

describe('prod is stricter than dev', () => {
  const [dev, prod] = [render('k8s/overlays/dev'), render('k8s/overlays/prod')];

  it.each(APPLICATIONS)('in every probe of %s', (name) => {
    const patience = ({ periodSeconds, failureThreshold }: Probe) => periodSeconds * failureThreshold;
    for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe'] as const)
      expect(patience(containerOf(prod, name)[probe])).toBeLessThan(patience(containerOf(dev, name)[probe]));
  });

  it('in what a configuration may become while it runs', () => {
    const immutable = (objects: readonly Rendered[]) =>
      objects
        .filter((one) => one.kind === 'ConfigMap')
        .map((one) => (one as { immutable?: boolean }).immutable);
    expect(new Set(immutable(prod))).toEqual(new Set([true]));
    expect(new Set(immutable(dev))).toEqual(new Set([undefined]));
  });

  it('in trading: dev does it on paper', () => {
    expect(hashed(dev, 'execution')['TRADING_MODE']).toBe('paper');
    expect(hashed(prod, 'execution')['TRADING_MODE']).toBe('live');
  });
});

it('the guide shows the flows that there are', () => {
  const shown = [...readFileSync('k8s/README.md', 'utf8').matchAll(/^ {2}(\S+) --> ([\w-]+)/gmu)].map(
    ([, from, to]) => `${from} -> ${to}`,
  );
  const there = flowsOf(render('k8s/overlays/prod')).map((flow) => flow.replace(/:\d+$/u, ''));
  expect(shown.sort()).toEqual([...new Set(there)].sort());
});

it('a rollout has ended before Flux gives up', () => {
  const applications = findRendered(render('flux/clusters/prod'), 'Kustomization', 'applications').spec;
  const name = 'execution';
  const { startupProbe } = containerOf(render('k8s/overlays/prod'), name);
  const start = startupProbe.periodSeconds * startupProbe.failureThreshold;
  // Two pods, one after the other, each with ten seconds of minReadySeconds.
  expect(2 * (start + 10)).toBeLessThan(seconds(applications?.['timeout']));
});
