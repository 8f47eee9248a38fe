import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import { lintFiles } from '../support/lint-files.ts';
import { configMap, discoverFiles, findingsOf, fluxKustomization } from './discover-files.ts';

const repository = 'https://git.example.com/team/platform.git';
const source = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 1m, url: "${repository}" }
`;

function application(name: string, path: string, namespace = 'app'): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}, namespace: argocd }
spec:
  project: team
  source: { repoURL: "${repository}", path: "${path}", targetRevision: main }
  destination: { server: "https://kubernetes.default.svc", namespace: ${namespace} }
`;
}

function told({ findings }: Report): string[] {
  return findings.map(({ rule, severity, span }) => `${severity} ${rule} ${span.file.path}`);
}

describe('what a person applies once', () => {
  it('may hold all that its controllers apply from then on', () => {
    const discovery = discoverFiles({
      'apps/kustomization.yaml': 'resources: [web.yaml, web]\n',
      'apps/web.yaml': application('web', 'apps/web'),
      'apps/web/kustomization.yaml': 'resources: [map.yaml]\n',
      'apps/web/map.yaml': configMap('web', 'k: v'),
    });
    expect(discovery.clusters.map(({ reconciliations }) => reconciliations.map(({ path }) => path))).toEqual([
      ['apps', 'apps/web'],
    ]);
    expect(findingsOf(discovery)).toEqual([]);
  });
});

describe('an Application in a file that a kustomization has as a comment', () => {
  const files = (list: string): Record<string, string> => ({
    'argocd/dev.yaml': application('dev', 'apps'),
    'argocd/operations/kustomization.yaml': list,
    'argocd/operations/map.yaml': configMap('operations', 'k: v'),
    'argocd/operations/database.yaml': application('database', 'gone'),
    'apps/map.yaml': configMap('apps', 'k: v'),
  });
  const missing = (list: string): number =>
    findingsOf(discoverFiles(files(list), { repositories: [repository] })).filter((one) =>
      one.startsWith('application-path-missing'),
    ).length;

  it('is none, and one where nothing speaks of it', () => {
    expect(missing('resources:\n  - map.yaml\n  # - database.yaml (see dev.yaml)\n')).toBe(0);
    expect(missing('resources:\n  - map.yaml\n')).toBe(1);
  });
});

describe('a project of Argo CD', () => {
  const project = `apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: { name: team, namespace: argocd }
spec: { sourceRepos: ["${repository}"], destinations: [{ server: "https://kubernetes.default.svc", namespace: app }] }
`;
  const chart = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: chart, namespace: argocd }
spec:
  project: team
  source: { repoURL: "https://charts.shop.internal", chart: web, targetRevision: 1.0.0 }
  destination: { server: "https://kubernetes.default.svc", namespace: app }
`;
  const secret = (owner: string): string => `apiVersion: v1
kind: Secret
metadata: { name: charts, namespace: argocd, labels: { argocd.argoproj.io/secret-type: repository } }
stringData: { type: helm, url: "https://charts.shop.internal", project: ${owner} }
`;
  const made = `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: charts, namespace: argocd }
spec:
  secretStoreRef: { kind: ClusterSecretStore, name: vault }
  target:
    template:
      metadata: { labels: { argocd.argoproj.io/secret-type: repository } }
      data: { type: helm, url: "https://charts.shop.internal", project: team, password: "{{ .password }}" }
  data: [{ secretKey: password, remoteRef: { key: charts } }]
`;
  const findings = (more: string): string[] =>
    findingsOf(
      discoverFiles(
        {
          'argocd/kustomization.yaml': 'resources: [project.yaml, chart.yaml, secret.yaml]\n',
          'argocd/project.yaml': project,
          'argocd/chart.yaml': chart,
          'argocd/secret.yaml': more,
        },
        { repositories: [repository] },
      ),
    ).filter((one) => one.startsWith('project-forbids'));

  it('permits the repositories that are registered for it alone', () => {
    expect(findings(secret('team'))).toEqual([]);
    expect(findings(made)).toEqual([]);
    expect(findings(secret('other'))).toEqual(['project-forbids argocd/chart.yaml:6']);
  });
});

it('Argo CD puts objects of known custom kinds into the namespace of the destination as well', () => {
  const shared = `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: pull }
spec: { secretStoreRef: { name: vault }, data: [{ secretKey: a, remoteRef: { key: b } }] }
`;
  const owned = (namespace: string): string[] =>
    findingsOf(
      discoverFiles(
        {
          'argocd/web.yaml': application('web', 'apps/web', 'web'),
          'argocd/db.yaml': application('db', 'apps/db', namespace),
          'apps/web/a.yaml': shared,
          'apps/db/a.yaml': shared,
        },
        { repositories: [repository] },
      ),
    ).filter((one) => one.startsWith('object-owned-twice'));
  expect(owned('db')).toEqual([]);
  expect(owned('web')).toEqual(['object-owned-twice apps/web/a.yaml:3']);
});

it('what a failed substitution leaves as it is written is not a wrong value besides', () => {
  const report = lintFiles(
    {
      'clusters/prod/source.yaml': source,
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', 'postBuild: { substitute: { a: b } }'),
      'apps/web.yaml': `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: app }
spec: { rules: [{ host: "web.\${domain}" }] }
`,
    },
    { only: ['variable-undefined', 'invalid-value'] },
  );
  expect(told(report)).toEqual(['error variable-undefined apps/web.yaml']);
});

it('a repository with any object of Flux is built without the load restrictor of kustomize', () => {
  const files = {
    'base/loki/kustomization.yaml': 'resources: [release.yaml, ../sources/grafana.yaml]\n',
    'base/loki/release.yaml': configMap('loki', 'k: v'),
    'base/sources/grafana.yaml': configMap('grafana', 'k: v'),
  };
  const only = { only: ['file-outside-kustomization'] };
  expect(told(lintFiles(files, only))).toEqual([
    'error file-outside-kustomization base/loki/kustomization.yaml',
  ]);
  expect(told(lintFiles({ ...files, 'base/more/source.yaml': source }, only))).toEqual([]);
});

it('documents next to those of another tool in one file belong to that tool', () => {
  const files = (kind: string): Record<string, string> => ({
    'talos/node.yaml': `machine: { type: worker }\n---\n${kind}\n`,
    'map.yaml': configMap('a', 'k: v'),
  });
  const rules = { only: ['not-admitted'] };
  expect(told(lintFiles(files('apiVersion: v1alpha1\nkind: HostnameConfig\nauto: "off"'), rules))).toEqual(
    [],
  );
  expect(told(lintFiles(files(configMap('b', 'k: v')), rules))).toEqual([
    'error not-admitted talos/node.yaml',
  ]);
});

it('fields of the experimental channel of the Gateway API are a note, and others errors', () => {
  const route = (field: string): string => `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web }
spec: { rules: [{ ${field}: { type: Cookie } }] }
`;
  const severities = (field: string): string[] =>
    lintFiles({ 'route.yaml': route(field) }, { only: ['unknown-field'] }).findings.map(
      ({ severity }) => severity,
    );
  expect(severities('sessionPersistence')).toEqual(['note']);
  expect(severities('sessionPersistance')).toEqual(['error']);
});

it('what an apply is to change of an object that is there already need not be whole', () => {
  const service = (annotation: string): string =>
    `apiVersion: v1\nkind: Service\nmetadata: { name: web, annotations: { ${annotation} } }\n`;
  const severities = (annotation: string): string[] =>
    lintFiles({ 'a.yaml': service(annotation) }, { only: ['required-field-missing'] }).findings.map(
      ({ severity }) => severity,
    );
  expect(severities('kustomize.toolkit.fluxcd.io/ssa: Merge')).toEqual(['note']);
  expect(severities('argocd.argoproj.io/sync-options: "ServerSideApply=true,Validate=false"')).toEqual([
    'note',
  ]);
  expect(severities('kustomize.toolkit.fluxcd.io/ssa: IfNotPresent')).toEqual(['error']);
});

it('a route means the Gateway of its own cluster, whatever others call theirs', () => {
  const gateway = (listener: string): string => `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: voice, namespace: app }
spec: { gatewayClassName: a, listeners: [{ name: ${listener}, port: 80, protocol: HTTP }] }
`;
  const route = `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: app }
spec: { parentRefs: [{ name: voice, sectionName: own }] }
`;
  const cluster = (name: string, listener: string): Record<string, string> => ({
    [`clusters/${name}/flux-system/sync.yaml`]: fluxKustomization('flux-system', `./clusters/${name}`),
    [`clusters/${name}/gateway.yaml`]: gateway(listener),
  });
  const files = {
    ...cluster('a', 'other'),
    ...cluster('b', 'own'),
    'clusters/a/flux-system/source.yaml': source,
    'clusters/b/flux-system/source.yaml': source,
    'clusters/b/route.yaml': route,
  };
  const only = { only: ['route-parent-missing'] };
  expect(told(lintFiles(files, only))).toEqual([]);
  expect(told(lintFiles({ ...files, 'clusters/b/gateway.yaml': gateway('another') }, only))).toEqual([
    'error route-parent-missing clusters/b/route.yaml',
  ]);
});

it('manifests of end-to-end tests are named and not checked', () => {
  const { findings, coverage } = lintFiles(
    {
      'test/e2e/resources/web.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: web }\n',
      'map.yaml': configMap('a', 'k: v'),
    },
    { only: ['required-field-missing'] },
  );
  expect(findings).toEqual([]);
  expect(coverage.notDeployed).toContain('test/e2e');
});

it('an entry point in a folder that another one applies is met there, under the name it gets there', () => {
  const app = (name: string): string =>
    fluxKustomization(name, `./apps/${name}`).replace('  namespace: flux-system\n', '');
  const discovery = discoverFiles({
    'flux/home/kustomization.yaml': 'resources: [source.yaml, apps.yaml]\n',
    'flux/home/source.yaml': source,
    'flux/home/apps.yaml': fluxKustomization('all', './ks/home', 'targetNamespace: flux-system'),
    'ks/home/web/app.yaml': app('web'),
    'ks/home/db/app.yaml': app('db'),
    'apps/web/map.yaml': configMap('web', 'k: v'),
    'apps/db/map.yaml': configMap('db', 'k: v'),
  });
  expect(discovery.clusters.map(({ root }) => root)).toEqual(['flux/home']);
  expect(findingsOf(discovery)).toEqual([]);
});

it('variables may be put into what no controller applies from here, where there is one', () => {
  const files = {
    'web/kustomization.yaml': 'resources: [web.yaml]\n',
    'web/web.yaml':
      'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: web }\nspec: { rules: [{ host: "web.${DOMAIN}" }] }\n',
  };
  const only = { only: ['invalid-value'] };
  expect(told(lintFiles(files, only))).toEqual(['error invalid-value web/web.yaml']);
  expect(told(lintFiles({ ...files, 'argocd/root.yaml': application('root', 'gone') }, only))).toEqual([]);
});

it('what only clients read, and what Hive makes patches of, is not a manifest', () => {
  const files = {
    'a/config.yaml': 'apiVersion: v1\nkind: Config\nclusters: []\n',
    'a/template.yaml': 'apiVersion: v1\nkind: Template\nparameters: [{ name: TAG }]\nobjects: []\n',
    'a/namespace.yaml':
      'apiVersion: v1\nkind: Namespace\nname: shop\napplyMode: AlwaysApply\npatch: "{}"\npatchType: merge\n',
    'a/map.yaml': configMap('a', 'k: v'),
  };
  const { findings, coverage } = lintFiles(files, {
    only: ['unknown-field', 'unsupported-value', 'required-field-missing'],
  });
  expect(findings).toEqual([]);
  expect(coverage.notDeployed).toEqual([
    'a/config.yaml: configuration of another tool (1 object)',
    'a/namespace.yaml: a patch (1 object)',
    'a/template.yaml: configuration of another tool (1 object)',
  ]);
});

it('generators whose paths are templates do not speak against the repository of an ApplicationSet', () => {
  const set = `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: infra, namespace: argocd }
spec:
  goTemplate: true
  generators:
    - matrix:
        generators:
          - list: { elements: [{ app: a }, { app: b }] }
          - git: { repoURL: "${repository}", revision: main, directories: [{ path: "infra/{{ .app }}/prod" }] }
    - git: { repoURL: "${repository}", revision: main, directories: [{ path: "more/{{ .app }}/prod" }] }
  template:
    metadata: { name: "{{ .path.basename }}-{{ .app }}" }
    spec:
      project: default
      source: { repoURL: "${repository}", path: "{{ .path.path }}", targetRevision: main }
      destination: { server: "https://kubernetes.default.svc", namespace: app }
`;
  const discovery = discoverFiles({
    'envs/prod/root.yaml': application('root', 'envs/prod'),
    'envs/prod/set.yaml': set,
    'infra/a/prod/map.yaml': configMap('a', 'k: v'),
    'infra/b/prod/map.yaml': configMap('b', 'k: v'),
  });
  const paths = discovery.clusters.flatMap(({ reconciliations }) => reconciliations.map(({ path }) => path));
  expect(paths).toContain('infra/a/prod');
});

it('an Application in a template, whose path has a variable, is not rendered', () => {
  const discovery = discoverFiles(
    {
      'envs/root.tmpl.yaml': application('root', 'envs/${env}'),
      'envs/prod/map.yaml': configMap('a', 'k: v'),
    },
    { repositories: [repository] },
  );
  expect(findingsOf(discovery)).toEqual([]);
  expect(discovery.coverage.notRendered).toEqual([
    'Application root: the value of a variable in the path of its source is not in the repository',
  ]);
});

it('a variable in a Secret is not a secret that messages would have to hide', () => {
  const { findings } = lintFiles(
    {
      'web/kustomization.yaml': 'resources: [web.yaml, secret.yaml]\n',
      'web/web.yaml':
        'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: web }\nspec: { rules: [{ host: "${DOMAIN}" }] }\n',
      'web/secret.yaml':
        'apiVersion: v1\nkind: Secret\nmetadata: { name: web }\nstringData: { domain: "${DOMAIN}" }\n',
      'cdb-lint.yaml': 'environments: { prod: { root: web } }\n',
    },
    { only: ['invalid-value'] },
  );
  expect(findings.map(({ message }) => message.includes('"${DOMAIN}"'))).toEqual([true]);
});

it('a path with a variable that leaves one directory leads there, and what was applied by hand once is as controllers apply it', () => {
  const instance = `apiVersion: fluxcd.controlplane.io/v1
kind: FluxInstance
metadata: { name: flux }
spec:
  distribution: { version: 2.x, registry: ghcr.io/fluxcd }
  sync: { kind: GitRepository, url: "${repository}", ref: refs/heads/main, path: "clusters/\${CLUSTER}/start" }
`;
  const files = {
    'apps/flux/kustomization.yaml': 'resources: [instance.yaml, map.yaml]\n',
    'apps/flux/instance.yaml': instance,
    'apps/flux/map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: flux }\n',
    'clusters/home/start/apps.yaml': fluxKustomization('apps', './clusters/home/apps'),
    'clusters/home/apps/flux.yaml': fluxKustomization('flux', './apps/flux', 'targetNamespace: flux-system'),
  };
  const { clusters } = discoverFiles(files);
  const paths = clusters.flatMap(({ reconciliations }) =>
    reconciliations.map(({ name, namespace, path }) => [name, namespace, path]),
  );
  expect(paths).toContainEqual(['flux-system', 'flux-system', 'clusters/home/start']);
  expect(paths.filter(([name]) => name === 'flux')).toEqual([
    ['flux', 'flux-system', 'apps/flux'],
    ['flux', 'flux-system', undefined],
  ]);
  const two = {
    ...files,
    'clusters/other/start/apps.yaml': fluxKustomization('apps', './clusters/home/apps'),
  };
  expect(discoverFiles(two).coverage.notRendered).toEqual([
    'Kustomization flux-system/flux-system: the value of a variable in spec.path is not in the repository',
  ]);
});

it('what a mutating webhook of the repository changes first may lack what its schema asks for', () => {
  const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: sets.shop.internal }
spec:
  group: shop.internal
  scope: Namespaced
  names: { kind: Set, plural: sets, singular: set, listKind: SetList }
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties: { spec: { type: object, required: [name], properties: { name: { type: string } } } }
`;
  const webhook = (resource: string): string => `apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: sets }
webhooks:
  - name: sets.shop.internal
    admissionReviewVersions: [v1]
    sideEffects: None
    clientConfig: { service: { name: web, namespace: app } }
    rules: [{ apiGroups: [shop.internal], apiVersions: [v1], operations: [CREATE], resources: [${resource}] }]
`;
  const severities = (resource: string): string[] =>
    lintFiles(
      {
        'config/kustomization.yaml': 'resources: [definition.yaml, webhook.yaml]\n',
        'config/definition.yaml': definition,
        'config/webhook.yaml': webhook(resource),
        'samples/set.yaml': 'apiVersion: shop.internal/v1\nkind: Set\nmetadata: { name: a }\nspec: {}\n',
      },
      { only: ['required-field-missing'] },
    ).findings.map(({ severity }) => severity);
  expect(severities('sets')).toEqual(['note']);
  expect(severities('others')).toEqual(['error']);
});

it('placeholders of a plugin, files of other tools without a kind, and what plain files lack are no errors', () => {
  const route =
    'apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: { name: web }\nspec: { hostnames: ["web.<secret:domain>"] }\n';
  const score = 'apiVersion: score.dev/v1b1\nmetadata: { name: web }\ncontainers: { web: { image: "." } }\n';
  const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: app }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { serviceAccountName: of-the-chart, containers: [{ name: web, image: "web:1.0.0" }] }
`;
  const report = lintFiles(
    {
      'web/route.yaml': route,
      'score.yaml': score,
      'addons/web.yaml': deployment,
      'argocd/root.yaml': application('root', 'argocd'),
    },
    { only: ['invalid-value', 'required-field-missing', 'reference-missing'] },
  );
  expect(told(report)).toEqual(['warning reference-missing addons/web.yaml']);
});

it('an Application of a chart alone is met where another one applies it, and once', () => {
  const chart = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: gateway, namespace: argocd }
spec:
  project: team
  sources:
    - { repoURL: "https://charts.example.com", chart: gateway, targetRevision: 1.0.0 }
    - { repoURL: "${repository}", targetRevision: main, path: raw/gateway }
  destination: { server: "https://10.0.0.8:6443", namespace: app }
`;
  const discovery = discoverFiles({
    'argocd/production/gateway/gateway.yaml': chart,
    'argocd/roots/production.yaml': application('production', 'argocd/production'),
    'raw/gateway/map.yaml': configMap('gateway', 'k: v'),
  });
  const names = discovery.clusters.flatMap(({ reconciliations }) => reconciliations.map(({ name }) => name));
  expect(names.toSorted()).toEqual(['gateway', 'production']);
  expect(findingsOf(discovery)).toEqual([]);
});

it('what the Operator SDK writes before it builds is no file that is missing', () => {
  const files = (recipe: string): Record<string, string> => ({
    'operator/config/manifests/kustomization.yaml':
      'resources: [bases/web.clusterserviceversion.yaml, map.yaml]\n',
    'operator/config/manifests/map.yaml': configMap('web', 'k: v'),
    'operator/Makefile': `bundle:\n\t${recipe}\n\tkustomize build config/manifests | operator-sdk generate bundle -q\n`,
  });
  const severities = (recipe: string): string[] =>
    lintFiles(files(recipe), { only: ['file-missing'] }).findings.map(({ severity }) => severity);
  expect(severities('$(OPERATOR_SDK) generate kustomize manifests -q')).toEqual(['warning']);
  expect(severities('echo')).toEqual(['error']);
});
