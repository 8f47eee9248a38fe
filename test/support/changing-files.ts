/** What may stand in each file; undefined where it may be gone. The first is there at the start. */
export const variants: Readonly<Record<string, readonly (string | undefined)[]>> = {
  'cdb-lint.yaml': [
    undefined,
    'environments: { dev: { root: overlays/dev }, prod: { root: overlays/prod } }\n',
    'ignore: [apps/]\nrules: { image-not-pinned: { severity: "off" } }\n',
    'remotes: { "https://example.com/org/shared": shared }\nenvironments: { prod: { root: overlays/prod } }\n',
    'nonsense: true\n',
  ],
  'shared/kustomization.yaml': [
    'resources: [config-map.yaml]\n',
    'resources: [config-map.yaml]\nnamePrefix: shared-\n',
    'kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\n',
    undefined,
  ],
  'shared/config-map.yaml': [
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: shared }\ndata: { a: b }\n',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: shared }\ndata: { a: &a b, c: *a }\n',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: shared }\ndata: { a: b, a: c }\n',
    'apiVersion: v1\nkind: [\n',
  ],
  'base/kustomization.yaml': [
    'resources: [../shared, web.yaml]\nconfigMapGenerator: [{ name: app, files: [config/app.env] }]\n',
    'resources: [web.yaml, "https://example.com/org/shared"]\nlabels: [{ pairs: { part: web } }]\n',
    'resources: [web.yaml, ../overlays/prod]\n',
    'resources: [web.yaml, more/]\nnamespace: web\n',
  ],
  'base/web.yaml': [
    deployment('web:1.0.0'),
    deployment('web:latest'),
    `${deployment('web:1.0.0')}---\n${service('web')}`,
    undefined,
  ],
  'base/config/app.env': ['a=b\n', 'a=c\n', undefined],
  'base/more/kustomization.yaml': [undefined, 'resources: [service.yaml]\n'],
  'base/more/service.yaml': [service('nobody'), undefined],
  'component/kustomization.yaml': [
    'kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\nreplicas: [{ name: web, count: 3 }]\n',
    'kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\nresources: [claim.yaml]\n',
  ],
  'component/claim.yaml': [undefined, 'apiVersion: v1\nkind: Secret\nmetadata: { name: claim }\n'],
  'overlays/dev/kustomization.yaml': [
    'resources: [../../base]\nnamespace: dev\n',
    'resources: [../../base]\nnamespace: dev\nbuildMetadata: [originAnnotations]\n',
    'resources: [../../base]\nnamespace: dev\nopenapi: { path: schema.json }\n',
    undefined,
  ],
  'overlays/dev/schema.json': [undefined, '{"definitions":{}}'],
  'overlays/prod/kustomization.yaml': [
    'resources: [../../base]\nnamespace: prod\ncomponents: [../../component]\npatches: [{ path: patch.yaml }]\n',
    'resources: [../../base]\nnamespace: prod\n',
    'resources: [../../base]\nnamespace: prod\npatches: [{ path: gone.yaml }]\n',
  ],
  'overlays/prod/patch.yaml': [
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { replicas: 2 }\n',
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { replicas: two }\n',
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: other }\nspec: { replicas: 2 }\n',
  ],
  'clusters/prod/web.yaml': [
    fluxKustomization('overlays/prod', ''),
    fluxKustomization('overlays/prod', '  patches: [{ patch: "[]", target: { kind: Deployment } }]\n'),
    fluxKustomization('overlays/prod', '  images: [{ name: web, newTag: "2" }]\n  namePrefix: my-\n'),
    fluxKustomization('apps', '  postBuild: { substituteFrom: [{ kind: ConfigMap, name: settings }] }\n'),
    fluxKustomization('apps', '  targetNamespace: apps\n  components: [../component]\n'),
    undefined,
  ],
  'clusters/prod/source.yaml': [
    'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: flux-system, namespace: flux-system }\nspec: { interval: 1m, url: "https://example.com/org/repository", ref: { branch: main } }\n',
    'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: flux-system, namespace: flux-system }\nspec: { interval: 1m, url: "https://example.com/org/repository", ref: { branch: main }, ignore: "/apps/two.yaml" }\n',
  ],
  'clusters/prod/settings.yaml': [
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings, namespace: flux-system }\ndata: { place: here }\n',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings, namespace: flux-system }\ndata: { place: there }\n',
    undefined,
  ],
  'apps/one.yaml': [service('$' + '{place}'), service('web')],
  'apps/two.yaml': [undefined, deployment('two:1.0.0')],
  '.sourceignore': [undefined, '/apps/two.yaml\n'],
  'argocd/web.yaml': [
    undefined,
    application('overlays/dev', ''),
    application('overlays/dev', 'kustomize: { images: ["web:3"], namePrefix: my- }'),
    application('apps', ''),
  ],
  'policies/policy.yaml': [undefined, policy('object.spec.replicas > 1'), policy('object.spec.replica > 1')],
};

function deployment(image: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "${image}" }] }
`;
}

function service(app: string): string {
  return `apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { selector: { app: "${app}" }, ports: [{ port: 80 }] }\n`;
}

function fluxKustomization(path: string, more: string): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: web, namespace: flux-system }
spec:
  interval: 10m
  path: ./${path}
  prune: true
  sourceRef: { kind: GitRepository, name: flux-system }
${more}`;
}

function application(path: string, options: string): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: web, namespace: argocd }
spec:
  project: default
  destination: { server: "https://kubernetes.default.svc", namespace: web }
  source: { repoURL: "https://example.com/org/repository", path: ${path}${options === '' ? '' : `, ${options}`} }
`;
}

function policy(expression: string): string {
  return `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: several }
spec:
  matchConstraints: { resourceRules: [{ apiGroups: [apps], apiVersions: [v1], resources: [deployments], operations: [CREATE] }] }
  validations: [{ expression: "${expression}" }]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: several }
spec: { policyName: several, validationActions: [Deny] }
`;
}
