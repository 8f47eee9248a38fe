import { describe, expect, it } from 'vitest';
import type { ChangeReport } from '../../src/report/change-report.ts';
import { type Files, fluxCluster, fluxKustomization, planFiles } from '../support/plan-files.ts';

function plan(files: Files, edits: Record<string, string | undefined>): ChangeReport {
  const base: Record<string, string> = {
    ...fluxCluster('clusters/prod'),
    'clusters/prod/apps.yaml': fluxKustomization('apps', 'apps'),
  };
  for (const [name, text] of Object.entries(files)) base[`apps/${name}`] = text;
  const edited = Object.entries(edits).map(([name, text]) => [`apps/${name}`, text] as const);
  return planFiles(base, Object.fromEntries(edited));
}

function edit(text: string, from: string, to: string, others: Files = {}): ChangeReport {
  expect(text).toContain(from);
  return plan({ ...others, 'object.yaml': text }, { 'object.yaml': text.replace(from, to) });
}

function titles({ rows }: ChangeReport, reason: RegExp): string[] {
  return rows.filter((row) => reason.test(row.reason)).map(({ severity, title }) => `${severity} ${title}`);
}

const role = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: web}
rules:
  - apiGroups: [""]
    resources: [configmaps]
    verbs: [get, list]
`;

describe('rights', () => {
  it.each([
    [
      'verbs: [get, list]',
      'verbs: [get, list, watch]',
      ['changes ClusterRole web grants more permissions: watch configmaps'],
    ],
    [
      'resources: [configmaps]',
      'resources: [configmaps, secrets]',
      ['breaks ClusterRole web grants more permissions: get, list secrets'],
    ],
    ['verbs: [get, list]', 'verbs: ["*"]', ['changes ClusterRole web grants more permissions: * configmaps']],
    ['verbs: [get, list]', 'verbs: [get]', []],
    ['    verbs: [get, list]\n', '    resourceNames: [web]\n    verbs: [get, list]\n', []],
  ])('of a role: %j → %j', (from, to, rows) => {
    expect(titles(edit(role, from, to), /^rights/u)).toEqual(rows);
  });

  it('of a wildcard cover what is named later', () => {
    const wide = role.replace('resources: [configmaps]', 'resources: ["*"]');
    const narrow = wide.replace('resources: ["*"]', 'resources: [configmaps, pods/exec]');
    expect(titles(edit(wide, wide, narrow), /^rights/u)).toEqual([]);
  });

  const binding = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: web}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: web}
subjects:
  - {kind: ServiceAccount, name: web, namespace: shop}
`;
  const more = '  - {kind: Group, name: shop-team, apiGroup: rbac.authorization.k8s.io}\n';

  it('reach another subject', () => {
    const found = edit(binding, 'subjects:\n', `subjects:\n${more}`, { 'role.yaml': role });
    expect(titles(found, /^rights/u)).toEqual([
      'changes ClusterRoleBinding web grants more permissions: ClusterRole web for Group shop-team',
    ]);
  });

  it('of cluster-admin reach another subject', () => {
    const admin = binding.replace('name: web}\nsubjects', 'name: cluster-admin}\nsubjects');
    expect(titles(edit(admin, 'subjects:\n', `subjects:\n${more}`), /^rights/u)).toEqual([
      'breaks ClusterRoleBinding web grants more permissions: ClusterRole cluster-admin for Group shop-team',
    ]);
  });

  it.each([
    ['system:authenticated', 'changes'],
    ['system:unauthenticated', 'breaks'],
  ])('to read reach %s', (name, severity) => {
    const group = `  - {kind: Group, name: "${name}", apiGroup: rbac.authorization.k8s.io}\n`;
    const found = edit(binding, 'subjects:\n', `subjects:\n${group}`, { 'role.yaml': role });
    expect(titles(found, /^rights/u)[0]?.split(' ')[0]).toBe(severity);
  });

  it('of cluster-admin in a new binding are said', () => {
    const admin = binding.replace('name: web}\nsubjects', 'name: cluster-admin}\nsubjects');
    expect(titles(plan({ 'role.yaml': role }, { 'binding.yaml': admin }), /^rights/u)).toEqual([
      'changes ClusterRoleBinding web grants more permissions: ClusterRole cluster-admin for ServiceAccount shop/web',
    ]);
    expect(titles(plan({ 'role.yaml': role }, { 'binding.yaml': binding }), /^rights/u)).toEqual([]);
  });
});

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: web:1.4.0
          readinessProbe: {httpGet: {path: /, port: 8080}}
          resources: {limits: {memory: 1Gi}}
          securityContext: {allowPrivilegeEscalation: false}
`;

describe('pods', () => {
  it.each([
    [
      'allowPrivilegeEscalation: false',
      'privileged: true',
      /^privileges/u,
      /^breaks Deployment shop\/web gets more access to its node: /u,
    ],
    ['      containers:', '      hostNetwork: true\n      containers:', /^privileges/u, /hostNetwork$/u],
    [
      '      containers:',
      '      volumes: [{name: a, hostPath: {path: /}}]\n      containers:',
      /^privileges/u,
      /hostPath$/u,
    ],
    [
      '          readinessProbe: {httpGet: {path: /, port: 8080}}\n',
      '',
      /^safeguard/u,
      /^disrupts Deployment shop\/web loses a safeguard: readiness probe$/u,
    ],
    ['          resources: {limits: {memory: 1Gi}}\n', '', /^safeguard/u, /memory limit$/u],
    [
      'allowPrivilegeEscalation: false',
      'runAsUser: 1000',
      /^safeguard/u,
      /protection against privilege escalation$/u,
    ],
  ])('%j → %j', (from, to, reason, title) => {
    const found = titles(edit(deployment, from, to), reason);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(title);
  });
});

const policy = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: shop}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Ingress, Egress]
  ingress:
    - from: [{podSelector: {}}]
`;

describe('a NetworkPolicy', () => {
  it.each([
    [
      '[Ingress, Egress]',
      '[Ingress]',
      ['breaks NetworkPolicy shop/web allows more than before: it no longer applies to outgoing traffic'],
    ],
    [
      'from: [{podSelector: {}}]',
      'from: [{ipBlock: {cidr: 0.0.0.0/0}}]',
      ['breaks NetworkPolicy shop/web allows more than before: it allows incoming traffic from anyone'],
    ],
    ['from: [{podSelector: {}}]', 'from: [{podSelector: {matchLabels: {app: site}}}]', []],
  ])('%j → %j', (from, to, rows) => {
    expect(titles(edit(policy, from, to), /^guard/u)).toEqual(rows);
  });

  it('that is deleted opens the pods that no other one guards', () => {
    const files = { 'web.yaml': deployment, 'policy.yaml': policy };
    const found = plan(files, { 'policy.yaml': undefined });
    const row = found.rows.find(({ reason }) => reason === 'guard-lost');
    expect(row).toMatchObject({
      severity: 'breaks',
      details: [
        'nothing restricts the traffic of Deployment shop/web any more',
        'NetworkPolicy shop/web is deleted',
      ],
    });
    const all = policy.replace('name: web,', 'name: all,').replace('{matchLabels: {app: web}}', '{}');
    const guarded = plan({ ...files, 'all.yaml': all }, { 'policy.yaml': undefined });
    expect(titles(guarded, /^guard/u)).toEqual([]);
  });
});

const webhooks = `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: checks}
webhooks:
  - {name: a.example.com, failurePolicy: Fail, sideEffects: None, admissionReviewVersions: [v1], clientConfig: {url: "https://a.example.com"}}
  - {name: b.example.com, sideEffects: None, admissionReviewVersions: [v1], clientConfig: {url: "https://b.example.com"}}
`;

const kyverno = `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: {name: checks}
spec:
  rules:
    - name: tags
      match: {any: [{resources: {kinds: [Pod]}}]}
      validate: {failureAction: Enforce, message: no, pattern: {spec: {containers: [{image: "*:*"}]}}}
`;

describe('what admits objects', () => {
  const binding = `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: no-latest}
spec: {policyName: no-latest, validationActions: [Deny]}
`;
  const namespace = `apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels: {pod-security.kubernetes.io/enforce: restricted}
`;
  const quota = `apiVersion: v1
kind: ResourceQuota
metadata: {name: all, namespace: shop}
spec: {hard: {cpu: "2", memory: 2Gi}}
`;

  it.each([
    [
      binding,
      '[Deny]',
      '[Warn]',
      [
        'breaks ValidatingAdmissionPolicyBinding no-latest allows more than before: it no longer denies anything',
      ],
    ],
    [binding, '[Deny]', '[Deny, Audit]', []],
    [
      namespace,
      'restricted',
      'baseline',
      [
        'breaks Namespace shop allows more than before: pod-security.kubernetes.io/enforce restricted → baseline',
      ],
    ],
    [
      namespace,
      '  labels: {pod-security.kubernetes.io/enforce: restricted}\n',
      '',
      [
        'breaks Namespace shop allows more than before: pod-security.kubernetes.io/enforce restricted → privileged',
      ],
    ],
    [
      quota,
      'memory: 2Gi',
      'memory: 4Gi',
      ['changes ResourceQuota shop/all allows more than before: memory 2Gi → 4Gi'],
    ],
    [quota, 'memory: 2Gi', 'memory: 2048Mi', []],
    [
      webhooks,
      'failurePolicy: Fail',
      'failurePolicy: Ignore',
      [
        'breaks ValidatingWebhookConfiguration checks allows more than before: failurePolicy of a.example.com Fail → Ignore',
      ],
    ],
    [
      webhooks,
      'name: b.example.com',
      'name: b.example.com, failurePolicy: Ignore',
      [
        'breaks ValidatingWebhookConfiguration checks allows more than before: failurePolicy of b.example.com Fail → Ignore',
      ],
    ],
    [webhooks, 'failurePolicy: Fail', 'timeoutSeconds: 10', []],
    [
      kyverno,
      'failureAction: Enforce',
      'failureAction: Audit',
      ['breaks ClusterPolicy checks allows more than before: failureAction of tags Enforce → Audit'],
    ],
    [kyverno, 'validate: {failureAction: Enforce, ', 'validate: {', []],
    [
      kyverno,
      'name: tags',
      'name: labels',
      ['changes ClusterPolicy checks allows more than before: rules has an entry removed or changed'],
    ],
  ])('%# %s', (text, from, to, rows) => {
    expect(titles(edit(text, from, to), /^guard/u)).toEqual(rows);
  });

  it('that is a policy of Kyverno is said where it is deleted', () => {
    const found = plan({ 'policy.yaml': kyverno, 'quota.yaml': quota }, { 'policy.yaml': undefined });
    const [row] = found.rows;
    expect(row).toMatchObject({
      severity: 'changes',
      title: 'ClusterPolicy checks no longer guards anything',
    });
    expect(row?.details).toEqual(['ClusterPolicy checks is deleted']);
  });

  it('is said where it is deleted', () => {
    const found = plan({ 'binding.yaml': binding, 'quota.yaml': quota }, { 'binding.yaml': undefined });
    expect(titles(found, /^guard/u)).toEqual([
      'breaks ValidatingAdmissionPolicyBinding no-latest no longer guards anything: policy no-latest no longer denies anything',
    ]);
  });
});

describe('what goes with an object that is deleted', () => {
  const service = `apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}
`;
  const ingress = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, namespace: shop}
spec: {ingressClassName: nginx, rules: [{host: a.example.com}, {host: b.example.com}]}
`;
  const budget = `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web, namespace: shop}
spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}
`;

  it.each<readonly [string, Files, readonly string[]]>([
    [service, {}, ['its load balancer and public address are released']],
    [service.replace('LoadBalancer', 'ClusterIP'), {}, []],
    [ingress, {}, ['nothing serves a.example.com, b.example.com any more']],
    [
      ingress,
      { 'other.yaml': ingress.replace('name: web', 'name: other').replace(', {host: b.example.com}', '') },
      ['nothing serves b.example.com any more'],
    ],
    [
      'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n',
      { 'budget.yaml': budget },
      ['1 object is in it that the head still applies'],
    ],
    [budget, {}, ['draining a node may evict all of the pods at once']],
  ])('%# %s', (text, others, details) => {
    const kept = { 'role.yaml': role, ...others };
    const { rows } = plan({ ...kept, 'object.yaml': text }, { 'object.yaml': undefined });
    expect(rows.find(({ reason }) => reason === 'pruned')?.details).toEqual(details);
  });
});

it('the owner is suspended where it is declared', () => {
  const stateful = `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: web, namespace: shop}
spec:
  serviceName: web
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "web:1.4.0"}]}
`;
  const [row] = edit(stateful, 'serviceName: web', 'serviceName: other').rows;
  expect(row?.reason).toBe('refused');
  expect(row?.place?.span.file.path).toBe('apps/object.yaml');
  expect(row?.safe[0]?.text).toContain('suspend the owner');
  expect(row?.safe[0]?.place?.span.file.path).toBe('clusters/prod/apps.yaml');
});
