import { transformerKinds } from '../../src/build/plugin.ts';

export const token = 'zq7Canary-4f19e3b2d8xyzw';
const encoded = btoa(token);
const hexadecimal = Buffer.from(token).toString('hex');

/** The token as somebody could recognise it: whole, in part, encoded. */
export const traces: readonly string[] = [
  token,
  token.slice(0, 10),
  token.slice(-12),
  token.slice(-12).toUpperCase(),
  encoded,
  encoded.slice(0, 12),
  btoa(encoded),
  encodeURIComponent(token),
  hexadecimal,
  hexadecimal.slice(0, 16),
  // In base64 behind one or two other characters.
  ...['x', 'xx'].map((before) => btoa(`${before}${token}`).slice(4, -4)),
];

type Files = Readonly<Record<string, string>>;

const secret = `apiVersion: v1
kind: Secret
metadata: {name: s, namespace: a}
stringData: {a: b}
`;
const holding = secret.replace('{a: b}', `{a: ${token}}`);
const service = `apiVersion: v1
kind: Service
metadata: {name: x, namespace: a}
spec: {type: a, ports: [{port: 1}], selector: {a: b}}
`;
const operations = `- op: add
  path: /stringData/c
  value: [${token}]
- op: add
  path: /stringDato
  value: {x: ${token}}
- op: add
  path: /data
  value: {x: "${token}"}
`;
const failing = `- op: test
  path: /stringData/a
  value: ${token}
`;
const strategic = `metadata: {name: s}
stringData: {a: [${token}]}
data: {b: ${token}}
`;
const inline = (text: string): string => text.replaceAll(/^(?=.)/gmu, '      ');
const targets: Readonly<Record<string, string>> = {
  kind: '{kind: Secret, name: s}',
  pattern: '{kind: "Secre."}',
  name: '{name: s}',
  label: '{labelSelector: "!x"}',
};

/** Patches of every form, for targets of every form. */
function patches(): Record<string, Files> {
  const cases: Record<string, Files> = {};
  const texts = {
    operations,
    failing,
    strategic: `apiVersion: v1\nkind: Secret\n${strategic}`,
    kindless: strategic,
    other: `apiVersion: v1\nkind: ConfigMap\n${strategic}`,
  };
  for (const [form, target] of Object.entries(targets))
    for (const [name, text] of Object.entries(texts)) {
      cases[`patches, ${name} in a file, target by ${form}`] = {
        'kustomization.yaml': `resources: [s.yaml]\npatches:\n  - path: p.yaml\n    target: ${target}\n`,
        's.yaml': secret,
        'p.yaml': text,
      };
      cases[`patches, ${name} inline, target by ${form}`] = {
        'kustomization.yaml': `resources: [s.yaml]\npatches:\n  - target: ${target}\n    patch: |\n${inline(text)}`,
        's.yaml': secret,
      };
    }
  const json = '{version: v1, kind: Secret, name: s}';
  cases['patchesJson6902, a file of JSON'] = {
    'kustomization.yaml': `resources: [s.yaml]\npatchesJson6902:\n  - target: ${json}\n    path: p.json\n`,
    's.yaml': secret,
    'p.json': `[{"op": "add", "path": "/data", "value": {"x": "${token}"}}]`,
  };
  cases['patchesJson6902, inline'] = {
    'kustomization.yaml': `resources: [s.yaml]\npatchesJson6902:\n  - target: ${json}\n    patch: |\n${inline(failing)}`,
    's.yaml': secret,
  };
  cases['patchesStrategicMerge, a file and inline'] = {
    'kustomization.yaml': `resources: [s.yaml]\npatchesStrategicMerge:\n  - p.yaml\n  - |-\n${inline(texts.strategic)}`,
    's.yaml': secret,
    'p.yaml': texts.strategic,
  };
  return cases;
}

/** The kinds that kustomize builds in. */
export const pluginKinds: readonly string[] = [
  'ConfigMapGenerator',
  'SecretGenerator',
  'IAMPolicyGenerator',
  'HelmChartInflationGenerator',
  ...transformerKinds,
];

/** Each plugin with everything that any of them reads. */
function plugins(): Record<string, Files> {
  const cases: Record<string, Files> = {};
  for (const kind of pluginKinds) {
    const field = kind.endsWith('Generator') ? 'generators' : 'transformers';
    for (const [form, text] of Object.entries({
      operations,
      strategic: `apiVersion: v1\nkind: Secret\n${strategic}`,
    }))
      cases[`${field}, ${kind}, ${form}`] = {
        'kustomization.yaml': `resources: [s.yaml]\n${field}: [g.yaml]\n`,
        's.yaml': `${holding}---\n${service}`,
        'e.env': `TOKEN=${token}\nbroken ${token}\n`,
        'f.txt': token,
        'p.yaml': text,
        'g.yaml': `apiVersion: builtin
kind: ${kind}
metadata: {name: g}
literals:
  - token=${token}
  - broken ${token}
envs: [e.env]
files: [f.txt]
${kind === 'SecretGenerator' ? `typo: ${token}` : ''}
target: {kind: Secret, name: s}
${kind === 'PatchTransformer' && form === 'strategic' ? 'path: p.yaml' : `patch: |\n${inline(text)}`}
jsonOp: '${JSON.stringify([{ op: 'test', path: '/stringData/a', value: `${token}x` }])}'
patches: |
${inline(`apiVersion: v1\nkind: Secret\n${strategic}`)}
value: ${token}
targets:
  - selector: {kind: Secret}
    fieldPath: data/x
replacements:
  - source: {kind: Secret, name: s, fieldPath: stringData.a, options: {delimiter: "-", index: 1}}
    targets:
      - select: {kind: Service}
        fieldPaths: [spec.type]
`,
      };
  }
  return cases;
}

/** One kustomization that takes a value of a Secret somewhere else, with or without a fault on the way. */
function moved(): Record<string, Files> {
  const replacing = (options: string, path: string): string =>
    `resources: [s.yaml]\nreplacements:\n  - source: {kind: Secret, name: s, fieldPath: stringData.a${options}}\n    targets:\n      - select: {kind: Service}\n        fieldPaths: [${path}]\n`;
  const files = { 's.yaml': `${holding}---\n${service}` };
  return {
    'replacements, whole': { ...files, 'kustomization.yaml': replacing('', 'spec.type') },
    'replacements, a part': {
      ...files,
      'kustomization.yaml': replacing(', options: {delimiter: "-", index: 1}', 'spec.type'),
    },
    'replacements, the first part': {
      ...files,
      'kustomization.yaml': replacing(', options: {delimiter: "-", index: 0}', 'spec.type'),
    },
    'replacements, no such part': {
      ...files,
      'kustomization.yaml': replacing(', options: {delimiter: "-", index: 7}', 'spec.type'),
    },
    'replacements, into a number': { ...files, 'kustomization.yaml': replacing('', 'spec.ports.0.port') },
    'replacements, into a mapping': { ...files, 'kustomization.yaml': replacing('', 'spec.selector') },
    'replacements in a file': {
      ...files,
      'kustomization.yaml': 'resources: [s.yaml]\nreplacements: [{path: r.yaml}]\n',
      'r.yaml':
        'source: {kind: Secret, name: s, fieldPath: stringData.a}\ntargets:\n  - select: {kind: Service}\n    fieldPaths: [spec.type]\n',
    },
    vars: {
      'kustomization.yaml':
        'resources: [s.yaml]\nvars:\n  - name: V\n    objref: {apiVersion: v1, kind: Secret, name: s}\n    fieldref: {fieldpath: stringData.a}\n',
      's.yaml': `${holding}---\napiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: a}\nspec:\n  containers:\n    - {name: c, image: c, args: [$(V)], terminationMessagePolicy: $(V)}\n`,
    },
    'configMapGenerator beside secretGenerator': {
      'kustomization.yaml': `secretGenerator:\n  - name: g\n    literals: [token=${token}, "broken ${token}"]\n    files: [f.txt, "a=b=c"]\n    envs: [e.env]\n`,
      'f.txt': token,
      'e.env': `TOKEN=${token}\nTOKEN=${token}\n`,
    },
    'a line that is not a key': {
      'kustomization.yaml': 'generators: [g.yaml]\n',
      'g.yaml': 'apiVersion: builtin\nkind: SecretGenerator\nmetadata: {name: g}\nenvs: [e.env]\n',
      'e.env': `broken ${token}\n`,
    },
    'a file of an absent key': {
      'kustomization.yaml': 'secretGenerator:\n  - name: g\n    envs: [e.env]\n    behavior: merge\n',
      'e.env': `${token}\n`,
    },
    'an alias': {
      'kustomization.yaml': 'resources: [s.yaml]\n',
      's.yaml': `apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: ConfigMap\n    metadata: {name: c, namespace: a}\n    data: {x: &t ${token}, y: [1]}\n  - apiVersion: v1\n    kind: Secret\n    metadata: {name: s, namespace: a}\n    stringData: {a: *t}\n`,
    },
    'a literal among files': {
      'kustomization.yaml': `secretGenerator: [{name: s, files: ["a=${token}=="]}]\n`,
    },
    'a text that a replacement brings': {
      'kustomization.yaml': `resources: [s.yaml]\nreplacements: [{sourceValue: ${token}, targets: [{select: {kind: Secret}, fieldPaths: [stringData.a, stringData.b.c]}]}]\n`,
      's.yaml': `${secret}${service.replace('apiVersion', '---\napiVersion')}`,
    },
    'a text that a replacement in a file brings': {
      'kustomization.yaml': 'resources: [s.yaml]\nreplacements: [{path: r.yaml}]\n',
      'r.yaml': `- sourceValue: ${token}\n  targets: [{select: {name: s}, fieldPaths: [data.a.b]}]\n`,
      's.yaml': secret,
    },
    'a Service with the same text in base64': {
      'a.yaml': `${holding}---\n${service.replace('type: a', `type: ${encoded}`)}`,
    },
    'a Service with the same text in hexadecimal': {
      'a.yaml': `${holding}---\n${service.replace('type: a', `type: ${hexadecimal}`)}`,
    },
    'a ConfigMap with the same text': {
      'kustomization.yaml': 'resources: [s.yaml, c.yaml]\n',
      's.yaml': holding,
      'c.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: a}\ndata:\n  x: ${token}\n  y: [1]\n`,
    },
  };
}

const configMap = `apiVersion: v1
kind: ConfigMap
metadata: {name: c, namespace: a}
data: {y: [1]}
`;

/** A value of a Secret in each field that an object is called by. */
function names(): Record<string, Files> {
  const fields = ['apiVersion', 'kind', 'metadata.name', 'metadata.namespace', 'metadata.labels.x'];
  const cases: Record<string, Files> = {};
  for (const field of fields)
    for (const [form, options] of [
      ['whole', ''],
      ['in part', ', options: {delimiter: "-", index: 1}'],
    ])
      cases[`replacements, ${form}, into ${field}`] = {
        'kustomization.yaml': `resources: [s.yaml, c.yaml]\nreplacements:\n  - source: {kind: Secret, name: s, fieldPath: stringData.a${options}}\n    targets:\n      - select: {kind: ConfigMap}\n        fieldPaths: [${field}]\n        options: {create: true}\n`,
        's.yaml': holding,
        'c.yaml': configMap,
      };
  cases['substitution from a Secret into names'] = {
    'clusters/a/k.yaml': `${fluxKustomization.replace(/substitute: .*/u, 'substituteFrom: [{kind: Secret, name: v}]')}---
apiVersion: v1
kind: Secret
metadata: {name: v, namespace: flux-system}
stringData: {TOKEN: ${token}}
`,
    'apps/kustomization.yaml': 'resources: [c.yaml]\n',
    'apps/c.yaml': configMap.replace(/metadata: .*/u, 'metadata: {name: "${TOKEN}", namespace: "${TOKEN}"}'),
  };
  cases['a chart that calls an object by it'] = {
    'charts/x/Chart.yaml': 'apiVersion: v2\nname: x\nversion: 1.0.0\n',
    'charts/x/values.yaml': 'auth: {password: ""}\n',
    'charts/x/templates/a.yaml': configMap.replace('name: c', 'name: "{{ .Values.auth.password }}"'),
    'kustomization.yaml': `helmGlobals: {chartHome: charts}\nhelmCharts:\n  - {name: x, releaseName: x, valuesInline: {auth: {password: "${token}"}}}\n`,
  };
  cases['a ResourceSet that calls an object by it'] = {
    'r.yaml': `apiVersion: fluxcd.controlplane.io/v1\nkind: ResourceSet\nmetadata: {name: x, namespace: a}\nspec:\n  inputs: [{password: ${token}}]\n  resourcesTemplate: |\n${inline(configMap.replace('name: c', 'name: << inputs.password >>'))}`,
  };
  cases['an ApplicationSet that calls an object by it'] = {
    'a.yaml': `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: x, namespace: argocd}
spec:
  goTemplate: true
  generators: [{list: {elements: [{auth: {password: ${token}}}]}}]
  template:
    metadata: {name: 'x-{{ .auth.password }}', bogus: x}
    spec: {project: p, source: {repoURL: x, path: x}, destination: {namespace: x}}
`,
  };
  return cases;
}

/** Documents of every form, good and broken. */
function documents(): Record<string, Files> {
  const applied = JSON.stringify({
    apiVersion: 'v1',
    kind: 'Secret',
    stringData: { a: token },
    data: { b: encoded },
  });
  const cases: Record<string, string> = {
    'a list of Secrets': `apiVersion: v1\nkind: SecretList\nitems:\n  - metadata: {name: s}\n    stringData: {a: [${token}]}\n    data: {b: "${token}"}\n`,
    'a list': `apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Secret\n    metadata: {name: s}\n    stringData: {a: [${token}]}\n`,
    'an unknown field': `apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringDato: {a: ${token}}\ntype: 7\n`,
    'the last applied configuration': `apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n  nome: x\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: '${applied}'\n    x: 7\n`,
    'broken YAML': `apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData:\n  name: ${token}\n  a: ${token}\n b: [\n`,
    'broken flow': `apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {name: ${token}, a: ${token}\n`,
    'broken JSON on a line': `{"kind":"Secret","apiVersion":"v1","stringData":{"a":"${token}"}\n,,}`,
    'broken JSON': `{\n"kind":"Secret","apiVersion":"v1","stringData":{"a":"${token}"}\n,,}`,
    'a broken block': `kind: Secret\napiVersion: v1\ndata:\n  type: |\n    ${token}\n    metadata: ${token}\n   x\n`,
    'what nothing reads': `${secret}...\nstringData:\n  c: ${token}\n`,
    'a key given twice': `apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: ${token}, a: ${token}2}\n`,
  };
  const found: Record<string, Files> = {};
  for (const [name, text] of Object.entries(cases)) {
    const path = name.includes('JSON') ? 's.json' : 's.yaml';
    found[name] = { [path]: text };
    found[`${name}, of a kustomization`] = { [path]: text, 'kustomization.yaml': `resources: [${path}]\n` };
  }
  return found;
}

const fluxKustomization = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: k, namespace: flux-system}
spec:
  interval: 10m
  path: ./apps
  prune: true
  sourceRef: {kind: GitRepository, name: flux-system}
  postBuild:
    substitute: {A: b, B: "${'$'}{x", TOKEN: ${token}}
`;

/** What controllers substitute, and addresses with credentials. */
function controllers(): Record<string, Files> {
  const app = (value: string): Files => ({
    'clusters/a/k.yaml': fluxKustomization.replace(`, TOKEN: ${token}`, ''),
    'apps/kustomization.yaml': 'resources: [a.yaml]\n',
    'apps/a.yaml': `apiVersion: v1\nkind: Secret\nmetadata: {name: a, namespace: a}\nstringData:\n  pw: "${value}"\n`,
  });
  const address = `https://user:${token}@github.com/x/y`;
  return {
    'substitution, an open brace': app(`abc\${9${token}`),
    'substitution, a sign': app(`x\${!${token}} y`),
    'substitution, a default': app(`\${A:${token}}`),
    'substitution, a default in use': app(`\${C:=${token}}`),
    'substitution, of an enumeration': {
      'clusters/a/k.yaml': fluxKustomization,
      'apps/kustomization.yaml': 'resources: [a.yaml]\n',
      'apps/a.yaml': service.replace('type: a', 'type: ${TOKEN}'),
    },
    'addresses of sources': {
      'clusters/a/k.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: g, namespace: flux-system}
spec:
  interval: 10m
  url: ${address}
---
${fluxKustomization.replace('flux-system}\n  postBuild', 'g}\n  postBuild').replace(`, TOKEN: ${token}`, '')}---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: a, namespace: argocd}
spec:
  project: p
  source: {repoURL: "${address}", path: x, targetRevision: main}
  destination: {namespace: x, server: https://kubernetes.default.svc}
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: {name: h, namespace: flux-system}
spec: {interval: 10m, url: "${address}"}
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: h, namespace: flux-system}
spec:
  interval: 10m
  chart: {spec: {chart: x, version: 1.0.0, sourceRef: {kind: HelmRepository, name: h}}}
`,
    },
    'the address of a base': {
      'kustomization.yaml': `resources:\n  - ${address}//base?ref=v1\n  - ${address}.git?ref=v1\n  - ${address}/raw/main/x.yaml\ncomponents:\n  - ${address}//component?ref=v1\n`,
    },
    'the address of a chart': {
      'kustomization.yaml': `helmCharts:\n  - {name: x, repo: "${address}", version: 1.0.0, releaseName: x}\n`,
    },
  };
}

const policy = (expression: string): string => `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: leak}
spec:
  matchConstraints: {resourceRules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [secrets]}]}
  validations:
    - {expression: "false", messageExpression: "${expression}"}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: leak}
spec: {policyName: leak, validationActions: [Deny]}
`;

function policies(): Record<string, Files> {
  const value = 'object.stringData.a';
  const expressions = [
    value,
    `'x' + ${value}.upperAscii()`,
    `'x' + ${value}.substring(0, 14)`,
    `'x' + ${value}.split('-')[1]`,
    `string(base64.encode(bytes(${value})))`,
    `${value}.replace('zq7', '')`,
  ];
  return Object.fromEntries(
    expressions.map((expression) => [
      `a policy that says ${expression}`,
      { 'p.yaml': policy(expression), 's.yaml': holding },
    ]),
  );
}

/** Templates that fail with a value of their inputs. */
function templates(): Record<string, Files> {
  return {
    'a template that fails': {
      'clusters/a/k.yaml': fluxKustomization.replace(`, TOKEN: ${token}`, ''),
      'apps/r.yaml': `apiVersion: fluxcd.controlplane.io/v1\nkind: ResourceSet\nmetadata: {name: x, namespace: a}\nspec:\n  inputs: [{password: ${token}}]\n  resourcesTemplate: "<< fail inputs.password >>"\n  bogus: x\n`,
    },
    'a template of an ApplicationSet that fails': {
      'argo/a.yaml': `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: x, namespace: argocd}
spec:
  goTemplate: true
  generators: [{list: {elements: [{auth: {password: ${token}}}]}}]
  template:
    metadata: {name: '{{ fail .auth.password }}'}
    spec: {project: p, source: {repoURL: x, path: x}, destination: {namespace: x}}
`,
    },
  };
}

/** Neighbours of a finding: credentials that nobody looks at, on the lines beside it. */
function neighbours(): Record<string, Files> {
  return {
    'variables beside a finding': {
      'p.yaml': `apiVersion: v1
kind: Pod
metadata: {name: p, namespace: a}
spec:
  containers:
    - name: c
      image: c
      env:
        - {name: DB_PASSWORD, value: ${token}}
        - {nome: x}
        - name: API_TOKEN
          value: ${token}
          valu: x
      args: [--password=${token}]
      arg: x
`,
    },
    'a line beside a finding': {
      'c.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: a}\ndata:\n  password: ${token}\n  y: [1]\n  url: postgres://a:${token}@b/c\nz: 1\n`,
    },
  };
}

/** What a Secret holds, in another object in a form in which no line holds it, on lines that a frame shows. */
function forms(): Record<string, Files> {
  const half = token.length / 2;
  const written: Readonly<Record<string, string>> = {
    'its beginning': token.slice(0, 14),
    'its end': token.slice(-14),
    'the beginning of it in base64': encoded.slice(0, 14),
    'in hexadecimal': hexadecimal,
    'the beginning of it in hexadecimal': hexadecimal.slice(0, 20),
    'in capitals': token.toUpperCase(),
    'broken in two lines': `"${token.slice(0, half)}\\\n      ${token.slice(half)}"`,
    'with escapes': `"\\x7a${token.slice(1)}"`,
  };
  return Object.fromEntries(
    Object.entries(written).map(([form, text]) => [
      `a ConfigMap that repeats a Secret, ${form}`,
      {
        's.yaml': holding,
        'c.yaml': `${configMap.replace(/data: .*\n/u, '')}data:\n  y: [1]\n  x: ${text}\n`,
      },
    ]),
  );
}

/** Lists and mappings where the value of a variable, a header or a key belongs. */
function misplaced(): Record<string, Files> {
  const written: Readonly<Record<string, string>> = {
    'a list': `[${token}]`,
    'a list of a string in quotes': `["${token}"]`,
    'a mapping': `{a: ${token}}`,
    'a key': `{${token}}`,
    'a list of mappings of lists': `[[{a: [${token}]}]]`,
    'a block list': `\n            - ${token}`,
    'a block mapping': `\n            a: ${token}`,
    'a block scalar in a list': `\n            - |\n              ${token}`,
  };
  const pod = (entry: string): string => `apiVersion: v1
kind: Pod
metadata: {name: p, namespace: a}
spec:
  containers:
    - name: c
      image: c
      env:
        - ${entry}
        - {nome: x}
`;
  const cases: Record<string, Files> = {};
  for (const [form, text] of Object.entries(written)) {
    cases[`the value of a variable as ${form}`] = {
      'p.yaml': pod(`name: DB_PASSWORD\n          value: ${text}`),
    };
    cases[`the value of a key as ${form}`] = {
      'c.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: a}\ndata:\n          PASSWORD: ${text}\n          x: 7\n`,
    };
  }
  return {
    ...cases,
    'the value of a variable as a list before its name': {
      'p.yaml': pod(`value: [${token}]\n          name: DB_PASSWORD`),
    },
    'the value of a variable on one line': { 'p.yaml': pod(`{name: DB_PASSWORD, value: [${token}]}`) },
  };
}

/** A credential in the arguments of a container, in every form, on lines that a frame shows. */
function inArguments(): Record<string, Files> {
  const written: Readonly<Record<string, string>> = {
    'joined to its option': `["--password=${token}"]`,
    'joined to its option in single quotes': `['--db-password=${token}']`,
    'joined to its option in a block': `\n        - "--password=${token}"`,
    'behind its option': `[--password, "${token}"]`,
    'behind its option in a block': `\n        - --password\n        - ${token}`,
    'as a property of Java': `["-Ddb.password=${token}"]`,
    'in a script': `[sh, -c, "exec run --password='${token}' --x"]`,
    'in a script, behind its option': `\n        - |\n          run --password "${token}"`,
    'with an escape': `["--password=${token}\\x21"]`,
  };
  return Object.fromEntries(
    Object.entries(written).map(([form, text]) => [
      `an argument, ${form}`,
      {
        'p.yaml': `apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: a}\nspec:\n  containers:\n    - name: c\n      image: c\n      nome: x\n      args: ${text}\n`,
      },
    ]),
  );
}

/** What a chart does with a value that is named like a secret, or that a Secret holds. */
function charts(): Record<string, Files> {
  const templates: Readonly<Record<string, string>> = {
    'fails with it': '{{ fail (printf "bad %s" .Values.auth.password) }}',
    'fails with it in quotes': '{{ fail (printf "bad %q" .Values.auth.password) }}',
    'fails with it in capitals': '{{ fail (upper .Values.auth.password) }}',
    'fails with it in base64': '{{ fail (b64enc .Values.auth.password) }}',
    'fails with all values': '{{ fail (toYaml .Values) }}',
    'requires something with it': '{{ required .Values.auth.password .Values.nothing }}',
    'includes what is called so': '{{ include .Values.auth.password . }}',
    'makes a template of it': '{{ tpl (printf "{{ %s" .Values.auth.password) . }}',
    'reads it as a version': '{{ semver .Values.auth.password }}',
    'makes invalid YAML with it': 'a: b: {{ .Values.auth.password }}',
    'puts it where it does not belong':
      'apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {type: {{ .Values.auth.password | quote }}, ports: [{port: 1}]}\n',
  };
  const chart = (template: string): Files => ({
    'charts/x/Chart.yaml': 'apiVersion: v2\nname: x\nversion: 1.0.0\n',
    'charts/x/values.yaml': `auth: {password: ""}\n`,
    'charts/x/templates/a.yaml': template,
  });
  const cases: Record<string, Files> = {};
  for (const [what, template] of Object.entries(templates)) {
    cases[`a chart that ${what}`] = {
      ...chart(template),
      'kustomization.yaml': `helmGlobals: {chartHome: charts}\nhelmCharts:\n  - {name: x, releaseName: x, valuesInline: {auth: {password: "${token}"}}}\n`,
    };
    cases[`a chart with the values of a Secret that ${what}`] = {
      ...chart(template.replaceAll('.Values.auth.password', '.Values.title')),
      'clusters/a/k.yaml': fluxKustomization.replace(`, TOKEN: ${token}`, ''),
      'apps/a.yaml': `apiVersion: v1
kind: Secret
metadata: {name: s, namespace: flux-system}
stringData:
  values.yaml: |
    title: "${token}"
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: h, namespace: flux-system}
spec:
  interval: 1h
  chart: {spec: {chart: ./charts/x, sourceRef: {kind: GitRepository, name: flux-system}}}
  valuesFrom: [{kind: Secret, name: s}]
`,
    };
  }
  return cases;
}

/** Addresses with a credential, wherever an address may stand. */
function addresses(): Record<string, Files> {
  const host = 'host.corp.net/o/r';
  const written: Readonly<Record<string, string>> = {
    'in its query': `https://${host}?token=${token}`,
    'in its query, behind another': `https://${host}?ref=main&password=${token}&x=y`,
    'as its signature': `https://${host}?sv=1&sig=${token}`,
    'as a signature of a store': `https://${host}?X-Amz-Signature=${token}`,
    'in its fragment': `https://${host}#access_token=${token}`,
    'as a code': `https://${host}?code=${token}`,
    'before its host': `https://user:${token}@${host}`,
    'before its host, alone': `https://${token}@${host}`,
  };
  const places: Readonly<Record<string, (url: string) => Files>> = {
    'of sources of Flux': (url) => ({
      'a.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: {name: h, namespace: flux-system}
spec: {interval: 10m, url: "${url}"}
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: Bucket
metadata: {name: b, namespace: flux-system}
spec: {interval: 10m, bucketName: x, endpoint: "${url}", insecure: true}
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: {name: o, namespace: flux-system}
spec: {interval: 10m, url: "${url.replace('https', 'oci')}"}
---
${fluxKustomization.replace('kind: GitRepository, name: flux-system', 'kind: Bucket, name: b').replace(`, TOKEN: ${token}`, '')}---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: h, namespace: flux-system}
spec:
  interval: 10m
  chart: {spec: {chart: x, version: 1.0.0, sourceRef: {kind: HelmRepository, name: h}}}
---
apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata: {name: p, namespace: flux-system}
spec: {type: generic, address: "${url}", bogus: x}
`,
    }),
    'of an Application': (url) => ({
      'a.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: a, namespace: argocd}
spec:
  project: p
  sources: [{repoURL: "${url}", path: x}, {repoURL: "${url}", chart: y, targetRevision: 1.0.0}]
  destination: {namespace: x, server: "${url}"}
`,
    }),
    'of what a kustomization takes in': (url) => ({
      'kustomization.yaml': `resources: ["${url}"]
patches: [{path: "${url}"}]
components: ["${url}"]
configMapGenerator: [{name: c, files: ["${url}"]}]
helmCharts: [{name: x, repo: "${url}", version: 1.0.0, releaseName: x}]
`,
    }),
    'in other fields': (url) => ({
      'p.yaml': `apiVersion: v1
kind: Pod
metadata: {name: p, namespace: a, annotations: {example.com/hook: "${url}", x: [1]}}
spec:
  imagePullSecrets: [{name: "${url}"}]
  containers: [{name: c, image: "${url}", env: [{name: HOOK, value: "${url}"}, {nome: x}]}]
`,
    }),
  };
  const cases: Record<string, Files> = {};
  for (const [form, url] of Object.entries(written))
    for (const [place, files] of Object.entries(places)) cases[`an address ${place}, ${form}`] = files(url);
  return {
    ...cases,
    'an address of an image, without a scheme': {
      'p.yaml': `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: "u:${token}@host.corp.net/x:1"}]}\n`,
    },
    'an address of a base, without a scheme': {
      'kustomization.yaml': `resources: ["u:${token}@host.corp.net:o/r"]\n`,
    },
  };
}

/** A credential in a string of any language, wherever a string may stand. */
function inStrings(): Record<string, Files> {
  const written: Readonly<Record<string, string>> = {
    properties: `db.password=${token}`,
    'properties with spaces': `db.password = ${token}`,
    'a section': `[db]\npassword=${token}`,
    YAML: `db:\n  password: ${token}`,
    'YAML, a token': `apiToken: ${token}`,
    JSON: `{"user": "a", "token": "${token}"}`,
    TOML: `token = "${token}"`,
    'a shell': `export API_TOKEN=${token}`,
    'a command': `run --api-token ${token} --x`,
    'the connection of a driver': `Server=db;User Id=app;Password=${token};`,
    'the connection of a program': `host=db user=app password=${token} dbname=x`,
    'an address': `postgres://app:${token}@db/x`,
    'an address without a user': `redis://:${token}@db/0`,
    'an address without a password': `https://${token}@host.corp.net/x`,
    'an address with a key': `https://host.corp.net/x?key=${token}`,
  };
  const places: Readonly<Record<string, (text: string) => string>> = {
    'the data of a ConfigMap': (text) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: a}\ndata:\n  y: [1]\n  a.conf: |\n${inline(text)}\n`,
    'an annotation': (text) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n  namespace: a\n  annotations:\n    y: [1]\n    a: ${JSON.stringify(text)}\n`,
    'a variable': (text) =>
      `apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: a}\nspec:\n  containers:\n    - name: c\n      image: c\n      env:\n        - {nome: x}\n        - {name: CONFIG, value: ${JSON.stringify(text)}}\n`,
    'an argument': (text) =>
      `apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: a}\nspec:\n  containers:\n    - name: c\n      image: c\n      nome: x\n      args: [sh, -c, ${JSON.stringify(text)}]\n`,
  };
  const cases: Record<string, Files> = {};
  for (const [form, text] of Object.entries(written))
    for (const [place, file] of Object.entries(places))
      cases[`a string of ${form} in ${place}`] = { 'a.yaml': file(text) };
  return cases;
}

/** What is named like a secret, in objects that are none. */
function outsideSecrets(): Record<string, Files> {
  const named = configMap.replace('{y: [1]}', `{password: "${token}"}`);
  return {
    'a replacement of a key of a ConfigMap': {
      'kustomization.yaml':
        'resources: [a.yaml]\nreplacements:\n  - source: {kind: ConfigMap, name: c, fieldPath: data.password}\n    targets: [{select: {kind: Service}, fieldPaths: [spec.ports.0.port]}]\n',
      'a.yaml': `${named}---\n${service}`,
    },
    'a JSON patch of an absent key': {
      'kustomization.yaml': `resources: [a.yaml]\npatches:\n  - target: {kind: ConfigMap}\n    patch: |\n      - {op: replace, path: /data/none/password, value: "${token}"}\n`,
      'a.yaml': configMap,
    },
    'a file in base64': {
      'c.yaml': configMap.replace(/^data: .*/mu, `binaryData: {a.env: ${btoa(`PASSWORD=${token}`)}, y: [1]}`),
    },
    'a file in base64 that is filled up': {
      'c.yaml': configMap.replace(
        /^data: .*/mu,
        `binaryData: {a.env: ${btoa(`PASSWORD=x${token}`)}, y: [1]}`,
      ),
    },
    'a string of YAML with escapes': {
      'a.yaml': `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: a, namespace: argocd}\nspec:\n  project: p\n  source: {repoURL: x, path: x, helm: {values: "a: b\\npassword: \\"${token}\\"\\n", typo: x}}\n  destination: {namespace: x}\n`,
    },
    'a policy that says the value of a variable': {
      'p.yaml': policy("'bad ' + object.spec.containers[0].env[0].value").replace('secrets]', 'pods]'),
      'a.yaml': `apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: a}\nspec: {containers: [{name: c, image: c, env: [{name: DB_PASSWORD, value: "${token}"}]}]}\n`,
    },
  };
}

/** Ways in which a value can travel, by name; each has a fault somewhere, so that something is said. */
export const cases: Readonly<Record<string, Files>> = {
  ...patches(),
  ...plugins(),
  ...moved(),
  ...names(),
  ...documents(),
  ...controllers(),
  ...policies(),
  ...templates(),
  ...neighbours(),
  ...forms(),
  ...misplaced(),
  ...inArguments(),
  ...charts(),
  ...addresses(),
  ...inStrings(),
  ...outsideSecrets(),
};
