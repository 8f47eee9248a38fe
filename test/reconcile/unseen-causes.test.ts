import { describe, expect, it, test } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import { lintFiles } from '../support/lint-files.ts';
import { configMap, fluxKustomization } from './discover-files.ts';

type Files = Readonly<Record<string, string>>;

const repository = 'https://git.example.com/team/platform.git';

function errors(files: Files, only: readonly string[]): string[] {
  return told(lintFiles(files, { only }), 'error');
}

function told({ findings }: Report, wanted: string): string[] {
  return findings
    .filter(({ severity }) => severity === wanted)
    .map(({ rule, span }) => `${rule} ${span.file.path}`);
}

/** A cluster of Flux that applies `apps`, with its source. */
const flux = (apps = './apps'): Files => ({
  'clusters/prod/flux-system/gotk-sync.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 1m, url: "${repository}", ref: { branch: main } }
---
${fluxKustomization('flux-system', './clusters/prod')}`,
  'clusters/prod/apps.yaml': fluxKustomization('apps', apps),
});

describe('a kustomization that nobody is seen to build', () => {
  const only = ['path-outside-repository', 'file-missing', 'kustomization-invalid', 'yaml-syntax'];
  const base = { ...flux(), 'apps/map.yaml': configMap('web', 'k: v') };

  test.each<[string, Files]>([
    [
      'to copy to a deeper folder',
      { 'docs/cluster/kustomization.yaml': 'resources: [../../../profiles/dev, ../../vars]\n' },
    ],
    [
      'of which no way leads anywhere',
      { 'docs/kustomization.yaml': 'resources: [../a]\ncomponents: [../b]\n' },
    ],
    [
      'of which most is not there',
      {
        'templates/kustomization.yaml': 'resources: [map.yaml, repo.yaml, secrets.yaml]\n',
        'templates/map.yaml': configMap('a', 'k: v'),
      },
    ],
    [
      'that is empty',
      { 'later/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n' },
    ],
    [
      'that is to be copied to another place',
      {
        'apps/backend/catalog/base/kustomization.yaml': 'resources: []\n',
        'modules/one/apps/backend/catalog/prod/kustomization.yaml': 'resources: [../base]\n',
      },
    ],
    [
      'that another one lists as a comment',
      {
        'all/kustomization.yaml': 'resources:\n- map.yaml\n# - ../later\n',
        'all/map.yaml': configMap('a', 'k: v'),
        'later/kustomization.yaml': 'resources: [gone.yaml]\n',
      },
    ],
    [
      'whose namespace is to be written',
      { 'skeleton/kustomization.yaml': 'namespace: <namespace>\nresources: [gone.yaml]\n' },
    ],
    [
      'whose names a tool fills in',
      { 'skeleton/kustomization.yaml': "resources: ['${{ values.name }}.yaml']\n" },
    ],
    [
      'that reads a template with tokens',
      {
        'templates/kustomization.yaml': 'resources: [map.yaml]\n',
        'templates/map.yaml':
          'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  annotations:\n    a: b\n    <MORE_ANNOTATIONS>\n',
      },
    ],
  ])('%s breaks nothing, and is not checked', (_, files) => {
    const report = lintFiles({ ...base, ...files }, { only });
    expect(told(report, 'error')).toEqual([]);
    expect(told(report, 'warning')).not.toEqual([]);
    expect(report.exitCode).toBe(2);
  });

  test.each<[string, Files, Files]>([
    ['somebody builds it', base, { 'README.md': '```sh\nkubectl apply -k docs/cluster\n```\n' }],
    ['there is nobody else', { 'apps/map.yaml': configMap('web', 'k: v') }, {}],
  ])('is an error where %s', (_, files, more) => {
    const cluster = { 'docs/cluster/kustomization.yaml': 'resources: [../../../profiles/dev]\n' };
    expect(errors({ ...files, ...more, ...cluster }, only)).toEqual([
      'path-outside-repository docs/cluster/kustomization.yaml',
    ]);
  });

  it('is an error where one way of several leads nowhere', () => {
    const one = {
      'README.md': '```sh\nkubectl apply -k overlays\n```\n',
      'overlays/kustomization.yaml': 'resources: [../apps, ../gone]\n',
      'apps/kustomization.yaml': 'resources: [map.yaml]\n',
    };
    expect(errors({ ...base, ...one }, only)).toEqual(['file-missing overlays/kustomization.yaml']);
  });

  it('is left alone where it was put away', () => {
    const away = { 'archive/kustomization.yaml': 'resources: [../gone]\n' };
    expect(lintFiles({ ...base, ...away }, { only }).findings).toEqual([]);
  });
});

describe('variables of Flux', () => {
  const only = ['variable-undefined'];
  const files = {
    ...flux(),
    'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', 'postBuild: { substitute: { A: a } }'),
    'apps/map.yaml': configMap('web', 'k: "${DOMAIN} ${A}"'),
  };
  const rules = 'rules: [{ apiGroups: [kustomize.toolkit.fluxcd.io], resources: [kustomizations] }]';

  it('are undefined where nobody defines them', () => {
    expect(errors(files, only)).toEqual(['variable-undefined apps/map.yaml']);
  });

  test.each<[string, string]>([
    [
      'a webhook',
      `apiVersion: admissionregistration.k8s.io/v1\nkind: MutatingWebhookConfiguration\nmetadata: { name: a }\nwebhooks: [{ name: a, ${rules} }]\n`,
    ],
    [
      'a policy of Kyverno',
      'apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: { name: a }\nspec: { rules: [{ name: a, mutate: {}, match: { any: [{ resources: { kinds: [kustomize.toolkit.fluxcd.io/v1/Kustomization] } }] } }] }\n',
    ],
    [
      'the chart of the webhook',
      'apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata: { name: a }\nspec: { interval: 1h, url: oci://ghcr.io/x/charts/kustomize-mutating-webhook }\n',
    ],
  ])('may be defined by %s that changes Kustomizations', (_, text) => {
    const report = lintFiles({ ...files, 'apps/webhook.yaml': text }, { only });
    expect(report.findings).toEqual([]);
    expect(report.coverage.unresolvedVariables).toEqual(['DOMAIN']);
  });

  it('may be defined in a Secret that Flux only begins', () => {
    const from = 'postBuild: { substituteFrom: [{ kind: Secret, name: vars }] }';
    const secret = (annotations: string): string =>
      `apiVersion: v1\nkind: Secret\nmetadata: { name: vars, namespace: flux-system${annotations} }\nstringData: { A: a }\n`;
    const begun = { ...files, 'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', from) };
    const once = ', annotations: { kustomize.toolkit.fluxcd.io/ssa: IfNotPresent }';
    expect(errors({ ...begun, 'clusters/prod/vars.yaml': secret('') }, only)).toHaveLength(1);
    expect(errors({ ...begun, 'clusters/prod/vars.yaml': secret(once) }, only)).toEqual([]);
  });

  it('may not be defined by a policy for other kinds', () => {
    const other =
      'apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: { name: a }\nspec: { rules: [{ name: a, mutate: {}, match: { any: [{ resources: { kinds: [Pod] } }] } }] }\n';
    expect(errors({ ...files, 'apps/policy.yaml': other }, only)).toHaveLength(1);
  });
});

it('a list of what a controller brings to another cluster is none that anybody is seen to apply', () => {
  const app = fluxKustomization('web', './apps/web', 'postBuild: { substitute: { A: a } }');
  const patch = `
  patches:
    - target: { kind: Kustomization }
      patch: '{"apiVersion":"kustomize.toolkit.fluxcd.io/v1","kind":"Kustomization","metadata":{"name":"x"},"spec":{"postBuild":{"substitute":{"DOMAIN":"example.com"}}}}'
`;
  const files = {
    'clusters/prod/kustomization.yaml': 'resources: [source.yaml, infra.yaml]\n',
    'clusters/prod/source.yaml': flux()['clusters/prod/flux-system/gotk-sync.yaml']?.split('---')[0] ?? '',
    'clusters/prod/infra.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: infra, namespace: flux-system }
spec:
  interval: 1h
  prune: true
  path: ./infra/prod
  sourceRef: { kind: GitRepository, name: flux-system }${patch}`,
    'infra/prod/kustomization.yaml': 'resources: [../common/web]\n',
    'infra/common/kustomization.yaml': 'resources: [web]\n',
    'infra/common/web/kustomization.yaml': 'resources: [ks.yaml]\n',
    'infra/common/web/ks.yaml': app,
    'apps/web/map.yaml': configMap('web', 'k: "${DOMAIN}"'),
  };
  expect(errors(files, ['variable-undefined'])).toEqual([]);
  const alone = { ...files, 'infra/prod/kustomization.yaml': 'resources: []\nnamePrefix: a\n' };
  expect(errors(alone, ['variable-undefined'])).toEqual(['variable-undefined apps/web/map.yaml']);
});

describe('Argo CD', () => {
  const application = (name: string, url: string, path: string): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}, namespace: argocd }
spec:
  project: default
  source: { repoURL: "${url}", path: "${path}", targetRevision: main }
  destination: { server: "https://kubernetes.default.svc", namespace: ${name} }
`;
  const project = (spec: string): string =>
    `apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: { name: default, namespace: argocd }\nspec: ${spec}\n`;
  const files = {
    'argocd/web.yaml': application('web', repository, 'web'),
    'web/map.yaml': configMap('web', 'k: v'),
  };

  it('permits in the project that it makes itself what the manifest does not name', () => {
    expect(errors({ ...files, 'argocd/project.yaml': project('{}') }, ['project-forbids'])).toEqual([]);
    const none = project('{ sourceRepos: [] }');
    expect(errors({ ...files, 'argocd/project.yaml': none }, ['project-forbids'])).toEqual([
      'project-forbids argocd/web.yaml',
    ]);
  });

  it('brings other repositories that are laid out alike', () => {
    const team = (name: string): string =>
      application(name, `https://git.example.com/${name}/apps.git`, 'argocd');
    const tenants = {
      'argocd/a.yaml': team('a').replace('/apps.git', '/a-apps.git'),
      'argocd/b.yaml': team('b'),
    };
    const own = {
      'argocd/db.yaml': application('db', repository, 'db'),
      'db/map.yaml': configMap('db', 'k: v'),
    };
    expect(errors({ ...files, ...own, ...tenants }, ['paths-overlap'])).toEqual([]);
  });

  it('finds values where a source without a path is another repository', () => {
    const values = (url: string): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: db, namespace: argocd }
spec:
  project: default
  sources:
    - { repoURL: "https://charts.example.com", chart: db, targetRevision: 1.0.0, helm: { valueFiles: [$values/db/values.yaml] } }
    - { repoURL: "${url}", targetRevision: HEAD, ref: values }
  destination: { server: "https://kubernetes.default.svc", namespace: db }
`;
    const only = ['application-values-missing'];
    expect(errors({ ...files, 'argocd/db.yaml': values('cnoe://db') }, only)).toEqual([]);
    expect(
      errors({ ...files, 'argocd/db.yaml': values('https://git.example.com/team/values.git') }, only),
    ).toEqual([]);
    expect(errors({ ...files, 'argocd/db.yaml': values(repository) }, only)).toHaveLength(1);
  });

  it('applies no Application with tokens in its name, nor what stands beside it', () => {
    const bad = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: a, namespace: <CLUSTER_NAME> }\n';
    const only = ['invalid-value'];
    const beside = (name: string): Files => ({
      ...files,
      'templates/app.yaml': application(name, repository, 'web'),
      'templates/account.yaml': bad,
    });
    expect(errors(beside('<CLUSTER_NAME>-web'), only)).toEqual([]);
    expect(errors(beside('other'), only)).toEqual(['invalid-value templates/account.yaml']);
  });
});

describe('words in angle brackets', () => {
  const only = ['invalid-value'];
  const account = (namespace: string): string =>
    `apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: a, namespace: "${namespace}" }\n`;
  const root = { 'example/kustomization.yaml': 'resources: [account.yaml]\n' };

  it('are left to whoever applies the object', () => {
    const report = lintFiles({ ...root, 'example/account.yaml': account('<your namespace>') }, { only });
    expect(told(report, 'error')).toEqual([]);
    expect(told(report, 'warning')).toEqual(['invalid-value example/account.yaml']);
    expect(errors({ ...root, 'example/account.yaml': account('A<b') }, only)).toHaveLength(1);
    expect(errors({ ...flux(), 'apps/account.yaml': account('<your namespace>') }, only)).toHaveLength(1);
  });

  it('may be a variable or a word in capitals as well', () => {
    const counts = (namespace: string): readonly [number, number] => [
      errors({ ...root, 'example/account.yaml': account(namespace) }, only).length,
      errors({ ...flux(), 'apps/account.yaml': account(namespace) }, only).length,
    ];
    for (const one of ['$TEAM', '$TEAM-a', 'NAMESPACE-web', 'YOUR_TEAM', 'web.CLUSTER_DOMAIN'])
      expect([one, counts(one)]).toEqual([one, [0, 1]]);
    for (const one of ['Web', 'WEB', 'web_shop', 'shopNAME'])
      expect([one, counts(one)]).toEqual([one, [1, 1]]);
  });
});

it('an object of a patch file that is applied by a command is merged into what is there', () => {
  const patch = `apiVersion: apps/v1
kind: Deployment
metadata: { name: operator, namespace: app }
spec: { template: { spec: { containers: [{ name: manager, env: [{ name: A, value: b }] }] } } }
`;
  const files = (name: string): Files => ({
    'config/tracing/kustomization.yaml': `resources: [${name}]\n`,
    [`config/tracing/${name}`]: patch,
    Makefile: 'deploy:\n\tkustomize build config/tracing | kubectl apply -f -\n',
  });
  const only = ['required-field-missing'];
  expect(errors(files('operator-patch.yaml'), only)).toEqual([]);
  expect(errors(files('operator.yaml'), only)).not.toEqual([]);
  expect(errors({ ...flux(), 'apps/operator-patch.yaml': patch }, only)).not.toEqual([]);
});

it('labels for what a controller makes are no whole object where Flux applies them', () => {
  const claim = (more: string): string =>
    `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: data-db-0, namespace: db, labels: { backup: "false" } }\n${more}`;
  const only = ['required-field-missing'];
  expect(errors({ ...flux(), 'apps/claim.yaml': claim('') }, only)).toEqual([]);
  expect(errors({ ...flux(), 'apps/claim.yaml': claim('spec: {}\n') }, only)).not.toEqual([]);
  expect(errors({ 'apps/claim.yaml': claim('') }, only)).not.toEqual([]);
});

it('kinds that oc sends where they are now are none that Kubernetes lacks', () => {
  const route = (apiVersion: string): string =>
    `apiVersion: ${apiVersion}\nkind: Route\nmetadata: { name: web }\n`;
  const only = ['unsupported-value'];
  expect(errors({ 'web/route.yaml': route('v1') }, only)).toEqual([]);
  expect(errors({ 'web/route.yaml': route('apps/v1') }, only)).toEqual(['unsupported-value web/route.yaml']);
  expect(errors({ ...flux(), 'apps/route.yaml': route('v1') }, only)).toEqual([
    'unsupported-value apps/route.yaml',
  ]);
});

it('the name of an image is no secret that SOPS is to encrypt', () => {
  const secret = (key: string, value: string): string =>
    `apiVersion: v1\nkind: Secret\nmetadata: { name: a }\ndata: { ${key}: ${btoa(value)} }\n`;
  const files = { '.sops.yaml': "creation_rules: [{ path_regex: '.*.yaml', age: age1x }]\n" };
  const only = ['sops-file-not-encrypted'];
  const image = secret('SIDECAR_IMAGE', 'ghcr.io/cloudnative-pg/plugin-barman-cloud-sidecar:v0.10.0');
  expect(errors({ ...files, 'web/secret.yaml': image }, only)).toEqual([]);
  expect(errors({ ...files, 'web/secret.yaml': secret('PASSWORD', 'hunter2-hunter2') }, only)).toHaveLength(
    1,
  );
});

it('a pod that mounts a token of its own where clients look for it has one', () => {
  const pod = (mounts: string): string => `apiVersion: v1
kind: Pod
metadata: { name: traefik, namespace: web }
spec:
  automountServiceAccountToken: false
  volumes: [{ name: token, secret: { secretName: token } }]
  containers:
    - name: traefik
      image: traefik:v3.1
      args: [--providers.kubernetescrd]
      volumeMounts: [{ name: token, mountPath: ${mounts} }]
`;
  const only = ['discovery-not-permitted'];
  const tokens = (path: string): number =>
    lintFiles({ 'web/pod.yaml': pod(path) }, { only }).findings.filter(({ message }) =>
      message.includes('no token'),
    ).length;
  expect(tokens('/etc/token')).toBe(1);
  expect(tokens('/var/run/secrets/kubernetes.io/serviceaccount')).toBe(0);
});

it('a file in which sed puts a name in the place of a word between signs is a template', () => {
  const route = (host: string): string =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata:\n  host: ${host}\n`;
  const only = ['yaml-syntax'];
  expect(errors({ 'argocd/route.yaml': route('@ARGOCD_HOST@') }, only)).toEqual([]);
  expect(errors({ 'argocd/route.yaml': route('@team') }, only)).toEqual(['yaml-syntax argocd/route.yaml']);
});

it('a cluster whose list leaves out its own Kustomization has it as flux bootstrap applied it', () => {
  const files = (fields: string): Files => ({
    'clusters/a/kustomization.yaml': 'resources: [secret.yaml]\n',
    'clusters/a/flux-system/kustomization.yaml': `resources: [gotk-sync.yaml]
patches:
  - patch: |
      kind: Kustomization
      metadata: { name: flux-system, namespace: flux-system }
      spec: { ${fields} }
    target: { kind: Kustomization }
`,
    'clusters/a/flux-system/gotk-sync.yaml': fluxKustomization('flux-system', './clusters/a'),
    'clusters/a/secret.yaml':
      'apiVersion: v1\nkind: Secret\nmetadata: { name: login, namespace: flux-system }\nstringData: { key: "ENC[AES256_GCM,data:abc=,iv:abc=,tag:abc=,type:str]" }\nsops: { mac: "ENC[AES256_GCM,data:abc=,iv:abc=,tag:abc=,type:str]" }\n',
  });
  const only = ['decryption-missing'];
  expect(errors(files('decryption: { provider: sops }'), only)).toEqual([]);
  expect(errors(files('wait: false'), only)).toEqual(['decryption-missing clusters/a/secret.yaml']);
});

it('a base that is not here may hold the account from which a subject gets its namespace', () => {
  const binding =
    'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: { name: a }\nroleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view }\nsubjects: [{ kind: ServiceAccount, name: a }]\n';
  const remote = 'github.com/team/base?ref=14569e530e912cd1c3b71da3f506420455533bc0';
  const files = (base: string): Files => ({
    'apps/kustomization.yaml': `namespace: web\nresources: [binding.yaml, "${base}"]\n`,
    'apps/binding.yaml': binding,
    'apps/map.yaml': configMap('web', 'k: v'),
    'app.yaml': `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: web, namespace: argocd }\nspec:\n  project: default\n  destination: { name: in-cluster, namespace: web }\n  source: { repoURL: "${repository}", path: apps }\n`,
  });
  const only = ['required-field-missing'];
  const byHand = (base: string): Files => ({
    'up.sh': 'kubectl apply -k apps\n',
    ...files(base),
    'app.yaml': configMap('x', 'k: v'),
  });
  for (const form of [files, byHand]) {
    expect(errors(form('map.yaml'), only)).toEqual(['required-field-missing apps/binding.yaml']);
    expect(errors(form(remote), only)).toEqual([]);
  }
});

it('a zone is no secret that SOPS is to encrypt', () => {
  const secret = (token: string): Files => ({
    '.sops.yaml': "creation_rules: [{ path_regex: '.*.yaml', age: age1x }]\n",
    'web/secret.yaml': `apiVersion: v1\nkind: Secret\nmetadata: { name: a }\nstringData: { token: ${token}, zone: local }\n`,
  });
  const only = ['sops-file-not-encrypted'];
  expect(errors(secret('REPLACE_WITH_TOKEN'), only)).toEqual([]);
  expect(errors(secret('hunter2-hunter2'), only)).toHaveLength(1);
});

describe('an object that is nowhere in the repository', () => {
  const pods = (namespace: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: ${namespace} }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      volumes: [{ name: settings, configMap: { name: web-settings } }]
      containers: [{ name: web, image: "web:1", volumeMounts: [{ name: settings, mountPath: /etc/web }] }]
`;
  const only = ['reference-missing'];
  const missing = (more: Files, namespace = 'web'): string[] =>
    errors({ ...flux(), 'apps/web.yaml': pods(namespace), ...more }, only);
  const commanded = (command: string): string[] => missing({ 'docs/setup.md': `Run:\n\n    ${command}\n` });

  test.each([
    'kubectl create configmap web-settings --from-file=a.conf',
    'kubectl -n web create cm -n web "web-settings" --from-file a.conf',
    'oc create configmap \\\n      web-settings',
    'helm upgrade --install web shop/web',
  ])('may be made by %s', (command) => {
    expect(commanded(command)).toEqual([]);
  });

  test.each([
    'kubectl create configmap web --from-file=a.conf',
    'kubectl create secret generic web-settings',
    'kubectl delete configmap web-settings',
    'helm upgrade --install website shop/web',
  ])('is not made by %s', (command) => {
    expect(commanded(command)).toEqual(['reference-missing apps/web.yaml']);
  });

  it('may be what the cluster brings itself', () => {
    expect(missing({})).toHaveLength(1);
    expect(missing({}, 'kube-system')).toEqual([]);
  });

  it('may be made by an owner of its name from another repository', () => {
    const owner = (name: string): Files => ({
      'clusters/prod/other.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: other, namespace: flux-system }
spec: { interval: 1m, url: "https://git.example.com/team/other.git", ref: { branch: main } }
---
${fluxKustomization(name, './deploy').replace('name: flux-system }', 'name: other }')}`,
    });
    expect(missing(owner('web-settings'))).toEqual([]);
  });
});

it('no chart and no cluster brings what Flux waits for', () => {
  const files = (command: string): Files => ({
    ...flux(),
    'clusters/prod/apps.yaml': `${fluxKustomization('apps', './apps').trimEnd()}\n  dependsOn: [{ name: web }]\n`,
    'apps/map.yaml': configMap('web', 'k: v'),
    'docs/setup.md': `Run:\n\n    ${command}\n`,
  });
  const only = ['dependency-missing'];
  expect(errors(files('helm install web shop/web'), only)).toHaveLength(1);
  expect(errors(files('flux create kustomization web --path=./web'), only)).toEqual([]);
});

it('two entry points that share most of what they deploy may be ways to set up one cluster', () => {
  const app = (name: string, path: string): string =>
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: ${name}, namespace: argocd }\nspec:\n  project: default\n  destination: { name: in-cluster, namespace: ${name} }\n  source: { repoURL: "${repository}", path: ${path} }\n`;
  const parts = Object.fromEntries(
    ['plain', 'more'].flatMap((way) =>
      ['web', 'shop'].map((name) => [`bootstrap/${way}/${name}.yaml`, app(name, `apps/${name}`)]),
    ),
  );
  const files = (more: Files): Files => ({
    'bootstrap/plain.yaml': app('plain', 'bootstrap/plain'),
    'bootstrap/more.yaml': app('more', 'bootstrap/more'),
    ...parts,
    'bootstrap/more/db.yaml': app('db', 'apps/db'),
    'apps/web/map.yaml': configMap('web', 'k: v'),
    'apps/shop/map.yaml': configMap('shop', 'k: v'),
    'apps/db/map.yaml': configMap('db', 'k: v'),
    ...more,
  });
  const only = ['object-owned-twice'];
  const either = 'kubectl apply -f bootstrap/plain.yaml\n';
  expect(errors(files({ 'up.sh': either }), only)).toEqual([]);
  expect(errors(files({ 'up.sh': 'kubectl apply -f bootstrap/\n' }), only)).toHaveLength(2);
  const one = { 'bootstrap/plain/shop.yaml': app('shop-2', 'apps/shop') };
  expect(errors(files({ 'up.sh': either, ...one }), only)).not.toEqual([]);
});

it('the manifests of an operator of Helm are not all applied', () => {
  const files = (more: Files): Files => ({
    Makefile: 'deploy:\n\tkustomize build config/default | kubectl apply -f -\n',
    'config/default/kustomization.yaml': 'resources: [map.yaml]\n',
    'config/default/map.yaml': configMap('web', 'k: v'),
    'config/manifests/kustomization.yaml': 'resources: [../default, ../samples]\n',
    'config/samples/kustomization.yaml': 'resources: [pod.yaml]\n',
    'config/samples/pod.yaml':
      'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { containers: [{ name: a, imag: "a:1", image: "a:1" }] }\n',
    ...more,
  });
  const only = ['unknown-field'];
  const watches = '- group: example.com\n  version: v1\n  kind: Web\n  chart: helm-charts/web\n';
  expect(errors(files({}), only)).toHaveLength(1);
  expect(errors(files({ 'watches.yaml': watches }), only)).toEqual([]);
});
