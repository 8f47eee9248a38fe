// Small inputs that once cost minutes or gigabytes: each grows with its number, and so may the work, but no faster.

type Files = Readonly<Record<string, string>>;

export interface HeavyInput {
  /** The number with which the input was found, all of them below 1 MB. */
  readonly size: number;
  readonly make: (size: number) => Files;
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const documents = (count: number, make: (index: number) => string): string =>
  numbers(count).map(make).join('---\n');
const fill = <T>(count: number, make: (index: number) => T, between = ', '): string =>
  numbers(count).map(make).join(between);

const configMap = (name: string, data = '{}'): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata: ${data}\n`;
const service = (name: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec: { ports: [{ port: 80 }], selector: { app: ${name} } }\n`;
const deployment = (name: string, containers = '{ name: a, image: "a:1" }'): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name} }\nspec:\n  selector: { matchLabels: { app: ${name} } }\n  template: { metadata: { labels: { app: ${name} } }, spec: { containers: [${containers}] } }\n`;

const applicationSet = (elements: number, name: string): string => `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: set, namespace: argocd }
spec:
  goTemplate: true
  generators: [{ list: { elements: [${fill(elements, (index) => `{ i: a${index} }`)}] } }]
  template:
    metadata: { name: '${name}' }
    spec:
      project: p
      source: { repoURL: "https://example.com/x", path: apps, targetRevision: main }
      destination: { namespace: x, server: "https://kubernetes.default.svc" }
`;

const resourceSet = (inputs: number, value: string): string => `apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSet
metadata: { name: set, namespace: flux-system }
spec:
  inputs: [${fill(inputs, (index) => `{ i: a${index} }`)}]
  resources:
    - apiVersion: v1
      kind: ConfigMap
      metadata: { name: "c-<< inputs.i >>", namespace: a }
      data: { a: '${value}' }
`;

const fluxKustomization = (name: string, substitute = '{}', path = './apps'): string =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: ${name}, namespace: flux-system }\nspec: { interval: 10m, path: ${path}, prune: true, sourceRef: { kind: GitRepository, name: flux-system }, postBuild: { substitute: ${substitute} } }\n`;

const flux = (substitute: string, manifests: string): Files => ({
  'clusters/a/k.yaml': fluxKustomization('k', substitute),
  'apps/a.yaml': manifests,
  'apps/kustomization.yaml': 'resources: [a.yaml]\n',
});

const policy = (index: number): string => `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: bomb${index} }
spec:
  matchConstraints:
    resourceRules:
      - { apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [configmaps] }
  validations:
    - expression: "${['a', 'b', 'c', 'd'].map((name) => `[1,2,3,4,5,6,7,8,9,10].all(${name}, `).join('')}a+b+c+d > 0))))"
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: bomb${index} }
spec: { policyName: bomb${index}, validationActions: [Deny] }
`;

const cheapPolicy = (index: number): string =>
  policy(index).replace(/expression: .*/u, `expression: "object.metadata.name != 'x${index}'"`);

const crd = (schema: string): string => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: widgets.example.com }
spec:
  group: example.com
  scope: Namespaced
  names: { plural: widgets, singular: widget, kind: Widget, listKind: WidgetList }
  versions:
    - name: v1
      served: true
      storage: true
      schema: { openAPIV3Schema: { type: object, properties: { spec: { type: object, properties: ${schema} } } } }
`;

const widget = (spec: string): string =>
  `apiVersion: example.com/v1\nkind: Widget\nmetadata: { name: w, namespace: a }\nspec: ${spec}\n`;

const tree = (depth: number, width: number): string =>
  depth === 0 ? 'x' : `[${fill(width, () => tree(depth - 1, width), ',')}]`;

export const heavyInputs: Readonly<Record<string, HeavyInput>> = {
  'globstars of an ignored path': {
    size: 10,
    make: (size) => ({
      'cdb-lint.yaml': `ignore: ["${'**/a*/'.repeat(size)}x"]\n`,
      [`${'ab/'.repeat(30)}c.yaml`]: configMap('c'),
      'a.yaml': configMap('a'),
    }),
  },
  'a pattern as the name of a port': {
    size: 28,
    make: (size) => ({
      'kustomization.yaml': 'namePrefix: p-\nresources: [a.yaml]\n',
      'a.yaml': `apiVersion: v1\nkind: Service\nmetadata: { name: s }\nspec: { selector: { app: d }, ports: [{ port: "(a+)+b" }] }\n---\n${deployment('d', `{ name: a, image: "a:1", env: [{ name: A, value: "s:${'a'.repeat(size)}!" }] }`)}`,
    }),
  },
  'shared values in a template': {
    size: 30,
    make: (size) => ({
      'a.yaml': applicationSet(
        1,
        `{{ $d := dict "a" "b" }}${fill(size, () => '{{ $d = dict "a" $d "b" $d }}', '')}{{ toJson $d }}`,
      ),
    }),
  },
  'lists in the templates of an ApplicationSet': {
    size: 100,
    make: (size) => ({
      'a.yaml': applicationSet(size, `${'{{ $x := uniq (until 9999) }}'.repeat(4)}{{ .i }}`),
    }),
  },
  'lists in the templates of a ResourceSet': {
    size: 200,
    make: (size) => ({
      'a.yaml': resourceSet(
        size,
        '<<- $x := uniq (until 9999) ->><<- $y := uniq (until 9999) ->><< inputs.i >>',
      ),
    }),
  },
  'components that each name two': {
    size: 18,
    make: (size) => ({
      'kustomization.yaml': 'resources: [a.yaml]\ncomponents: [c0]\n',
      'a.yaml': configMap('a'),
      ...Object.fromEntries(
        numbers(size).flatMap((level) => [
          [
            `c${level}/kustomization.yaml`,
            `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\ncomponents: [../c${level + 1}, ../e${level + 1}]\n`,
          ],
          [
            `e${level}/kustomization.yaml`,
            `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\ncomponents: [../c${level + 1}, ../e${level + 1}]\n`,
          ],
        ]),
      ),
      [`c${size}/kustomization.yaml`]:
        'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\ncommonAnnotations: { a: b }\n',
      [`e${size}/kustomization.yaml`]:
        'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\ncommonAnnotations: { a: b }\n',
    }),
  },
  'a diamond of bases': {
    size: 19,
    make: (size) => ({
      'd0/kustomization.yaml': 'resources: [a.yaml]\n',
      'd0/a.yaml': configMap('c'),
      ...Object.fromEntries(
        numbers(size).flatMap((level) => [
          [`d${level}a/kustomization.yaml`, `resources: [../d${level}]\nnamePrefix: a\n`],
          [`d${level}b/kustomization.yaml`, `resources: [../d${level}]\nnamePrefix: b\n`],
          [`d${level + 1}/kustomization.yaml`, `resources: [../d${level}a, ../d${level}b]\n`],
        ]),
      ),
    }),
  },
  'patterns that Flux cuts away': {
    size: 10,
    make: (size) =>
      flux(
        `{ V: ${'a'.repeat(2000)} }`,
        configMap('a', `{ a: "${`\${V%%*${'a'.repeat(1000)}b}`.repeat(size)}" }`),
      ),
  },
  'unknown fields on one line': {
    size: 4000,
    make: (size) => ({
      'a.yaml': `{"apiVersion":"v1","kind":"Service","metadata":{"name":"s"},"spec":{${fill(size, (index) => `"f${index}":1`, ',')}}}`,
    }),
  },
  'Deployments on one line': {
    size: 500,
    make: (size) => ({
      'a.yaml': `{"apiVersion":"v1","kind":"List","items":[${fill(size, (index) => `{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d${index}"},"spec":{"selector":{"matchLabels":{"a":"b${index}"}},"template":{"metadata":{"labels":{"a":"b${index}"}},"spec":{"containers":[{"name":"c","image":"x"}]}}}}`, ',')}]}`,
    }),
  },
  'containers on one line': {
    size: 1000,
    make: (size) => ({
      'a.yaml': `apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec: { containers: [${fill(size, (index) => `{ name: c${index}, image: x, resources: {} }`)}] }\n`,
    }),
  },
  'ports on one line': {
    size: 3000,
    make: (size) => ({
      'a.yaml': deployment(
        'd',
        `{ name: c, image: x, ports: [${fill(size, (index) => `{ containerPort: ${index + 1}, hostPort: 1 }`)}] }`,
      ),
    }),
  },
  'undefined variables in one text': {
    size: 20_000,
    make: (size) =>
      flux('{ V: a }', configMap('a', `{ a: "${fill(size, (index) => `\${V${index}}`, '')}" }`)),
  },
  'containers in a strategic merge': {
    size: 2000,
    make: (size) => ({
      'kustomization.yaml': 'resources: [a.yaml]\npatches: [{ path: p.yaml }]\n',
      'a.yaml': deployment(
        'd',
        `\n      ${fill(size, (index) => `{ name: c${index}, image: "a:1" }`, ',\n      ')}`,
      ),
      'p.yaml': deployment(
        'd',
        `\n      ${fill(size, (index) => `{ name: c${index}, image: "a:2" }`, ',\n      ')}`,
      ),
    }),
  },
  'hostnames that routes share': {
    size: 2000,
    make: (size) => ({
      'a.yaml': documents(
        2,
        (index) =>
          `apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: { name: r${index}, namespace: a }\nspec:\n  parentRefs: [{ name: g }]\n  hostnames:\n${fill(size, (host) => `    - h${host}.example.com\n`, '')}`,
      ),
    }),
  },
  'wildcards of a replacement': {
    size: 12,
    make: (size) => ({
      'kustomization.yaml': `resources: [a.yaml]\nreplacements:\n  - source: { kind: ConfigMap, name: c, fieldPath: data.a }\n    targets: [{ select: { kind: Widget }, fieldPaths: ["spec.*.*.*.*.*"] }]\n`,
      'a.yaml': `${configMap('c', '{ a: b }')}---\n${widget(tree(5, size))}`,
    }),
  },
  'a pattern in a field path': {
    size: 3000,
    make: (size) => ({
      'kustomization.yaml': `resources: [a.yaml]\nreplacements:\n  - source: { kind: ConfigMap, name: c, fieldPath: data.a }\n    targets: [{ select: { kind: Widget }, fieldPaths: ["spec.l.[name=.*a.*b].x"] }]\n`,
      'a.yaml': `${configMap('c', '{ a: b }')}---\n${widget(`{ l: [{ name: ${'a'.repeat(size)}, x: y }] }`)}`,
    }),
  },
  'values of an enum': {
    size: 5000,
    make: (size) => ({
      'a.yaml': `${crd(`{ a: { type: array, items: { type: string, enum: [${fill(size, (index) => `e${index}`)}] } } }`)}---\n${widget(`{ a: [${fill(size, () => 'x')}] }`)}`,
    }),
  },
  'labels of a kustomization': {
    size: 500,
    make: (size) => ({
      'kustomization.yaml': `resources: [a.yaml]\nlabels:\n${fill(size, (index) => `  - { pairs: { l${index}: v }, includeSelectors: true }\n`, '')}`,
      'a.yaml': documents(100, (index) => service(`s${index}`)),
    }),
  },
  'field specs of configurations': {
    size: 1000,
    make: (size) => ({
      'kustomization.yaml': 'resources: [a.yaml]\nnamePrefix: a\nconfigurations: [c.yaml]\n',
      'a.yaml': documents(200, (index) => service(`s${index}`)),
      'c.yaml': ['namePrefix']
        .map(
          (table) =>
            `${table}:\n${fill(size, (index) => `  - { path: spec/a${index}/b, create: true }\n`, '')}`,
        )
        .join(''),
    }),
  },
  'Flux Kustomizations on one path': {
    size: 400,
    make: (size) => ({
      'clusters/a/k.yaml': documents(size, (index) => fluxKustomization(`k${index}`)),
      'apps/a.yaml': `${deployment('d')}---\n${service('d')}`,
      'apps/kustomization.yaml': 'resources: [a.yaml]\n',
    }),
  },
  'objects against a long chain of a policy': {
    size: 700,
    make: (size) => ({
      'p.yaml': chainPolicy(1000),
      'c.yaml': documents(size, (index) => configMap(`c${index}`)),
    }),
  },
  'policies below their budgets': {
    size: 200,
    make: (size) => ({
      'p.yaml': documents(size, policy),
      'c.yaml': documents(100, (index) => configMap(`c${index}`)),
    }),
  },
  'keys of a generator with one file': {
    size: 400,
    make: (size) => ({
      'kustomization.yaml': `configMapGenerator:\n  - name: c\n    files:\n${fill(size, (index) => `      - k${index}=f.txt\n`, '')}`,
      'f.txt': 'a'.repeat(size * 1000),
    }),
  },
  'a long variable in many objects': {
    size: 100,
    make: (size) =>
      flux(
        `{ V: ${'a'.repeat(5000 * size)} }`,
        documents(size, (index) => configMap(`a${index}`, `{ a: "${`$${'{V}'}`.repeat(15)}" }`)),
      ),
  },
  'overlays of one base': {
    size: 400,
    make: (size) => ({
      'base/kustomization.yaml': 'resources: [a.yaml]\n',
      'base/a.yaml': documents(50, (index) => deployment(`d${index}`)),
      ...Object.fromEntries(
        numbers(size).map((index) => [
          `o${index}/kustomization.yaml`,
          `resources: [../base]\nnamePrefix: o${index}-\n`,
        ]),
      ),
    }),
  },
  'overlays with images of their own': {
    size: 400,
    make: (size) => ({
      'base/kustomization.yaml': 'resources: [a.yaml]\n',
      'base/a.yaml': documents(50, (index) => deployment(`d${index}`)),
      ...Object.fromEntries(
        numbers(size).map((index) => [
          `o${index}/kustomization.yaml`,
          `resources: [../base]\nnamespace: n${index}\nimages: [{ name: a, newTag: "${index}" }]\n`,
        ]),
      ),
    }),
  },
  'Deployments to fix': {
    size: 4000,
    make: (size) => ({ 'a.yaml': documents(size, (index) => deployment(`d${index}`)) }),
  },
  'overlays in a chain': {
    size: 600,
    make: (size) => ({
      'o0/kustomization.yaml': 'resources: [a.yaml]\n',
      'o0/a.yaml': documents(3, (index) => configMap(`c${index}`)),
      ...Object.fromEntries(
        numbers(size - 1).map((index) => [
          `o${index + 1}/kustomization.yaml`,
          `resources: [../o${index}]\nnamePrefix: p-\n`,
        ]),
      ),
    }),
  },
  'operations of a JSON patch': {
    size: 8000,
    make: (size) => ({
      'kustomization.yaml': 'resources: [a.yaml]\npatches: [{ path: p.yaml, target: { kind: ConfigMap } }]\n',
      'a.yaml': configMap('c', '{ a: b }'),
      'p.yaml': fill(size, (index) => `- { op: add, path: /data/k${index}, value: v }\n`, ''),
    }),
  },
  generators: {
    size: 4000,
    make: (size) => ({
      'kustomization.yaml': `configMapGenerator:\n${fill(size, (index) => `  - { name: c${index}, literals: [a=b] }\n`, '')}`,
    }),
  },
  'misspelled fields': {
    size: 20_000,
    make: (size) => ({ 'a.yaml': `${service('s')}  # more\n${fill(size, (index) => `f${index}: 1\n`, '')}` }),
  },
  'patterns of a CRD': {
    size: 1000,
    make: (size) => ({
      'a.yaml': `${crd(`{ ${fill(size, (index) => `p${index}: { type: string, pattern: "^[a-z]{1,${(index % 50) + 1}}(a|b|c${index})*$" }`)} }`)}---\n${widget(`{ ${fill(size, (index) => `p${index}: "!"`)} }`)}`,
    }),
  },
  'numbers in a flow list': {
    size: 200_000,
    make: (size) => ({ 'a.yaml': `${configMap('c')}x: [${fill(size, () => '1', ',')}]\n` }),
  },
  'kustomizations in a chain': {
    size: 1000,
    make: (size) => ({
      'o0/kustomization.yaml': 'resources: [a.yaml]\n',
      'o0/a.yaml': configMap('c'),
      ...Object.fromEntries(
        numbers(size - 1).map((index) => [`o${index + 1}/kustomization.yaml`, `resources: [../o${index}]\n`]),
      ),
    }),
  },
  'backticks in an unknown field': {
    size: 200_000,
    make: (size) => ({ 'a.yaml': `${service('s')}${JSON.stringify('` '.repeat(size))}: 1\n` }),
  },
  'Services and pods': {
    size: 3000,
    make: (size) => ({
      'a.yaml': documents(
        size,
        (index) =>
          `${service(`s${index}`).replace('selector: {', 'selector: { tier: a,')}---\n${deployment(`s${index}`).replaceAll('Labels: {', 'Labels: { tier: a,').replace('labels: {', 'labels: { tier: a,')}`,
      ),
    }),
  },
  'paths within one path': {
    size: 1000,
    make: (size) => ({
      'clusters/a/k.yaml': documents(size + 1, (index) =>
        fluxKustomization(`k${index}`, '{}', index === size ? './apps' : `./apps/a${index}`),
      ),
      'apps/kustomization.yaml': `resources:\n${fill(size, (index) => `  - a${index}\n`, '')}`,
      ...Object.fromEntries(
        numbers(size).flatMap((index) => [
          [`apps/a${index}/kustomization.yaml`, 'resources: [c.yaml]\n'],
          [`apps/a${index}/c.yaml`, configMap(`c${index}`)],
        ]),
      ),
    }),
  },
  'objects owned twice': {
    size: 3000,
    make: (size) => ({
      'clusters/a/k.yaml': ['b', 'c'].map((name) => fluxKustomization(name, '{}', `./${name}`)).join('---\n'),
      ...Object.fromEntries(
        ['b', 'c'].flatMap((name) => [
          [`${name}/kustomization.yaml`, 'resources: [a.yaml]\n'],
          [
            `${name}/a.yaml`,
            `${configMap(`own-${name}`)}---\n${documents(size, (index) => configMap(`c${index}`))}`,
          ],
        ]),
      ),
    }),
  },
  'selectors that overlap': {
    size: 2000,
    make: (size) => ({
      'a.yaml': documents(size, (index) => deployment(`d${index}`).replaceAll(`app: d${index}`, 'app: d')),
    }),
  },
  'replacements of the names of one object each': {
    size: 1000,
    make: (size) => ({
      'kustomization.yaml': `resources: [a.yaml]\nnamePrefix: p-\nreplacements:\n${fill(size, (index) => `  - source: { kind: ConfigMap, name: c${index % 100}, fieldPath: metadata.name }\n    targets: [{ select: { kind: ConfigMap, name: c${(index + 1) % 100} }, fieldPaths: [data.a] }]\n`, '')}`,
      'a.yaml': documents(100, (index) => configMap(`c${index}`, '{ a: b }')),
    }),
  },
  'Flux Kustomizations with a path each': {
    size: 2500,
    make: (size) => ({
      'clusters/a/k.yaml': documents(size, (index) =>
        fluxKustomization(`k${index}`, '{}', `./apps/a${index}`),
      ),
      ...Object.fromEntries(numbers(size).map((index) => [`apps/a${index}/c.yaml`, configMap(`c${index}`)])),
    }),
  },
  'containers of one pod': {
    size: 15_000,
    make: (size) => ({
      'a.yaml': deployment(
        'd',
        `\n      ${fill(size, (index) => `{ name: c${index}, image: "a:1" }`, ',\n      ')}`,
      ),
    }),
  },
  'patterns under ignore': {
    size: 6000,
    make: (size) => ({
      'cdb-lint.yaml': `ignore:\n${fill(size, (index) => `  - "${index % 2 === 0 ? 'd' : ''}${index}*/*.md"\n`, '')}`,
      ...Object.fromEntries(
        numbers(Math.ceil(size / 2)).map((index) => [`d${index}/c.yaml`, configMap(`c${index}`)]),
      ),
    }),
  },
  'patterns of a sourceignore': {
    size: 6000,
    make: (size) => ({
      '.sourceignore': fill(size, (index) => `x${index}*/*.md\n`, ''),
      'clusters/a/k.yaml': fluxKustomization('k'),
      ...Object.fromEntries(
        numbers(Math.ceil(size / 2)).map((index) => [`apps/d${index}/c.yaml`, configMap(`c${index}`)]),
      ),
    }),
  },
  'fields of one object': {
    size: 20_000,
    make: (size) => ({
      'a.yaml': `apiVersion: v1\nkind: Secret\nmetadata: { name: s }\nstringData:\n${fill(size, (index) => `  k${index}: value${index}secret\n`, '')}`,
    }),
  },
  'fixes next to secrets': {
    size: 3000,
    make: (size) => ({
      'a.yaml': documents(
        size,
        (index) =>
          `apiVersion: v1\nkind: Pod\nmetadata: { name: p${index} }\nspec: { containers: [{ name: a, image: "a:1", env: [{ name: DB_PASSWORD, value: "s3cr3tPassw0rd${index}" }] }] }\n`,
      ),
    }),
  },
  'secrets that begin alike': {
    size: 3000,
    make: (size) => ({
      'a.yaml': `apiVersion: v1\nkind: Secret\nmetadata: { name: s }\nstringData:\n${fill(size, (index) => `  k${index}: commonBeginning${index}\n`, '')}---\n${service('s')}${fill(size, (index) => `f${index}commonBeginning: commonBeginning\n`, '')}`,
    }),
  },
  'patterns of third parties': {
    size: 5000,
    make: (size) => ({
      'cdb-lint.yaml': `thirdParty:\n  paths:\n${fill(size, (index) => `    - "${index % 2 === 0 ? '' : '!'}*a${index}*"\n`, '')}  labels: { ${fill(size, (index) => `l${index}: v`)} }\n`,
      ...Object.fromEntries(
        numbers(Math.ceil(size / 4)).map((index) => [
          `d/ca${index}.yaml`,
          configMap(`c${index}`).replace('metadata: {', 'metadata: { labels: { a: b },'),
        ]),
      ),
    }),
  },
  'lines that Flux leaves out by their middle': {
    size: 6000,
    make: (size) => ({
      '.sourceignore': fill(size, (index) => `*a*${index}*\n`, ''),
      'clusters/a/k.yaml': fluxKustomization('k'),
      ...Object.fromEntries(
        numbers(Math.ceil(size / 2)).map((index) => [`apps/da${index}b/c.yaml`, configMap(`c${index}`)]),
      ),
    }),
  },
  'resources that are not there': {
    size: 10_000,
    make: (size) => ({
      'kustomization.yaml': `resources:\n${fill(size, (index) => `  - missing${index}.yaml\n`, '')}`,
    }),
  },
  'numbers where strings belong': {
    size: 60_000,
    make: (size) => ({
      'a.yaml': configMap('c', `{\n${fill(size, (index) => `  k${index}: ${index}`, ',\n')}\n}`),
    }),
  },
  'aliases of one anchor': {
    size: 20_000,
    make: (size) => ({
      'a.yaml': configMap('c', `{ a: &a v, ${fill(size, (index) => `k${index}: *a`)} }`),
    }),
  },
  'aliases of a list': {
    size: 4000,
    make: (size) => ({
      'a.yaml': `${crd('{ a: { x-kubernetes-preserve-unknown-fields: true } }')}---\n${widget(`{ a: { b: &b [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], ${fill(size, (index) => `k${index}: *b`)} } }`)}`,
    }),
  },
  'mappings within one another': {
    size: 2000,
    make: (size) => ({
      'kustomization.yaml': 'namePrefix: p-\nresources: [a.yaml]\n',
      'a.yaml': `${crd('{ a: { x-kubernetes-preserve-unknown-fields: true } }')}---\n${documents(
        20,
        (index) =>
          widget(`{ a: ${'{ a: '.repeat(size)}1${' }'.repeat(size)} }`).replace('name: w', `name: w${index}`),
      )}`,
    }),
  },
  'patches for the same objects': {
    size: 2000,
    make: (size) => ({
      'kustomization.yaml': `resources: [a.yaml]\npatches:\n${fill(size, (index) => `  - { target: { kind: ConfigMap }, patch: '[{ op: add, path: /data/k${index}, value: v }]' }\n`, '')}`,
      'a.yaml': documents(30, (index) => configMap(`c${index}`, '{ a: b }')),
    }),
  },
  'objects of the same patches': {
    size: 3000,
    make: (size) => ({
      'kustomization.yaml': `resources: [a.yaml]\npatches:\n${fill(20, (index) => `  - { target: { kind: ConfigMap }, patch: '[{ op: add, path: /data/k${index}, value: v }]' }\n`, '')}`,
      'a.yaml': documents(size, (index) => configMap(`c${index}`, '{ a: b }')),
    }),
  },
  'elements of one side of a matrix': {
    size: 1500,
    make: (size) => ({
      'clusters/a.yaml': applicationSet(0, 'a-{{.i}}-{{.j}}').replace(
        /generators: .*/u,
        `generators: [{ matrix: { generators: [${[size, 5]
          .map(
            (count, side) =>
              `{ list: { elements: [${fill(count, (index) => `{ ${'ij'[side]}: e${index} }`)}] } }`,
          )
          .join(', ')}] } }]`,
      ),
      'apps/a.yaml': configMap('a'),
    }),
  },
  'policies for the same objects': {
    size: 1500,
    make: (size) => ({
      'p.yaml': documents(size, cheapPolicy),
      'c.yaml': documents(20, (index) => configMap(`c${index}`)),
    }),
  },
  'objects of the same policies': {
    size: 4000,
    make: (size) => ({
      'p.yaml': documents(15, cheapPolicy),
      'c.yaml': documents(size, (index) => configMap(`c${index}`)),
    }),
  },
  'clusters with a path each': {
    size: 1000,
    make: (size) =>
      Object.fromEntries(
        numbers(size).flatMap((index) => [
          [`clusters/c${index}/k.yaml`, fluxKustomization('k', '{}', `./apps/a${index}`)],
          [`apps/a${index}/a.yaml`, `${deployment('d')}---\n${service('e')}`],
          [`apps/a${index}/kustomization.yaml`, 'resources: [a.yaml]\n'],
        ]),
      ),
  },
  'replacements for the same objects': {
    size: 1000,
    make: (size) => ({
      'kustomization.yaml': `resources: [a.yaml]\nreplacements:\n${fill(size, (index) => `  - { source: { kind: ConfigMap, name: c0, fieldPath: data.a }, targets: [{ select: { kind: ConfigMap }, fieldPaths: ["data.k${index}"], options: { create: true } }] }\n`, '')}`,
      'a.yaml': documents(20, (index) => configMap(`c${index}`, '{ a: b }')),
    }),
  },
  'quotas of one namespace': {
    size: 1200,
    make: (size) => ({
      'a.yaml': `${documents(size, (index) => `apiVersion: v1\nkind: ResourceQuota\nmetadata: { name: q${index} }\nspec: { hard: { pods: "10", requests.cpu: "1" } }\n`)}---\n${documents(size, (index) => deployment(`d${index}`))}`,
    }),
  },
  'limit ranges of one namespace': {
    size: 1200,
    make: (size) => ({
      'a.yaml': `${documents(size, (index) => `apiVersion: v1\nkind: LimitRange\nmetadata: { name: l${index} }\nspec: { limits: [{ type: Container, default: { cpu: "1" }, max: { cpu: "2" } }] }\n`)}---\n${documents(size, (index) => deployment(`d${index}`))}`,
    }),
  },
  'monitors of the same Services': {
    size: 1200,
    make: (size) => ({
      'a.yaml': `${documents(size, (index) => `apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: { name: m${index} }\nspec: { selector: { matchLabels: { tier: a } }, endpoints: [{ port: web }] }\n`)}---\n${documents(size, (index) => service(`s${index}`).replace('metadata: {', 'metadata: { labels: { tier: a },'))}`,
    }),
  },
  'images of the containers of one object': {
    size: 4_000,
    make: (size) => ({
      'kustomization.yaml': `resources: [a.yaml]\nimages:\n${fill(size, (index) => `- { name: i${index}, newTag: v2 }\n`, '')}`,
      'a.yaml': deployment(
        'd',
        fill(size, (index) => `{ name: c${index}, image: "i${index}:1" }`),
      ),
    }),
  },
  'name references of configurations': {
    size: 18_000,
    make: (size) => ({
      'kustomization.yaml': 'namePrefix: p-\nresources: [a.yaml]\nconfigurations: [c.yaml]\n',
      'a.yaml': configMap('c'),
      'c.yaml': `nameReference:\n${fill(size, (index) => `- { kind: K${index}, fieldSpecs: [{ path: a }] }\n`, '')}`,
    }),
  },
  'files of a kustomization': {
    size: 10_000,
    make: (size) => ({
      'kustomization.yaml': `resources: [${fill(size, (index) => `c${index}.yaml`)}]\n`,
      ...Object.fromEntries(numbers(size).map((index) => [`c${index}.yaml`, configMap(`c${index}`)])),
    }),
  },
  'ports that share their numbers': {
    size: 20_000,
    make: (size) => ({
      'a.yaml': `apiVersion: v1\nkind: Service\nmetadata: { name: s }\nspec: { ports: [${fill(size, (index) => `{ name: p${index}, port: ${1 + (index >> 1)} }`)}] }\n`,
    }),
  },
};

/** A policy that no object keeps; what is to blame is looked for in every part of it. */
function chainPolicy(parts: number): string {
  const chain = fill(parts, (index) => `object.metadata.name == 'x${index}'`, ' || ');
  return `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: chain }
spec:
  matchConstraints:
    resourceRules: [{ apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [configmaps] }]
  validations:
    - expression: "${chain}"
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: chain }
spec: { policyName: chain, validationActions: [Deny] }
`;
}
