import { describe, expect, it, test } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import { judgeGate } from '../../src/run/gate.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { application, fluxKustomization, selfApplied, source } from '../support/deployed-files.ts';
import { lintFiles } from '../support/lint-files.ts';

// A pull request brings errors, and beside them what would make warnings of errors.

type Files = Readonly<Record<string, string>>;

const fine = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: fine, namespace: web }\n';
const refused = (name = 'web'): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: web }
spec: { template: { spec: { containers: [{ name: web, image: "shop/web:1.4.2" }] } } }
`;
const program = { 'tool/main.go': 'package main\n' };

function gate(base: Files, more: Files): Report {
  const asked = {
    fileSystem: memoryFileSystem({ ...base, ...more }),
    paths: [''],
    only: ['required-field-missing', 'file-missing', 'gate-weakened'],
  };
  return judgeGate(asked, { name: 'base', files: () => memoryFileSystem(base) }).report;
}

function told({ findings }: Report): string[] {
  return [...new Set(findings.map(({ severity, span }) => `${severity} ${span.file.path}`))];
}

const plain = { 'manifests/fine.yaml': fine };
const brought = { 'manifests/web.yaml': refused() };
const clusters = {
  'clusters/prod/source.yaml': source,
  'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
  'apps/fine.yaml': fine,
};
const argo = {
  'argocd/a.yaml': application('a', 'main'),
  'argocd/b.yaml': application('b', 'main'),
  'a/fine.yaml': fine,
  'b/fine.yaml': fine,
};
const root = { 'deploy/kustomization.yaml': 'resources: [fine.yaml]\n', 'deploy/fine.yaml': fine };
const lacking = { 'deploy/kustomization.yaml': 'resources: [fine.yaml, env/secret.yaml]\n' };

test.each(['"$NAME"', '"$(NAME)"', '"<name>"'])(
  'a new file whose object is named %s is for whoever fills that in, and changes no object',
  (name) => {
    const asked = (more: Files): Report =>
      judgeGate(
        { fileSystem: memoryFileSystem({ ...plain, ...more }), paths: [''], only: ['invalid-value'] },
        { name: 'base', files: () => memoryFileSystem(plain) },
      ).report;
    const named = fine.replace('name: fine', `name: ${name}`);
    expect(told(asked({ 'manifests/copy.yaml': named }))).toEqual(['warning manifests/copy.yaml']);
    expect(told(asked({ 'manifests/fine.yaml': named }))).toEqual(['error manifests/fine.yaml']);
    expect(told(asked({ 'manifests/fine.yaml': `${fine}---\n${named}` }))).toEqual([
      'error manifests/fine.yaml',
    ]);
  },
);

describe('a change makes no warnings of its own errors', () => {
  test.each<[string, Files, Files, string]>([
    ['by a program', plain, { ...brought, ...program }, 'manifests/web.yaml'],
    ['by a file of another tool', plain, { ...brought, 'x/fleet.yaml': '{}\n' }, 'manifests/web.yaml'],
    ['by a controller elsewhere', plain, { ...brought, ...clusters }, 'manifests/web.yaml'],
    [
      'by taking away the command that applies it',
      { ...plain, ...program, 'README.md': 'Run `kubectl apply -f manifests/`.\n' },
      { ...brought, 'README.md': 'Run it.\n' },
      'manifests/web.yaml',
    ],
    [
      'by taking away whoever applies it',
      clusters,
      { 'apps/web.yaml': refused(), 'clusters/prod/apps.yaml': fluxKustomization('apps', './other') },
      'apps/web.yaml',
    ],
    [
      'by the name of a branch',
      argo,
      { 'b/web.yaml': refused(), 'argocd/b.yaml': application('b', 'feature/x') },
      'b/web.yaml',
    ],
    [
      'by a cluster that applies itself, beside the others',
      clusters,
      { 'apps/web.yaml': refused(), ...selfApplied('more/of/them') },
      'apps/web.yaml',
    ],
    ['by a .gitignore', root, { ...lacking, '.gitignore': '/tool/\nenv/\n' }, 'deploy/kustomization.yaml'],
    [
      'by a .gitignore, of what Flux applies',
      {
        ...root,
        'clusters/prod/source.yaml': source,
        'clusters/prod/apps.yaml': fluxKustomization('apps', './deploy'),
      },
      { ...lacking, '.gitignore': 'env/\n' },
      'deploy/kustomization.yaml',
    ],
    [
      'by a guide',
      root,
      { ...lacking, 'README.md': '```sh\nmkdir deploy/env\n```\n' },
      'deploy/kustomization.yaml',
    ],
    [
      'by a program of the folder',
      root,
      { ...lacking, 'deploy/write.go': 'package deploy\n\nvar _ = os.WriteFile("env", nil, 0o600)\n' },
      'deploy/kustomization.yaml',
    ],
    [
      'by taking away a file that Git left out and had',
      {
        ...lacking,
        'deploy/fine.yaml': fine,
        'deploy/env/secret.yaml': fine.replace('fine', 'b'),
        '.gitignore': 'env/\n',
      },
      { 'deploy/env/secret.yaml': '' },
      'deploy/kustomization.yaml',
    ],
    ['by a program that was there', { ...root, ...program }, lacking, 'deploy/kustomization.yaml'],
    [
      'by a way out of the repository',
      { ...root, ...clusters },
      { 'deploy/kustomization.yaml': 'resources: [fine.yaml, env/secret.yaml, ../../other]\n' },
      'deploy/kustomization.yaml',
    ],
    [
      'by an action in the name',
      { ...root, ...clusters },
      { 'deploy/kustomization.yaml': "resources: [fine.yaml, 'env/{{ secret }}.yaml']\n" },
      'deploy/kustomization.yaml',
    ],
    [
      'by words in angle brackets',
      plain,
      { 'manifests/fine.yaml': fine.replace('namespace: web', 'namespace: "<name>"') },
      'manifests/fine.yaml',
    ],
  ])('%s', (_, base, more, path) => {
    const head = Object.fromEntries(Object.entries({ ...base, ...more }).filter(([, text]) => text !== ''));
    const asked = {
      fileSystem: memoryFileSystem(head),
      paths: [''],
      only: ['required-field-missing', 'file-missing', 'invalid-value'],
    };
    const { report } = judgeGate(asked, { name: 'base', files: () => memoryFileSystem(base) });
    expect(told(report)).toContain(`error ${path}`);
    expect(report.exitCode).not.toBe(0);
  });

  it('and gets warnings where its base has shown the same', () => {
    expect(told(gate({ ...plain, ...program }, brought))).toEqual(['warning manifests/web.yaml']);
    expect(told(gate({ ...plain, ...clusters }, brought))).toEqual(['warning manifests/web.yaml']);
    expect(told(gate(program, brought))).toEqual(['warning manifests/web.yaml']);
    expect(told(gate({ ...plain, ...program }, lacking))).toEqual(['warning deploy/kustomization.yaml']);
    const feature = { ...argo, 'argocd/b.yaml': application('b', 'feature/x') };
    expect(told(gate(feature, { 'b/web.yaml': refused() }))).toEqual(['warning b/web.yaml']);
    expect(told(gate({ ...root, '.gitignore': 'env/\n' }, lacking))).toEqual([
      'warning deploy/kustomization.yaml',
    ]);
  });

  it('and what was a warning in a base that others share stays one', () => {
    const shared = {
      ...clusters,
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps/prod'),
      'apps/base/kustomization.yaml': 'resources: [web.yaml]\n',
      'apps/base/web.yaml': refused(),
      'apps/prod/kustomization.yaml': 'resources: [../base]\n',
      'apps/dev/kustomization.yaml': 'resources: [../base]\n',
    };
    expect(told(gate(shared, { 'apps/more.yaml': fine }))).toEqual([]);
    const added = { 'apps/test/kustomization.yaml': 'resources: [../base]\n' };
    expect(gate(shared, added).findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('what no lack of evidence lowers', () => {
  const restricted = `apiVersion: v1
kind: Namespace
metadata: { name: web, labels: { pod-security.kubernetes.io/enforce: restricted } }
`;
  const pod = `apiVersion: v1
kind: Pod
metadata: { name: evil, namespace: web }
spec: { hostPID: true, containers: [{ name: x, image: "shop/web:1.4.2" }] }
`;
  const policy = `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: no-pods }
spec:
  matchConstraints:
    resourceRules: [{ apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods] }]
  validations: [{ expression: "false", message: no Pods }]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: no-pods }
spec: { policyName: no-pods, validationActions: [Deny] }
`;
  const files = { 'all/web.yaml': `${restricted}---\n${policy}---\n${pod}` };
  const flux = {
    'clusters/prod/flux-system/sync.yaml': `${source}---\n${fluxKustomization('flux-system', './clusters/prod')}`,
    'setup/loose.yaml': fluxKustomization('loose', './all'),
  };
  const revisions = {
    ...argo,
    'argocd/c.yaml': application('c', 'feature/x'),
    'c/web.yaml': files['all/web.yaml'],
  };

  test.each<[string, Files]>([
    ['a program beside it', { ...files, ...program }],
    ['an entry point that nothing brings', { ...files, ...flux }],
    ['another revision', revisions],
  ])('policies, Pod Security: %s', (_, tree) => {
    const rules = ['host-namespace-shared', 'no-pods', 'pod-security-violated'];
    const { findings } = lintFiles(tree, { paths: [''], only: rules });
    expect(new Set(findings.map(({ rule, severity }) => `${severity} ${rule}`))).toEqual(
      new Set(rules.map((rule) => `error ${rule}`)),
    );
  });

  it('Pod Security of a namespace that nobody is seen to apply, where a change brings it', () => {
    const applied = { ...program, ...clusters, 'apps/web.yaml': pod };
    const brings = { 'manifests/namespace.yaml': restricted };
    const asked = { paths: [''], only: ['pod-security-violated'] };
    expect(told(lintFiles({ ...applied, ...brings }, asked))).toEqual(['warning apps/web.yaml']);
    const fileSystem = memoryFileSystem({ ...applied, ...brings });
    const files = (): ReturnType<typeof memoryFileSystem> => memoryFileSystem(applied);
    const { report } = judgeGate({ ...asked, fileSystem }, { name: 'base', files });
    expect(told(report)).toEqual(['error apps/web.yaml']);
  });

  it('text that no reviewer sees', () => {
    const hidden = { ...program, 'manifests/fine.yaml': `${fine}data: { a: "x\u202ey" }\n` };
    const { findings } = lintFiles(hidden, { paths: [''], only: ['hidden-text'] });
    expect(findings.map(({ severity }) => severity)).toEqual(['error']);
  });
});

describe('what the base has as well', () => {
  const edited = { 'prod/fine.yaml': `${fine}data: { a: b }\n` };
  const lists = (resources: string): string =>
    `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [${resources}]\n`;
  const lacking = {
    ...selfApplied('prod'),
    '.gitignore': 'secret.yaml\n',
    'prod/kustomization.yaml': lists('flux-system, fine.yaml, secret.yaml'),
    'prod/flux-system/kustomization.yaml': lists('sync.yaml'),
    'prod/fine.yaml': fine,
  };

  it('is not new where a change reaches it, and is where the change takes the reason away or brings it', () => {
    expect(told(lintFiles(lacking, { only: ['file-missing'] }))).toEqual(['warning prod/kustomization.yaml']);
    expect(told(gate(lacking, edited))).toEqual(['warning prod/kustomization.yaml']);
    expect(told(gate(lacking, { ...edited, '.gitignore': 'other.yaml\n' }))).toEqual([
      'error prod/kustomization.yaml',
    ]);
    const before = { ...lacking, 'prod/kustomization.yaml': lists('flux-system, fine.yaml') };
    expect(told(gate(before, lacking))).toEqual(['error prod/kustomization.yaml']);
  });
});

describe('without a base', () => {
  const lowered = ({ coverage }: Report): unknown => coverage.lowered;

  it('it is said once how many findings are warnings because evidence is lacking, and why', () => {
    const only = ['required-field-missing', 'file-missing'];
    const report = lintFiles(
      { ...brought, ...program, ...root, ...lacking, '.gitignore': 'env/\n' },
      { only },
    );
    const count = report.findings.filter(({ severity }) => severity === 'warning').length;
    expect(count).toBeGreaterThan(1);
    expect(lowered(report)).toEqual([
      { why: 'nothing in the repository shows that it is applied as written', findings: count - 1 },
      { why: '.gitignore excludes it from Git, so it may exist in a working copy', findings: 1 },
    ]);
    expect(report.exitCode).toBe(2);
    expect(lowered(lintFiles(brought, { only }))).toBeUndefined();
  });
});

describe('a file that a change names after an older cluster', () => {
  const removed =
    'apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata: { name: web, namespace: web }\n';
  const tree = {
    ...plain,
    'deploy/legacy/web.yaml': `${removed}spec: { selector: { matchLabels: { a: b } } }\n`,
  };
  const only = ['unsupported-value'];

  it('keeps its error, which is a warning without a base', () => {
    const asked = { fileSystem: memoryFileSystem(tree), paths: [''], only };
    const { report } = judgeGate(asked, { name: 'base', files: () => memoryFileSystem(plain) });
    expect(told(report)).toEqual(['error deploy/legacy/web.yaml']);
    expect(told(lintFiles(tree, { only }))).toEqual(['warning deploy/legacy/web.yaml']);
  });
});

describe('an older Flux that a change installs', () => {
  const files = {
    ...selfApplied('prod'),
    'prod/fine.yaml': fine,
  };
  const release = `apiVersion: helm.toolkit.fluxcd.io/v2beta2
kind: HelmRelease
metadata: { name: web, namespace: web }
spec: { interval: 1h, chartRef: { kind: OCIRepository, name: web } }
`;
  const old = `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: { name: flux-manifests, namespace: flux-system }
spec: { interval: 1h, url: "oci://ghcr.io/fluxcd/flux-manifests", ref: { tag: v2.2.2 } }
`;
  const severities = (base: Files, more: Files): string[] => {
    const fileSystem = memoryFileSystem({ ...base, ...more });
    const only = ['flux-api-removed', 'unsupported-value'];
    const files = (): ReturnType<typeof memoryFileSystem> => memoryFileSystem(base);
    return judgeGate({ fileSystem, paths: [''], only }, { name: 'base', files }).report.findings.map(
      ({ severity }) => severity,
    );
  };

  it('makes no warning of an error; the one of the base does', () => {
    expect(severities(files, { 'prod/flux.yaml': old, 'prod/release.yaml': release })).toEqual(['error']);
    expect(severities({ ...files, 'prod/flux.yaml': old }, { 'prod/release.yaml': release })).toEqual([
      'warning',
    ]);
  });
});

describe('a change that switches the load restrictor off for what it reads outside of a directory', () => {
  const inside = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [fine.yaml]\n';
  const base = {
    'argocd/a.yaml': application('a', 'main'),
    'a/kustomization.yaml': inside,
    'a/fine.yaml': fine,
    'deploy/kustomization.yaml': inside,
    'deploy/fine.yaml': fine.replace('fine', 'other'),
  };
  const outside = (directory: string): Files => ({
    [`${directory}/kustomization.yaml`]: inside.replace('fine.yaml', 'fine.yaml, ../more.yaml'),
    'more.yaml': fine.replace('fine', 'more'),
  });
  const guide = { 'README.md': 'Run `kustomize build --load-restrictor LoadRestrictionsNone deploy`.\n' };
  const recipe = { Makefile: 'out:\n\tkustomize build --load-restrictor LoadRestrictionsNone deploy\n' };
  const values = {
    'setup/values.yaml':
      'configs: { cm: { kustomize.buildOptions: --load-restrictor LoadRestrictionsNone } }\n',
  };
  const settings = {
    'a/cm.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: argocd-cm, namespace: argocd, labels: { app.kubernetes.io/part-of: argocd } }\ndata: { kustomize.buildOptions: --load-restrictor LoadRestrictionsNone }\n',
  };
  const flux = { 'more/source.yaml': source };
  const judged = (before: Files, more: Files): Report =>
    judgeGate(
      {
        fileSystem: memoryFileSystem({ ...before, ...more }),
        paths: [''],
        only: ['file-outside-kustomization'],
      },
      { name: 'base', files: () => memoryFileSystem(before) },
    ).report;

  test.each<[string, Files, string]>([
    ['a guide', guide, 'a'],
    ['a guide', guide, 'deploy'],
    ['a recipe', recipe, 'a'],
    ['a recipe', recipe, 'deploy'],
    ['values of the chart of Argo CD', values, 'a'],
    ['settings of Argo CD', settings, 'a'],
    ['an object of Flux', flux, 'deploy'],
  ])('keeps its error: by %s, %#', (_, brought, directory) => {
    const report = judged(base, { ...brought, ...outside(directory) });
    expect(told(report)).toEqual([`error ${directory}/kustomization.yaml`]);
    expect(report.exitCode).toBe(2);
    expect(told(judged({ ...base, ...brought }, outside(directory)))).toEqual([]);
  });
});
