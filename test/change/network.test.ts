import { describe, expect, it } from 'vitest';
import type { ChangeReport } from '../../src/report/change-report.ts';
import { type Files, planFiles } from '../support/plan-files.ts';

function deployment(name: string, label = name, more = ''): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: shop}
spec:
  replicas: 3
  selector: {matchLabels: {name: ${name}}}
  template:
    metadata: {labels: {name: ${name}, app: ${label}}}
    spec: {containers: [{name: web, image: "web:1.4.0"}]}
${more}`;
}

const service = `apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  selector: {app: web}
  ports: [{port: 80}]
`;

const policy = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: shop}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Ingress]
`;

const budget = `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web, namespace: shop}
spec:
  minAvailable: 2
  selector: {matchLabels: {app: web}}
`;

function plan(files: Files, edits: Record<string, string>): ChangeReport {
  const base: Record<string, string> = {
    'shop/kustomization.yaml': `resources: [${Object.keys(files).join(', ')}]\n`,
  };
  for (const [name, text] of Object.entries(files)) base[`shop/${name}`] = text;
  const edited = Object.entries(edits).map(([name, text]) => [`shop/${name}`, text] as const);
  return planFiles(base, Object.fromEntries(edited));
}

function rowsAbout({ rows }: ChangeReport, reason: RegExp): string[] {
  return rows
    .filter((row) => reason.test(row.reason))
    .map(({ severity, title, place }) => {
      const { file, start } = place?.span ?? { file: { path: '', text: '' }, start: 0 };
      return `${severity} ${title} ${file.path}:${file.text.slice(0, start).split('\n').length}`;
    });
}

describe('what selects pods', () => {
  it.each([
    ['service.yaml', service, 'breaks Service shop/web no longer selects any pods shop/web.yaml:8'],
    ['policy.yaml', policy, 'breaks NetworkPolicy shop/web no longer selects any pods shop/web.yaml:8'],
    [
      'budget.yaml',
      budget,
      'disrupts PodDisruptionBudget shop/web no longer selects any pods shop/web.yaml:8',
    ],
  ])('%s finds none when the labels of the pods change', (name, text, row) => {
    const files = { 'web.yaml': deployment('web'), [name]: text };
    expect(rowsAbout(plan(files, { 'web.yaml': deployment('web', 'site') }), /^selects/u)).toEqual([row]);
  });

  it('finds none when its own selector changes', () => {
    const files = { 'web.yaml': deployment('web'), 'service.yaml': service };
    const found = plan(files, { 'service.yaml': service.replace('app: web', 'app: site') });
    expect(rowsAbout(found, /^selects/u)).toEqual([
      'breaks Service shop/web no longer selects any pods shop/service.yaml:5',
    ]);
    expect(found.objects).toHaveLength(1);
  });

  it('finds none when the workload goes and it stays', () => {
    const files = { 'web.yaml': deployment('web'), 'service.yaml': service };
    const found = planFiles(
      {
        'shop/kustomization.yaml': 'resources: [web.yaml, service.yaml]\n',
        'shop/web.yaml': files['web.yaml'],
        'shop/service.yaml': service,
      },
      { 'shop/kustomization.yaml': 'resources: [service.yaml]\n', 'shop/web.yaml': undefined },
    );
    expect(rowsAbout(found, /^selects/u)[0]).toMatch(/^breaks Service shop\/web no longer selects any pods/u);
  });

  it('begins to find the pods of another workload', () => {
    const files = {
      'web.yaml': deployment('web'),
      'other.yaml': deployment('other'),
      'service.yaml': service,
    };
    expect(rowsAbout(plan(files, { 'other.yaml': deployment('other', 'web') }), /^selects/u)).toEqual([
      'breaks Service shop/web also selects Deployment shop/other shop/other.yaml:8',
    ]);
  });

  it('loses one of two', () => {
    const files = {
      'web.yaml': deployment('web'),
      'other.yaml': deployment('other', 'web'),
      'service.yaml': service,
    };
    expect(rowsAbout(plan(files, { 'other.yaml': deployment('other') }), /^selects/u)).toEqual([
      'breaks Service shop/web no longer selects Deployment shop/other shop/other.yaml:8',
    ]);
  });

  it('says nothing of labels that no one asks for', () => {
    const files = { 'web.yaml': deployment('web'), 'service.yaml': service };
    const edited = deployment('web').replace('app: web', 'app: web, team: shop');
    expect(rowsAbout(plan(files, { 'web.yaml': edited }), /^selects/u)).toEqual([]);
  });
});

describe('a budget', () => {
  it('that has no pod to spare any more is said at the replicas', () => {
    const files = { 'web.yaml': deployment('web'), 'budget.yaml': budget };
    const edited = deployment('web').replace('replicas: 3', 'replicas: 2');
    expect(rowsAbout(plan(files, { 'web.yaml': edited }), /^budget/u)).toEqual([
      'disrupts PodDisruptionBudget shop/web no longer allows any eviction: minAvailable is 2 of 2 shop/web.yaml:5',
    ]);
  });

  it('that asks for more is said where it does', () => {
    const files = { 'web.yaml': deployment('web'), 'budget.yaml': budget };
    const edited = budget.replace('minAvailable: 2', 'minAvailable: 100%');
    expect(rowsAbout(plan(files, { 'budget.yaml': edited }), /^budget/u)).toEqual([
      'disrupts PodDisruptionBudget shop/web no longer allows any eviction: minAvailable is 100% of 3 shop/budget.yaml:5',
    ]);
  });
});

describe('a budget of pods that an autoscaler counts', () => {
  const scaler = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web, namespace: shop}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  maxReplicas: 9
  minReplicas: 3
`;
  const scaled = deployment('web').replace('  replicas: 3\n', '');

  it('has none to spare when the autoscaler may go as low', () => {
    const files = { 'web.yaml': scaled, 'scaler.yaml': scaler, 'budget.yaml': budget };
    const edited = scaler.replace('minReplicas: 3', 'minReplicas: 2');
    expect(rowsAbout(plan(files, { 'scaler.yaml': edited }), /^budget/u)).toEqual([
      'disrupts PodDisruptionBudget shop/web no longer allows any eviction: minAvailable is 2 of 2 shop/scaler.yaml:7',
    ]);
    const higher = scaler.replace('minReplicas: 3', 'minReplicas: 4');
    expect(rowsAbout(plan(files, { 'scaler.yaml': higher }), /^budget/u)).toEqual([]);
  });
});

describe('a Service', () => {
  const exposed = service.replace(
    '  selector',
    '  type: LoadBalancer\n  loadBalancerIP: 192.0.2.1\n  selector',
  );

  it.each([
    [
      'type: LoadBalancer\n  loadBalancerIP: 192.0.2.1',
      'type: ClusterIP',
      'breaks Service shop/web is no longer reachable from outside: LoadBalancer → ClusterIP shop/service.yaml:5',
    ],
    [
      'type: LoadBalancer',
      'type: NodePort',
      'breaks Service shop/web is no longer reachable from outside: LoadBalancer → NodePort shop/service.yaml:5',
    ],
    [
      '192.0.2.1',
      '192.0.2.2',
      'breaks Service shop/web is reachable at a different address: loadBalancerIP shop/service.yaml:6',
    ],
    ['port: 80', 'port: 8080', 'breaks Service shop/web no longer has a port: 80 shop/service.yaml:8'],
  ])('%j → %j', (from, to, row) => {
    const found = plan({ 'service.yaml': exposed }, { 'service.yaml': exposed.replace(from, to) });
    expect(rowsAbout(found, /^(?:address|port)/u)).toContain(row);
  });

  it('that gets a load balancer loses nothing', () => {
    const found = plan({ 'service.yaml': service }, { 'service.yaml': exposed });
    expect(found.rows.map(({ severity }) => severity)).toEqual(['changes']);
  });
});

describe('a Gateway', () => {
  const gateway = `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: web, namespace: shop}
spec:
  gatewayClassName: cilium
  listeners:
    - name: http
      protocol: HTTP
      port: 80
      hostname: "*.example.com"
    - name: https
      protocol: HTTPS
      port: 443
      hostname: shop.example.com
`;

  it('whose listener names no host any more answers for all at its port', () => {
    const found = plan(
      { 'gateway.yaml': gateway },
      { 'gateway.yaml': gateway.replace('      hostname: "*.example.com"\n', '') },
    );
    expect(found.rows.map(({ severity }) => severity)).toEqual(['changes']);
  });

  it('answers no longer for the host of a port that another host gets', () => {
    const after = gateway
      .replace('      hostname: "*.example.com"\n', '')
      .replace('shop.example.com', 'store.example.com');
    const found = plan({ 'gateway.yaml': gateway }, { 'gateway.yaml': after });
    expect(rowsAbout(found, /^host/u)).toEqual([
      'breaks Gateway shop/web no longer answers for a host: shop.example.com shop/gateway.yaml:13',
    ]);
  });
});

describe('an Ingress', () => {
  const ingress = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, namespace: shop}
spec:
  ingressClassName: nginx
  rules:
    - host: shop.example.com
      http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
`;

  it('that gives up a host is said', () => {
    const found = plan(
      { 'ingress.yaml': ingress },
      { 'ingress.yaml': ingress.replace('shop.example', 'store.example') },
    );
    expect(rowsAbout(found, /^host/u)).toEqual([
      'breaks Ingress shop/web no longer answers for a host: shop.example.com shop/ingress.yaml:7',
    ]);
  });

  it.each([
    ['names no host, which is any', 'host: shop.example.com\n      ', ''],
    ['names a wildcard above', 'host: shop.', "host: '*.", "'"],
  ])('that %s loses nothing', (_, from, to, end = '') => {
    const after = ingress.replace(from, to).replace('*.example.com', `*.example.com${end}`);
    const found = plan({ 'ingress.yaml': ingress }, { 'ingress.yaml': after });
    expect(found.rows.length).toBeGreaterThan(0);
    expect(rowsAbout(found, /^host/u)).toEqual([]);
  });

  it('with a wildcard loses what has more labels than the star stands for', () => {
    const deep = ingress.replace('shop.example.com', 'a.shop.example.com');
    const wide = ingress.replace('shop.example.com', "'*.example.com'");
    const found = plan({ 'ingress.yaml': deep }, { 'ingress.yaml': wide });
    expect(rowsAbout(found, /^host/u)).toHaveLength(1);
  });

  it('that gives up more is another consequence to acknowledge', () => {
    const rules = (...hosts: string[]): string =>
      ingress.replace(
        / {2}rules:[\s\S]*/u,
        `  rules: [${hosts.map((host) => `{host: ${host}}`).join(', ')}]\n`,
      );
    const digest = (...hosts: string[]): string[] =>
      plan(
        { 'ingress.yaml': rules('a.example.com', 'b.example.com', 'c.example.com') },
        { 'ingress.yaml': rules(...hosts) },
      ).rows.flatMap((row) => (row.reason === 'host-lost' ? [row.digest] : []));
    expect(digest('a.example.com', 'b.example.com')).toHaveLength(1);
    expect(digest('a.example.com')).not.toEqual(digest('a.example.com', 'b.example.com'));
  });

  it('that gives a host to another object loses nothing', () => {
    const route = `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web, namespace: shop}
spec: {hostnames: [shop.example.com], rules: [{backendRefs: [{name: web, port: 80}]}]}
`;
    const found = plan(
      { 'ingress.yaml': ingress, 'route.yaml': route },
      { 'ingress.yaml': ingress.replace('shop.example', 'store.example') },
    );
    expect(rowsAbout(found, /^host/u)).toEqual([]);
  });

  it('of another class goes to another controller', () => {
    const found = plan({ 'ingress.yaml': ingress }, { 'ingress.yaml': ingress.replace('nginx', 'traefik') });
    expect(rowsAbout(found, /^class/u)).toEqual([
      'breaks Ingress shop/web moves to a different controller: nginx → traefik shop/ingress.yaml:5',
    ]);
  });

  it('that names its class in the field in place of the annotation stays where it is', () => {
    const old = ingress
      .replace('namespace: shop}', 'namespace: shop, annotations: {kubernetes.io/ingress.class: nginx}}')
      .replace('  ingressClassName: nginx\n', '');
    const found = plan({ 'ingress.yaml': old }, { 'ingress.yaml': ingress });
    expect(rowsAbout(found, /^class/u)).toEqual([]);
  });
});
