/** One edit of our own manifests, and all that is reported of it. */
export interface Edit {
  readonly id: string;
  readonly file: string;
  /** What is replaced, as often as it stands there; undefined takes the whole file. */
  readonly search?: string;
  /** What takes its place; undefined removes the file. */
  readonly replace?: string;
  /** `rule file:line` of each finding; the files stand below k8s/. */
  readonly expected: readonly string[];
}

const redis = 'base/infrastructure/redis.yaml';
const prometheus = 'base/infrastructure/prometheus.yaml';
const postgresql = 'base/infrastructure/postgresql.yaml';
const ws = 'base/services/ws-deployment.yaml';
const wsService = 'base/services/ws-service.yaml';
const execution = 'base/services/execution-deployment.yaml';
const base = 'base/kustomization.yaml';
const dev = 'overlays/dev/kustomization.yaml';
const prod = 'overlays/prod/kustomization.yaml';
const devResources = 'overlays/dev/resources-services.yaml';
const spread = 'components/high-availability/topology-spread.yaml';
const budgets = 'components/high-availability/disruption-budgets.yaml';
const pull = 'components/hardened/always-pull.yaml';

function edit(id: string, file: string, search: string, replace: string, ...expected: string[]): Edit {
  return { id, file, search, replace, expected };
}

/** The acceptance criteria, each broken in the base. */
const criteriaInBase: readonly Edit[] = [
  edit(
    'no-requests',
    ws,
    '            requests:\n              cpu: 300m\n              memory: 320Mi\n',
    '',
    'requests-missing base/services/ws-deployment.yaml:71',
  ),
  edit(
    'no-memory-limit',
    ws,
    '              cpu: 500m\n              memory: 512Mi\n',
    '              cpu: 500m\n',
    'limits-missing base/services/ws-deployment.yaml:75',
  ),
  edit(
    'no-liveness-probe',
    redis,
    '          livenessProbe:\n            tcpSocket:\n              port: redis\n            periodSeconds: 10\n            timeoutSeconds: 2\n            failureThreshold: 3\n',
    '',
    'liveness-probe-missing base/infrastructure/redis.yaml:61',
  ),
  edit(
    'no-readiness-probe',
    ws,
    '          readinessProbe:\n            httpGet:\n              path: /health\n              port: http\n            periodSeconds: 5\n            timeoutSeconds: 2\n            failureThreshold: 2\n',
    '',
    'readiness-probe-missing components/hardened/always-pull.yaml:10',
    'patch-invalid overlays/dev/probes.yaml:14',
  ),
  edit(
    'may-run-as-root',
    ws,
    'runAsNonRoot: true',
    'runAsNonRoot: false',
    'runs-as-root base/services/ws-deployment.yaml:47',
    // Once for the Namespace of dev, once for that of prod.
    'pod-security-violated base/services/ws-deployment.yaml:103',
    'pod-security-violated base/services/ws-deployment.yaml:103',
  ),
  edit(
    'other-user',
    ws,
    'runAsUser: 1000',
    'runAsUser: 2000',
    'unexpected-user base/services/ws-deployment.yaml:48',
  ),
  edit(
    'user-without-reason',
    postgresql,
    '      annotations:\n        cdb-lint.dev/run-as-user-reason: initdb of the Alpine image looks its user up in /etc/passwd, which knows postgres (70) and not 1000\n',
    '',
    'unexpected-user base/infrastructure/postgresql.yaml:56',
  ),
  edit(
    'writable-root',
    ws,
    'readOnlyRootFilesystem: true',
    'readOnlyRootFilesystem: false',
    'writable-root-file-system base/services/ws-deployment.yaml:105',
  ),
  edit(
    'keeps-capabilities',
    ws,
    '            capabilities:\n              drop:\n                - ALL\n',
    '',
    'capabilities-not-dropped base/services/ws-deployment.yaml:103',
    'pod-security-violated base/services/ws-deployment.yaml:103',
    'pod-security-violated base/services/ws-deployment.yaml:103',
  ),
  edit(
    'adds-capability',
    ws,
    '              drop:\n                - ALL\n',
    '              drop:\n                - ALL\n              add:\n                - NET_ADMIN\n',
    'pod-security-violated base/services/ws-deployment.yaml:109',
    'pod-security-violated base/services/ws-deployment.yaml:109',
    'capability-added base/services/ws-deployment.yaml:110',
  ),
  edit(
    'no-seccomp',
    ws,
    '        seccompProfile:\n          type: RuntimeDefault\n',
    '',
    'seccomp-profile-missing base/services/ws-deployment.yaml:46',
    'pod-security-violated base/services/ws-deployment.yaml:101',
    'pod-security-violated base/services/ws-deployment.yaml:101',
  ),
  edit(
    'unconfined',
    ws,
    'type: RuntimeDefault',
    'type: Unconfined',
    'seccomp-profile-missing base/services/ws-deployment.yaml:53',
  ),
  edit(
    'escalation',
    ws,
    'allowPrivilegeEscalation: false',
    'allowPrivilegeEscalation: true',
    'privilege-escalation-allowed base/services/ws-deployment.yaml:104',
  ),
  edit(
    'privileged',
    redis,
    'allowPrivilegeEscalation: false',
    'privileged: true',
    'pod-security-violated base/infrastructure/redis.yaml:96',
    'pod-security-violated base/infrastructure/redis.yaml:96',
    'privilege-escalation-allowed base/infrastructure/redis.yaml:96',
    'privileged-container base/infrastructure/redis.yaml:97',
  ),
  edit(
    'host-network',
    ws,
    '      enableServiceLinks: false\n',
    '      enableServiceLinks: false\n      hostNetwork: true\n',
    'host-namespace-shared base/services/ws-deployment.yaml:45',
  ),
  edit(
    'host-path',
    ws,
    '          emptyDir:\n            sizeLimit: 64Mi\n',
    '          hostPath:\n            path: /var/tmp\n',
    'host-path-mounted base/services/ws-deployment.yaml:124',
  ),
  edit(
    'node-port',
    wsService,
    'type: ClusterIP',
    'type: NodePort',
    'service-exposed base/services/ws-service.yaml:9',
  ),
  edit(
    'load-balancer',
    redis,
    'type: ClusterIP',
    'type: LoadBalancer',
    'service-exposed base/infrastructure/redis.yaml:18',
  ),
  edit(
    'secret-in-env',
    ws,
    '          envFrom:\n',
    '            - name: REDIS_PASSWORD\n              valueFrom:\n                secretKeyRef:\n                  name: ws-credentials\n                  key: redis-password\n          envFrom:\n',
    'secret-in-environment base/services/ws-deployment.yaml:65',
  ),
  edit(
    'all-secrets-in-env',
    ws,
    '          envFrom:\n',
    '          envFrom:\n            - secretRef:\n                name: ws-credentials\n',
    'secret-in-environment base/services/ws-deployment.yaml:64',
  ),
  edit(
    'password-in-env',
    ws,
    '          envFrom:\n',
    '            - name: DB_PASSWORD\n              value: hunter2hunter2\n          envFrom:\n',
    'secret-in-plain-text base/services/ws-deployment.yaml:64',
  ),
  edit(
    'password-in-config',
    'base/services/config/ws.env',
    '',
    'API_TOKEN=s3cr3t-t0ken-value-1\n',
    'secret-in-plain-text base/services/config/ws.env:1',
  ),
  edit(
    'password-in-args',
    redis,
    '            - /etc/redis/redis.conf\n',
    '            - /etc/redis/redis.conf\n            - --password=hunter2hunter2\n',
    'secret-in-plain-text base/infrastructure/redis.yaml:65',
  ),
  edit(
    'image-without-tag',
    redis,
    'image: redis:7.4.5-alpine',
    'image: redis',
    'image-not-pinned base/infrastructure/redis.yaml:62',
  ),
  edit(
    'image-latest',
    redis,
    'image: redis:7.4.5-alpine',
    'image: redis:latest',
    'image-not-pinned base/infrastructure/redis.yaml:62',
  ),
  edit(
    'state-in-application',
    ws,
    '          emptyDir:\n            sizeLimit: 64Mi\n',
    '          persistentVolumeClaim:\n            claimName: grafana\n',
    'state-in-application base/services/ws-deployment.yaml:124',
    'volume-attached-twice base/services/ws-deployment.yaml:125',
    'volume-attached-twice base/services/ws-deployment.yaml:125',
  ),
  edit(
    'placeholder',
    redis,
    'image: redis:7.4.5-alpine',
    'image: your-registry/redis:7.4.5-alpine',
    'placeholder-value base/infrastructure/redis.yaml:62',
  ),
];

/** The same in a patch of an overlay, in a component, in the entries of a kustomization. */
const criteriaAbove: readonly Edit[] = [
  edit(
    'dev-takes-a-limit-away',
    'overlays/dev/resources-services.yaml',
    '              cpu: 100m\n              memory: 160Mi\n            limits:\n              cpu: 250m\n',
    '              cpu: 100m\n              memory: 160Mi\n            limits:\n              cpu: null\n',
    'limits-missing overlays/dev/resources-services.yaml:14',
  ),
  edit(
    'dev-tag-moves',
    dev,
    'cdb/ws\n    newTag: 1.1.0-rc.1',
    'cdb/ws\n    newTag: latest',
    'image-not-pinned overlays/dev/kustomization.yaml:21',
  ),
  edit(
    'prod-tag-is-missing',
    prod,
    '  - name: registry.claire-de-binare.internal/cdb/ws\n    newTag: 1.0.0 # {"$imagepolicy": "flux-system:ws:tag"}\n',
    '',
    'image-not-pinned base/services/ws-deployment.yaml:56',
  ),
  edit(
    'component-takes-host-network',
    spread,
    '    spec:\n',
    '    spec:\n      hostNetwork: true\n',
    'host-namespace-shared components/high-availability/topology-spread.yaml:9',
  ),
  edit(
    'component-privileges',
    pull,
    '        - name: ws\n          imagePullPolicy: Always\n',
    '        - name: ws\n          imagePullPolicy: Always\n          securityContext:\n            privileged: true\n            allowPrivilegeEscalation: true\n',
    'privileged-container components/hardened/always-pull.yaml:13',
    'privilege-escalation-allowed components/hardened/always-pull.yaml:14',
  ),
  edit(
    'component-writes-root',
    pull,
    '        - name: risk\n',
    '        - name: risk\n          securityContext:\n            readOnlyRootFilesystem: false\n',
    'writable-root-file-system components/hardened/always-pull.yaml:34',
  ),
  edit(
    'component-takes-probes',
    pull,
    '        - name: signal\n',
    '        - name: signal\n          livenessProbe: null\n',
    'liveness-probe-missing components/hardened/always-pull.yaml:21',
  ),
  edit(
    'literal-with-secret',
    prod,
    '      - TRADING_MODE=live',
    '      - TRADING_MODE=live\n      - EXCHANGE_API_SECRET=9f8e7d6c5b4a39281706',
    'secret-in-plain-text overlays/prod/kustomization.yaml:44',
  ),
  edit(
    'secret-generated',
    prod,
    'configMapGenerator:\n',
    'secretGenerator:\n  - name: exchange\n    literals:\n      - key=9f8e7d6c5b4a39281706\nconfigMapGenerator:\n',
    'secret-in-git overlays/prod/kustomization.yaml:35',
  ),
  edit(
    'secret-committed',
    'overlays/dev/quota.yaml',
    '',
    'apiVersion: v1\nkind: Secret\nmetadata:\n  name: credentials\nstringData:\n  password: hunter2hunter2\n---\n',
    'secret-in-git overlays/dev/quota.yaml:5',
    'object-unread overlays/dev/quota.yaml:4',
  ),
];

/** What an API server would refuse. */
const admission: readonly Edit[] = [
  edit(
    'unknown-field',
    ws,
    '  revisionHistoryLimit: 3\n',
    '  revisionHistoryLimits: 3\n',
    'unknown-field base/services/ws-deployment.yaml:21',
  ),
  edit(
    'wrong-type',
    ws,
    '  replicas: 1\n',
    '  replicas: one\n',
    'wrong-type base/services/ws-deployment.yaml:20',
  ),
  edit(
    'wrong-type-in-patch',
    spread,
    '  minReadySeconds: 10\n',
    '  minReadySeconds: "10"\n',
    'wrong-type components/high-availability/topology-spread.yaml:6',
  ),
  edit(
    'number-as-string',
    ws,
    'prometheus.io/port: "8000"',
    'prometheus.io/port: 8000',
    'wrong-type base/services/ws-deployment.yaml:35',
  ),
  edit(
    'bad-quantity',
    devResources,
    'memory: 160Mi',
    'memory: 160MB',
    'wrong-type overlays/dev/resources-services.yaml:13',
    'quota-exceeded overlays/dev/quota.yaml:9',
  ),
  edit(
    'wrong-api-version',
    ws,
    'apiVersion: apps/v1',
    'apiVersion: apps/v1beta1',
    'patch-target-missing components/hardened/always-pull.yaml:5',
    'patch-target-missing overlays/dev/resources-services.yaml:4',
  ),
  edit(
    'misspelled-kind',
    wsService,
    'kind: Service\n',
    'kind: Servise\n',
    'unsupported-value base/services/ws-service.yaml:2',
  ),
  edit(
    'removed-api',
    budgets,
    'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata:\n  name: ws\n',
    'apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata:\n  name: ws\n',
    'unsupported-value components/high-availability/disruption-budgets.yaml:1',
  ),
  edit(
    'wrong-enum',
    pull,
    '        - name: ws\n          imagePullPolicy: Always\n',
    '        - name: ws\n          imagePullPolicy: Alway\n',
    'unsupported-value components/hardened/always-pull.yaml:11',
  ),
  edit(
    'selector-misses-template',
    ws,
    '  selector:\n    matchLabels:\n      app.kubernetes.io/name: ws\n',
    '  selector:\n    matchLabels:\n      app.kubernetes.io/name: wss\n',
    'invalid-value base/services/ws-deployment.yaml:37',
  ),
  edit(
    'mount-without-volume',
    ws,
    '            - name: tmp\n              mountPath: /tmp\n',
    '            - name: temp\n              mountPath: /tmp\n',
    'value-not-found base/services/ws-deployment.yaml:113',
  ),
  edit(
    'port-out-of-range',
    wsService,
    'port: 8000',
    'port: 80000',
    'invalid-value base/services/ws-service.yaml:14',
  ),
  edit(
    'bad-name',
    ws,
    '      serviceAccountName: ws\n',
    '      serviceAccountName: Ws_Account\n',
    'invalid-value base/services/ws-deployment.yaml:41',
  ),
  edit(
    'request-above-limit',
    ws,
    '              cpu: 300m\n',
    '              cpu: 3000m\n',
    'invalid-value base/services/ws-deployment.yaml:73',
  ),
  edit(
    'duplicate-port',
    wsService,
    '      targetPort: http\n',
    '      targetPort: http\n    - name: http\n      port: 8001\n      targetPort: http\n',
    'duplicate-value base/services/ws-service.yaml:16',
  ),
  edit(
    'two-kinds-of-volume',
    ws,
    '          emptyDir:\n            sizeLimit: 64Mi\n',
    '          emptyDir:\n            sizeLimit: 64Mi\n          configMap:\n            name: ws\n',
    'forbidden-field base/services/ws-deployment.yaml:126',
  ),
];

/** What Kustomize would refuse. */
const builds: readonly Edit[] = [
  edit(
    'broken-yaml',
    ws,
    '  replicas: 1\n',
    '  replicas: 1\n   strategy: x\n',
    'yaml-syntax base/services/ws-deployment.yaml:20',
  ),
  edit(
    'tab-indent',
    ws,
    '  replicas: 1\n',
    '\treplicas: 1\n',
    'yaml-syntax base/services/ws-deployment.yaml:20',
  ),
  edit(
    'duplicate-key',
    ws,
    '  replicas: 1\n',
    '  replicas: 1\n  replicas: 2\n',
    'duplicate-key base/services/ws-deployment.yaml:21',
  ),
  edit(
    'missing-resource',
    base,
    '  - services/ws-service.yaml',
    '  - services/ws-servce.yaml',
    'file-missing base/kustomization.yaml:12',
  ),
  edit(
    'missing-component',
    prod,
    '../../components/hardened',
    '../../components/hardend',
    'file-missing overlays/prod/kustomization.yaml:10',
  ),
  edit(
    'unknown-kustomization-field',
    dev,
    'configMapGenerator:',
    'configMapGenerators:',
    'kustomization-invalid overlays/dev/kustomization.yaml:31',
  ),
  edit(
    'kustomization-wrong-type',
    dev,
    'namespace: cdb-trading-dev',
    'namespace: [cdb-trading-dev]',
    'kustomization-invalid overlays/dev/kustomization.yaml:3',
  ),
  edit(
    'kustomization-wrong-kind',
    dev,
    'kind: Kustomization',
    'kind: Kustomisation',
    'kustomization-invalid overlays/dev/kustomization.yaml:2',
  ),
  edit(
    'patch-target-gone',
    devResources,
    'kind: Deployment\nmetadata:\n  name: ws\n',
    'kind: Deployment\nmetadata:\n  name: wss\n',
    'patch-target-missing overlays/dev/resources-services.yaml:4',
  ),
  edit(
    'merge-of-nothing',
    dev,
    '  - name: execution\n    behavior: merge',
    '  - name: executions\n    behavior: merge',
    'generator-target-missing overlays/dev/kustomization.yaml:36',
  ),
  edit(
    'json-patch-path',
    'overlays/dev/database-volume.yaml',
    '/spec/volumeClaimTemplates/0/spec',
    '/spec/volumeClaimTemplates/1/spec',
    'patch-invalid overlays/dev/database-volume.yaml:2',
  ),
  edit(
    'json-patch-operation',
    'overlays/dev/database-volume.yaml',
    'op: replace',
    'op: substitute',
    'patch-invalid overlays/dev/database-volume.yaml:2',
  ),
  edit(
    'replica-of-nothing',
    'components/high-availability/kustomization.yaml',
    '  - name: ws\n',
    '  - name: wss\n',
    'replica-target-missing components/high-availability/kustomization.yaml:6',
  ),
  edit(
    'resource-twice',
    base,
    '  - services/ws-service.yaml',
    '  - services/ws-service.yaml\n  - services/ws-service.yaml',
    'id-conflict base/services/ws-service.yaml:4',
  ),
  edit(
    'cycle',
    base,
    '  - namespace.yaml',
    '  - namespace.yaml\n  - ../overlays/dev',
    'kustomization-cycle base/kustomization.yaml:5',
    'kustomization-cycle overlays/dev/kustomization.yaml:5',
  ),
  edit(
    'outside',
    base,
    '  - namespace.yaml',
    '  - namespace.yaml\n  - ../../../etc/passwd',
    'path-outside-repository base/kustomization.yaml:5',
  ),
  edit(
    'remote',
    base,
    '  - namespace.yaml',
    '  - namespace.yaml\n  - https://example.com/namespace.yaml',
    'remote-not-fetched base/kustomization.yaml:5',
    'remote-not-pinned base/kustomization.yaml:5',
  ),
  edit(
    'not-a-resource',
    'base/namespace.yaml',
    'kind: Namespace\n',
    '',
    'resource-invalid base/namespace.yaml:1',
  ),
  { id: 'missing-file', file: wsService, expected: ['file-missing base/kustomization.yaml:12'] },
  {
    id: 'missing-generator-file',
    file: 'base/services/config/ws.env',
    expected: ['file-missing base/kustomization.yaml:81'],
  },
  {
    id: 'empty-file',
    file: 'base/pvcs.yaml',
    replace: '',
    expected: [
      'reference-missing base/infrastructure/grafana.yaml:149',
      'reference-missing base/infrastructure/prometheus.yaml:166',
      'reference-missing base/infrastructure/redis.yaml:124',
      'patch-target-missing overlays/dev/volumes.yaml:4',
    ],
  },
];

/** What no single object shows. */
const references: readonly Edit[] = [
  edit(
    'image-of-nothing',
    dev,
    'cdb/ws\n',
    'cdb/wss\n',
    'image-not-pinned base/services/ws-deployment.yaml:56',
    'entry-selects-nothing overlays/dev/kustomization.yaml:20',
  ),
  edit(
    'label-selector-of-nothing',
    dev,
    'app.kubernetes.io/component=application',
    'app.kubernetes.io/component=applications',
    'entry-selects-nothing overlays/dev/kustomization.yaml:50',
  ),
  edit(
    'patch-name-of-nothing',
    'components/order-path-priority/kustomization.yaml',
    'redis|postgresql|risk|execution',
    'redi|postgres|rsk|exec',
    'entry-selects-nothing components/order-path-priority/kustomization.yaml:9',
  ),
  edit(
    'service-selector',
    wsService,
    '  selector:\n    app.kubernetes.io/name: ws\n',
    '  selector:\n    app.kubernetes.io/name: wss\n',
    'service-selects-nothing base/services/ws-service.yaml:11',
  ),
  edit(
    'service-port',
    wsService,
    'targetPort: http',
    'targetPort: https',
    'service-port-unmatched base/services/ws-service.yaml:15',
  ),
  edit(
    'probe-port',
    redis,
    '          livenessProbe:\n            tcpSocket:\n              port: redis\n',
    '          livenessProbe:\n            tcpSocket:\n              port: rediss\n',
    'probe-port-missing base/infrastructure/redis.yaml:82',
  ),
  edit(
    'missing-config-map',
    ws,
    '                name: cdb-config\n',
    '                name: cdb-conf\n',
    'reference-missing base/services/ws-deployment.yaml:65',
  ),
  edit(
    'missing-config-map-key',
    prometheus,
    '                  key: retention-size\n',
    '                  key: retention\n',
    // The name that dev and prod give the ConfigMap differs, and stands in the message.
    'reference-missing base/infrastructure/prometheus.yaml:111',
    'reference-missing base/infrastructure/prometheus.yaml:111',
    'key-unread overlays/dev/kustomization.yaml:43',
    'key-unread overlays/prod/kustomization.yaml:47',
  ),
  edit(
    'missing-claim',
    redis,
    'claimName: redis',
    'claimName: redis-data',
    'reference-missing base/infrastructure/redis.yaml:124',
  ),
  edit(
    'missing-service-account',
    ws,
    '      serviceAccountName: ws\n',
    '      serviceAccountName: wss\n',
    'reference-missing base/services/ws-deployment.yaml:41',
  ),
  edit(
    'missing-key-in-volume',
    postgresql,
    'key: roles.sql',
    'key: role.sql',
    'reference-missing base/infrastructure/postgresql.yaml:144',
    'key-unread base/infrastructure/config/roles.sql:1',
  ),
  edit(
    'workload-missing',
    base,
    '  - services/ws-deployment.yaml\n',
    '',
    'replica-target-missing components/high-availability/kustomization.yaml:6',
    'patch-target-missing overlays/dev/resources-services.yaml:4',
  ),
  edit(
    'workload-renamed',
    execution,
    'kind: Deployment\nmetadata:\n  name: execution\n',
    'kind: Deployment\nmetadata:\n  name: executor\n',
    'replica-target-missing components/high-availability/kustomization.yaml:12',
    'patch-target-missing overlays/dev/resources-services.yaml:55',
  ),
  edit(
    'file-not-reached',
    base,
    '  - network-policies.yaml\n',
    '',
    'file-not-reached base/network-policies.yaml:4',
  ),
];

export const edits: readonly Edit[] = [
  ...criteriaInBase,
  ...criteriaAbove,
  ...admission,
  ...builds,
  ...references,
];
