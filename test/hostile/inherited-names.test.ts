import { describe, expect, it } from 'vitest';
import { report } from '../../src/index.ts';
import type { Report } from '../../src/report/report.ts';
import { fix } from '../../src/run/judge.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { bystander } from '../support/hostile-input.ts';
import { lintFiles } from '../support/lint-files.ts';

/** What every object of JavaScript has, and no table of ours means. */
const inherited = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__'];

const object = (apiVersion: string, kind: string, more = ''): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: a, namespace: b }\n${more}`;
const build = (fields: string, manifest = object('v1', 'ConfigMap', 'data: { a: b }\n')) => ({
  'x/kustomization.yaml': `resources: [a.yaml]\n${fields}`,
  'x/a.yaml': manifest,
});
const applicationSet = (generators: string, name = 'a'): string =>
  object(
    'argoproj.io/v1alpha1',
    'ApplicationSet',
    `spec:\n  goTemplate: true\n  generators: ${generators}\n  template: { metadata: { name: '${name}' }, spec: { project: p, source: { repoURL: 'https://example.com/x', path: x, targetRevision: main }, destination: { namespace: n, server: 'https://kubernetes.default.svc' } } }\n`,
  );
const policy = (expression: string, variable = 'v'): string =>
  `apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\nmetadata: { name: a }\nspec:\n  matchConstraints: { resourceRules: [{ apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [configmaps] }] }\n  variables: [{ name: ${variable}, expression: '1' }]\n  validations: [{ expression: "${expression}" }]\n---\napiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicyBinding\nmetadata: { name: a }\nspec: { policyName: a, validationActions: [Deny] }\n---\n${object('v1', 'ConfigMap', 'data: { a: b }\n')}`;
const flux = (substitute: string, text: string) => ({
  'cluster/k.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: a, namespace: flux-system }\nspec: { path: ./apps, prune: true, interval: 1m, sourceRef: { kind: GitRepository, name: flux-system }, postBuild: { substitute: ${substitute} } }\n`,
  'apps/a.yaml': object('v1', 'ConfigMap', `data: { a: "${text}" }\n`),
});

const places: Readonly<Record<string, (name: string) => Readonly<Record<string, string>>>> = {
  'a kind': (name) => ({ 'a.yaml': object('v1', name) }),
  'a group': (name) => ({ 'a.yaml': object(`${name}/v1`, 'Widget') }),
  'a version': (name) => ({ 'a.yaml': object(name, 'Pod') }),
  'a field': (name) => ({
    'a.yaml': object('v1', 'Service', `spec: { ${name}: 1, ports: [{ ${name}: 1 }] }\n`),
  }),
  'a field of a built kind': (name) =>
    build('namePrefix: p-\n', object('v1', 'Pod', `spec: { ${name}: { a: b } }\n`)),
  'a label': (name) =>
    build(
      `labels: [{ pairs: { ${name}: ${name} }, includeSelectors: true }]\n`,
      object('v1', 'Service', `spec: { selector: { ${name}: ${name} }, ports: [{ port: 80 }] }\n`),
    ),
  'a field of a kustomization': (name) => build(`${name}: [a]\n`),
  'a key of a generator': (name) =>
    build(`configMapGenerator: [{ name: ${name}, literals: ['${name}=a'], options: { ${name}: b } }]\n`),
  'a JSON patch': (name) =>
    build(
      `patches: [{ target: { kind: ConfigMap }, patch: '[{ "op": "add", "path": "/data/${name}", "value": "a" }, { "op": "test", "path": "/${name}/a", "value": 1 }]' }]\n`,
    ),
  'an operation of a JSON patch': (name) =>
    build(`patches: [{ target: { kind: ConfigMap }, patch: '[{ "op": "${name}", "path": "/data/a" }]' }]\n`),
  'a strategic patch': (name) =>
    build(
      `patches: [{ patch: '{ apiVersion: v1, kind: ConfigMap, metadata: { name: a, namespace: b }, ${name}: { a: b }, data: { ${name}: c } }' }]\n`,
    ),
  'a path of a replacement': (name) =>
    build(
      `replacements: [{ source: { kind: ConfigMap, fieldPath: 'data.${name}' }, targets: [{ select: { kind: ConfigMap }, fieldPaths: ['${name}.${name}'], options: { create: true } }] }]\n`,
    ),
  'a resource': (name) =>
    build('', `${object('v1', 'ConfigMap')}---\n${object('v1', 'Secret', `stringData: { ${name}: a }\n`)}`),
  'a remote base': (name) => ({ 'x/kustomization.yaml': `resources: [${name}]\n` }),
  'a transformer': (name) => ({
    ...build('transformers: [t.yaml]\n'),
    'x/t.yaml': `apiVersion: builtin\nkind: ${name}\nmetadata: { name: a }\n${name}: { a: b }\n`,
  }),
  'a generator of an ApplicationSet': (name) => ({
    'a.yaml': applicationSet(`[{ ${name}: { elements: [] } }]`),
  }),
  'a parameter of an ApplicationSet': (name) => ({
    'a.yaml': applicationSet(`[{ list: { elements: [{ ${name}: v }] } }]`, `a-{{ .${name} }}`),
  }),
  'a parameter that no one gives': (name) => ({
    'a.yaml': applicationSet('[{ list: { elements: [{ a: v }] } }]', `a-{{ .${name} }}{{ .a.${name} }}`),
  }),
  'a function of a template': (name) => ({
    'a.yaml': applicationSet(
      '[{ list: { elements: [{ a: v }] } }]',
      `a-{{ ${name} .a }}{{ index (dict) "${name}" }}{{ get (dict) "${name}" }}`,
    ),
  }),
  'an input of a ResourceSet': (name) => ({
    'a.yaml': object(
      'fluxcd.controlplane.io/v1',
      'ResourceSet',
      `spec: { inputs: [{ ${name}: a }], resources: [{ apiVersion: v1, kind: ConfigMap, metadata: { name: 'a-<< inputs.${name} >>' } }] }\n`,
    ),
  }),
  'the sync of a FluxInstance': (name) => ({
    'a.yaml': object(
      'fluxcd.controlplane.io/v1',
      'FluxInstance',
      `spec: { distribution: { version: 2.x, registry: ghcr.io/fluxcd }, components: [${name}], cluster: { type: ${name} }, sync: { kind: ${name}, url: 'https://example.com/x', ref: main, path: x } }\n`,
    ),
  }),
  'a variable of Flux': (name) => flux(`{ ${name}: v }`, `\${${name}}`),
  'a variable that Flux does not know': (name) => flux('{ a: v }', `\${${name}} \${${name}:=b}`),
  'a name in CEL': (name) => ({
    'a.yaml': policy(
      `object.${name} == 1 && ${name}(object) && has(object.data.${name}) && object.data['${name}'] == ''`,
    ),
  }),
  'a variable of CEL': (name) => ({ 'a.yaml': policy(`variables.${name} == 1`, name) }),
  'a format of CEL': (name) => ({ 'a.yaml': policy(`format.named('${name}').hasValue() && 'a'.${name}()`) }),
  'a field of a CRD': (name) => ({
    'a.yaml': `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: ws.example.com }\nspec: { group: example.com, scope: Namespaced, names: { plural: ws, singular: w, kind: W }, versions: [{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object, properties: { ${name}: { type: ${name}, format: ${name} } } } } }] }\n---\n${object('example.com/v1', 'W', `${name}: a\n`)}`,
  }),
  'a key of the configuration': (name) => ({
    'cdb-lint.yaml': `${name}: a\nrules: { ${name}: { severity: off } }\nprofile: ${name}\nkubernetesVersion: ${name}\n`,
  }),
  'an exclusion': (name) => ({
    'cdb-lint.yaml': `exclusions: [{ rule: ${name}, reason: none, file: a }]\nprovided: [{ kind: ${name}, name: ${name} }]\n`,
  }),
  'an accepted rule': (name) => ({
    'a.yaml': `# cdb-lint-ignore ${name} because\n${object('v1', 'ConfigMap')}`,
  }),
};

// What is printed where a property of a prototype was taken for a value.
const native =
  /RangeError|TypeError|is not a function|Cannot read prop|\[object |\[native code\]|\bfunction \w*\(/u;

const findsBystander = ({ findings }: Report): boolean =>
  findings.some(({ rule, span }) => rule === 'unknown-field' && span.file.path === 'good/pod.yaml');

const formats = ['terminal', 'json'] as const;

describe.each(Object.entries(places))('%s that every object inherits', (place, make) => {
  // Sprig has a function of this name.
  const names = inherited.filter((name) =>
    // No label begins like this.
    place === 'a label' ? !name.startsWith('_') : name !== 'toString' || place !== 'a function of a template',
  );
  it.each(names)('%s is a name like any other', (name) => {
    const files = { ...bystander, ...make(name) };
    // A name that means nothing to anybody finds the same, but for the name.
    const judged = lintFiles(files);
    const other = lintFiles({ ...bystander, ...make('unheardOf') });
    expect(judged.findings.filter(({ rule }) => rule === 'check-failed')).toEqual([]);
    expect(findsBystander(judged)).toBe(findsBystander(other));
    for (const format of formats) expect(report(judged, format)).not.toMatch(native);
    const rulesOf = ({ findings }: typeof judged) => [...new Set(findings.map(({ rule }) => rule))].sort();
    expect(rulesOf(judged)).toEqual(rulesOf(other));
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(() => fix({ fileSystem: memoryFileSystem(files), paths: [''] })).not.toThrow();
  });
});
