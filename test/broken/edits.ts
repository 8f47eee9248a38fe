/** One edit of our own manifests, and all that is reported of it. */
export interface Edit {
  readonly id: string;
  readonly file: string;
  /** What is replaced, as often as it stands there; undefined takes the whole file. */
  readonly search?: string;
  /** What takes its place; undefined removes the file. */
  readonly replace?: string;
  /** `rule file: line` of each finding, as `placeOf` writes it; the files stand below k8s/. */
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
    'requests-missing base/services/ws-deployment.yaml: resources:',
  ),
  edit(
    'no-memory-limit',
    ws,
    '              cpu: 500m\n              memory: 512Mi\n',
    '              cpu: 500m\n',
    // The LimitRange gives it a limit below what it requests.
    'limit-range-exceeded base/services/ws-deployment.yaml: memory: 320Mi',
    'limits-missing base/services/ws-deployment.yaml: limits:',
  ),
  edit(
    'no-liveness-probe',
    redis,
    '          livenessProbe:\n            tcpSocket:\n              port: redis\n            periodSeconds: 10\n            timeoutSeconds: 2\n            failureThreshold: 3\n',
    '',
    'liveness-probe-missing base/infrastructure/redis.yaml: containers: > - name: redis',
  ),
  edit(
    'no-readiness-probe',
    ws,
    '          readinessProbe:\n            httpGet:\n              path: /health\n              port: http\n            periodSeconds: 5\n            timeoutSeconds: 2\n            failureThreshold: 2\n',
    '',
    'readiness-probe-missing components/hardened/always-pull.yaml: - name: ws',
    'patch-invalid overlays/dev/probes.yaml: - op: replace (5)',
  ),
  edit(
    'may-run-as-root',
    ws,
    'runAsNonRoot: true',
    'runAsNonRoot: false',
    'runs-as-root base/services/ws-deployment.yaml: runAsNonRoot: false',
    // Once for the Namespace of dev, once for that of prod.
    'pod-security-violated base/services/ws-deployment.yaml: containers: > securityContext:',
    'pod-security-violated base/services/ws-deployment.yaml: containers: > securityContext:',
  ),
  edit(
    'other-user',
    ws,
    'runAsUser: 1000',
    'runAsUser: 2000',
    'unexpected-user base/services/ws-deployment.yaml: runAsUser: 2000',
  ),
  edit(
    'user-without-reason',
    postgresql,
    '      annotations:\n        cdb-lint.dev/run-as-user-reason: initdb of the Alpine image looks up its user in /etc/passwd, which contains postgres (70) but not 1000\n',
    '',
    'unexpected-user base/infrastructure/postgresql.yaml: runAsUser: 70',
  ),
  edit(
    'writable-root',
    ws,
    'readOnlyRootFilesystem: true',
    'readOnlyRootFilesystem: false',
    'writable-root-file-system base/services/ws-deployment.yaml: readOnlyRootFilesystem: false',
  ),
  edit(
    'keeps-capabilities',
    ws,
    '            capabilities:\n              drop:\n                - ALL\n',
    '',
    'capabilities-not-dropped base/services/ws-deployment.yaml: containers: > securityContext:',
    'pod-security-violated base/services/ws-deployment.yaml: containers: > securityContext:',
    'pod-security-violated base/services/ws-deployment.yaml: containers: > securityContext:',
  ),
  edit(
    'adds-capability',
    ws,
    '              drop:\n                - ALL\n',
    '              drop:\n                - ALL\n              add:\n                - NET_ADMIN\n',
    'pod-security-violated base/services/ws-deployment.yaml: add:',
    'pod-security-violated base/services/ws-deployment.yaml: add:',
    'capability-added base/services/ws-deployment.yaml: - NET_ADMIN',
  ),
  edit(
    'no-seccomp',
    ws,
    '        seccompProfile:\n          type: RuntimeDefault\n',
    '',
    'seccomp-profile-missing base/services/ws-deployment.yaml: spec: > securityContext:',
    'pod-security-violated base/services/ws-deployment.yaml: containers: > securityContext:',
    'pod-security-violated base/services/ws-deployment.yaml: containers: > securityContext:',
  ),
  edit(
    'unconfined',
    ws,
    'type: RuntimeDefault',
    'type: Unconfined',
    'seccomp-profile-missing base/services/ws-deployment.yaml: type: Unconfined',
  ),
  edit(
    'escalation',
    ws,
    'allowPrivilegeEscalation: false',
    'allowPrivilegeEscalation: true',
    'privilege-escalation-allowed base/services/ws-deployment.yaml: allowPrivilegeEscalation: true',
  ),
  edit(
    'privileged',
    redis,
    'allowPrivilegeEscalation: false',
    'privileged: true',
    'pod-security-violated base/infrastructure/redis.yaml: containers: > securityContext:',
    'pod-security-violated base/infrastructure/redis.yaml: containers: > securityContext:',
    'privilege-escalation-allowed base/infrastructure/redis.yaml: containers: > securityContext:',
    'privileged-container base/infrastructure/redis.yaml: privileged: true',
  ),
  edit(
    'host-network',
    ws,
    '      enableServiceLinks: false\n',
    '      enableServiceLinks: false\n      hostNetwork: true\n',
    'host-namespace-shared base/services/ws-deployment.yaml: hostNetwork: true',
  ),
  edit(
    'host-path',
    ws,
    '          emptyDir:\n            sizeLimit: 64Mi\n',
    '          hostPath:\n            path: /var/tmp\n',
    'host-path-mounted base/services/ws-deployment.yaml: hostPath:',
  ),
  edit(
    'node-port',
    wsService,
    'type: ClusterIP',
    'type: NodePort',
    'service-exposed base/services/ws-service.yaml: type: NodePort',
    `quota-exceeded overlays/dev/quota.yaml: services.nodeports: "0"`,
    `quota-exceeded overlays/prod/quota.yaml: services.nodeports: "0"`,
  ),
  edit(
    'load-balancer',
    redis,
    'type: ClusterIP',
    'type: LoadBalancer',
    'service-exposed base/infrastructure/redis.yaml: type: LoadBalancer',
    // A load balancer gets a port of the nodes as well.
    `quota-exceeded overlays/dev/quota.yaml: services.loadbalancers: "0"`,
    `quota-exceeded overlays/dev/quota.yaml: services.nodeports: "0"`,
    `quota-exceeded overlays/prod/quota.yaml: services.loadbalancers: "0"`,
    `quota-exceeded overlays/prod/quota.yaml: services.nodeports: "0"`,
  ),
  edit(
    'secret-in-env',
    ws,
    '          envFrom:\n',
    '            - name: REDIS_PASSWORD\n              valueFrom:\n                secretKeyRef:\n                  name: ws-credentials\n                  key: redis-password\n          envFrom:\n',
    'secret-in-environment base/services/ws-deployment.yaml: secretKeyRef:',
  ),
  edit(
    'all-secrets-in-env',
    ws,
    '          envFrom:\n',
    '          envFrom:\n            - secretRef:\n                name: ws-credentials\n',
    'secret-in-environment base/services/ws-deployment.yaml: - secretRef:',
  ),
  edit(
    'password-in-env',
    ws,
    '          envFrom:\n',
    '            - name: DB_PASSWORD\n              value: hunter2hunter2\n          envFrom:\n',
    'secret-in-plain-text base/services/ws-deployment.yaml: value: hunter2hunter2',
  ),
  edit(
    'password-in-config',
    'base/services/config/ws.env',
    '',
    'API_TOKEN=s3cr3t-t0ken-value-1\n',
    'secret-in-plain-text base/services/config/ws.env: API_TOKEN=s3cr3t-t0ken-value-1',
  ),
  edit(
    'password-in-args',
    redis,
    '            - /etc/redis/redis.conf\n',
    '            - /etc/redis/redis.conf\n            - --password=hunter2hunter2\n',
    'secret-in-plain-text base/infrastructure/redis.yaml: - --password=hunter2hunter2',
  ),
  edit(
    'image-without-tag',
    redis,
    'image: redis:7.4.5-alpine',
    'image: redis',
    'image-not-pinned base/infrastructure/redis.yaml: image: redis',
  ),
  edit(
    'image-latest',
    redis,
    'image: redis:7.4.5-alpine',
    'image: redis:latest',
    'image-not-pinned base/infrastructure/redis.yaml: image: redis:latest',
  ),
  edit(
    'state-in-application',
    ws,
    '          emptyDir:\n            sizeLimit: 64Mi\n',
    '          persistentVolumeClaim:\n            claimName: grafana\n',
    'state-in-application base/services/ws-deployment.yaml: persistentVolumeClaim:',
    'volume-attached-twice base/services/ws-deployment.yaml: claimName: grafana',
    'volume-attached-twice base/services/ws-deployment.yaml: claimName: grafana',
  ),
  edit(
    'placeholder',
    redis,
    'image: redis:7.4.5-alpine',
    'image: your-registry/redis:7.4.5-alpine',
    'placeholder-value base/infrastructure/redis.yaml: image: your-registry/redis:7.4.5-alpine',
  ),
];

/** The same in a patch of an overlay, in a component, in the entries of a kustomization. */
const criteriaAbove: readonly Edit[] = [
  edit(
    'dev-takes-a-limit-away',
    'overlays/dev/resources-services.yaml',
    '              cpu: 100m\n              memory: 160Mi\n            limits:\n              cpu: 250m\n',
    '              cpu: 100m\n              memory: 160Mi\n            limits:\n              cpu: null\n',
    'limits-missing overlays/dev/resources-services.yaml: spec: > template: > spec: > containers: > resources: > limits: (1)',
  ),
  edit(
    'dev-tag-moves',
    dev,
    'cdb/ws\n    newTag: 1.1.0-rc.1',
    'cdb/ws\n    newTag: latest',
    'image-not-pinned overlays/dev/kustomization.yaml: newTag: latest # {"$imagepolicy": "flux-system:ws:tag"}',
  ),
  edit(
    'prod-tag-is-missing',
    prod,
    '  - name: registry.claire-de-binare.internal/cdb/ws\n    newTag: 1.0.0 # {"$imagepolicy": "flux-system:ws:tag"}\n',
    '',
    'image-not-pinned base/services/ws-deployment.yaml: image: registry.claire-de-binare.internal/cdb/ws',
  ),
  edit(
    'component-takes-host-network',
    spread,
    '    spec:\n',
    '    spec:\n      hostNetwork: true\n',
    'host-namespace-shared components/high-availability/topology-spread.yaml: hostNetwork: true',
  ),
  edit(
    'component-privileges',
    pull,
    '        - name: ws\n          imagePullPolicy: Always\n',
    '        - name: ws\n          imagePullPolicy: Always\n          securityContext:\n            privileged: true\n            allowPrivilegeEscalation: true\n',
    'privileged-container components/hardened/always-pull.yaml: privileged: true',
    'privilege-escalation-allowed components/hardened/always-pull.yaml: allowPrivilegeEscalation: true',
  ),
  edit(
    'component-writes-root',
    pull,
    '        - name: risk\n',
    '        - name: risk\n          securityContext:\n            readOnlyRootFilesystem: false\n',
    'writable-root-file-system components/hardened/always-pull.yaml: readOnlyRootFilesystem: false',
  ),
  edit(
    'component-takes-probes',
    pull,
    '        - name: signal\n',
    '        - name: signal\n          livenessProbe: null\n',
    'liveness-probe-missing components/hardened/always-pull.yaml: - name: signal',
  ),
  edit(
    'literal-with-secret',
    prod,
    '      - TRADING_MODE=live',
    '      - TRADING_MODE=live\n      - EXCHANGE_API_SECRET=9f8e7d6c5b4a39281706',
    'secret-in-plain-text overlays/prod/kustomization.yaml: - EXCHANGE_API_SECRET=9f8e7d6c5b4a39281706',
  ),
  edit(
    'secret-generated',
    prod,
    'configMapGenerator:\n',
    'secretGenerator:\n  - name: exchange\n    literals:\n      - key=9f8e7d6c5b4a39281706\nconfigMapGenerator:\n',
    'secret-in-git overlays/prod/kustomization.yaml: - name: exchange',
  ),
  edit(
    'secret-committed',
    'overlays/dev/quota.yaml',
    '',
    'apiVersion: v1\nkind: Secret\nmetadata:\n  name: credentials\nstringData:\n  password: hunter2hunter2\n---\n',
    'secret-in-git overlays/dev/quota.yaml: stringData:',
    'object-unread overlays/dev/quota.yaml: name: credentials',
  ),
];

/** What an API server would refuse. */
const admission: readonly Edit[] = [
  edit(
    'unknown-field',
    ws,
    '  revisionHistoryLimit: 3\n',
    '  revisionHistoryLimits: 3\n',
    'unknown-field base/services/ws-deployment.yaml: revisionHistoryLimits: 3',
  ),
  edit(
    'wrong-type',
    ws,
    '  replicas: 1\n',
    '  replicas: one\n',
    'wrong-type base/services/ws-deployment.yaml: replicas: one',
  ),
  edit(
    'wrong-type-in-patch',
    spread,
    '  minReadySeconds: 10\n',
    '  minReadySeconds: "10"\n',
    'wrong-type components/high-availability/topology-spread.yaml: minReadySeconds: "10"',
  ),
  edit(
    'number-as-string',
    ws,
    'prometheus.io/port: "8000"',
    'prometheus.io/port: 8000',
    'wrong-type base/services/ws-deployment.yaml: prometheus.io/port: 8000',
  ),
  edit(
    'bad-quantity',
    devResources,
    'memory: 160Mi',
    'memory: 160MB',
    'wrong-type overlays/dev/resources-services.yaml: memory: 160MB',
    'quota-exceeded overlays/dev/quota.yaml: requests.memory: 3008Mi',
  ),
  edit(
    'wrong-api-version',
    ws,
    'apiVersion: apps/v1',
    'apiVersion: apps/v1beta1',
    'patch-target-missing components/hardened/always-pull.yaml: name: ws',
    'patch-target-missing overlays/dev/resources-services.yaml: name: ws',
  ),
  edit(
    'misspelled-kind',
    wsService,
    'kind: Service\n',
    'kind: Servise\n',
    'unsupported-value base/services/ws-service.yaml: kind: Servise',
  ),
  edit(
    'removed-api',
    budgets,
    'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata:\n  name: ws\n',
    'apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata:\n  name: ws\n',
    'unsupported-value components/high-availability/disruption-budgets.yaml: apiVersion: policy/v1beta1',
  ),
  edit(
    'wrong-enum',
    pull,
    '        - name: ws\n          imagePullPolicy: Always\n',
    '        - name: ws\n          imagePullPolicy: Alway\n',
    'unsupported-value components/hardened/always-pull.yaml: imagePullPolicy: Alway',
  ),
  edit(
    'selector-misses-template',
    ws,
    '  selector:\n    matchLabels:\n      app.kubernetes.io/name: ws\n',
    '  selector:\n    matchLabels:\n      app.kubernetes.io/name: wss\n',
    'invalid-value base/services/ws-deployment.yaml: template: > metadata: > labels:',
  ),
  edit(
    'mount-without-volume',
    ws,
    '            - name: tmp\n              mountPath: /tmp\n',
    '            - name: temp\n              mountPath: /tmp\n',
    'value-not-found base/services/ws-deployment.yaml: - name: temp',
  ),
  edit(
    'port-out-of-range',
    wsService,
    'port: 8000',
    'port: 80000',
    'invalid-value base/services/ws-service.yaml: port: 80000',
  ),
  edit(
    'bad-name',
    ws,
    '      serviceAccountName: ws\n',
    '      serviceAccountName: Ws_Account\n',
    'invalid-value base/services/ws-deployment.yaml: serviceAccountName: Ws_Account',
  ),
  edit(
    'request-above-limit',
    ws,
    '              cpu: 300m\n',
    '              cpu: 3000m\n',
    'invalid-value base/services/ws-deployment.yaml: cpu: 3000m',
  ),
  edit(
    'duplicate-port',
    wsService,
    '      targetPort: http\n',
    '      targetPort: http\n    - name: http\n      port: 8001\n      targetPort: http\n',
    'duplicate-value base/services/ws-service.yaml: spec: > ports: > - name: http (2)',
  ),
  edit(
    'two-kinds-of-volume',
    ws,
    '          emptyDir:\n            sizeLimit: 64Mi\n',
    '          emptyDir:\n            sizeLimit: 64Mi\n          configMap:\n            name: ws\n',
    'forbidden-field base/services/ws-deployment.yaml: configMap:',
  ),
];

/** What Kustomize would refuse. */
const builds: readonly Edit[] = [
  edit(
    'broken-yaml',
    ws,
    '  replicas: 1\n',
    '  replicas: 1\n   strategy: x\n',
    'yaml-syntax base/services/ws-deployment.yaml: replicas: 1',
  ),
  edit(
    'tab-indent',
    ws,
    '  replicas: 1\n',
    '\treplicas: 1\n',
    'yaml-syntax base/services/ws-deployment.yaml: replicas: 1',
  ),
  edit(
    'duplicate-key',
    ws,
    '  replicas: 1\n',
    '  replicas: 1\n  replicas: 2\n',
    'duplicate-key base/services/ws-deployment.yaml: replicas: 2',
  ),
  edit(
    'missing-resource',
    base,
    '  - services/ws-service.yaml',
    '  - services/ws-servce.yaml',
    'file-missing base/kustomization.yaml: - services/ws-servce.yaml',
  ),
  edit(
    'missing-component',
    prod,
    '../../components/hardened',
    '../../components/hardend',
    'file-missing overlays/prod/kustomization.yaml: - ../../components/hardend',
  ),
  edit(
    'unknown-kustomization-field',
    dev,
    'configMapGenerator:',
    'configMapGenerators:',
    'kustomization-invalid overlays/dev/kustomization.yaml: - name: cdb-config',
  ),
  edit(
    'kustomization-wrong-type',
    dev,
    'namespace: cdb-trading-dev',
    'namespace: [cdb-trading-dev]',
    'kustomization-invalid overlays/dev/kustomization.yaml: namespace: [cdb-trading-dev]',
  ),
  edit(
    'kustomization-wrong-kind',
    dev,
    'kind: Kustomization',
    'kind: Kustomisation',
    'kustomization-invalid overlays/dev/kustomization.yaml: kind: Kustomisation',
  ),
  edit(
    'patch-target-gone',
    devResources,
    'kind: Deployment\nmetadata:\n  name: ws\n',
    'kind: Deployment\nmetadata:\n  name: wss\n',
    'patch-target-missing overlays/dev/resources-services.yaml: name: wss',
  ),
  edit(
    'merge-of-nothing',
    dev,
    '  - name: execution\n    behavior: merge',
    '  - name: executions\n    behavior: merge',
    'generator-target-missing overlays/dev/kustomization.yaml: - name: executions',
  ),
  edit(
    'json-patch-path',
    'overlays/dev/database-volume.yaml',
    '/spec/volumeClaimTemplates/0/spec',
    '/spec/volumeClaimTemplates/1/spec',
    'patch-invalid overlays/dev/database-volume.yaml: - op: replace',
  ),
  edit(
    'json-patch-operation',
    'overlays/dev/database-volume.yaml',
    'op: replace',
    'op: substitute',
    'patch-invalid overlays/dev/database-volume.yaml: - op: substitute',
  ),
  edit(
    'replica-of-nothing',
    'components/high-availability/kustomization.yaml',
    '  - name: ws\n',
    '  - name: wss\n',
    'replica-target-missing components/high-availability/kustomization.yaml: - name: wss',
  ),
  edit(
    'resource-twice',
    base,
    '  - services/ws-service.yaml',
    '  - services/ws-service.yaml\n  - services/ws-service.yaml',
    'id-conflict base/services/ws-service.yaml: name: ws',
  ),
  edit(
    'cycle',
    base,
    '  - namespace.yaml',
    '  - namespace.yaml\n  - ../overlays/dev',
    'kustomization-cycle base/kustomization.yaml: - ../overlays/dev',
    'kustomization-cycle overlays/dev/kustomization.yaml: - ../../base',
  ),
  edit(
    'outside',
    base,
    '  - namespace.yaml',
    '  - namespace.yaml\n  - ../../../etc/passwd',
    'path-outside-repository base/kustomization.yaml: - ../../../etc/passwd',
  ),
  edit(
    'remote',
    base,
    '  - namespace.yaml',
    '  - namespace.yaml\n  - https://example.com/namespace.yaml',
    'remote-not-fetched base/kustomization.yaml: - https://example.com/namespace.yaml',
    'remote-not-pinned base/kustomization.yaml: - https://example.com/namespace.yaml',
  ),
  edit(
    'not-a-resource',
    'base/namespace.yaml',
    'kind: Namespace\n',
    '',
    'resource-invalid base/namespace.yaml: apiVersion: v1',
  ),
  {
    id: 'missing-file',
    file: wsService,
    expected: ['file-missing base/kustomization.yaml: - services/ws-service.yaml'],
  },
  {
    id: 'missing-generator-file',
    file: 'base/services/config/ws.env',
    expected: ['file-missing base/kustomization.yaml: - services/config/ws.env'],
  },
  {
    id: 'empty-file',
    file: 'base/pvcs.yaml',
    replace: '',
    expected: [
      'reference-missing base/infrastructure/grafana.yaml: claimName: grafana',
      'reference-missing base/infrastructure/prometheus.yaml: claimName: prometheus',
      'reference-missing base/infrastructure/redis.yaml: claimName: redis',
      'patch-target-missing overlays/dev/volumes.yaml: name: redis',
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
    'image-not-pinned base/services/ws-deployment.yaml: image: registry.claire-de-binare.internal/cdb/ws',
    'entry-selects-nothing overlays/dev/kustomization.yaml: - name: registry.claire-de-binare.internal/cdb/wss',
  ),
  edit(
    'label-selector-of-nothing',
    dev,
    'app.kubernetes.io/component=application',
    'app.kubernetes.io/component=applications',
    'entry-selects-nothing overlays/dev/kustomization.yaml: kind: Deployment',
  ),
  edit(
    'patch-name-of-nothing',
    'components/order-path-priority/kustomization.yaml',
    'redis|postgresql|risk|execution',
    'redi|postgres|rsk|exec',
    'entry-selects-nothing components/order-path-priority/kustomization.yaml: group: apps',
  ),
  edit(
    'service-selector',
    wsService,
    '  selector:\n    app.kubernetes.io/name: ws\n',
    '  selector:\n    app.kubernetes.io/name: wss\n',
    'service-selects-nothing base/services/ws-service.yaml: app.kubernetes.io/name: wss',
  ),
  edit(
    'service-port',
    wsService,
    'targetPort: http',
    'targetPort: https',
    'service-port-unmatched base/services/ws-service.yaml: targetPort: https',
  ),
  edit(
    'probe-port',
    redis,
    '          livenessProbe:\n            tcpSocket:\n              port: redis\n',
    '          livenessProbe:\n            tcpSocket:\n              port: rediss\n',
    'probe-port-missing base/infrastructure/redis.yaml: port: rediss',
  ),
  edit(
    'missing-config-map',
    ws,
    '                name: cdb-config\n',
    '                name: cdb-conf\n',
    'reference-missing base/services/ws-deployment.yaml: name: cdb-conf',
  ),
  edit(
    'missing-config-map-key',
    prometheus,
    '                  key: retention-size\n',
    '                  key: retention\n',
    // The name that dev and prod give the ConfigMap differs, and stands in the message.
    'reference-missing base/infrastructure/prometheus.yaml: key: retention',
    'reference-missing base/infrastructure/prometheus.yaml: key: retention',
    'key-unread overlays/dev/kustomization.yaml: - retention-size=700MB',
    'key-unread overlays/prod/kustomization.yaml: - retention-size=20GB',
  ),
  edit(
    'missing-claim',
    redis,
    'claimName: redis',
    'claimName: redis-data',
    'reference-missing base/infrastructure/redis.yaml: claimName: redis-data',
  ),
  edit(
    'missing-service-account',
    ws,
    '      serviceAccountName: ws\n',
    '      serviceAccountName: wss\n',
    'reference-missing base/services/ws-deployment.yaml: serviceAccountName: wss',
  ),
  edit(
    'missing-key-in-volume',
    postgresql,
    'key: roles.sql',
    'key: role.sql',
    'reference-missing base/infrastructure/postgresql.yaml: - key: role.sql',
    'key-unread base/infrastructure/config/roles.sql: -- Runs once, when the volume is new. The roles have the names of their services; psql reads the',
  ),
  edit(
    'workload-missing',
    base,
    '  - services/ws-deployment.yaml\n',
    '',
    'replica-target-missing components/high-availability/kustomization.yaml: - name: ws',
    'patch-target-missing overlays/dev/resources-services.yaml: name: ws',
  ),
  edit(
    'workload-renamed',
    execution,
    'kind: Deployment\nmetadata:\n  name: execution\n',
    'kind: Deployment\nmetadata:\n  name: executor\n',
    'replica-target-missing components/high-availability/kustomization.yaml: - name: execution',
    'patch-target-missing overlays/dev/resources-services.yaml: name: execution',
  ),
  edit(
    'file-not-reached',
    base,
    '  - network-policies.yaml\n',
    '',
    'file-not-reached base/network-policies.yaml: kind: NetworkPolicy (1)',
  ),
];

export const edits: readonly Edit[] = [
  ...criteriaInBase,
  ...criteriaAbove,
  ...admission,
  ...builds,
  ...references,
];
