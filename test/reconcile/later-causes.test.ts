import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import { lintFiles } from '../support/lint-files.ts';
import { fluxKustomization } from './discover-files.ts';

type Files = Readonly<Record<string, string>>;

function told({ findings }: Report, wanted = 'error'): string[] {
  return findings
    .filter(({ severity }) => severity === wanted)
    .map(({ rule, span }) => `${rule} ${span.file.path}`);
}

function errors(files: Files, only: readonly string[]): string[] {
  return told(lintFiles(files, { only }));
}

const flux: Files = {
  'clusters/prod/flux-system/gotk-sync.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 1m, url: "https://git.example.com/team/platform.git", ref: { branch: main } }
---
${fluxKustomization('flux-system', './clusters/prod')}`,
  'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
};

const map = (namespace: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: ${namespace} }\ndata: { k: v }\n`;

describe('an entry point to fill in', () => {
  const only = ['invalid-value', 'flux-path-missing'];
  const scaffold = (name: string, path: string): Files => ({
    ...flux,
    'apps/map.yaml': map('web'),
    'templates/app/ks.yaml': fluxKustomization(name, path),
  });

  it('is one with a word for a value in its name or path', () => {
    expect(errors(scaffold('CHANGE_ME_APP_NAME', './apps/CHANGE_ME_APP_NAME'), only)).toEqual([]);
    expect(errors(scaffold('web', './apps/CHANGE_ME_APP_NAME'), only)).toEqual([]);
    expect(errors({ 'web/ks.yaml': scaffold('Web', './apps')['templates/app/ks.yaml'] ?? '' }, only)).toEqual(
      ['invalid-value web/ks.yaml'],
    );
  });

  it('may be a source whose address is to be written, and all else that its cluster applies stays what it is', () => {
    const source = (url: string): Files => ({
      ...flux,
      'clusters/prod/flux-system/gotk-sync.yaml': (
        flux['clusters/prod/flux-system/gotk-sync.yaml'] ?? ''
      ).replace('https://git.example.com/team/platform.git', url),
      'apps/account.yaml': 'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: Web, namespace: web }\n',
    });
    expect(errors(source('REPO_PREFIX/platform'), only)).toEqual(['invalid-value apps/account.yaml']);
    expect(errors(source('team/platform'), only)).toEqual([
      'invalid-value apps/account.yaml',
      'invalid-value clusters/prod/flux-system/gotk-sync.yaml',
    ]);
  });
});

describe('pods of a release', () => {
  const only = ['service-selects-nothing'];
  const files = (more: string): Files => ({
    ...flux,
    'apps/release.yaml': `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: broker, namespace: flux-system }
spec:
  interval: 1h
  ${more}
  chart: { spec: { chart: emqx, version: 5.8.9, sourceRef: { kind: HelmRepository, name: emqx } } }
`,
    'apps/service.yaml': `apiVersion: v1
kind: Service
metadata: { name: mqtt, namespace: mqtt }
spec:
  selector: { app.kubernetes.io/name: emqx, app.kubernetes.io/instance: broker }
  ports: [{ port: 1883 }]
`,
  });

  it('run in its target namespace', () => {
    const severities = (more: string): readonly string[] =>
      lintFiles(files(more), { only }).findings.map(({ severity }) => severity);
    expect(severities('targetNamespace: mqtt')).toEqual(['note']);
    expect(severities('targetNamespace: other')).toEqual(['warning']);
    expect(severities('suspend: false')).toEqual(['warning']);
  });
});

describe('what a cluster answered', () => {
  const answer = `apiVersion: v1
kind: ServiceAccount
metadata:
  name: web
  namespace: web
  resourceVersion: "59602"
  uid: 0f2c2c5e-5b0f-4c5e-9c5e-6b0f2c2c5e5b
`;
  const only = ['invalid-value', 'application-path-missing'];

  it('is no manifest beside what a controller applies, and is one that a kustomization lists', () => {
    const apps = { ...flux, 'apps/map.yaml': map('web') };
    expect(errors({ ...apps, 'runs/account.yaml': answer }, only)).toEqual([]);
    const listed = { 'web/kustomization.yaml': 'resources: [account.yaml]\n', 'web/account.yaml': answer };
    expect(errors(listed, only)).toEqual(['invalid-value web/account.yaml']);
  });

  it('begins nothing', () => {
    const application = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: web
  namespace: argocd
  resourceVersion: "61035"
  uid: 0f2c2c5e-5b0f-4c5e-9c5e-6b0f2c2c5e5b
spec:
  project: default
  source: { repoURL: https://git.example.com/team/platform.git, path: gone, targetRevision: main }
  destination: { name: in-cluster, namespace: web }
`;
    const written = application.replace(/ {2}(?:resourceVersion|uid): .*\n/gu, '');
    const files = {
      'argocd/other.yaml': written.replaceAll('web', 'other').replace('path: gone', 'path: other'),
      'other/map.yaml': map('other'),
    };
    expect(errors({ ...files, 'argocd/web.yaml': written }, only)).toEqual([
      'application-path-missing argocd/web.yaml',
    ]);
    expect(errors({ ...files, 'runs/web.yaml': application }, only)).toEqual([]);
  });
});

describe('a cluster of Flux', () => {
  const only = ['dependency-missing'];
  const dependent = fluxKustomization('web', './web', 'dependsOn: [{ name: base }]');

  it('may apply the root of the repository', () => {
    const files = (path: string): Files => ({
      'flux-system/gotk-sync.yaml': fluxKustomization('flux-system', path),
      'flux-system/kustomization.yaml': 'resources: [gotk-sync.yaml]\n',
      'base/ks.yaml': fluxKustomization('base', './charts/base'),
      'web/ks.yaml': dependent,
      'web/kustomization.yaml': 'resources: [ks.yaml]\n',
      'charts/base/map.yaml': map('a'),
    });
    expect(errors(files('./'), only)).toEqual([]);
  });

  it('that Flux itself is brought to leaves other entry points for another way to set things up', () => {
    const instance = `apiVersion: fluxcd.controlplane.io/v1
kind: FluxInstance
metadata: { name: flux, namespace: flux-system }
spec:
  distribution: { version: 2.x, registry: ghcr.io/fluxcd }
  sync: { kind: GitRepository, url: "https://git.example.com/team/platform.git", ref: refs/heads/main, path: cluster }
`;
    const files = (brought: string): Files => ({
      'cluster/ks.yaml': fluxKustomization('apps', './apps'),
      'apps/kustomization.yaml': 'resources: [instance.yaml]\n',
      'apps/instance.yaml': brought,
      'old/apps/web/ks.yaml': dependent,
      'web/map.yaml': map('a'),
    });
    expect(errors(files(instance), only)).toEqual([]);
    expect(
      errors(files('apiVersion: v1\nkind: ConfigMap\nmetadata: { name: b, namespace: a }\n'), only),
    ).toEqual(['dependency-missing old/apps/web/ks.yaml']);
  });
});

describe('the namespace of a subject', () => {
  const only = ['required-field-missing'];
  const binding = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: web }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view }
subjects: [{ kind: ServiceAccount, name: web }]
`;
  const files = (account: string, more: Files = {}): Files => ({
    'web/kustomization.yaml': 'resources: [binding.yaml, account.yaml]\n',
    'web/binding.yaml': binding,
    'web/account.yaml': `apiVersion: v1\nkind: ServiceAccount\nmetadata: ${account}\n`,
    ...more,
  });

  it('comes from the one who takes a kustomization without any namespace as a base', () => {
    const report = lintFiles(files('{ name: web }'), { only });
    expect(told(report)).toEqual([]);
    expect(told(report, 'warning')).toEqual(['required-field-missing web/binding.yaml']);
  });

  it('is missing where other namespaces are set, or Flux applies it', () => {
    expect(errors(files('{ name: web, namespace: web }'), only)).toHaveLength(1);
    const applied = { ...flux, 'clusters/prod/apps.yaml': fluxKustomization('apps', './web') };
    expect(errors(files('{ name: web }', applied), only)).toHaveLength(1);
    expect(errors({ 'web/binding.yaml': binding }, only)).toHaveLength(1);
  });
});

it('an API version that the name of the file holds is for clusters that still serve it', () => {
  const crd =
    'apiVersion: apiextensions.k8s.io/v1beta1\nkind: CustomResourceDefinition\nmetadata: { name: a.b.example }\n';
  const only = ['unsupported-value'];
  expect(errors({ 'deploy/install-v1beta1.yaml': crd }, only)).toEqual([]);
  expect(errors({ 'deploy/legacy/install.yaml': crd }, only)).toEqual([]);
  expect(errors({ 'deploy/install.yaml': crd }, only)).toEqual(['unsupported-value deploy/install.yaml']);
  expect(errors({ ...flux, 'apps/install-v1beta1.yaml': crd }, only)).toHaveLength(1);
});

describe('a Deployment without containers', () => {
  const only = ['required-field-missing'];
  const shape = (spec: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: web }
spec:
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web } }, spec: ${spec} }
`;

  it('says where the pods of a chart run, if Flux puts it on top of what the chart brings', () => {
    const placed = shape('{ nodeSelector: { disk: ssd } }');
    expect(errors({ ...flux, 'apps/web.yaml': placed }, only)).toEqual([]);
    expect(
      errors({ ...flux, 'apps/web.yaml': shape('{ nodeSelector: { disk: ssd }, containers: [] }') }, only),
    ).toEqual(['required-field-missing apps/web.yaml']);
    expect(errors({ 'apps/web.yaml': placed }, only)).toEqual(['required-field-missing apps/web.yaml']);
  });
});

it('a file that .gitignore keeps out of Git is not known to be missing where Flux builds', () => {
  const files = { ...flux, 'apps/kustomization.yaml': 'resources: [a.secret.yaml]\n' };
  const report = lintFiles({ ...files, '.gitignore': '*.secret.yaml\n' }, { only: ['file-missing'] });
  expect(told(report)).toEqual([]);
  expect(told(report, 'warning')).toEqual(['file-missing apps/kustomization.yaml']);
  expect(report.exitCode).toBe(2);
  expect(errors(files, ['file-missing'])).toEqual(['file-missing apps/kustomization.yaml']);
});

describe('the load restrictor', () => {
  const application = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: web, namespace: argocd }
spec:
  project: default
  source: { repoURL: https://git.example.com/team/platform.git, path: apps/web, targetRevision: main }
  destination: { name: in-cluster, namespace: web }
`;
  const files: Files = {
    'argocd/web.yaml': application,
    'apps/web/kustomization.yaml': 'resources: [../../map.yaml]\n',
    'map.yaml': map('web'),
    'setup/values.yaml': 'configs:\n  cm:\n    kustomize.buildOptions: --enable-helm\n',
  };
  const only = ['file-outside-kustomization'];

  it('is off where values of the chart of Argo CD or a command switch it off', () => {
    expect(errors(files, only)).toEqual(['file-outside-kustomization apps/web/kustomization.yaml']);
    const values = 'configs:\n  cm:\n    kustomize.buildOptions: --load-restrictor LoadRestrictionsNone\n';
    expect(errors({ ...files, 'setup/values.yaml': values }, only)).toEqual([]);
    const guide = '    kustomize build . --load-restrictor LoadRestrictionsNone | kubectl apply -f -\n';
    expect(errors({ ...files, 'README.md': guide }, only)).toEqual([]);
  });
});

it('an Application without a namespace is the one of that name that its chart brings', () => {
  const application = (namespace: string): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: apps${namespace} }
spec:
  project: default
  source: { repoURL: https://git.example.com/team/platform.git, path: apps, targetRevision: main }
  destination: { name: in-cluster, namespace: argocd }
`;
  const files = (first: string): Files => ({
    'setup/apps.yaml': first,
    'apps/Chart.yaml': 'apiVersion: v2\nname: apps\nversion: 1.0.0\n',
    'apps/templates/apps.yaml': application(''),
  });
  expect(errors(files(application('')), ['paths-overlap'])).toEqual([]);
  expect(errors(files(application(', namespace: other')), ['paths-overlap'])).toHaveLength(1);
});

it('a folder of archived things is put away wherever it lies', () => {
  const gone = { 'apps/archived/web/kustomization.yaml': 'resources: [gone.yaml]\n' };
  const kept = { 'apps/web/kustomization.yaml': 'resources: [map.yaml]\n', 'apps/web/map.yaml': map('web') };
  expect(errors({ ...kept, ...gone }, ['file-missing'])).toEqual([]);
  expect(errors({ ...flux, ...kept, ...gone }, ['file-missing'])).toHaveLength(1);
});

it('a build that a recipe makes without the load restrictor is not known to be wrong', () => {
  const files: Files = {
    'config/a/kustomization.yaml': 'resources: [../map.yaml]\n',
    'config/map.yaml': map('web'),
  };
  const only = ['file-outside-kustomization'];
  expect(errors(files, only)).toHaveLength(1);
  const recipe = 'out.yaml:\n\tkustomize build config/a --load-restrictor LoadRestrictionsNone >$@\n';
  const report = lintFiles({ ...files, Makefile: recipe }, { only });
  expect(told(report)).toEqual([]);
  expect(told(report, 'warning')).toEqual(['file-outside-kustomization config/a/kustomization.yaml']);
  expect(report.exitCode).toBe(2);
});

it('what flux bootstrap writes is applied whatever a list leaves out', () => {
  const files: Files = {
    'clusters/prod/kustomization.yaml': 'resources: [web.yaml]\n',
    'clusters/prod/web.yaml': fluxKustomization('web', './web', 'dependsOn: [{ name: flux-system }]'),
    'web/map.yaml': map('web'),
  };
  const sync = {
    'clusters/prod/flux-system/gotk-sync.yaml': fluxKustomization('flux-system', './clusters/prod'),
  };
  expect(errors({ ...files, ...sync }, ['dependency-missing'])).toEqual([]);
  expect(errors(files, ['dependency-missing'])).toHaveLength(1);
});

it('a repository of Argo CD without a login is no secret that SOPS is to encrypt', () => {
  const secret = (more: string): Files => ({
    '.sops.yaml': "creation_rules: [{ path_regex: '.*', age: age1x }]\n",
    'argocd/charts.yaml': `apiVersion: v1
kind: Secret
metadata: { name: charts, namespace: argocd, labels: { argocd.argoproj.io/secret-type: repository } }
stringData: { enableOCI: "true", name: charts, type: helm, url: registry.example.com/charts${more} }
`,
  });
  const only = ['sops-file-not-encrypted'];
  expect(errors(secret(''), only)).toEqual([]);
  expect(errors(secret(', password: hunter2-hunter2'), only)).toHaveLength(1);
});

it('a policy among examples that nobody is seen to apply refuses nothing for certain', () => {
  const policy = `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: no-maps }
spec:
  matchConstraints:
    resourceRules: [{ apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [configmaps] }]
  validations: [{ expression: "false", message: no }]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: no-maps }
spec: { policyName: no-maps, validationActions: [Deny] }
`;
  const files = { 'examples/policy/vap.yaml': policy, 'examples/web/map.yaml': map('web') };
  expect(errors(files, ['no-maps'])).toEqual(['no-maps examples/web/map.yaml']);
  expect(errors({ ...files, 'main.go': 'package main\n' }, ['no-maps'])).toEqual([]);
  const own = { 'policy/vap.yaml': policy, 'examples/web/map.yaml': map('web'), 'main.go': 'package main\n' };
  expect(errors(own, ['no-maps'])).toEqual(['no-maps examples/web/map.yaml']);
  const applied = { 'apps/vap.yaml': policy, 'apps/map.yaml': map('web'), 'main.go': 'package main\n' };
  expect(errors({ ...flux, ...applied }, ['no-maps'])).toEqual(['no-maps apps/map.yaml']);
});

it('what cue keeps of packages is no manifest', () => {
  const bad = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: Web }\n';
  expect(
    errors({ 'cue.mod/gen/web/account.yaml': bad, 'web/map.yaml': map('web') }, ['invalid-value']),
  ).toEqual([]);
  expect(errors({ 'gen/web/account.yaml': bad }, ['invalid-value'])).toHaveLength(1);
});

it('an object whose name is a variable is filled in by whoever applies it', () => {
  const route = (name: string): string => `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: "${name}", namespace: web }
spec:
  parentRefs: [{ name: public }]
  rules: [{ backendRefs: [{ name: "${name}", port: 80 }] }]
`;
  const service = `apiVersion: v1
kind: Service
metadata: { name: other, namespace: web }
spec: { ports: [{ port: 80 }] }
`;
  const files = (name: string): Files => ({ 'web/route.yaml': route(name), 'web/service.yaml': service });
  const only = ['route-backend-missing'];
  expect(errors(files('shop'), only)).toEqual(['route-backend-missing web/route.yaml']);
  expect(errors(files('${APP_NAME}'), only)).toEqual([]);
});

it('where a backup goes is no secret beside variables for its passwords', () => {
  const secret = (repository: string): Files => ({
    '.sops.yaml': "creation_rules: [{ path_regex: '.*', age: age1x }]\n",
    'web/backup.yaml': `apiVersion: v1
kind: Secret
metadata: { name: backup, namespace: web }
stringData: { RESTIC_REPOSITORY: "${repository}", RESTIC_PASSWORD: "\${PASSWORD}", RESTIC_PACK_SIZE: "60" }
`,
  });
  const only = ['sops-file-not-encrypted'];
  expect(errors(secret('s3:http://minio.web.svc.cluster.local:9000/web'), only)).toEqual([]);
  expect(errors(secret('rest:http://web:k3J9xQ2vLm8T@backup.web.svc/web'), only)).toHaveLength(1);
});

it('a binding of a bundle gets its namespace from what makes the bundle', () => {
  const files = (folder: string): Files => ({
    [`${folder}/kustomization.yaml`]: 'resources: [binding.yaml]\n',
    [`${folder}/binding.yaml`]: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: web }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view }
subjects: [{ kind: ServiceAccount, name: web }]
`,
  });
  expect(errors(files('config/manifests'), ['required-field-missing'])).toEqual([]);
  expect(errors(files('config/rbac'), ['required-field-missing'])).toHaveLength(1);
});

it('entry points in a folder archive are put away', () => {
  const entry = (name: string): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}, namespace: argocd }
spec:
  project: default
  source: { repoURL: https://git.example.com/team/platform.git, path: web, targetRevision: main }
  destination: { name: in-cluster, namespace: web }
`;
  const files = (folder: string): Files => ({
    'env/web.yaml': entry('web'),
    [`env/${folder}/old.yaml`]: entry('old').replace('path: web', 'path: gone'),
    'web/map.yaml': map('web'),
  });
  expect(errors(files('archive'), ['application-path-missing'])).toEqual([]);
  expect(errors(files('more'), ['application-path-missing'])).toHaveLength(1);
});

it('a number that a variable makes of a text is a warning in the values of a chart', () => {
  const release = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: web, namespace: web }
spec:
  interval: 1h
  chart: { spec: { chart: web, version: 1.0.0, sourceRef: { kind: HelmRepository, name: web } } }
  values: { env: [{ name: PORT, value: "\${PORT}" }] }
`;
  const pod = `apiVersion: v1
kind: Pod
metadata: { name: web, namespace: web }
spec: { containers: [{ name: web, image: "shop/web:1.4.2", env: [{ name: PORT, value: "\${PORT}" }] }] }
`;
  const severities = (text: string): readonly string[] =>
    lintFiles(
      {
        ...flux,
        'clusters/prod/apps.yaml': fluxKustomization(
          'apps',
          './apps',
          'postBuild: { substitute: { PORT: "8080" } }',
        ),
        'apps/web.yaml': text,
      },
      { only: ['variable-changes-type'] },
    ).findings.map(({ severity }) => severity);
  expect(severities(release)).toEqual(['warning']);
  expect(severities(pod)).toEqual(['error']);
});
