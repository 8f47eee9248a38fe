import { describe, expect, it } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';
import { discoverFiles, findingsOf, fluxKustomization } from './discover-files.ts';

type Files = Readonly<Record<string, string>>;

function told(files: Files, only: readonly string[], wanted = 'error'): string[] {
  return lintFiles(files, { only })
    .findings.filter(({ severity }) => severity === wanted)
    .map(({ rule, span }) => `${rule} ${span.file.path}`);
}

const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: web }\ndata: { k: v }\n';

describe('the version of Flux that a release of the chart flux-instance installs', () => {
  const release = (values: string): string =>
    `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: flux, namespace: flux-system }\nspec:\n  interval: 1h\n  chartRef: { kind: OCIRepository, name: flux-instance }\n${values}`;
  const files = (values: string, version: string): Files => ({
    'flux/cluster/ks.yaml': fluxKustomization('cluster', './apps'),
    'apps/flux/kustomization.yaml':
      'namespace: flux-system\nresources: [release.yaml, repository.yaml]\nconfigMapGenerator:\n  - name: flux-values\n    files: [values.yaml]\ngeneratorOptions: { disableNameSuffixHash: true }\n',
    'apps/flux/release.yaml': release(values),
    'apps/flux/values.yaml': `instance:\n  distribution:\n    version: ${version}\n`,
    'apps/flux/repository.yaml':
      'apiVersion: source.toolkit.fluxcd.io/v1beta2\nkind: OCIRepository\nmetadata: { name: app, namespace: flux-system }\nspec: { interval: 1h, url: "oci://ghcr.io/org/app" }\n',
  });
  const fromMap = '  valuesFrom: [{ kind: ConfigMap, name: flux-values }]\n';
  const only = ['flux-api-removed', 'unsupported-value'];

  it('comes from its values, wherever they stand', () => {
    expect(told(files(fromMap, '2.5.1'), only)).toEqual([]);
    expect(told(files(fromMap, '2.9.x'), only)).toEqual(['flux-api-removed apps/flux/repository.yaml']);
    expect(
      told(files('  values: { instance: { distribution: { version: 2.6.0 } } }\n', '2.9.x'), only),
    ).toEqual([]);
  });

  it('is the newest where they do not say it', () => {
    expect(told(files(fromMap, '2.x'), only)).toEqual(['flux-api-removed apps/flux/repository.yaml']);
    expect(told(files('  values: { instance: {} }\n', '2.5.1'), only)).toEqual([
      'flux-api-removed apps/flux/repository.yaml',
    ]);
  });
});

describe('a kustomization that a directory lacks', () => {
  const files = (more: Files): Files => ({
    'main.go': 'package main\n',
    'up.sh': 'kubectl apply -k config/default\n',
    'config/default/kustomization.yaml': 'resources: [../manager]\n',
    'config/manager/manager.yaml': map,
    ...more,
  });
  const only = ['kustomization-missing'];

  it('may lie in working copies alone', () => {
    expect(told(files({}), only)).toEqual(['kustomization-missing config/default/kustomization.yaml']);
    expect(told(files({ '.gitignore': 'config/*/kustomization.yaml\n' }), only)).toEqual([]);
  });

  it('may be written by the recipe that builds it', () => {
    const recipe = 'build:\n\tcd config/manager && cp -f kustomization.yaml.in kustomization.yaml\n';
    expect(told(files({ Makefile: recipe }), only)).toEqual([]);
    expect(told(files({ Makefile: recipe.replace('manager', 'other') }), only)).toHaveLength(1);
  });
});

it('a file that a script copies into a folder is written before the build', () => {
  const files = (command: string): Files => ({
    'main.go': 'package main\n',
    'up.sh': 'kubectl apply -k config/manager/cluster\n',
    'config/manager/cluster/kustomization.yaml': 'resources: [operator.yaml]\n',
    'hack/generate.sh': `${command}\n`,
  });
  const only = ['file-missing'];
  expect(told(files('cp ../deploy/operator.yaml ../config/manager/cluster'), only)).toEqual([]);
  expect(told(files('cp ../deploy/operator.yaml ../config/manager/namespace'), only)).toEqual([
    'file-missing config/manager/cluster/kustomization.yaml',
  ]);
});

it('a release of Kubernetes or OpenShift in a path is the one that the file is for', () => {
  const hook =
    'apiVersion: admissionregistration.k8s.io/v1beta1\nkind: ValidatingWebhookConfiguration\nmetadata: { name: a }\nwebhooks: []\n';
  const only = ['unsupported-value'];
  for (const folder of ['ocp3x', 'openshift-3.11', 'kubernetes-1.15', 'k8s_1_21'])
    expect([folder, told({ [`${folder}/hook.yaml`]: hook }, only)]).toEqual([folder, []]);
  for (const folder of ['ocp4x', 'kubernetes-1.22', 'app-1.15'])
    expect([folder, told({ [`${folder}/hook.yaml`]: hook }, only)]).toEqual([
      folder,
      [`unsupported-value ${folder}/hook.yaml`],
    ]);
});

describe('an entry point among examples', () => {
  const application = (name: string, path: string): string =>
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: ${name}, namespace: argocd }\nspec:\n  project: default\n  source: { repoURL: "https://git.example.com/org/platform.git", targetRevision: main, path: ${path} }\n  destination: { server: "https://kubernetes.default.svc", namespace: web }\n`;
  const files = (place: string, more: Files = {}): Files => ({
    'argocd/web.yaml': application('web', 'apps/web'),
    'apps/web/map.yaml': map,
    [`${place}/app.yaml`]: application('other', 'apps/gone'),
    [`${place}/map.yaml`]: map.replace('data:', 'datas:'),
    ...more,
  });
  const only = ['application-path-missing', 'unknown-field'];

  it('is seen to be applied by nobody, nor is what stands beside it', () => {
    expect(told(files('docs/guide'), only)).toEqual([]);
    expect(told(files('docs/guide'), only, 'warning')).toHaveLength(2);
    expect(told(files('guide'), only)).toHaveLength(2);
  });

  it('is one that a guide applies', () => {
    const more = { 'README.md': '```sh\nkubectl apply -f docs/guide/app.yaml\n```\n' };
    expect(told(files('docs/guide', more), only)).toContain('application-path-missing docs/guide/app.yaml');
  });

  it('is as good as any where there are no others', () => {
    const all = {
      'examples/app.yaml': application('other', 'examples/gone'),
      'examples/web.yaml': application('web', 'examples/web'),
      'examples/web/map.yaml': map,
    };
    expect(told(all, only)).toContain('application-path-missing examples/app.yaml');
  });
});

it('a Kustomization with a source alone is a patch, and applies nothing', () => {
  const { clusters } = discoverFiles({
    'clusters/a/gotk-sync.yaml': fluxKustomization('flux-system', './clusters/a'),
    'clusters/_all/patch.yaml':
      'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: any, namespace: flux-system }\nspec:\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
    'infra/ks.yaml': fluxKustomization('infra', './infra/gone'),
  });
  const owners = clusters.flatMap(({ reconciliations }) => reconciliations.map(({ name }) => name));
  expect(owners.sort()).toEqual(['flux-system', 'infra']);
});

it('a parameter that is missing in the namespace of an Application is overwritten', () => {
  const set = (namespace: string, path: string): Files => ({
    'argocd/set.yaml': `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: { name: apps, namespace: argocd }\nspec:\n  generators: [{ list: { elements: [{ name: web }] } }]\n  template:\n    metadata: { name: "{{ name }}", namespace: "${namespace}" }\n    spec:\n      project: default\n      source: { repoURL: "https://git.example.com/org/platform.git", path: "${path}", targetRevision: main }\n      destination: { server: "https://kubernetes.default.svc", namespace: web }\n`,
    'apps/web/map.yaml': map,
  });
  const parameters = (files: Files): string[] =>
    findingsOf(discoverFiles(files)).filter((one) => one.startsWith('applicationset-parameter'));
  expect(parameters(set('{{ namespace }}', 'apps/{{ name }}'))).toEqual([]);
  expect(parameters(set('argocd', 'apps/{{ dir }}'))).toHaveLength(1);
});

describe('a file for ytt', () => {
  const files = (comment: string): Files => ({
    'app/workload.yaml': `${comment}\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: #@ data.values.name\n`,
  });

  it('is no manifest before ytt has filled it in', () => {
    const report = lintFiles(files('#@ load("@ytt:data", "data")'));
    expect(report.findings).toEqual([]);
    expect(report.coverage.leftOut?.map(({ why }) => why)).toContain('templates of other tools, so left out');
  });

  it('is known by its annotations alone', () => {
    const other = { 'app/map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: #@mail\n' };
    expect(told(other, ['required-field-missing'])).toEqual(['required-field-missing app/map.yaml']);
  });
});

describe('the files of a Git generator', () => {
  const application = (name: string, path: string): string =>
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: ${name}, namespace: argocd }\nspec:\n  project: default\n  source: { repoURL: "https://git.example.com/org/platform.git", targetRevision: main, path: ${path} }\n  destination: { server: "https://kubernetes.default.svc", namespace: web }\n`;
  const set =
    'apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: { name: apps, namespace: argocd }\nspec:\n  goTemplate: true\n  generators: [{ git: { repoURL: "https://git.example.com/org/platform.git", revision: main, files: [{ path: "apps/*/config.yaml" }] } }]\n  template:\n    metadata: { name: "{{ .name }}" }\n    spec:\n      project: default\n      source: { repoURL: "https://git.example.com/org/platform.git", path: "{{ .path.path }}", targetRevision: main }\n      destination: { server: "https://kubernetes.default.svc", namespace: web }\n';
  const paths = (more: Files): (string | undefined)[] =>
    discoverFiles({
      'argocd/set.yaml': set,
      'argocd/other.yaml': application('other', 'apps/web'),
      'apps/web/config.yaml': 'name: web\n',
      'apps/web/map.yaml': map,
      'apps/web/db/config.yaml': 'name: db\n',
      'apps/web/db/map.yaml': map,
      ...more,
    })
      .clusters.flatMap(({ reconciliations }) => reconciliations)
      .filter(({ name }) => name === 'web' || name === 'db')
      .map(({ path }) => path)
      .sort();

  it('are matched over slashes, unless something that installs Argo CD says otherwise', () => {
    expect(paths({})).toEqual(['apps/web', 'apps/web/db']);
    const values = 'configs:\n  params:\n    applicationsetcontroller.enable.new.git.file.globbing: true\n';
    expect(paths({ 'argocd/values.yaml': values })).toEqual(['apps/web']);
    expect(paths({ 'argocd/values.yaml': values.replace('true', 'false') })).toHaveLength(2);
  });
});

it('a chart whose archive is a pointer of Git LFS is not rendered, and not refused', () => {
  const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n';
  const report = lintFiles({
    'argocd/app.yaml':
      'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: web, namespace: argocd }\nspec:\n  project: default\n  source: { repoURL: "https://git.example.com/org/platform.git", targetRevision: main, path: charts/web }\n  destination: { server: "https://kubernetes.default.svc", namespace: web }\n',
    'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
    'charts/web/charts/db-1.0.0.tgz': pointer,
  });
  expect(report.findings.filter(({ rule }) => rule === 'chart-render-failed')).toEqual([]);
  expect(report.coverage.notRendered).toEqual([
    expect.stringContaining('the content of charts/web/charts/db-1.0.0.tgz is not in this clone'),
  ]);
});

it('what a build reads that is a pointer of Git LFS is not checked, and no error', () => {
  const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n';
  const files = (own: string, archive: string): Files => ({
    'app/kustomization.yaml': `${own}\n`,
    'app/a.json': pointer,
    'app/charts/web/Chart.yaml':
      'apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies: [{ name: db, version: 1.0.0 }]\n',
    'app/charts/web/templates/map.yaml': map,
    'app/charts/web/charts/db-1.0.0.tgz': archive,
  });
  const chart = 'helmCharts: [{ name: web }]';
  const named = (report: ReturnType<typeof lintFiles>): string[] =>
    report.findings.map(({ rule, severity }) => `${severity} ${rule}`);
  const ofChart = lintFiles(files(chart, pointer), { only: ['chart-render-failed'] });
  expect(named(ofChart)).toEqual(['warning helm-chart-not-rendered']);
  expect(ofChart.exitCode).toBe(2);
  expect(named(lintFiles(files(chart, 'no archive'), { only: ['chart-render-failed'] }))).toEqual([
    'error chart-render-failed',
  ]);
  const generator = 'configMapGenerator: [{ name: a, files: [a.json] }]';
  const ofFile = lintFiles(files(generator, pointer), { only: ['file-missing'] });
  expect(named(ofFile)).toEqual(['warning file-missing']);
  expect(ofFile.exitCode).toBe(2);
});

it('what a Service selects in a namespace that the cluster fills may be there', () => {
  const files = (namespace: string): Files => ({
    'service.yaml': `apiVersion: v1\nkind: Service\nmetadata: { name: etcd, namespace: ${namespace} }\nspec: { selector: { component: etcd }, ports: [{ port: 2381 }] }\n`,
    'pod.yaml': `apiVersion: v1\nkind: Pod\nmetadata: { name: a, namespace: ${namespace}, labels: { app: other } }\nspec: { containers: [{ name: a, image: "a:1" }] }\n`,
  });
  const only = ['service-selects-nothing'];
  expect(told(files('web'), only)).toEqual(['service-selects-nothing service.yaml']);
  expect(told(files('kube-system'), only)).toEqual([]);
  expect(told(files('kube-system'), only, 'warning')).toHaveLength(1);
});

describe('what a build lacks', () => {
  const only = ['file-missing'];
  const files = (path: string, more: Files): Files => ({
    'up.sh': 'kubectl apply -k config\n',
    'config/kustomization.yaml': `resources: [${path}]\n`,
    ...more,
  });

  it('is made of a file beside it with an ending of its own', () => {
    expect(told(files('secrets.yaml', {}), only)).toHaveLength(1);
    expect(told(files('secrets.yaml', { 'config/secrets.yaml.decrypted': 'a: b\n' }), only)).toEqual([]);
  });

  it('is made of a template of that name above it', () => {
    const above = (text: string): Files => ({ 'image.yaml': text });
    expect(told(files('image.yaml', above('image: web\n')), only)).toHaveLength(1);
    expect(told(files('image.yaml', above(`image: ${'$'}{IMAGE}\n`)), only)).toEqual([]);
  });

  it('may be a directory of CRDs that controller-gen writes', () => {
    const makefile = {
      Makefile: 'gen:\n\t$(CONTROLLER_GEN) crd output:crd:artifacts:config=config/crd/bases\n',
    };
    expect(told(files('crd/bases/a.yaml', {}), only)).toHaveLength(1);
    expect(told(files('crd/bases/a.yaml', makefile), only)).toEqual([]);
    const others = { ...makefile, 'config/crd/bases/b.yaml': map };
    expect(told(files('crd/bases/a.yaml', others), only)).toHaveLength(1);
  });
});

it('public keys are nothing that SOPS is to encrypt', () => {
  const files = (value: string): Files => ({
    '.sops.yaml': 'creation_rules: [{ path_regex: secret, age: age1 }]\n',
    'kustomization.yaml': 'resources: [secret.yaml]\n',
    'secret.yaml': `apiVersion: v1\nkind: Secret\nmetadata: { name: keys, namespace: web }\nstringData:\n  authorized_keys: ${JSON.stringify(value)}\n`,
  });
  const only = ['sops-file-not-encrypted'];
  expect(told(files('ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMgapz someone@example.com\n'), only)).toEqual([]);
  expect(told(files('correct horse battery staple'), only)).toHaveLength(1);
});

it('a folder with the ending of a copy is put away', () => {
  const files = (folder: string): Files => ({ [`${folder}/a.yaml`]: map.replace('data:', 'datas:') });
  expect(told(files('components/web.old'), ['unknown-field'])).toEqual([]);
  expect(told(files('clusters/home_old'), ['unknown-field'])).toEqual([]);
  expect(told(files('components/web.io'), ['unknown-field'])).toHaveLength(1);
});

it('what no build reads is named, though another build is broken', () => {
  const { coverage } = lintFiles({
    'clusters/a/gotk-sync.yaml': fluxKustomization('flux-system', './clusters/a'),
    'clusters/a/kustomization.yaml': 'resources: [gotk-sync.yaml, apps.yaml]\n',
    'clusters/a/apps.yaml': fluxKustomization('apps', './apps/web'),
    'clusters/a/other.yaml': fluxKustomization('other', './apps/other'),
    'apps/web/kustomization.yaml': 'resources: [gone.yaml, more]\n',
    'apps/web/more/kustomization.yaml': 'resources: [map.yaml]\n',
    'apps/web/more/map.yaml': map,
    'apps/web/left.yaml': map,
  });
  expect(coverage.notDeployed).toEqual(['apps/web/left.yaml', 'clusters/a/other.yaml']);
});

describe('a path that is missing', () => {
  const application = (path: string): string =>
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: web, namespace: argocd }\nspec:\n  project: default\n  source: { repoURL: "https://git.example.com/org/platform.git", targetRevision: main, path: ${path} }\n  destination: { server: "https://kubernetes.default.svc", namespace: web }\n`;
  const files = (path: string): Files => ({
    'argocd/app.yaml': application('layout-1/web').replace('name: web', 'name: known'),
    'layout-1/argocd/app.yaml': application(path),
    'layout-1/web/map.yaml': map,
  });

  it('is there below the directory that is to be a repository of its own', () => {
    const only = ['application-path-missing'];
    expect(told(files('web'), only)).toEqual([]);
    expect(told(files('web'), only, 'warning')).toEqual([
      'application-path-missing layout-1/argocd/app.yaml',
    ]);
    expect(told(files('gone'), only)).toEqual(['application-path-missing layout-1/argocd/app.yaml']);
  });
});

it('what a broken build would bring is not known to be missing', () => {
  const release = (name: string, more: string): string =>
    `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: ${name}, namespace: web }\nspec:\n  interval: 1h\n  chartRef: { kind: OCIRepository, name: chart, namespace: web }\n${more}`;
  const owners = ['web', 'db', 'other'].map((name) => fluxKustomization(name, `./apps/${name}`));
  const missing = (name: string, listed: string): string[] =>
    told(
      {
        'clusters/a/gotk-sync.yaml': fluxKustomization('flux-system', './clusters/a'),
        'clusters/a/apps.yaml': owners.join('\n---\n'),
        'apps/web/release.yaml': release('web', `  dependsOn: [{ name: ${name} }]\n`),
        'apps/db/kustomization.yaml': `resources: [${listed}]\n`,
        'apps/db/release.yaml': release('db', ''),
        'apps/other/map.yaml': map,
      },
      ['dependency-missing'],
    ).filter((one) => one.startsWith('dependency'));
  expect(missing('db', 'release.yaml')).toEqual([]);
  expect(missing('db', 'release.yaml, gone.yaml')).toEqual([]);
  expect(missing('other', 'release.yaml, gone.yaml')).toEqual(['dependency-missing apps/web/release.yaml']);
});

it('an entry of a kustomization without any resource means nothing in particular', () => {
  const files = (resources: string): Files => ({
    'kustomization.yaml': `resources: [${resources}]\npatches: [{ path: patch.yaml, target: { kind: Deployment, name: any } }]\n`,
    'patch.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: any, labels: { a: b } }\n',
    'map.yaml': map,
  });
  expect(told(files(''), ['entry-selects-nothing'])).toEqual([]);
  const taken = Object.entries(files('')).map(([path, text]) => [`empty/${path}`, text]);
  const whole = { 'kustomization.yaml': 'resources: [map.yaml, empty]\n', 'map.yaml': map };
  expect(told({ ...Object.fromEntries(taken), ...whole }, ['entry-selects-nothing'])).toEqual([]);
  expect(told(files('map.yaml'), ['entry-selects-nothing'])).toHaveLength(1);
});

it('an undefined variable is an error only where the Flux of the chart flux-instance is strict', () => {
  const files = (version: string): Files => ({
    'flux/cluster/ks.yaml': fluxKustomization('apps', './apps', 'postBuild: { substitute: { A: b } }'),
    'apps/map.yaml': map.replace('k: v', `k: "${'$'}{TIMEZONE}"`),
    'operator/release.yaml':
      'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: flux, namespace: flux-system }\nspec:\n  interval: 1h\n  chartRef: { kind: OCIRepository, name: flux-instance }\n  valuesFrom: [{ kind: ConfigMap, name: values }]\n',
    'operator/helm/values.yaml': `instance:\n  distribution:\n    version: ${version}\n`,
  });
  expect(told(files('2.7.5'), ['variable-undefined'])).toEqual([]);
  expect(told(files('2.9.0'), ['variable-undefined'])).toEqual(['variable-undefined apps/map.yaml']);
});

it('a project says nothing of the namespace that kustomize gives an object without one', () => {
  const files = (kind: string): Files => ({
    'argocd/app.yaml':
      'apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: { name: team, namespace: argocd }\nspec:\n  sourceRepos: ["*"]\n  destinations: [{ server: "https://kubernetes.default.svc", namespace: web }]\n  clusterResourceWhitelist: [{ group: "*", kind: "*" }]\n---\napiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: web, namespace: argocd }\nspec:\n  project: team\n  source: { repoURL: "https://git.example.com/org/platform.git", targetRevision: main, path: policies }\n  destination: { server: "https://kubernetes.default.svc", namespace: web }\n',
    'policies/kustomization.yaml': 'namespace: other\nresources: [policy.yaml]\n',
    'policies/policy.yaml': `apiVersion: cilium.io/v2\nkind: ${kind}\nmetadata: { name: deny }\nspec: {}\n`,
  });
  expect(told(files('CiliumClusterwideNetworkPolicy'), ['project-forbids'])).toEqual([]);
  expect(told(files('CiliumNetworkPolicy'), ['project-forbids'])).toHaveLength(1);
});

it('an entry point with a name and a path to be written is a template', () => {
  const files = (name: string, path: string): Files => ({
    'argocd/app.yaml':
      'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: web, namespace: argocd }\nspec:\n  project: default\n  source: { repoURL: "https://git.example.com/org/platform.git", targetRevision: main, path: web }\n  destination: { server: "https://kubernetes.default.svc", namespace: web }\n',
    'argocd/template.yaml': `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: ${name}\n  namespace: argocd\nspec:\n  project: default\n  source:\n    repoURL: https://git.example.com/org/platform.git\n    path: ${path}\n  destination: { server: "https://kubernetes.default.svc", namespace: web }\n`,
    'web/map.yaml': map,
  });
  expect(told(files('', ''), ['required-field-missing'])).toEqual([]);
  expect(told(files('', 'web'), ['required-field-missing'])).toEqual([
    'required-field-missing argocd/template.yaml',
  ]);
});

it('an entry point in a folder beside those that a list takes files of is left out', () => {
  const files = (listed: string): Files => ({
    'clusters/a/apps.yaml': fluxKustomization('infra', './infra'),
    'infra/kustomization.yaml': `resources: [${listed}]\n`,
    'infra/web/map.yaml': map,
    'infra/db/ks.yaml': fluxKustomization('db', './gone'),
  });
  const owners = (listed: string): string[] =>
    discoverFiles(files(listed))
      .clusters.flatMap(({ reconciliations }) => reconciliations.map(({ name }) => name))
      .sort();
  expect(owners('web/map.yaml')).toEqual(['infra']);
  expect(owners('web/map.yaml, db/ks.yaml')).toEqual(['db', 'infra']);
});

it('a sealed Secret that a guide writes is not known to be missing', () => {
  const files = (flag: string): Files => ({
    'up.sh': 'kubectl apply -k clusters/example\n',
    'clusters/example/kustomization.yaml': 'resources: [credentials-sealed.yaml]\n',
    'docs/guide.md': `kubeseal --secret-file a.yaml ${flag} clusters/prod/credentials-sealed.yaml\n`,
  });
  expect(told(files('--sealed-secret-file'), ['file-missing'])).toEqual([]);
  expect(told(files('--secret-file'), ['file-missing'])).toHaveLength(1);
});

it('what Argo CD builds may reach outside its folder where nothing shows how Argo CD is set up', () => {
  const files = (more: Files): Files => ({
    'argocd/app.yaml':
      'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: web, namespace: argocd }\nspec:\n  project: default\n  source: { repoURL: "https://git.example.com/org/platform.git", targetRevision: main, path: config/web }\n  destination: { server: "https://kubernetes.default.svc", namespace: web }\n',
    'config/web/kustomization.yaml': 'configMapGenerator: [{ name: a, files: [../../scripts/a.sh] }]\n',
    'scripts/a.sh': 'true\n',
    ...more,
  });
  const only = ['file-outside-kustomization'];
  const installed: Files = {
    'argocd/install.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: argocd-cm, namespace: argocd }\ndata: {}\n',
  };
  expect(told(files({}), only)).toEqual([]);
  expect(told(files({}), only, 'warning')).toHaveLength(1);
  expect(told(files(installed), only)).toEqual(['file-outside-kustomization config/web/kustomization.yaml']);
});

it('a CronJob may need what comes after it, for Flux does not wait for its pods', () => {
  const pod =
    'spec: { restartPolicy: Never, containers: [{ name: a, image: "a:1", envFrom: [{ secretRef: { name: login } }] }] }';
  const workloads = {
    CronJob: `apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: a, namespace: web }\nspec: { schedule: "0 0 * * *", jobTemplate: { spec: { template: { ${pod} } } } }\n`,
    Job: `apiVersion: batch/v1\nkind: Job\nmetadata: { name: a, namespace: web }\nspec: { template: { ${pod} } }\n`,
  };
  const early = (kind: keyof typeof workloads): string[] =>
    told(
      {
        'clusters/a/ks.yaml': `${fluxKustomization('infra', './infra')}\n---\n${fluxKustomization('apps', './apps', 'dependsOn: [{ name: infra }]')}`,
        'infra/job.yaml': workloads[kind],
        'apps/secret.yaml':
          'apiVersion: v1\nkind: Secret\nmetadata: { name: login, namespace: web }\nstringData: { k: "${LOGIN}" }\n',
      },
      ['awaited-too-early'],
    );
  expect(early('CronJob')).toEqual([]);
  expect(early('Job')).toEqual(['awaited-too-early infra/job.yaml']);
});

it('an owner of its name from another source may bring the pods of a Service', () => {
  const files = (name: string): Files => ({
    'clusters/a/ks.yaml': `${fluxKustomization('apps', './apps')}\n---\napiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata: { name: other, namespace: flux-system }\nspec: { interval: 1h, url: "oci://ghcr.io/org/other" }\n---\n${fluxKustomization(
      name,
      './',
    )
      .replace('GitRepository', 'OCIRepository')
      .replace(/name: (?:flux-system|platform)\n*$/u, 'name: other')}`,
    'apps/service.yaml':
      'apiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: web }\nspec: { selector: { app: scraper }, ports: [{ port: 80 }] }\n',
    'apps/pod.yaml':
      'apiVersion: v1\nkind: Pod\nmetadata: { name: a, namespace: web, labels: { app: other } }\nspec: { containers: [{ name: a, image: "a:1" }] }\n',
  });
  expect(told(files('scraper'), ['service-selects-nothing'])).toEqual([]);
  expect(told(files('another'), ['service-selects-nothing'])).toEqual([
    'service-selects-nothing apps/service.yaml',
  ]);
});
