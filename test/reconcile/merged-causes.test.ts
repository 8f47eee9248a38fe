import { describe, expect, it } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';
import { configMap, fluxKustomization } from './discover-files.ts';

type Files = Readonly<Record<string, string>>;

function told(files: Files, only: readonly string[], wanted = 'error'): string[] {
  return lintFiles(files, { only })
    .findings.filter(({ severity }) => severity === wanted)
    .map(({ rule, span }) => `${rule} ${span.file.path}`);
}

const source = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 1m, url: "https://git.example.com/team/platform.git", ref: { branch: main } }
`;

/** A cluster that applies itself, and what else is in its directory. */
const cluster = (more: Files): Files => ({
  'clusters/prod/flux-system/gotk-sync.yaml': `${source}---\n${fluxKustomization('flux-system', './clusters/prod')}`,
  ...more,
});

describe('a field of the Kustomization of a cluster that a second document with its name sets', () => {
  const other = (spec: string, name = 'flux-system'): Files => ({
    'clusters/prod/patch.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1beta2\nkind: Kustomization\nmetadata: { name: ${name}, namespace: flux-system }\nspec: { ${spec} }\n`,
  });
  const secret = `apiVersion: v1
kind: Secret
metadata: { name: db, namespace: web }
stringData: { password: "ENC[AES256_GCM,data:c2VjcmV0,iv:aXY=,tag:dGFn,type:str]" }
sops: { lastmodified: "2026-01-01T00:00:00Z", mac: "ENC[AES256_GCM,data:bWFj,iv:aXY=,tag:dGFn,type:str]" }
`;

  it.each<[string, string, string]>([
    ['decryption-missing', 'decryption: { provider: sops }', secret],
    [
      'flux-namespace-missing',
      'targetNamespace: web',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n',
    ],
  ])('may have been merged into it: %s', (rule, spec, file) => {
    const files = (more: Files): Files => cluster({ 'clusters/prod/app.yaml': file, ...more });
    expect(told(files(other(spec)), [rule])).toEqual([]);
    expect(told(files(other(spec)), [rule], 'warning')).toHaveLength(1);
    expect(told(files(other(spec, 'apps')), [rule])).toHaveLength(1);
    expect(told(files(other('prune: true')), [rule])).toHaveLength(1);
  });
});

describe('a file that a build of a controller lacks', () => {
  const only = ['file-missing', 'flux-path-missing'];
  const files = (more: Files): Files =>
    cluster({
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
      'apps/kustomization.yaml': 'resources: [map.yaml, made.yaml]\n',
      'apps/map.yaml': configMap('a', 'k: v'),
      ...more,
    });
  const workflow = (...steps: readonly string[]): Files => ({
    '.github/workflows/render.yaml': `jobs:\n  render:\n    steps:\n${steps.map((step) => `      - ${step}\n`).join('')}`,
  });
  const push = 'run: git commit -am rendered && git push origin HEAD:deploy';

  it.each<[string, string]>([
    ['an input of an action', 'uses: org/render@v1\n        with: { out: "./apps/made.yaml" }'],
    ['an input named for it', 'uses: org/render@v1\n        with: { output-file: apps/made.yaml }'],
    ['a redirection', 'run: kubectl create configmap made --dry-run=client -o yaml > apps/made.yaml'],
    ['a folder that it enters', 'run: |\n          cd apps\n          render > made.yaml'],
    ['a working directory', 'run: render > made.yaml\n        working-directory: apps'],
  ])('may be written by a workflow that pushes it: %s', (_, step) => {
    expect(told(files(workflow(step, push)), only)).toEqual([]);
    expect(told(files(workflow(step, push)), only, 'warning')).toHaveLength(1);
    // What it does not push stays in its own working copy.
    expect(told(files(workflow(step)), only)).toHaveLength(1);
    expect(told(files(workflow(step.replace('made.yaml', 'other.yaml'), push)), only)).toHaveLength(1);
  });

  it('may be written by a script that the workflow runs', () => {
    const script = { 'hack/render': '#!/bin/sh\nrender > apps/made.yaml\n' };
    const runs = workflow('run: hack/render', 'uses: stefanzweifel/git-auto-commit-action@v5');
    expect(told(files({ ...script, ...runs }), only)).toEqual([]);
    expect(told(files(runs), only)).toHaveLength(1);
  });

  it('may be a whole directory', () => {
    const all = (step: string): Files =>
      cluster({
        'clusters/prod/apps.yaml': fluxKustomization('apps', './rendered/apps'),
        'apps/map.yaml': configMap('a', 'k: v'),
        ...workflow(step, push),
      });
    expect(told(all('run: helm template web charts/web --output-dir rendered/apps'), only)).toEqual([]);
    expect(told(all('run: helm template web charts/web'), only)).toHaveLength(1);
  });
});

describe('a Secret with a file of settings under a creation rule of SOPS', () => {
  const files = (...lines: readonly string[]): Files => ({
    '.sops.yaml':
      'creation_rules:\n  - path_regex: apps/.*\\.yaml\n    age: age1nfn3vxpsgm49ljgs8kxevga9makhh9aply6ddgf9wplsfuwpcv2qzmqatc\n',
    'apps/kustomization.yaml': 'resources: [secret.yaml]\n',
    'apps/secret.yaml': `apiVersion: v1\nkind: Secret\nmetadata: { name: a, namespace: web }\nstringData:\n${lines.map((line) => `  ${line}\n`).join('')}`,
  });
  const only = ['sops-file-not-encrypted'];

  it.each<[string, readonly string[]]>([
    ['null', ['config.yaml: |', '  admin:', '    password: null', '    username: admin']],
    ['empty', ['app.ini: |', '  [smtp]', '  host = mail', '  password =']],
    ['a variable', ['app.env: |', '  # for the web', '  HOST=db', '  PASSWORD=$(DB_PASSWORD)']],
    ['JSON', ['.dockerconfigjson: \'{"auths": {"ghcr.io": {"auth": ""}}}\'']],
  ])('is a warning where no credential is set: %s', (_, lines) => {
    expect(told(files(...lines), only)).toEqual([]);
    expect(told(files(...lines), only, 'warning')).toEqual(['sops-file-not-encrypted apps/secret.yaml']);
  });

  it.each<[string, readonly string[]]>([
    ['a password', ['config.yaml: |', '  admin:', '    password: hunter2', '    username: admin']],
    ['a password of a line', ['app.ini: |', '  [smtp]', '  host = mail', '  password = hunter2']],
    ['an address', ['config.yaml: |', '  database:', '    url: postgres://web:hunter2@db/web']],
    ['a value beside it', ['token: hunter2', 'config.yaml: |', '  host: web', '  port: 80']],
    ['a script', ['run: |', '  set -e', '  login hunter2']],
  ])('is an error where one is: %s', (_, lines) => {
    expect(told(files(...lines), only)).toEqual(['sops-file-not-encrypted apps/secret.yaml']);
  });
});

describe('files with code of ytt', () => {
  const deployment = `#@ load("@ytt:data", "data")
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: web }
spec:
  selector:
    matchLabels: #@ labels("web")
  template:
    metadata:
      labels: #@ labels("web")
    spec: { containers: [{ name: web, image: "web:1.0" }] }
`;
  const only = ['invalid-value'];
  const files = (more: Files): Files => ({ 'web/templates/deployment.yaml': deployment, ...more });

  it.each<[string, Files]>([
    [
      'a script',
      { 'web/deploy.sh': 'sops -d ../secrets | ytt -f templates -f - | kapp deploy -a web -f -\n' },
    ],
    ['a recipe', { Makefile: 'deploy:\n\tytt template -f web/templates\n' }],
    [
      'kapp-controller',
      {
        'app.yaml':
          'apiVersion: kappctrl.k14s.io/v1alpha1\nkind: App\nmetadata: { name: web, namespace: web }\nspec:\n  template:\n    - ytt: { paths: [web/templates] }\n',
      },
    ],
  ])('are templates where something runs it: %s', (_, more) => {
    expect(told(files(more), only)).toEqual([]);
    expect(told(files(more), only, 'warning')).toEqual(['invalid-value web/templates/deployment.yaml']);
  });

  it('are manifests with comments where nothing does', () => {
    expect(told(files({}), only)).toHaveLength(1);
    expect(told(files({ 'README.md': 'ytt would be nice.\n' }), only)).toHaveLength(1);
  });
});

it('a label of another type costs an object its labels under Flux, and keeps it out elsewhere', () => {
  const map = (metadata: string): string =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: web, ${metadata} }\n`;
  const only = ['wrong-type'];
  const labels = 'labels: { app: web, enabled: true }';
  const flux = (metadata: string): Files =>
    cluster({
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
      'apps/map.yaml': map(metadata),
    });
  expect(told(flux(labels), only)).toEqual([]);
  expect(told(flux(labels), only, 'warning')).toEqual(['wrong-type apps/map.yaml']);
  expect(told({ 'apps/map.yaml': map(labels) }, only)).toHaveLength(1);
});

describe('a kustomization with entry points beside a cluster that applies itself', () => {
  const only = ['flux-path-missing'];
  const files = (folder: string, more: Files = {}): Files =>
    cluster({
      [`${folder}/kustomization.yaml`]: 'resources: [apps.yaml]\n',
      [`${folder}/apps.yaml`]: fluxKustomization('gone', './gone'),
      ...more,
    });

  it('may be left over, unless a command applies it or it is a cluster as the other is', () => {
    expect(told(files('checks/vpn'), only)).toEqual([]);
    expect(told(files('checks/vpn'), only, 'warning')).toHaveLength(1);
    expect(told(files('clusters/dev'), only)).toHaveLength(1);
    expect(told(files('clusters/dev/flux'), only)).toEqual([]);
    const up = { 'up.sh': 'kubectl apply -k checks/vpn\n' };
    expect(told(files('checks/vpn', up), only)).toHaveLength(1);
  });
});

it('clusters with one layout are clusters alike', () => {
  const files = (other: string): Files => ({
    'clusters/prod/flux/sync.yaml': `${source}---\n${fluxKustomization('flux-system', './clusters/prod/flux')}`,
    [`${other}/kustomization.yaml`]: 'resources: [apps.yaml]\n',
    [`${other}/apps.yaml`]: fluxKustomization('gone', './gone'),
  });
  expect(told(files('clusters/test/flux'), ['flux-path-missing'])).toHaveLength(1);
  expect(told(files('clusters/test/flux/deploy'), ['flux-path-missing'])).toHaveLength(1);
  expect(told(files('tests/prod/vpn'), ['flux-path-missing'])).toEqual([]);
});

it('a path to a port that nobody serves is closed', () => {
  const files = (port: number): Files => ({
    'web.yaml': `apiVersion: v1
kind: Service
metadata: { name: web, namespace: web }
spec: { ports: [{ port: 80 }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: web }
spec:
  rules:
    - host: web.example.com
      http:
        paths:
          - { path: /metrics, pathType: Exact, backend: { service: { name: web, port: { number: ${port} } } } }
          - { path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }
`,
  });
  const only = ['ingress-backend-missing'];
  expect(told(files(65_535), only)).toEqual([]);
  expect(told(files(8080), only)).toHaveLength(1);
});

describe('pods that something else may bring', () => {
  const service = `apiVersion: v1
kind: Service
metadata: { name: web-lb, namespace: web }
spec: { selector: { app: cost-analyzer }, ports: [{ port: 80 }] }
`;
  const only = ['service-selects-nothing'];
  const files = (more: Files): Files => ({
    'web/service.yaml': service,
    'web/pod.yaml':
      'apiVersion: v1\nkind: Pod\nmetadata: { name: web, namespace: web, labels: { app: web } }\nspec: { containers: [{ name: web, image: "web:1.0" }] }\n',
    ...more,
  });

  it.each<[string, Files]>([
    [
      'a chart of that name',
      {
        'README.md':
          '```bash\nhelm upgrade --install -n web costs \\\n  costs/cost-analyzer --version 1.0.0\n```\n',
      },
    ],
    [
      'a chart that Terraform installs',
      { 'main.tf': 'resource "helm_release" "costs" {\n  name  = "costs"\n  chart = "cost-analyzer"\n}\n' },
    ],
    [
      'a chart that Ansible installs',
      {
        'tasks/main.yaml':
          '- kubernetes.core.helm:\n    release_name: costs\n    chart_ref: costs/cost-analyzer\n',
      },
    ],
    [
      'manifests from an address',
      {
        'README.md':
          '```bash\nkubectl apply -f https://raw.example.com/org/cost-analyzer/v1/deploy.yaml\n```\n',
      },
    ],
  ])('are told as a warning: %s', (_, more) => {
    expect(told(files(more), only)).toEqual([]);
    expect(told(files(more), only, 'warning')).toEqual(['service-selects-nothing web/service.yaml']);
    const other = Object.fromEntries(
      Object.entries(more).map(([path, text]) => [path, text.replace('cost-analyzer', 'other')]),
    );
    if (!('main.tf' in more)) expect(told(files(other), only)).toHaveLength(1);
  });
});

it('which routes a listener with a protocol of an implementation accepts is not known', () => {
  const files = (protocol: string): Files => ({
    'web.yaml': `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: net }
spec: { gatewayClassName: net, listeners: [{ name: net, protocol: ${protocol}, port: 1 }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: web }
spec: { parentRefs: [{ name: public, namespace: net }] }
`,
  });
  expect(told(files('net.example.com/Router'), ['route-parent-missing'])).toEqual([]);
  expect(told(files('HTTP'), ['route-parent-missing'])).toHaveLength(1);
});

it('a list of elements with actions is a template', () => {
  const files = (branch: string): Files => ({
    'argocd/set.yaml': `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: web, namespace: argocd }
spec:
  generators: [{ list: { elements: [{ env: dev, branch: "${branch}" }] } }]
  template:
    metadata: { name: "web-{{env}}" }
    spec:
      project: default
      source: { repoURL: "{{repoUrl}}", targetRevision: "{{branch}}", path: web }
      destination: { server: "https://kubernetes.default.svc", namespace: web }
`,
  });
  const only = ['applicationset-parameter-missing'];
  expect(told(files('{{branchStable}}'), only)).toEqual([]);
  expect(told(files('{{branchStable}}'), only, 'warning')).toHaveLength(1);
  expect(told(files('main'), only)).toHaveLength(1);
});

it('a list of entry points that fails is one that nobody is seen to build', () => {
  const files = (folder: string): Files =>
    cluster({
      [`${folder}/kustomization.yaml`]: 'resources: [apps/apps.yaml, gone.yaml]\n',
      [`${folder}/apps/apps.yaml`]: fluxKustomization('other', './apps'),
      'apps/map.yaml': configMap('a', 'k: v'),
    });
  expect(told(files('demo'), ['file-missing'])).toEqual([]);
  expect(told(files('demo'), ['file-missing'], 'warning')).toHaveLength(1);
  expect(told(files('clusters/dev'), ['file-missing'])).toHaveLength(1);
});

it('a Secret among samples shows where an encoded value goes', () => {
  const secret =
    'apiVersion: v1\nkind: Secret\nmetadata: { name: a, namespace: web }\ndata: { password: T3zTXhAMTIz }\n';
  expect(told({ 'SAMPLES/agent/secret.yaml': secret }, ['wrong-type'])).toEqual([]);
  expect(told({ 'SAMPLES/agent/secret.yaml': secret }, ['wrong-type'], 'warning')).toHaveLength(1);
  expect(told({ 'agent/secret.yaml': secret }, ['wrong-type'])).toHaveLength(1);
  const said = secret.replace(
    'data: { password: T3zTXhAMTIz }',
    'data:\n  password: "pass" # the password (base64 encoded)',
  );
  expect(told({ 'agent/secret.yaml': said }, ['wrong-type'])).toEqual([]);
});

it('what git-crypt has encrypted another clone has in the clear', () => {
  const locked = '\0GITCRYPT\0\u0001\u0002';
  const files: Files = {
    'app/kustomization.yaml': 'resources: [map.yaml]\nsecretGenerator: [{ name: a, envs: [a.env] }]\n',
    'app/map.yaml': configMap('a', 'k: v'),
    'app/a.env': locked,
    'plain/secret.yaml': locked,
  };
  const report = lintFiles(files, {
    only: ['file-missing'],
  });
  expect(report.findings.map(({ rule, severity, span }) => [severity, rule, span.file.path])).toEqual([
    ['warning', 'file-missing', 'app/kustomization.yaml'],
    ['warning', 'unreadable-file', 'plain/secret.yaml'],
  ]);
  expect(report.exitCode).toBe(2);
});

it('a kustomization that sets up a cluster which applies itself is no cluster of its own', () => {
  const application = (name: string, path: string, server: string): string =>
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: ${name}, namespace: argocd }\nspec:\n  project: default\n  source: { repoURL: "https://git.example.com/org/platform.git", targetRevision: main, path: ${path} }\n  destination: { server: "${server}", namespace: web }\n`;
  const here = 'https://kubernetes.default.svc';
  const files = (path: string): Files => ({
    'argocd/kustomization.yaml': 'resources: [argocd.yaml, web.yaml]\n',
    'argocd/argocd.yaml': application('argocd', 'argocd', here),
    'argocd/web.yaml': application('web', 'web', 'https://192.0.2.1:6443'),
    'bootstrap/kustomization.yaml': 'resources: [bootstrap.yaml]\n',
    'bootstrap/bootstrap.yaml': application('bootstrap', path, here),
    'web/map.yaml': configMap('a', 'k: v'),
  });
  const owners = lintFiles(files('argocd')).ownership.map(({ cluster, name }) => `${cluster} ${name}`);
  expect(owners.filter((one) => one.endsWith(' web'))).toHaveLength(1);
  expect(told(files('argocd'), ['paths-overlap'])).toEqual(['paths-overlap argocd/argocd.yaml']);
});

it.each([
  ['v1.1.0', 'warning'],
  ['v0.20.0', 'warning'],
  ['v1.8.0', 'error'],
])('the image of a controller says which Flux a cluster has: %s', (tag, severity) => {
  const controller = `apiVersion: apps/v1
kind: Deployment
metadata: { name: kustomize-controller, namespace: flux-system, labels: { app.kubernetes.io/version: latest } }
spec:
  selector: { matchLabels: { app: k } }
  template:
    metadata: { labels: { app: k } }
    spec: { containers: [{ name: manager, image: "ghcr.io/fluxcd/kustomize-controller:${tag}" }] }
`;
  const files = cluster({
    'clusters/prod/flux-system/gotk-components.yaml': controller,
    'clusters/prod/helm.yaml':
      'apiVersion: source.toolkit.fluxcd.io/v1beta1\nkind: HelmRepository\nmetadata: { name: a, namespace: flux-system }\nspec: { interval: 1h, url: "https://charts.example.com" }\n',
  });
  expect(told(files, ['unsupported-value'], severity)).toEqual(['unsupported-value clusters/prod/helm.yaml']);
});

it('a project in another namespace, which no build of the cluster contains, is that of another Argo CD', () => {
  const project =
    'apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: { name: apps, namespace: openshift-gitops }\nspec: { sourceRepos: ["*"], destinations: [{ server: "*", namespace: "*" }] }\n';
  const files = (list: string, more: Files = {}): Files => ({
    'titan/kustomization.yaml': `resources: [${list}]\n`,
    'titan/app.yaml':
      'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: web, namespace: argocd }\nspec:\n  project: apps\n  source: { repoURL: "https://git.example.com/org/platform.git", targetRevision: main, path: web }\n  destination: { server: "https://kubernetes.default.svc", namespace: web }\n',
    'web/map.yaml': configMap('a', 'k: v'),
    ...more,
  });
  const only = ['project-forbids'];
  expect(told(files('app.yaml', { 'sakaarr/project.yaml': project }), only)).toEqual([]);
  expect(told(files('app.yaml, project.yaml', { 'titan/project.yaml': project }), only)).toHaveLength(1);
});

it('two clusters that bring one Application to a third one deploy it there once', () => {
  const files: Files = {
    ...Object.fromEntries(
      ['one', 'two'].map((name) => [`clusters/${name}/kustomization.yaml`, 'resources: [../../apps]\n']),
    ),
    'apps/kustomization.yaml': 'resources: [web.yaml]\n',
    'apps/web.yaml':
      'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: web, namespace: argocd }\nspec:\n  project: default\n  source: { repoURL: "https://git.example.com/org/platform.git", targetRevision: main, path: web }\n  destination: { name: remote, namespace: web }\n',
    'web/map.yaml': configMap('a', 'k: v'),
  };
  expect(told(files, ['paths-overlap', 'object-owned-twice'])).toEqual([]);
});

it('a part of the controller that applies it is merged into it', () => {
  const files = (name: string): Files => ({
    'apps/argocd.yaml':
      'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: argocd, namespace: argocd }\nspec:\n  project: default\n  source: { repoURL: "https://git.example.com/org/platform.git", targetRevision: main, path: argocd }\n  destination: { server: "https://kubernetes.default.svc", namespace: argocd }\n',
    'argocd/server.yaml': `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name}, namespace: argocd }\nspec: { template: { spec: { containers: [{ name: ${name}, env: [{ name: A, value: b }] }] } } }\n`,
  });
  const only = ['required-field-missing'];
  expect(told(files('argocd-server'), only)).toEqual([]);
  expect(told(files('argocd-server'), only, 'warning')).not.toEqual([]);
  expect(told(files('web'), only)).not.toEqual([]);
});

it.each([
  ['namespace', 0],
  ['web-old', 1],
])('a Namespace with a stand-in for its name is there to be renamed: %s', (name, count) => {
  const files = cluster({
    'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', 'targetNamespace: web'),
    'apps/namespace.yaml': `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name} }\n`,
  });
  expect(told(files, ['namespace-renamed'])).toHaveLength(count);
});
