import { describe, expect, it } from 'vitest';
import { completeAt, labelsAt } from '../support/complete-at.ts';

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
        - name: web
          image: shop/web:1
          ports:
            - {name: http, containerPort: 8080}
`;
const files = {
  'base/kustomization.yaml':
    'resources: [web.yaml, settings.yaml, service.yaml]\ncomponents: []\nsecretGenerator:\n  - name: token\n    literals: [key=x]\n',
  'base/web.yaml': deployment.replace(
    '  template:\n',
    '  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web, tier: front}}\n',
  ),
  'base/settings.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: shop}\ndata: {LEVEL: info, MODE: fast}\n',
  'base/service.yaml':
    'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  selector: {app: web}\n  ports: [{name: http, port: 80}]\n',
  'base/notes.txt': 'x',
  'more/kustomization.yaml': 'resources: [crd.yaml]\n',
  'more/crd.yaml': `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: cars.shop.example}
spec:
  group: shop.example
  scope: Namespaced
  names: {kind: Car, plural: cars, singular: car, listKind: CarList}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              required: [colour]
              properties:
                colour: {type: string, enum: [red, blue], description: What it looks like.}
                wheels: {type: integer, default: 4}
`,
};
const items = (path: string, text: string): ReturnType<typeof completeAt> => completeAt(path, text, files);
const labels = (path: string, text: string): string[] => labelsAt(path, text, files);
const item = (path: string, text: string, label: string): ReturnType<typeof completeAt>[number] | undefined =>
  items(path, text).find((one) => one.label === label);

describe('fields', () => {
  it('of built-in kinds, with words, type and what is required, without those that are there', () => {
    const text = deployment.replace('spec:\n  template', 'spec:\n  |\n  template');
    expect(labels('x.yaml', text)).toEqual(expect.arrayContaining(['replicas', 'strategy', 'selector']));
    expect(labels('x.yaml', text)).not.toContain('template');
    expect(item('x.yaml', text, 'selector')).toMatchObject({
      detail: 'LabelSelector, required',
      documentation: { value: expect.stringContaining('Label selector for pods') },
    });
    expect(item('x.yaml', text, 'replicas')?.textEdit).toMatchObject({
      newText: 'replicas: ',
      range: { start: { line: 5, character: 2 }, end: { line: 5, character: 2 } },
    });
  });

  it('of what someone has half written, and with an indentation that cannot be', () => {
    expect(
      labels('x.yaml', deployment.replace('          ports', '          livenessP|\n          ports')),
    ).toContain('livenessProbe');
    expect(labels('x.yaml', 'apiVersion: v1\nkind: Service\nspec:\n  type: ClusterIP\n      |\n')).toContain(
      'selector',
    );
  });

  it('in braces of several lines and in JSON', () => {
    const braces = deployment.replace(
      '          ports:\n',
      '          resources: {\n            limits: {cpu: 1},\n            |\n          }\n          ports:\n',
    );
    expect(labels('x.yaml', braces)).toContain('requests');
    expect(labels('x.yaml', braces)).not.toContain('limits');
    const json = '{\n  "apiVersion": "apps/v1",\n  "kind": "Deployment",\n  "spec": {\n    "rep|"\n  }\n}\n';
    expect(item('x.json', json, 'replicas')?.textEdit).toMatchObject({
      newText: 'replicas": ',
      range: { start: { line: 4, character: 5 }, end: { line: 4, character: 9 } },
    });
  });

  it('with all that is required as a snippet', () => {
    const text = 'apiVersion: v1\nkind: Service\nspec:\n  |\n';
    expect(item('x.yaml', text, 'ports')).toMatchObject({
      insertTextFormat: 2,
      textEdit: { newText: 'ports:\n    - port: $1' },
    });
    expect(
      items('x.yaml', 'apiVersion: apps/v1\nkind: Deployment\nspec:\n  |\n').find(
        ({ label }) => label === 'template',
      )?.textEdit?.newText,
    ).toBe('template:\n    $1');
    const claims = 'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\n|\n';
    expect(item('x.yaml', claims, 'spec')?.textEdit?.newText).toBe(
      'spec:\n  maxReplicas: $1\n  scaleTargetRef:\n    kind: $2\n    name: $3',
    );
    const policy = 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nroleRef:\n  |\n';
    expect(
      items('x.yaml', policy).find(({ detail }) => detail === 'all required fields')?.textEdit,
    ).toMatchObject({
      newText: 'kind: $1\n  name: $2',
    });
  });

  it('of custom kinds that the repository defines, and of Flux and Argo CD', () => {
    const car = 'apiVersion: shop.example/v1\nkind: Car\nspec:\n  |\n';
    expect(item('x.yaml', car, 'colour')).toMatchObject({
      detail: 'string, required',
      documentation: { value: expect.stringContaining('What it looks like.') },
    });
    const flux = 'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nspec:\n  |\n';
    expect(item('x.yaml', flux, 'prune')).toMatchObject({
      documentation: { value: expect.stringContaining('garbage collection') },
    });
    const argo = 'apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec:\n  syncPolicy:\n    |\n';
    expect(labels('x.yaml', argo)).toContain('automated');
  });

  it('of the Kubernetes version that is checked for', () => {
    const text = 'apiVersion: v1\nkind: Pod\nspec:\n  |\n';
    const older = { ...files, 'cdb-lint.yaml': 'kubernetesVersion: "1.29"\n' };
    expect(labelsAt('x.yaml', text, older)).not.toContain('hostnameOverride');
    expect(labelsAt('x.yaml', text, { ...files, 'cdb-lint.yaml': 'kubernetesVersion: "1.36"\n' })).toContain(
      'hostnameOverride',
    );
  });

  it('of kustomization.yaml and cdb-lint.yaml', () => {
    expect(item('base/kustomization.yaml', 'resources: []\n|', 'patches')?.documentation).toMatchObject({
      value: expect.stringContaining('strategic merge patch'),
    });
    expect(labels('base/kustomization.yaml', 'images:\n  - name: x\n    |\n')).toEqual(
      expect.arrayContaining(['newTag', 'digest']),
    );
    expect(labels('cdb-lint.yaml', '|')).toEqual(
      expect.arrayContaining(['kubernetesVersion', 'environments']),
    );
  });

  it('of the rules that a configuration sets, and their severities', () => {
    expect(labels('cdb-lint.yaml', 'rules:\n  limits-missing: off\n  |\n')).toEqual(['secret-in-git']);
    expect(labels('cdb-lint.yaml', 'rules:\n  limits-missing: |\n')).toEqual([
      'error',
      'warning',
      'note',
      'off',
    ]);
    expect(labels('cdb-lint.yaml', 'exclusions:\n  - rule: |\n')).toEqual([
      'secret-in-git',
      'limits-missing',
    ]);
  });

  it('of kustomization.yaml with its kind as without it', () => {
    const versions = labels('base/kustomization.yaml', 'apiVersion: |\nkind: Kustomization\n');
    expect(versions).toEqual(['kustomize.config.k8s.io/v1beta1', 'kustomize.config.k8s.io/v1alpha1']);
    expect(labels('base/kustomization.yaml', 'kind: Component\n|\n')).toContain('patches');
  });

  it('of an object within a patch, by its kind or by the target', () => {
    const patch = 'patches:\n  - target: {kind: Deployment, name: web}\n    patch: ';
    expect(labels('base/kustomization.yaml', `${patch}>-\n      spec:\n        |\n`)).toContain('replicas');
    const merge =
      'patches:\n  - patch: >-\n      apiVersion: v1\n      kind: Service\n      spec:\n        |\n';
    expect(labels('base/kustomization.yaml', merge)).toContain('clusterIP');
  });

  it('of a patch: nothing has to be there, and directives may', () => {
    const patch = 'patches:\n  - target: {kind: Deployment, name: web}\n    patch: >-\n';
    const at = (inner: string): string[] => labels('base/kustomization.yaml', `${patch}${inner}`);
    expect(item('base/kustomization.yaml', `${patch}      spec:\n        |\n`, 'selector')?.detail).toBe(
      'LabelSelector',
    );
    expect(at('      spec:\n        $patch: |\n')).toEqual(['delete', 'replace', 'merge']);
    expect(
      at(
        '      spec:\n        template:\n          spec:\n            containers:\n              - name: |\n',
      ),
    ).toEqual(['web']);
    expect(at('      - |\n')).toEqual(expect.arrayContaining(['op', 'path']));
    expect(at('      |\n')).toContain('- op');
    expect(at('      [{"op": "replace", "path": "/spec/|"}]\n')).toContain('/spec/replicas');
    const file = {
      ...files,
      'over/kustomization.yaml': 'resources: [../base]\npatches:\n  - path: patch.yaml\n',
      'over/patch.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 2}\n',
    };
    const name = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: |\n';
    expect(labelsAt('over/patch.yaml', name, file)).toEqual(['web']);
    expect(labelsAt('over/other.yaml', name, file)).toEqual([]);
  });

  it('of the items of a List, and of a kind without its version', () => {
    const list =
      'apiVersion: v1\nkind: List\nitems:\n  - apiVersion: apps/v1\n    kind: Deployment\n    spec:\n      |\n';
    expect(labels('x.yaml', list)).toContain('replicas');
    expect(labels('x.yaml', 'kind: Deployment\nspec:\n  |\n')).toContain('replicas');
  });

  it('of JSON 6902 operations, whose paths follow the target', () => {
    const operations =
      'patches:\n  - target: {kind: Deployment, name: web}\n    patch: >-\n      - op: replace\n        path: ';
    expect(labels('base/kustomization.yaml', `${operations}/spec/|\n`)).toContain('/spec/replicas');
    expect(labels('base/kustomization.yaml', `${operations}/spec/strategy/type\n        value: |\n`)).toEqual(
      expect.arrayContaining(['Recreate', 'RollingUpdate']),
    );
    expect(labels('base/kustomization.yaml', operations.replace('replace\n        path: ', '|\n'))).toContain(
      'remove',
    );
    const quoted = (json: string): string =>
      `patches:\n  - target: {kind: Deployment, name: web}\n    patch: ${json}\n`;
    const inQuotes = [
      `'[{"op": "replace", "path": "/spec/re|"}]'`,
      `'[{"op": "test", "path": "/kind"}, {"op": "replace", "path": "/spec/re|'`,
      String.raw`"[{\"op\": \"replace\", \"path\": \"/spec/re|\"}]"`,
    ];
    for (const json of inQuotes)
      expect(labels('base/kustomization.yaml', quoted(json)), json).toContain('/spec/replicas');
    expect(labels('base/kustomization.yaml', quoted(`'[{"op": "|"}]'`))).toContain('remove');
    expect(
      labels(
        'base/kustomization.yaml',
        quoted(`'[{"op": "add", "path": "/spec/strategy/type", "value": "|"}]'`),
      ),
    ).toContain('Recreate');
    const escaped = quoted(inQuotes[2] ?? '');
    const item = completeAt('base/kustomization.yaml', escaped, files).find(
      ({ label }) => label === '/spec/replicas',
    );
    const before = escaped.split('\n')[2]?.indexOf('/spec/re') ?? 0;
    // With the escaped quote behind it.
    const range = { start: { line: 2, character: before }, end: { line: 2, character: before + 10 } };
    expect(item?.textEdit).toEqual({ newText: String.raw`/spec/replicas\"`, range });
    const beside = {
      ...files,
      'base/kustomization.yaml': 'patches:\n  - path: ops.yaml\n    target: {kind: Service}\n',
    };
    expect(labelsAt('base/ops.yaml', '- op: add\n  path: /spec/|\n', beside)).toContain('/spec/clusterIP');
  });

  it('of the values of a chart, by its schema and its own values', () => {
    const chart = {
      ...files,
      'charts/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
      'charts/shop/values.yaml': '# -- How many pods.\nreplicas: 2\nimage:\n  tag: v1\n',
      'charts/shop/values.schema.json':
        '{"properties": {"mode": {"type": "string", "enum": ["fast", "slow"]}}}',
    };
    expect(labelsAt('charts/shop/values-prod.yaml', '|', chart)).toEqual(
      expect.arrayContaining(['replicas', 'image', 'mode']),
    );
    expect(labelsAt('charts/shop/values-prod.yaml', 'mode: |\n', chart)).toEqual(['fast', 'slow']);
    const release =
      'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nspec:\n  chart:\n    spec:\n      chart: ./charts/shop\n  values:\n    |\n';
    expect(
      completeAt('r.yaml', release, chart).find(({ label }) => label === 'replicas')?.documentation,
    ).toMatchObject({
      value: expect.stringContaining('How many pods.'),
    });
  });
});

describe('values of a chart', () => {
  const chart = {
    ...files,
    'charts/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
    'charts/shop/values.yaml': 'replicas: 2\nimage:\n  tag: v1\n',
    'charts/shop/values.schema.json':
      '{"properties": {"image": {"properties": {"mode": {"enum": ["fast", "slow"]}}}}}',
  };
  const source = 'path: charts/shop, helm:';
  it.each([
    ['a source', 'Application', `source: {${source} {valuesObject: {|}}}`],
    ['several sources', 'Application', `sources: [{path: base}, {${source} {valuesObject: {|}}}]`],
    ['a template', 'ApplicationSet', `template: {spec: {source: {${source} {valuesObject: {|}}}}}`],
    ['a string', 'Application', 'source:\n    path: charts/shop\n    helm:\n      values: >-\n        |'],
    ['parameters', 'Application', `source: {${source} {parameters: [{name: |}]}}`],
  ])('of Argo CD: %s', (_, kind, spec) => {
    const text = `apiVersion: argoproj.io/v1alpha1\nkind: ${kind}\nspec:\n  ${spec}\n`;
    expect(labelsAt('app.yaml', text, chart)).toEqual(['replicas', 'image']);
  });

  it('deeper, of a string and of parameters', () => {
    const application = (below: string): string =>
      `apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec:\n  source:\n    path: charts/shop\n    helm:\n      ${below}\n`;
    const text = application('values: >-\n        image:\n          mode: |');
    expect(labelsAt('app.yaml', text, chart)).toEqual(['fast', 'slow']);
    const parameter = application('parameters:\n        - name: image.|');
    expect(labelsAt('app.yaml', parameter, chart)).toEqual(['image.tag', 'image.mode']);
  });

  it('and the fields of Chart.yaml', () => {
    const found = labelsAt('charts/shop/Chart.yaml', 'apiVersion: v2\n|\n', chart);
    expect(found).toEqual(expect.arrayContaining(['dependencies', 'appVersion']));
    expect(found).not.toContain('metadata');
  });
});

describe('values', () => {
  it('that are listed, with the one that is there by itself first', () => {
    expect(labels('x.yaml', deployment.replace('image: shop/web:1', 'imagePullPolicy: |'))).toEqual([
      'Always',
      'IfNotPresent',
      'Never',
    ]);
    expect(labels('x.yaml', 'apiVersion: shop.example/v1\nkind: Car\nspec:\n  colour: |\n')).toEqual([
      'red',
      'blue',
    ]);
    expect(labels('x.yaml', 'apiVersion: shop.example/v1\nkind: Car\nspec:\n  wheels: |\n')).toEqual(['4']);
  });

  it('that are kinds of a product that the repository has', () => {
    const certificate =
      'apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: {name: web}\nspec: {secretName: web, issuerRef: {name: a}}\n';
    const withProduct = {
      ...files,
      'more/kustomization.yaml': 'resources: [tls.yaml]\n',
      'more/tls.yaml': certificate,
    };
    expect(labelsAt('x.yaml', 'apiVersion: cert-manager.io/v1\nkind: |\n', withProduct)).toContain('Issuer');
  });

  it('in the quotes that are there, and with the one that lacks', () => {
    const policy = (value: string): string =>
      deployment.replace('image: shop/web:1', `imagePullPolicy: ${value}`);
    const edit = { newText: 'Always"', range: { start: { character: 28 } } };
    expect(item('x.yaml', policy('"|"'), 'Always')?.textEdit).toMatchObject(edit);
    expect(item('x.yaml', policy('"Al|'), 'Always')?.textEdit).toMatchObject(edit);
  });

  it('that are kinds and their versions', () => {
    expect(labels('x.yaml', 'apiVersion: apps/v1\nkind: |\n')).toEqual(
      expect.arrayContaining(['Deployment', 'StatefulSet']),
    );
    expect(labels('x.yaml', 'apiVersion: apps/v1\nkind: |\n')).not.toContain('Service');
    expect(labels('x.yaml', 'apiVersion: |\nkind: Car\n')).toEqual(['shop.example/v1']);
  });

  it('that name what the cluster has, and its keys and ports', () => {
    const env = deployment.replace(
      '          ports',
      '          env:\n            - name: A\n              valueFrom:\n                configMapKeyRef:\n                  name: settings\n                  key: |\n          ports',
    );
    expect(labels('x.yaml', env)).toEqual(['LEVEL', 'MODE']);
    expect(
      labels('x.yaml', env.replace('name: settings', 'name: @').replace('|', '').replace('@', '|')),
    ).toContain('settings');
    expect(
      labels(
        'x.yaml',
        env
          .replaceAll('configMap', 'secret')
          .replace('name: settings', 'name: |')
          .replace('key: |', 'key: a'),
      ),
    ).toContain('token');
    const ingress =
      'apiVersion: networking.k8s.io/v1\nkind: Ingress\nspec:\n  defaultBackend:\n    service:\n      name: web\n      port:\n        number: |\n';
    expect(labels('x.yaml', ingress)).toContain('80');
    expect(
      labels('x.yaml', ingress.replace('name: web', 'name: |').replace('number: |', 'number: 80')),
    ).toEqual(['web']);
    const scaler =
      'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nspec:\n  scaleTargetRef:\n    kind: Deployment\n    name: |\n';
    expect(labels('x.yaml', scaler)).toEqual(['web']);
  });

  it.each([
    [
      'items of a ConfigMap',
      'volumes: [{name: a, configMap: {name: settings, items: [{key: @}]}}]',
      ['LEVEL', 'MODE'],
    ],
    ['items of a Secret', 'volumes: [{name: a, secret: {secretName: token, items: [{key: @}]}}]', ['key']],
    ['a priority', 'priorityClassName: @', ['system-cluster-critical', 'system-node-critical']],
  ])('of the pod: %s', (_, line, expected) => {
    const pod = `apiVersion: v1\nkind: Pod\nspec:\n  ${line.replace('@', '|')}\n`;
    expect(labels('x.yaml', pod)).toEqual(expected);
  });

  it('that are ports: of the container around, of what a Service selects, by name or by number', () => {
    const probe = deployment.replace(
      '          ports:',
      '          readinessProbe:\n            httpGet:\n              port: |\n          ports:',
    );
    expect(labels('x.yaml', probe)).toEqual(['http', '8080']);
    const service = (selector: string): string =>
      `apiVersion: v1\nkind: Service\nspec:\n  selector: {app: ${selector}}\n  ports:\n    - port: 80\n      targetPort: |\n`;
    expect(labels('x.yaml', service('web'))).toEqual(['http', '8080']);
    expect(labels('x.yaml', service('other'))).toEqual([]);
    const ingress = (field: string): string =>
      `apiVersion: networking.k8s.io/v1\nkind: Ingress\nspec:\n  defaultBackend: {service: {name: web, port: {${field}: |}}}\n`;
    expect(labels('x.yaml', ingress('name'))).toEqual(['http']);
    expect(labels('x.yaml', ingress('number'))).toEqual(['80']);
  });

  it('that name a volume of the pod or a claim of its StatefulSet', () => {
    const set =
      'apiVersion: apps/v1\nkind: StatefulSet\nspec:\n  volumeClaimTemplates:\n    - metadata: {name: store}\n  template:\n    spec:\n      volumes: [{name: tmp}]\n      containers:\n        - volumeMounts:\n            - name: |\n';
    expect(labels('x.yaml', set)).toEqual(['tmp', 'store']);
  });

  it.each([
    ['RoleBinding', 'rbac.authorization.k8s.io/v1', 'roleRef: {kind: |}', ['ClusterRole', 'Role']],
    ['Role', 'rbac.authorization.k8s.io/v1', 'rules: [{apiGroups: [apps], verbs: [|]}]', ['get', 'watch']],
    ['Role', 'rbac.authorization.k8s.io/v1', 'rules: [{apiGroups: [apps], resources: [|]}]', ['deployments']],
    [
      'Role',
      'rbac.authorization.k8s.io/v1',
      'rules: [{apiGroups: [shop.example], resources: [|]}]',
      ['cars'],
    ],
    ['Role', 'rbac.authorization.k8s.io/v1', 'rules: [{apiGroups: [|]}]', ['apps', '""']],
    [
      'PodDisruptionBudget',
      'policy/v1',
      'spec: {selector: {matchExpressions: [{operator: |}]}}',
      ['In', 'Exists'],
    ],
    ['HorizontalPodAutoscaler', 'autoscaling/v2', 'spec: {scaleTargetRef: {kind: |}}', ['Deployment']],
    ['Pod', 'v1', 'spec: {containers: [{resources: {limits: {|}}}]}', ['cpu', 'memory']],
    [
      'Application',
      'argoproj.io/v1alpha1',
      'spec: {syncPolicy: {syncOptions: [|]}}',
      ['CreateNamespace=true'],
    ],
    ['Application', 'argoproj.io/v1alpha1', 'spec: {project: |}', ['default']],
    [
      'Application',
      'argoproj.io/v1alpha1',
      'spec: {ignoreDifferences: [{group: apps, kind: |}]}',
      ['Deployment'],
    ],
  ])('that no schema lists: %s %s, %s', (kind, apiVersion, line, expected) => {
    const found = labels('x.yaml', `apiVersion: ${apiVersion}\nkind: ${kind}\n${line}\n`);
    expect(found).toEqual(expect.arrayContaining(expected));
  });

  it('that name sources and what is depended on', () => {
    const flux = (name: string): string =>
      `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: ${name}, namespace: flux-system}\nspec:\n  interval: 5m\n  prune: true\n  path: ./more\n  sourceRef: {kind: GitRepository, name: shop}\n  postBuild: {substitute: {DOMAIN: example.org}}\n`;
    const cluster = {
      ...files,
      'clusters/apps.yaml': flux('apps'),
      'clusters/source.yaml':
        'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: shop, namespace: flux-system}\nspec: {interval: 5m, url: "https://git.example/shop", ref: {branch: main}}\n',
    };
    expect(labelsAt('clusters/b.yaml', `${flux('b')}  dependsOn:\n    - name: |\n`, cluster)).toContain(
      'apps',
    );
    expect(labelsAt('clusters/b.yaml', flux('b').replace('name: shop', 'name: |'), cluster)).toEqual([
      'shop',
    ]);
    expect(labelsAt('clusters/b.yaml', flux('b').replace('./more', '|'), cluster)).toContain('more');
    expect(labelsAt('more/x.yaml', 'host: ${DO|\n', cluster)).toEqual(['DOMAIN']);
  });

  it('that are paths of files and folders that can be built', () => {
    expect(labels('base/kustomization.yaml', 'resources:\n  - |\n')).toEqual([
      'service.yaml',
      'settings.yaml',
      'web.yaml',
      '../',
    ]);
    expect(labels('base/kustomization.yaml', 'resources:\n  - ../|\n')).toEqual(['../more']);
    expect(
      labels('base/kustomization.yaml', 'configMapGenerator:\n  - name: a\n    files:\n      - n|\n'),
    ).toContain('notes.txt');
    expect(labels('base/kustomization.yaml', 'patches:\n  - path: |\n')).toContain('web.yaml');
  });

  it('that are value files, of Argo CD relative to the chart, of Flux to the source', () => {
    const charts = {
      ...files,
      'charts/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
      'charts/shop/prod-values.yaml': 'a: 1\n',
      'charts/shop/env/test.yaml': 'a: 1\n',
      'settings/values.yaml': 'a: 1\n',
    };
    const application = (source: string): string =>
      `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: shop}\nspec:\n${source}`;
    const one = application('  source:\n    path: charts/shop\n    helm:\n      valueFiles:\n        - |\n');
    expect(labelsAt('app.yaml', one, charts)).toEqual(
      expect.arrayContaining(['prod-values.yaml', 'env/', '../']),
    );
    expect(labelsAt('app.yaml', one.replace('|', '../../settings/|'), charts)).toContain(
      '../../settings/values.yaml',
    );
    const several = application(
      '  sources:\n    - path: base\n    - path: ./charts/shop\n      helm:\n        valueFiles:\n          - env/|\n',
    );
    expect(labelsAt('app.yaml', several, charts)).toEqual(['env/test.yaml']);
    const release =
      'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nspec:\n  chart:\n    spec:\n      chart: ./charts/shop\n      valuesFiles:\n        - charts/shop/|\n';
    expect(labelsAt('r.yaml', release, charts)).toContain('charts/shop/prod-values.yaml');
    const inflated = 'helmCharts:\n  - name: shop\n    additionalValuesFiles:\n      - |\n';
    expect(labelsAt('settings/kustomization.yaml', inflated, charts)).toContain('values.yaml');
  });

  it('that are variables which the path of a Flux Kustomization leaves open', () => {
    const cluster = {
      ...files,
      'apps/kustomization.yaml': 'resources: [a.yaml, b.yaml]\n',
      'apps/a.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {HOST: "\${NAME}.\${DOMAIN:=example.org}", OTHER: "$\${ESCAPED}", "\${KEY}": a}\n`,
      'apps/b.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b, annotations: {kustomize.toolkit.fluxcd.io/substitute: disabled}}\ndata: {HOST: "\${ALONE}"}\n`,
      'clusters/apps.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps, namespace: flux-system}\nspec: {interval: 1m, prune: true, path: ./apps, sourceRef: {kind: GitRepository, name: a}, postBuild: {substitute: {NAME: a}}}\n',
    };
    const flux = (path: string, below: string): string =>
      `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: a}\nspec:\n  path: ${path}\n  postBuild:\n    substitute:\n${below}`;
    expect(labelsAt('c.yaml', flux('./apps', '      |\n'), cluster)).toEqual(['DOMAIN', 'KEY', 'NAME']);
    const more = completeAt('c.yaml', flux('apps/', '      DOMAIN: a\n      N|\n'), cluster);
    expect(more.map(({ textEdit }) => textEdit?.newText)).toEqual(['KEY: ', 'NAME: ']);
    expect(labelsAt('c.yaml', flux('./base', '      |\n'), cluster)).toEqual([]);
  });

  it('that are images, workloads and namespaces of the builds', () => {
    expect(labels('base/kustomization.yaml', 'images:\n  - name: |\n')).toEqual(['shop/web']);
    expect(labels('base/kustomization.yaml', 'replicas:\n  - name: |\n')).toEqual(['web']);
  });

  it('that a kustomization selects, and the fields of it', () => {
    const patch = (target: string): string[] =>
      labels('base/kustomization.yaml', `patches:\n  - target: {${target}}\n`);
    expect(patch('kind: |')).toEqual(expect.arrayContaining(['Deployment', 'Car']));
    expect(patch('kind: Deployment, group: |')).toEqual(['apps']);
    expect(patch('kind: Deployment, version: |')).toEqual(['v1']);
    expect(patch('kind: Deployment, name: |')).toEqual(['web']);
    expect(patch('kind: Deployment, labelSelector: |')).toEqual(['app=web', 'tier=front']);
    const replacement = (source: string): string[] =>
      labels('base/kustomization.yaml', `replacements:\n  - source: {${source}}\n`);
    expect(replacement('kind: Deployment, fieldPath: spec.re|')).toContain('spec.replicas');
    expect(replacement('kind: ConfigMap, name: settings, fieldPath: data.|')).toEqual([
      'data.LEVEL',
      'data.MODE',
    ]);
    const target =
      'replacements:\n  - targets:\n      - select: {kind: Deployment}\n        fieldPaths:\n          - spec.template.spec.containers.|\n';
    expect(labels('base/kustomization.yaml', target)).toContain('spec.template.spec.containers.[name=web]');
  });

  it('that are not there yet: resources, and generators to merge into', () => {
    const more = labels('base/kustomization.yaml', 'resources:\n  - web.yaml\n  - |\n');
    expect(more).toContain('service.yaml');
    expect(more).not.toContain('web.yaml');
    const merge = 'secretGenerator:\n  - behavior: merge\n    name: |\n';
    expect(labels('base/kustomization.yaml', merge)).toEqual(['token']);
    expect(labels('base/kustomization.yaml', 'helmCharts:\n  - |\n')).toContain('valuesInline');
  });

  it('that are variables, up to the brace that ends them', () => {
    const cluster = {
      'clusters/apps.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps, namespace: flux-system}\nspec: {interval: 1m, prune: true, path: ./apps, sourceRef: {kind: GitRepository, name: a}, postBuild: {substitute: {NAME: a}, substituteFrom: [{kind: ConfigMap, name: vars}]}}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: vars, namespace: flux-system}\ndata: {CLUSTER: a}\n',
    };
    const found = completeAt('apps/a.yaml', `host: "\${N|AM}"\n`, cluster);
    expect(found.map(({ label }) => label)).toEqual(['CLUSTER', 'NAME']);
    expect(found[1]?.textEdit).toMatchObject({
      newText: 'NAME}',
      range: { start: { character: 9 }, end: { character: 13 } },
    });
  });

  it('that a selector could match, of what it selects', () => {
    const namespaces = {
      ...files,
      'more/kustomization.yaml': 'resources: [crd.yaml, namespace.yaml]\n',
      'more/namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {team: red}}\n',
    };
    const policy = (below: string): string[] =>
      labelsAt(
        'x.yaml',
        `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nspec: {ingress: [{from: [${below}]}]}\n`,
        namespaces,
      );
    expect(policy('{namespaceSelector: {matchLabels: {|}}}')).toEqual([
      'kubernetes.io/metadata.name',
      'team',
    ]);
    expect(policy('{namespaceSelector: {matchLabels: {team: |}}}')).toEqual(['red']);
    expect(policy('{podSelector: {matchLabels: {|}}}')).toEqual(['app', 'tier']);
    expect(policy('{podSelector: {matchExpressions: [{key: tier, operator: In, values: [|]}]}}')).toEqual([
      'front',
    ]);
    const node = 'apiVersion: v1\nkind: Pod\nspec:\n  nodeSelector:\n    |\n';
    expect(labels('x.yaml', node)).toContain('kubernetes.io/arch');
    expect(labels('x.yaml', node)).not.toContain('app');
  });

  it('that a selector could match', () => {
    const service = 'apiVersion: v1\nkind: Service\nspec:\n  selector:\n    |\n';
    expect(labels('x.yaml', service)).toEqual(expect.arrayContaining(['app', 'tier']));
    expect(labels('x.yaml', service.replace('|', 'tier: |'))).toEqual(['front']);
  });
});

describe('expressions of policies', () => {
  const policy = (expression: string): string => `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
spec:
  matchConstraints:
    resourceRules:
      - {apiGroups: [apps], apiVersions: [v1], resources: [deployments]}
  variables:
    - {name: containers, expression: object.spec.template.spec.containers}
  validations:
    - expression: ${expression}
`;

  it('know the fields of what is checked, and variables', () => {
    expect(labels('p.yaml', policy('object.spec.|'))).toEqual(
      expect.arrayContaining(['replicas', 'template']),
    );
    expect(labels('p.yaml', policy('variables.|'))).toEqual(['containers']);
    expect(labels('p.yaml', policy('obj|'))).toEqual(expect.arrayContaining(['object', 'oldObject']));
  });

  it('know functions with their signatures', () => {
    expect(item('p.yaml', policy('object.metadata.name.starts|'), 'startsWith')).toMatchObject({
      detail: 'string.startsWith(string) bool',
    });
    expect(labels('p.yaml', policy('>-\n        quan|'))).toContain('quantity');
  });

  it('know what macros bind, requests, namespaces and parameters', () => {
    expect(labels('p.yaml', policy('variables.containers.all(c, c.|)'))).toContain('image');
    expect(
      labels('p.yaml', policy('>-\n        object.spec.template.spec.volumes.exists(v,\n          v.|')),
    ).toContain('hostPath');
    expect(labels('p.yaml', policy('variables.containers.all(c, |)'))).toContain('c');
    expect(labels('p.yaml', policy('request.|'))).toContain('userInfo');
    expect(labels('p.yaml', policy('namespaceObject.|'))).toContain('metadata');
    const withParams = policy('params.spec.|').replace(
      'spec:\n',
      'spec:\n  paramKind: {apiVersion: shop.example/v1, kind: Car}\n',
    );
    expect(labels('p.yaml', withParams)).toContain('colour');
  });

  it('know the schema around a rule of a CRD', () => {
    const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
spec:
  versions:
    - schema:
        openAPIV3Schema:
          properties:
            spec:
              x-kubernetes-validations:
                - rule: self.|
              properties:
                size: {type: integer}
`;
    expect(labels('crd.yaml', definition)).toContain('size');
  });
});
