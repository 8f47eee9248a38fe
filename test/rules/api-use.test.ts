import { describe, expect, it } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';

interface Program {
  readonly name: string;
  /** The key of the ConfigMap that it reads, and what stands there. */
  readonly file?: readonly [string, string];
  /** Fields of its container. */
  readonly container?: string;
  /** What it does and lacks. */
  readonly said: string;
  /** Rules of a role that is enough. */
  readonly rules: string;
}

const lists = (resources: string, group = '""'): string =>
  `[{ apiGroups: [${group}], resources: [${resources}], verbs: [get, list, watch] }]`;

const programs: readonly Program[] = [
  {
    name: 'Alloy',
    file: ['config.alloy', 'discovery.kubernetes "all" {\n  role = "pod"\n  selectors { role = "pod" }\n}\n'],
    said: 'discovers targets by role pod in the whole cluster, but its ServiceAccount agent is not allowed to list pods there',
    rules: lists('pods'),
  },
  {
    name: 'Alloy in one namespace',
    file: [
      'config.alloy',
      'discovery.kubernetes "all" {\n  role = "service"\n  namespaces {\n    names = ["web"]\n  }\n}\n',
    ],
    said: 'discovers targets by role service in web, but its ServiceAccount agent is not allowed to list services there',
    rules: lists('services'),
  },
  {
    name: 'Promtail',
    file: ['promtail.yaml', 'scrape_configs:\n  - kubernetes_sd_configs: [{ role: pod }]\n'],
    said: 'discovers targets by role pod in the whole cluster, but its ServiceAccount agent is not allowed to list pods there',
    rules: lists('pods'),
  },
  {
    name: 'Vector',
    file: ['vector.toml', '[sources.pods]\ntype = "kubernetes_logs"\n'],
    said: 'runs the source kubernetes_logs in the whole cluster, but its ServiceAccount agent is not allowed to list pods there',
    rules: lists('pods, namespaces'),
  },
  {
    name: 'Fluent Bit',
    file: [
      'fluent-bit.conf',
      '[INPUT]\n    Name tail\n\n[FILTER]\n    Name kubernetes\n    Kube_URL https://kubernetes.default.svc:443\n',
    ],
    said: 'runs the filter kubernetes in the whole cluster, but its ServiceAccount agent is not allowed to get pods there',
    rules: lists('pods'),
  },
  {
    name: 'the OpenTelemetry Collector',
    file: [
      'config.yaml',
      'receivers: { otlp: {}, k8s_events: {} }\nprocessors: { k8sattributes: { filter: { node_from_env_var: NODE } } }\nservice: { pipelines: { traces: { receivers: [otlp], processors: [k8sattributes] } } }\n',
    ],
    said: 'runs k8sattributes in the whole cluster, but its ServiceAccount agent is not allowed to list pods there',
    rules: lists('pods'),
  },
  {
    name: 'its receiver for Prometheus',
    file: [
      'config.yaml',
      'receivers: { prometheus: { config: { scrape_configs: [{ job_name: nodes, kubernetes_sd_configs: [{ role: node }] }] } } }\nservice: { pipelines: { metrics: { receivers: [prometheus] } } }\n',
    ],
    said: 'discovers targets by role node in the whole cluster, but its ServiceAccount agent is not allowed to list nodes there',
    rules: lists('nodes'),
  },
  {
    name: 'Traefik by arguments',
    container:
      'args: [--entrypoints.web.address=:80, --providers.kubernetesingress, --providers.kubernetesIngress.ingressClass=web]',
    said: 'runs the provider kubernetesingress in the whole cluster, but its ServiceAccount agent is not allowed to list services there',
    rules:
      '[{ apiGroups: ["", networking.k8s.io], resources: [services, secrets, ingresses], verbs: [list, watch] }]',
  },
  {
    name: 'Traefik by a file',
    file: ['traefik.yaml', 'entryPoints: { web: { address: ":80" } }\nproviders: { kubernetesCRD: {} }\n'],
    said: 'runs the provider kubernetesCRD in the whole cluster, but its ServiceAccount agent is not allowed to list services there',
    rules: lists('services, secrets'),
  },
  {
    name: 'the sidecar of Grafana',
    container:
      'env: [{ name: LABEL, value: dashboard }, { name: NAMESPACE, value: ALL }, { name: RESOURCE, value: both }]',
    said: 'collects with k8s-sidecar in the whole cluster, but its ServiceAccount agent is not allowed to list configmaps there',
    rules: lists('configmaps, secrets'),
  },
];

const silent: readonly Pick<Program, 'name' | 'file' | 'container'>[] = [
  {
    name: 'the sidecar with a name for each object',
    container: 'env: [{ name: LABEL, value: a }, { name: RESOURCE_NAME, value: b }]',
  },
  {
    name: 'Fluent Bit by way of the kubelet',
    file: ['fluent-bit.conf', '[FILTER]\n    Name kubernetes\n    Use_Kubelet On\n'],
  },
  {
    name: 'Fluent Bit without the filter',
    file: ['fluent-bit.conf', '[FILTER]\n    Name grep\n[OUTPUT]\n    Name kubernetes\n'],
  },
  {
    name: 'Traefik with another cluster',
    container: 'args: [--providers.kubernetescrd, "--providers.kubernetescrd.endpoint=https://other:6443"]',
  },
  {
    name: 'a collector that starts none',
    file: ['config.yaml', 'receivers: { k8s_events: {} }\nservice: { pipelines: {} }\n'],
  },
  {
    name: 'Alloy with another cluster',
    file: [
      'config.alloy',
      'discovery.kubernetes "all" {\n  role = "pod"\n  api_server = "https://other"\n}\n',
    ],
  },
  {
    name: 'Alloy with names of an expression',
    file: [
      'config.alloy',
      'discovery.kubernetes "all" {\n  role = "pod"\n  namespaces {\n    names = local.names\n  }\n}\n',
    ],
  },
];

const deployment = (container = ''): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: agent, namespace: web }
spec:
  selector: { matchLabels: { app: agent } }
  template:
    metadata: { labels: { app: agent } }
    spec:
      serviceAccountName: agent
      containers: [{ name: agent, image: "shop/k8s-sidecar:1", ${container === '' ? 'args: []' : container}, volumeMounts: [{ name: config, mountPath: /etc/agent }] }]
      volumes: [{ name: config, configMap: { name: agent } }]
`;

const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: agent, namespace: web }\n';

const configMap = ([key, text]: readonly [string, string] = ['a', 'b']): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: agent, namespace: web }\ndata:\n  ${key}: |\n${text.replaceAll(/^(?=.)/gmu, '    ')}`;

const role = (rules: string): string => `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: agent }
rules: ${rules}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: agent }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: agent }
subjects: [{ kind: ServiceAccount, name: agent, namespace: web }]
`;

function findings(
  { file, container }: Pick<Program, 'file' | 'container'>,
  more: Record<string, string> = {},
): string[] {
  const files = {
    'agent.yaml': deployment(container),
    'account.yaml': account,
    'config.yaml': configMap(file),
    ...more,
  };
  return lintFiles(files, { only: ['discovery-not-permitted'] }).findings.map(({ message }) => message);
}

describe('what programs ask the API server for', () => {
  it.each(programs)('$name may not ask', (program) => {
    expect(findings(program)).toEqual([`Deployment agent ${program.said}`]);
  });

  it.each(programs)('$name may ask', (program) => {
    expect(findings(program, { 'role.yaml': role(program.rules) })).toEqual([]);
  });

  it.each(silent)('$name asks for nothing that is checked', (program) => {
    expect(findings(program)).toEqual([]);
  });
});
