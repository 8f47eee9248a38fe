import { describe, expect, it } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';
import { fluxKustomization } from './discover-files.ts';

type Files = Readonly<Record<string, string>>;

function told(files: Files, only: readonly string[], ...wanted: readonly string[]): string[] {
  return lintFiles(files, { only })
    .findings.filter(({ severity }) => wanted.length === 0 || wanted.includes(severity))
    .map(({ severity, rule, span }) => `${severity} ${rule} ${span.file.path}`);
}

const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: web }\ndata: { k: v }\n';
const lacking = 'resources: [map.yaml, gone.yaml]\n';

it('a cluster that applies itself has its own Kustomization as a patch next to it makes it', () => {
  const files = (fields: string): Files => ({
    'clusters/a/flux-system/kustomization.yaml':
      'resources: [gotk-sync.yaml]\npatches: [{ path: patch.yaml, target: { kind: Kustomization } }]\n',
    'clusters/a/flux-system/gotk-sync.yaml': fluxKustomization('flux-system', './clusters/a'),
    'clusters/a/flux-system/patch.yaml': `kind: Kustomization\nmetadata: { name: flux-system, namespace: flux-system }\nspec: { ${fields} }\n`,
    'clusters/a/secrets/kustomization.yaml': 'resources: [secret.yaml]\n',
    'clusters/a/secrets/secret.yaml':
      'apiVersion: v1\nkind: Secret\nmetadata: { name: login, namespace: flux-system }\nstringData: { key: "ENC[AES256_GCM,data:abc=,iv:abc=,tag:abc=,type:str]" }\nsops: { mac: "ENC[AES256_GCM,data:abc=,iv:abc=,tag:abc=,type:str]" }\n',
  });
  const only = ['decryption-missing'];
  expect(told(files('wait: false'), only)).toEqual([
    'error decryption-missing clusters/a/secrets/secret.yaml',
  ]);
  expect(told(files('decryption: { provider: sops }'), only)).toEqual([]);
});

it('what FreeMarker, Terraform or sed has to fill in is a template', () => {
  const rules = (text: string): string[] =>
    told({ 'app/map.yaml': map, 'app/a.yaml': `${map}${text}` }, ['yaml-syntax']);
  expect(rules('<#if config.mail??>\nkind: ConfigMap\n</#if>\n')).toEqual([]);
  expect(rules('[#if config.mail??]\nkind: ConfigMap\n[/#if]\n')).toEqual([]);
  expect(rules('%{ if mail }\nmore: 1\n%{ endif }\n')).toEqual([]);
  expect(rules('password: %PASSWORD%\n')).toEqual([]);
  const built = {
    'up.sh': 'kubectl apply -k app\n',
    'app/kustomization.yaml': 'resources: [map.yaml]\n',
    'app/map.yaml': `${map}password: %PASSWORD%\n`,
    'main.go': 'package main\n',
  };
  expect(told(built, ['yaml-syntax'])).toEqual(['warning yaml-syntax app/map.yaml']);
  expect(rules('password: %s\n')).toEqual(['error yaml-syntax app/a.yaml']);
  expect(rules('<if mail>\nmore: 1\n')).toEqual(['error yaml-syntax app/a.yaml']);
});

it.each([
  ['archived-tasks/a', 0],
  ['DEPRECATED', 0],
  ['k8s/Archive', 0],
  ['Superseded-web', 0],
  ['web/superseded--nginx', 0],
  ['apps/unused', 0],
  ['disabled', 0],
  ['apps/disabled', 0],
  ['generator/golden/a', 0],
  ['tools/testData/config', 0],
  ['apps/archiver', 1],
  ['apps/golden-path', 1],
  ['apps/tls-disabled', 1],
])('what lies in %s', (directory, count) => {
  const files = { [`${directory}/kustomization.yaml`]: lacking, [`${directory}/map.yaml`]: map };
  expect(told({ ...files, 'web/map.yaml': map }, ['file-missing'])).toHaveLength(count);
});

it('a directory that a plugin of Argo CD renders is none that kustomize builds as it stands', () => {
  const files = (plugin: string): Files => ({
    'argocd/web.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: web, namespace: argocd }
spec:
  project: default
  source: { repoURL: "https://git.example.com/team/platform.git", path: web, targetRevision: main${plugin} }
  destination: { server: "https://kubernetes.default.svc", namespace: web }
`,
    'web/kustomization.yaml': lacking,
    'web/map.yaml': map,
  });
  expect(told(files(', plugin: { name: helm-args }'), ['file-missing'])).toEqual([
    'warning file-missing web/kustomization.yaml',
  ]);
  expect(told(files(''), ['file-missing'])).toEqual(['error file-missing web/kustomization.yaml']);
});

it('a webhook that asks for the labels of a pod may add the volumes that it mounts', () => {
  const files = (kind: string): Files => ({
    'app/kustomization.yaml': 'resources: [web.yaml, webhook.yaml]\n',
    'app/web.yaml': `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: web, namespace: web }
spec:
  serviceName: web
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web, kind: dispatcher } }
    spec: { containers: [{ name: web, image: "shop/web:1.4.2", volumeMounts: [{ name: more, mountPath: /more }] }] }
`,
    'app/webhook.yaml': `apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: pods }
webhooks:
  - name: pods.example.org
    admissionReviewVersions: [v1]
    sideEffects: None
    clientConfig: { service: { name: pods, namespace: web } }
    objectSelector: { matchLabels: { kind: ${kind} } }
    rules: [{ apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods] }]
`,
  });
  expect(told(files('dispatcher'), ['value-not-found'])).toEqual(['warning value-not-found app/web.yaml']);
  expect(told(files('other'), ['value-not-found'])).toEqual(['error value-not-found app/web.yaml']);
});

it('a policy of the repository meets no object whose name is still to be written', () => {
  const policy = `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: no-maps }
spec:
  matchConstraints:
    resourceRules: [{ apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [configmaps] }]
  validations: [{ expression: "false", message: no ConfigMaps }]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: no-maps }
spec: { policyName: no-maps, validationActions: [Deny] }
`;
  const files = (name: string): Files => ({
    'policies/kustomization.yaml': 'resources: [policy.yaml]\n',
    'policies/policy.yaml': policy,
    'tenants/_templates/kustomization.yaml': 'resources: [map.yaml]\n',
    'tenants/_templates/map.yaml': map.replace('name: a', `name: "${name}"`),
  });
  expect(told(files('<orgId>-a'), ['no-maps'])).toEqual(['warning no-maps tenants/_templates/map.yaml']);
  expect(told(files('a'), ['no-maps'])).toEqual(['error no-maps tenants/_templates/map.yaml']);
});

it('identifiers of clients and tenants are none that SOPS is to encrypt', () => {
  const files = (key: string): Files => ({
    '.sops.yaml': 'creation_rules: [{ path_regex: .*.yaml }]\n',
    'app/kustomization.yaml': 'resources: [secret.yaml]\n',
    'app/secret.yaml': `apiVersion: v1
kind: Secret
metadata: { name: settings, namespace: web }
stringData: { ${key}: 3e1fbd43-1f92-44b1-93a8-1b0c1bba4641, USE_WORKLOAD_IDENTITY_AUTH: "true", AZURE_SYNC_PERIOD: 12h }
`,
  });
  const only = ['sops-file-not-encrypted'];
  expect(told(files('AZURE_TENANT_ID'), only)).toEqual([]);
  expect(told(files('clientId'), only)).toEqual([]);
  expect(told(files('SECRET_ID'), only)).toEqual(['error sops-file-not-encrypted app/secret.yaml']);
});

it('an Application whose repository Ansible fills in is a template', () => {
  const files = (url: string): Files => ({
    'argocd/all.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: all, namespace: argocd }
spec:
  project: default
  source: { path: ./all, repoURL: "${url}", targetRevision: "{{ branch }}", helm: { valuesObject: { repo: "{{ repo }}" } } }
  destination: { server: "https://kubernetes.default.svc", namespace: argocd }
`,
    'all/Chart.yaml': 'apiVersion: v2\nname: all\nversion: 1.0.0\n',
    'all/templates/map.yaml': `${map}  repo: {{ .Values.repo }}\n  more: {{ fail "no" }}\n`,
  });
  const only = ['chart-render-failed'];
  expect(told(files('{{ repo }}'), only, 'error')).toEqual([]);
  expect(told(files('https://git.example.com/team/platform.git'), only, 'error')).toHaveLength(1);
});

it('what an inline patch says stands in the file of the patch, also where variables changed it', () => {
  const ks = (name: string, more: string): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec:
  interval: 1h
  prune: true
  path: ./${name}
  sourceRef: { kind: GitRepository, name: flux-system }
  postBuild: { substitute: { A: a } }
${more}`;
  const files = {
    'clusters/a/source.yaml':
      'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: flux-system, namespace: flux-system }\nspec: { interval: 1m, url: "https://git.example.com/team/platform.git", ref: { branch: main } }\n',
    'clusters/a/all.yaml': ks('all', ''),
    'all/apps.yaml': ks(
      'apps',
      '  patches:\n    - patch: |\n        apiVersion: v1\n        kind: ConfigMap\n        metadata: { name: a, namespace: web }\n        data: { k: "${A} $${MISSING}" }\n',
    ),
    'apps/map.yaml': map,
  };
  const [found] = lintFiles(files, { only: ['variable-undefined'] }).findings;
  expect(found?.span.file.path).toBe('all/apps.yaml');
  const { start = 0, end = 0, file } = found?.span ?? {};
  expect(file?.text.slice(start, end)).toContain('${MISSING}');
});

it('words in brackets where a text belongs are a gap to fill in', () => {
  const secret = (password: string): Files => ({
    'main.go': 'package main\n',
    'up.sh': 'kubectl apply -f templates\n',
    'templates/secret.yaml': `apiVersion: v1\nkind: Secret\nmetadata: { name: a, namespace: web }\nstringData:\n  password: ${password}\n`,
  });
  expect(told(secret('[your-token-with-access]'), ['wrong-type'])).toEqual([
    'warning wrong-type templates/secret.yaml',
  ]);
  expect(told(secret('[a, b]'), ['wrong-type'])).toEqual(['error wrong-type templates/secret.yaml']);
});

it('a file that its name puts away is left out, unless a kustomization lists it', () => {
  const wrong = `${map}datas: {}\n`;
  const only = ['unknown-field'];
  expect(told({ 'net/map_old.yml': wrong, 'net/map.yaml': map }, only)).toEqual([]);
  expect(told({ 'net/map-backup.yml': wrong }, only)).toHaveLength(1);
  const listed = { 'net/kustomization.yaml': 'resources: [map_old.yml]\n', 'net/map_old.yml': wrong };
  expect(told(listed, only)).toHaveLength(1);
});

it('a directory whose files a command applies is not built by it', () => {
  const files = (command: string): Files => ({
    'main.go': 'package main\n',
    'docs/guide.md': `\`\`\`sh\nkubectl apply ${command} config/grafana\n\`\`\`\n`,
    'config/grafana/kustomization.yaml': lacking,
    'config/grafana/map.yaml': map,
  });
  const only = ['file-missing'];
  expect(told(files('-k'), only)).toEqual(['error file-missing config/grafana/kustomization.yaml']);
  expect(told(files('-f'), only)).toEqual(['warning file-missing config/grafana/kustomization.yaml']);
});

it('a replacement for an annotation that no object has is one to ask for', () => {
  const files = (annotation: string): Files => ({
    'kustomization.yaml': `resources: [map.yaml]\nreplacements:\n  - sourceValue: a\n    targets:\n      - select: { kind: ConfigMap, annotationSelector: ${annotation}=true }\n        fieldPaths: [data.k]\n`,
    'map.yaml': map.replace('namespace: web', 'namespace: web, annotations: { example.com/suffix: "no" }'),
  });
  expect(told(files('example.com/host'), ['entry-selects-nothing'])).toEqual([
    'note entry-selects-nothing kustomization.yaml',
  ]);
  expect(told(files('example.com/sufix'), ['entry-selects-nothing'])).toEqual([
    'error entry-selects-nothing kustomization.yaml',
  ]);
});

it('a replacement of a component that matches in one build is in use', () => {
  const component = `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nreplacements:\n  - sourceValue: a\n    targets: [{ select: { kind: ConfigMap, name: b }, fieldPaths: [data.k] }]\n`;
  const files = (name: string): Files => ({
    'components/host/kustomization.yaml': component,
    'one/kustomization.yaml': 'resources: [map.yaml]\ncomponents: [../components/host]\n',
    'one/map.yaml': map,
    'two/kustomization.yaml': 'resources: [map.yaml]\ncomponents: [../components/host]\n',
    'two/map.yaml': map.replace('name: a', `name: ${name}`),
  });
  expect(told(files('b'), ['entry-selects-nothing', 'patch-changes-nothing'])).toEqual([]);
  expect(told(files('c'), ['entry-selects-nothing'])).toHaveLength(1);
});

const secret = (value: string): string =>
  `apiVersion: v1\nkind: Secret\nmetadata: { name: a, namespace: web }\ndata: { key: ${value} }\n`;

it.each([
  ['your-certificate-in-base64', 'warning'],
  ['insert_the_key_here', 'warning'],
  ['"replace this"', 'warning'],
  ['c2VjcmV0...', 'warning'],
  ['yours-truly!', 'error'],
  ['insertion!', 'error'],
  ['c2VjcmV0!', 'error'],
])('a value that says what to write in its place is to be completed: %s', (value, severity) => {
  expect(told({ 'app/secret.yaml': secret(value) }, ['wrong-type'])).toEqual([
    `${severity} wrong-type app/secret.yaml`,
  ]);
});

it.each([
  ['app/secret-template.yaml', 'warning'],
  ['app/secret.tmpl.yaml', 'warning'],
  ['app/templates.yaml', 'error'],
  ['templates/secret.yaml', 'error'],
])('a file that is named as a template is to be completed: %s', (path, severity) => {
  expect(told({ [path]: secret('c2VjcmV0!') }, ['wrong-type'])).toEqual([`${severity} wrong-type ${path}`]);
});

it('fields of a function of ytt are none of the object below', () => {
  const file = (code: string): Files => ({
    'app/map.yaml': `${code}\nmetrics: { interval: 1m }\n#@ end\n\n${map}`,
  });
  const only = ['unknown-field'];
  expect(told(file('#@ def settings():'), only)).toEqual(['warning unknown-field app/map.yaml']);
  expect(told(file('# def settings():'), only)).toEqual(['error unknown-field app/map.yaml']);
  expect(told(file('#@ load("@ytt:data", "data")'), only)).toEqual(['error unknown-field app/map.yaml']);
});

it.each([
  ['legacy/web', 'warning'],
  ['legacy-web', 'error'],
])('an Application in a folder for what is left over may no longer be applied: %s', (folder, severity) => {
  const application = (name: string): string =>
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: ${name}, namespace: argocd }\nspec:\n  project: default\n  source: { repoURL: "https://git.example.com/org/platform.git", targetRevision: main, path: apps/${name} }\n  destination: { server: "https://kubernetes.default.svc", namespace: web }\n`;
  const files = {
    'argocd/shop.yaml': application('shop'),
    'apps/shop/map.yaml': map,
    [`${folder}/app.yaml`]: application('gone'),
  };
  expect(told(files, ['application-path-missing'])).toEqual([
    `${severity} application-path-missing ${folder}/app.yaml`,
  ]);
});

it('an entry point in a file that cannot be read, and that no list includes, is named', () => {
  const files = {
    'clusters/a/flux-system.yaml': fluxKustomization('flux-system', './clusters/a'),
    'clusters/a/kustomization.yaml': 'resources: [flux-system.yaml]\n',
    'clusters/a/web.yaml': `${fluxKustomization('web', './web')}\u00A0 wait: true\n  force: true\n`,
  };
  const { coverage } = lintFiles(files);
  expect(coverage.notDeployed).toEqual(['clusters/a/web.yaml']);
});

it.each([
  ['v0.52.0', 'warning'],
  ['v0.53.0', 'error'],
  ['latest', 'error'],
])('a range of versions is as new as the manifests of the Flux Operator at %s have', (tag, severity) => {
  const release = `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: flux, namespace: flux-system }\nspec:\n  interval: 1h\n  chartRef: { kind: OCIRepository, name: flux-instance }\n  values: { instance: { distribution: { version: 2.x, artifact: "oci://ghcr.io/controlplaneio-fluxcd/flux-operator-manifests:${tag}" } } }\n`;
  const files = {
    'clusters/a/flux-system.yaml': `${fluxKustomization('flux-system', './clusters/a')}---\n${fluxKustomization('apps', './apps')}  postBuild: { substitute: { KNOWN: a } }\n`,
    'clusters/a/release.yaml': release,
    'apps/map.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: web }\ndata: { k: "${UNKNOWN}" }\n',
  };
  expect(told(files, ['variable-undefined'])).toEqual([`${severity} variable-undefined apps/map.yaml`]);
});

const chart = (folder: string): Files => ({
  [`${folder}/Chart.yaml`]: 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
  [`${folder}/values.yaml`]: 'a: 1\n',
  [`${folder}/templates/map.yaml`]: map,
});

const application = (name: string, path: string): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: ${name}, namespace: argocd }\nspec:\n  project: default\n  source: { repoURL: "https://git.example.com/org/platform.git", targetRevision: main, path: ${path} }\n  destination: { server: "https://kubernetes.default.svc", namespace: web }\n`;

it('an Application that stands in a chart which another one installs is followed, and both may never be in one cluster', () => {
  const files: Files = {
    ...chart('web'),
    'web/application.yaml': application('web', 'web'),
    'web/application-other.yaml': application('other', 'web'),
  };
  expect(lintFiles(files).ownership.filter(({ by }) => by === 'argocd')).toHaveLength(2);
  expect(told(files, ['paths-overlap'])).toEqual(['warning paths-overlap web/application-other.yaml']);
});

it('nobody applies what stands beside the Application of a chart', () => {
  const values = `b: 1\n---\n${map}`;
  const lacking =
    'dependencies: [{ name: other, version: 1.0.0, repository: "https://charts.example.com" }]\n';
  const files = (more: Files): Files => ({
    'web/application.yaml': application('web', 'web'),
    'web/values-a.yaml': values,
    ...more,
  });
  const definition = { 'web/Chart.yaml': `apiVersion: v2\nname: web\nversion: 1.0.0\n${lacking}` };
  expect(told(files(definition), ['not-admitted'])).toEqual(['warning not-admitted web/values-a.yaml']);
  expect(told(files({}), ['not-admitted'])).toEqual(['error not-admitted web/values-a.yaml']);
});

it('a file is not missing where hologit, vendir or a submodule brings it', () => {
  const files = (more: Files): Files => ({
    'up.sh': 'kubectl apply -k app\n',
    'main.go': 'package main\n',
    'app/kustomization.yaml': 'resources: [manifests/map.yaml]\n',
    ...more,
  });
  const severity = (more: Files): string[] => told(files(more), ['file-missing']);
  expect(severity({})).toEqual(['error file-missing app/kustomization.yaml']);
  const warning = ['warning file-missing app/kustomization.yaml'];
  expect(severity({ '.holo/branches/main/app/manifests.toml': '[holomapping]\n' })).toEqual(warning);
  expect(severity({ '.gitmodules': '[submodule "a"]\n\tpath = app/manifests\n' })).toEqual(warning);
  expect(severity({ 'vendir.yml': 'directories:\n  - path: app/manifests\n' })).toEqual(warning);
  expect(severity({ 'vendir.yml': 'directories:\n  - path: app/others\n' })).toEqual([
    'error file-missing app/kustomization.yaml',
  ]);
});

it('a command may install the pods of a Service with a chart', () => {
  const deployment =
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: b, namespace: web }\nspec: { selector: { matchLabels: { app: b } }, template: { metadata: { labels: { app: b } }, spec: { containers: [{ name: b, image: "shop/b:1.4.2" }] } } }\n';
  const service =
    'apiVersion: v1\nkind: Service\nmetadata: { name: a, namespace: web }\nspec: { selector: { app.kubernetes.io/name: shop }, ports: [{ port: 80 }] }\n';
  const files = (command: string): Files => ({
    'README.md': `kubectl apply -f app\n${command}\n`,
    'app/a.yaml': `${service}---\n${deployment}`,
  });
  const only = ['service-selects-nothing'];
  expect(told(files('helm upgrade --install shop \\\n  shop/shop'), only, 'warning')).toHaveLength(1);
  expect(told(files('helm upgrade --install other shop/shop'), only, 'warning')).toHaveLength(1);
  expect(told(files('helm upgrade --install other shop/other'), only, 'error')).toHaveLength(1);
});

it('a level of Pod Security refuses pods where somebody is seen to apply the namespace that sets it', () => {
  const namespace =
    'apiVersion: v1\nkind: Namespace\nmetadata: { name: web, labels: { pod-security.kubernetes.io/enforce: restricted } }\n';
  const pod =
    'apiVersion: v1\nkind: Pod\nmetadata: { name: a, namespace: web }\nspec: { containers: [{ name: a, image: "shop/a:1.4.2" }] }\n';
  const files = (at: string): Files => ({
    'clusters/a/flux-system.yaml': fluxKustomization('flux-system', './clusters/a'),
    'clusters/a/pod.yaml': pod,
    [at]: namespace,
  });
  const only = ['pod-security-violated'];
  const severities = (at: string): Set<string> =>
    new Set(told(files(at), only).map((one) => one.split(' ')[0] ?? ''));
  expect(severities('clusters/a/namespace.yaml')).toEqual(new Set(['error']));
  expect(severities('manual/namespace.yaml')).toEqual(new Set(['warning']));
});

it('a Secret that an operator makes may be copied into other namespaces', () => {
  const annotations = 'annotations: { reflector.v1.k8s.emberstack.com/reflection-allowed: "true" }';
  const files = (target: string): Files => ({
    'clusters/a/flux-system.yaml': fluxKustomization('flux-system', './clusters/a'),
    'clusters/a/release.yaml':
      'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: web, namespace: web }\nspec:\n  interval: 1h\n  chartRef: { kind: OCIRepository, name: web }\n  valuesFrom: [{ kind: Secret, name: login }]\n',
    'clusters/a/secret.yaml': `apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: { name: login, namespace: a }\nspec: { target: { ${target} }, secretStoreRef: { kind: ClusterSecretStore, name: a }, dataFrom: [{ extract: { key: a } }] }\n`,
  });
  const only = ['release-values-missing'];
  expect(told(files(`template: { metadata: { ${annotations} } }`), only)).toEqual([]);
  expect(told(files('name: login'), only)).toHaveLength(1);
});

it('a source of the repository of Flux says nothing of a Flux that is installed otherwise', () => {
  const files = (version: string): Files => ({
    'clusters/a/flux-system.yaml': fluxKustomization('flux-system', './clusters/a'),
    'clusters/a/flux.yaml': `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: source-controller, namespace: flux-system, labels: { app.kubernetes.io/part-of: flux, app.kubernetes.io/version: ${version} } }\n`,
    'clusters/a/source.yaml':
      'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: flux, namespace: flux-system }\nspec: { interval: 1h, url: "https://github.com/fluxcd/flux2", ref: { branch: main } }\n',
    'clusters/a/image.yaml':
      'apiVersion: image.toolkit.fluxcd.io/v1beta2\nkind: ImageRepository\nmetadata: { name: web, namespace: flux-system }\nspec: { interval: 1h, image: shop/web }\n',
  });
  const only = ['unsupported-value'];
  expect(told(files('v2.8.3'), only)).toEqual(['warning unsupported-value clusters/a/image.yaml']);
  expect(told(files('v2.9.1'), only)).toEqual(['error unsupported-value clusters/a/image.yaml']);
});

it.each([
  ['<< inputs.labels | toYaml | nindent 8 >>', 0],
  ['<< inputs.labels | toJson >>', 0],
  ['"labels: << inputs.labels | toYaml | nindent 8 >>"', 1],
  ['<< inputs.name >>', 1],
])('a template of a ResourceSet may be a mapping when it is filled in: %s', (value, count) => {
  const files = {
    'clusters/a/flux-system.yaml': fluxKustomization('flux-system', './clusters/a'),
    'clusters/a/set.yaml': `apiVersion: fluxcd.controlplane.io/v1\nkind: ResourceSet\nmetadata: { name: all, namespace: flux-system }\nspec:\n  inputs:\n    - name: web\n      labels: { app: web, team: shop }\n  resources:\n    - apiVersion: v1\n      kind: ConfigMap\n      metadata:\n        name: << inputs.name >>\n        namespace: web\n        labels: ${value}\n`,
  };
  expect(told(files, ['wrong-type'], 'error')).toHaveLength(count);
});

describe('what a kustomization lists for nothing', () => {
  const only = ['entry-selects-nothing'];
  const patch = (
    target: string,
    text = 'apiVersion: v1\\nkind: ConfigMap\\nmetadata: { name: b }\\ndata: { k: w }',
  ): string => `resources: [map.yaml]\npatches: [{ target: { ${target} }, patch: "${text}" }]\n`;
  const deleting = (target: string): string =>
    patch(target, 'apiVersion: v1\\nkind: ConfigMap\\nmetadata: { name: b }\\n$patch: delete');

  it('is no error where nobody is seen to build it', () => {
    const files = (more: Files): Files => ({
      'main.go': 'package main\n',
      'clusters/a/flux-system/kustomization.yaml': 'resources: [gotk-sync.yaml]\n',
      'clusters/a/flux-system/gotk-sync.yaml': fluxKustomization('flux-system', './clusters/a'),
      'web/overlays/stage/kustomization.yaml': patch('kind: ConfigMap, name: b'),
      'web/overlays/stage/map.yaml': map,
      ...more,
    });
    const file = 'web/overlays/stage/kustomization.yaml';
    expect(told(files({}), only)).toEqual([`warning entry-selects-nothing ${file}`]);
    const rendered = 'render() { kustomize build "$1" | envsubst > "$2"; }\n';
    const built = [
      { 'scripts/render.sh': `${rendered}render web/overlays/stage out.yaml\n` },
      { 'environments/stage.yaml': 'overlay: web/overlays/stage\n' },
      { 'up.sh': 'kubectl apply -k web/overlays/stage\n' },
    ];
    for (const more of built)
      expect(told(files(more), only)).toEqual([`error entry-selects-nothing ${file}`]);
    const others = { 'scripts/render.sh': `${rendered}render web/overlays/prod out.yaml\n` };
    expect(told(files(others), only)).toEqual([`warning entry-selects-nothing ${file}`]);
  });

  it('is done where it is to delete what is not there', () => {
    const files = (text: string): Files => ({ 'web/kustomization.yaml': text, 'web/map.yaml': map });
    const severity = (text: string): string[] =>
      told(files(text), only).map((one) => one.split(' ')[0] ?? '');
    expect(severity(deleting('kind: ConfigMap, name: gone'))).toEqual(['warning']);
    expect(severity(patch('kind: ConfigMap, name: gone'))).toEqual(['error']);
    // Nearly the name or the kind of something that stays.
    expect(severity(deleting('kind: ConfigMaps, name: a'))).toEqual(['error']);
    expect(severity(deleting('group: apps, kind: ConfigMap'))).toEqual(['error']);
    expect(severity(deleting('kind: ConfigMap, name: a, namespace: other'))).toEqual(['error']);
  });

  it('may be for what did not ask to be left out', () => {
    const files = (annotation: string, group: string): Files => ({
      'main/kustomization.yaml': 'resources: [map.yaml]\ncomponents: [../part]\n',
      'main/map.yaml': map.replace('name: a', `annotations: { ${annotation}: "true" }, name: a`),
      'part/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
resources: [secret.yaml]
patches:
  - target: { group: "${group}", kind: ConfigMap, annotationSelector: "!example.org/skip" }
    patch: "- op: add\\n  path: /data/more\\n  value: w"
`,
      'part/secret.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: { name: s, namespace: web }\n',
    });
    const severities = (annotation: string, group = ''): string[] =>
      told(files(annotation, group), only).map((one) => one.split(' ')[0] ?? '');
    expect(severities('example.org/skip')).toEqual(['note']);
    expect(severities('example.org/other')).toEqual([]);
    expect(severities('example.org/other', 'apps')).toEqual(['error']);
  });
});

it('a name that is left empty is for whoever applies the object', () => {
  const files = (name: string): Files => ({
    'argocd/all.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: all, namespace: argocd }
spec:
  project: default
  source: { path: all, repoURL: "https://git.example.com/team/platform.git", targetRevision: main }
  destination: { server: "https://kubernetes.default.svc", namespace: argocd }
`,
    'argocd/secret.yaml': `apiVersion: v1\nkind: Secret\nmetadata:\n${name}\n  namespace: argocd\nstringData: { key.txt: "" }\n`,
    'all/map.yaml': map,
  });
  const only = ['required-field-missing'];
  expect(told(files('  name:'), only)).toEqual(['warning required-field-missing argocd/secret.yaml']);
  expect(told(files('  labels: {}'), only)).toEqual(['error required-field-missing argocd/secret.yaml']);
});

it('a list of all parts, of which Flux applies some, is none that anybody builds', () => {
  const release = (name: string): string => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: ${name} }
spec:
  interval: 1h
  chart: { spec: { chart: db, version: 1.0.0, sourceRef: { kind: HelmRepository, name: all } } }
`;
  const files = (more: Files): Files => ({
    'clusters/a/flux-system/kustomization.yaml': 'resources: [gotk-sync.yaml]\n',
    'clusters/a/flux-system/gotk-sync.yaml': fluxKustomization('flux-system', './clusters/a'),
    'clusters/a/apps.yaml': fluxKustomization('apps', './apps/a'),
    'apps/a/kustomization.yaml': 'namespace: web\nresources: [../base/web]\n',
    'apps/base/kustomization.yaml': 'resources: [shop, web]\n',
    'apps/base/shop/kustomization.yaml': 'resources: [db.yaml]\n',
    'apps/base/shop/db.yaml': release('db'),
    'apps/base/web/kustomization.yaml': 'resources: [db.yaml]\n',
    'apps/base/web/db.yaml': release('db'),
    ...more,
  });
  const only = ['id-conflict'];
  expect(told(files({}), only)).toEqual(['warning id-conflict apps/base/web/db.yaml']);
  const up = { 'up.sh': 'kubectl apply -k apps/base\n' };
  expect(told(files(up), only)).toEqual(['error id-conflict apps/base/web/db.yaml']);
  const last = {
    'apps/base/kustomization.yaml': 'resources: [web, shop]\n',
    'apps/base/web/kustomization.yaml': 'resources: [db.yaml, ks.yaml, map.yaml]\n',
    'apps/base/web/map.yaml': map,
    'apps/base/web/ks.yaml': fluxKustomization('more', './apps/more'),
    'apps/more/map.yaml': map,
  };
  expect(told(files(last), only)).toEqual(['warning id-conflict apps/base/shop/db.yaml']);
  expect(told(files({ ...last, ...up }), only)).toEqual(['error id-conflict apps/base/shop/db.yaml']);
});

it('a Namespace of a kustomization that nobody is seen to build says what is allowed in its own build alone', () => {
  const namespace =
    'apiVersion: v1\nkind: Namespace\nmetadata: { name: web, labels: { pod-security.kubernetes.io/enforce: restricted } }\n';
  const pod =
    'apiVersion: v1\nkind: Pod\nmetadata: { name: a, namespace: web }\nspec: { hostNetwork: true, containers: [{ name: a, image: "a:1" }] }\n';
  const files = (more: Files): Files => ({
    'main.go': 'package main\n',
    'config/web/kustomization.yaml': 'resources: [pod.yaml]\n',
    'config/web/pod.yaml': pod,
    'config/other/kustomization.yaml': 'resources: [namespace.yaml]\n',
    'config/other/namespace.yaml': namespace,
    ...more,
  });
  const only = ['pod-security-violated'];
  const severities = (more: Files): Set<string> =>
    new Set(told(files(more), only).map((one) => one.split(' ')[0] ?? ''));
  expect(severities({})).toEqual(new Set(['warning']));
  expect(severities({ 'up.sh': 'kubectl apply -k config/other\nkubectl apply -k config/web\n' })).toContain(
    'error',
  );
  expect(severities({ 'config/web/kustomization.yaml': 'resources: [pod.yaml, ../other]\n' })).toContain(
    'error',
  );
});

it('a schema of values cannot tell what a variable stands for', () => {
  const files = (host: string): Files => ({
    'clusters/a/flux-system/kustomization.yaml': 'resources: [gotk-sync.yaml]\n',
    'clusters/a/flux-system/gotk-sync.yaml': fluxKustomization('flux-system', './clusters/a'),
    'clusters/a/apps.yaml': `${fluxKustomization('apps', './apps').trimEnd()}
  postBuild: { substituteFrom: [{ kind: Secret, name: variables }] }
`,
    'apps/kustomization.yaml':
      'namespace: web\nresources: [web.yaml]\nconfigMapGenerator: [{ name: values, files: [values.yaml], options: { disableNameSuffixHash: true } }]\n',
    'apps/values.yaml': `host: ${host}\n`,
    'apps/web.yaml': `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: web }
spec:
  interval: 1h
  chart: { spec: { chart: ./charts/web, sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system } } }
  valuesFrom: [{ kind: ConfigMap, name: values }]
`,
    'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
    'charts/web/values.schema.json':
      '{ "properties": { "host": { "type": "string", "pattern": "^[a-z.]+$" } } }',
    'charts/web/templates/map.yaml': map.replace('k: v', 'host: "{{ .Values.host }}"'),
  });
  const only = ['chart-render-failed'];
  expect(told(files('web.${DOMAIN}'), only)).toEqual([]);
  expect(told(files('web_1.example.org'), only)).toEqual(['error chart-render-failed apps/values.yaml']);
});

it('pods of a kustomization that nobody is seen to build meet no level of a Namespace that comes from elsewhere', () => {
  const namespace =
    'apiVersion: v1\nkind: Namespace\nmetadata: { name: web, labels: { pod-security.kubernetes.io/enforce: restricted } }\n';
  const pod =
    'apiVersion: v1\nkind: Pod\nmetadata: { name: a, namespace: web }\nspec: { hostNetwork: true, containers: [{ name: a, image: "a:1" }] }\n';
  const files = (more: Files): Files => ({
    'clusters/a/flux-system.yaml': fluxKustomization('flux-system', './clusters/a'),
    'clusters/a/namespace.yaml': namespace,
    'platform/queue/kustomization.yaml': 'resources: [pod.yaml]\n',
    'platform/queue/pod.yaml': pod,
    ...more,
  });
  const severities = (more: Files): Set<string> =>
    new Set(told(files(more), ['pod-security-violated']).map((one) => one.split(' ')[0] ?? ''));
  expect(severities({})).toEqual(new Set(['warning']));
  expect(severities({ 'up.sh': 'kubectl apply -k platform/queue\n' })).toEqual(new Set(['error']));
  const both = {
    'platform/queue/kustomization.yaml': 'resources: [namespace.yaml, pod.yaml]\n',
    'platform/queue/namespace.yaml': namespace,
  };
  expect(severities(both)).toEqual(new Set(['error']));
});

it('an operator in the cluster may decrypt an object of a kind that nobody knows', () => {
  const files = (kind: string): Files => ({
    'clusters/a/flux-system.yaml': fluxKustomization('flux-system', './clusters/a'),
    'clusters/a/login.yaml': `${kind}\nmetadata: { name: login, namespace: web }\nsops: { mac: "ENC[AES256_GCM,data:abc=,iv:abc=,tag:abc=,type:str]", lastmodified: now }\n`,
  });
  const of = (kind: string): string[] => told(files(kind), ['decryption-missing']);
  expect(of('apiVersion: isindir.github.com/v1alpha3\nkind: SopsSecret')).toEqual([]);
  const error = ['error decryption-missing clusters/a/login.yaml'];
  expect(of('apiVersion: v1\nkind: Secret')).toEqual(error);
  expect(of('apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease')).toEqual(error);
});

it('whoever makes the source that a cluster lacks makes the Kustomization of its name', () => {
  const files = (more: Files): Files => ({
    'clusters/a/cluster.yaml': fluxKustomization('cluster', './clusters/a'),
    'clusters/a/web.yaml': `${fluxKustomization('web', './web').trimEnd()}\n  dependsOn: [{ name: flux-system }]\n`,
    'web/map.yaml': map,
    ...more,
  });
  const source =
    'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: flux-system, namespace: flux-system }\nspec: { interval: 1m, url: "https://git.example.com/team/platform.git" }\n';
  const only = ['dependency-missing'];
  expect(told(files({}), only)).toEqual(['note dependency-missing clusters/a/web.yaml']);
  expect(told(files({ 'clusters/a/source.yaml': source }), only)).toEqual([
    'error dependency-missing clusters/a/web.yaml',
  ]);
});

it('what is suspended waits for nothing', () => {
  const files = (more: string): Files => ({
    'clusters/a/flux-system.yaml': fluxKustomization('flux-system', './clusters/a'),
    'clusters/a/web.yaml': `${fluxKustomization('web', './gone').trimEnd()}\n  dependsOn: [{ name: apps }]\n${more}`,
  });
  const only = ['dependency-missing', 'flux-path-missing'];
  expect(told(files(''), only)).toEqual([
    'error flux-path-missing clusters/a/web.yaml',
    'error dependency-missing clusters/a/web.yaml',
  ]);
  expect(told(files('  suspend: true\n'), only)).toEqual([
    'warning flux-path-missing clusters/a/web.yaml',
    'warning dependency-missing clusters/a/web.yaml',
  ]);
});

it('a placeholder of the Vault plugin of Argo CD is filled in before a server sees it', () => {
  const files = (host: string): Files => ({
    'argocd/web.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: web, namespace: argocd }
spec:
  project: default
  source: { repoURL: "https://git.example.com/team/platform.git", path: web, targetRevision: main }
  destination: { server: "https://kubernetes.default.svc", namespace: web }
`,
    'web/route.yaml': `apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: { name: web, namespace: web }\nspec: { hostnames: ["web.${host}"] }\n`,
  });
  const only = ['invalid-value'];
  expect(told(files('<path:argocd:login#domain>'), only)).toEqual(['warning invalid-value web/route.yaml']);
  expect(told(files('<domain>'), only)).toEqual(['error invalid-value web/route.yaml']);
});

it('a key is missing where somebody is seen to apply the object that lacks it', () => {
  const files = (at: string): Files => ({
    'clusters/a/flux-system.yaml': fluxKustomization('flux-system', './clusters/a'),
    'clusters/a/pod.yaml':
      'apiVersion: v1\nkind: Pod\nmetadata: { name: a, namespace: web }\nspec: { containers: [{ name: a, image: "shop/a:1.4.2", env: [{ name: A, valueFrom: { configMapKeyRef: { name: a, key: gone } } }] }] }\n',
    [at]: map,
  });
  const only = ['reference-missing'];
  expect(told(files('clusters/a/map.yaml'), only)).toEqual(['error reference-missing clusters/a/pod.yaml']);
  expect(told(files('bin/templates/map.yaml'), only)).toEqual([
    'warning reference-missing clusters/a/pod.yaml',
  ]);
});

it('an artifact of the manifests of Flux says which version is installed, whatever its repository is there for', () => {
  const source = (kind: string, rest: string): string =>
    `apiVersion: source.toolkit.fluxcd.io/v1\nkind: ${kind}\nmetadata: { name: ${kind.toLowerCase()}, namespace: flux-system }\nspec: { interval: 1h, ${rest} }\n`;
  const files = (more: Files): Files => ({
    'clusters/a/flux-system.yaml': fluxKustomization('flux-system', './clusters/a'),
    'clusters/a/artifact.yaml': source(
      'OCIRepository',
      'url: "oci://ghcr.io/fluxcd/flux-manifests", ref: { tag: v2.4.0 }',
    ),
    'clusters/a/release.yaml':
      'apiVersion: helm.toolkit.fluxcd.io/v2beta1\nkind: HelmRelease\nmetadata: { name: web, namespace: web }\nspec: { interval: 1h, chart: { spec: { chart: web, sourceRef: { kind: HelmRepository, name: web } } } }\n',
    ...more,
  });
  const only = ['unsupported-value'];
  const warning = ['warning unsupported-value clusters/a/release.yaml'];
  expect(told(files({}), only)).toEqual(warning);
  const dashboards = source('GitRepository', 'url: "https://github.com/fluxcd/flux2", ref: { branch: main }');
  expect(told(files({ 'clusters/a/dashboards.yaml': dashboards }), only)).toEqual(warning);
  expect(told(files({ 'clusters/a/artifact.yaml': dashboards }), only)).toEqual([
    'error unsupported-value clusters/a/release.yaml',
  ]);
});

it('a folder that is named as a template is built as a copy', () => {
  const application = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: web, namespace: argocd }
spec:
  project: default
  source: { repoURL: "https://git.example.com/team/platform.git", path: web, targetRevision: main }
  destination: { server: "https://kubernetes.default.svc", namespace: web }
`;
  const files = (folder: string, more: Files = {}): Files => ({
    [`${folder}/dev/kustomization.yaml`]:
      'resources: [../../../apps, web.yaml]\npatches: [{ path: patch.yaml }]\n',
    [`${folder}/dev/web.yaml`]: application,
    [`${folder}/dev/patch.yaml`]: application,
    'apps/kustomization.yaml': 'resources: [web.yaml]\n',
    'apps/web.yaml': application,
    ...more,
  });
  const only = ['path-outside-repository'];
  const warning = ['warning path-outside-repository environment_template/dev/kustomization.yaml'];
  expect(told(files('environment_template'), only)).toEqual(warning);
  expect(told(files('environments'), only)).toEqual([
    'error path-outside-repository environments/dev/kustomization.yaml',
  ]);
  const command = { 'up.sh': 'kubectl apply -k environment_template/dev\n' };
  expect(told(files('environment_template', command), only)).toEqual([
    'error path-outside-repository environment_template/dev/kustomization.yaml',
  ]);
});

it('a CRD that a chart installs as well may be another one', () => {
  const files = (values: string): Files => ({
    'argocd/updater.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: updater, namespace: argocd }
spec:
  project: default
  source:
    repoURL: https://charts.example.com
    chart: updater
    targetRevision: 1.1.5
    helm:
      values: |
        ${values}
  destination: { server: "https://kubernetes.default.svc", namespace: argocd }
`,
    'argocd/crd.yaml': `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: updaters.updater.example.com }
spec:
  group: updater.example.com
  scope: Namespaced
  names: { kind: Updater, plural: updaters }
  versions: [{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object, properties: { spec: { type: object } } } } }]
`,
    'argocd/web.yaml':
      'apiVersion: updater.example.com/v1\nkind: Updater\nmetadata: { name: web, namespace: argocd }\nspec: { images: [] }\n',
    'argocd/apps.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: apps, namespace: argocd }
spec:
  project: default
  source: { repoURL: "https://git.example.com/team/platform.git", path: argocd, targetRevision: main }
  destination: { server: "https://kubernetes.default.svc", namespace: argocd }
`,
  });
  const only = ['unknown-field'];
  expect(told(files('installCRDs: true'), only)).toEqual(['warning unknown-field argocd/web.yaml']);
  expect(told(files('crds:\n          install: true'), only)).toEqual([
    'warning unknown-field argocd/web.yaml',
  ]);
  expect(told(files('installCRDs: false'), only)).toEqual(['error unknown-field argocd/web.yaml']);
});

it('a CRD that a failing build has read says which kinds there are', () => {
  const crd = (name: string): string =>
    `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: ${name.toLowerCase()}s.shop.example.com }
spec:
  group: shop.example.com
  scope: Namespaced
  names: { kind: ${name}, plural: ${name.toLowerCase()}s }
  versions: [{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object } } }]
`;
  const files = (resources: string): Files => ({
    'all/kustomization.yaml': `resources: [${resources}]\n`,
    'crd/kustomization.yaml': 'resources: [web.yaml]\n',
    'crd/web.yaml': crd('Web'),
    'bundle/wep.yaml': crd('Wep'),
    'samples/web.yaml':
      'apiVersion: shop.example.com/v1\nkind: Web\nmetadata: { name: web, namespace: web }\n',
  });
  const only = ['unsupported-value'];
  expect(told(files('../crd'), only)).toEqual([]);
  expect(told(files('../crd, ../gone'), only)).toEqual(['error file-missing all/kustomization.yaml']);
  expect(told({ ...files('../crd'), 'crd/web.yaml': crd('Other') }, only)).toEqual([
    'error unsupported-value samples/web.yaml',
  ]);
});

it('CRDs that a recipe generates may have more fields when they are installed', () => {
  const files = (recipe: string): Files => ({
    Makefile: `manifests:\n\t${recipe}\nsamples:\n\tkubectl apply -f samples/web.yaml\n`,
    'main.go': 'package main\n',
    'crd/web.yaml': `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: webs.shop.example.com }
spec:
  group: shop.example.com
  scope: Namespaced
  names: { kind: Web, plural: webs }
  versions: [{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object, properties: { spec: { type: object } } } } }]
`,
    'samples/web.yaml':
      'apiVersion: shop.example.com/v1\nkind: Web\nmetadata: { name: web, namespace: web }\nspec: { host: a }\n',
  });
  const only = ['unknown-field'];
  const generating = 'controller-gen crd paths=./... output:crd:artifacts:config=crd';
  expect(told(files(generating), only)).toEqual(['warning unknown-field samples/web.yaml']);
  expect(told(files('go vet ./...'), only)).toEqual(['error unknown-field samples/web.yaml']);
});
