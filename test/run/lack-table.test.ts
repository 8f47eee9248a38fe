import { describe, expect, it, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { untracked } from '../../src/object/provenance.ts';
import type { BaseEvidence } from '../../src/run/base-evidence.ts';
import { type Lack, lacks } from '../../src/run/lack-of-evidence.ts';
import { isNamedLater, lacksOfBuilds, lacksOfObjects, whyIn } from '../../src/run/lack-table.ts';
import type { Tree } from '../../src/survey/tree.ts';
import {
  application,
  fluxKustomization,
  fromElsewhere,
  selfApplied,
  source,
} from '../support/deployed-files.ts';
import { renderFiles } from '../support/render-files.ts';

type Files = Readonly<Record<string, string>>;
type Table = ReturnType<typeof lacksOfBuilds>;
/** What the base has to show: nothing, more than any base shows, or what the method says. */
type InBase = 'always' | 'never' | Exclude<keyof BaseEvidence, 'lowered' | 'earlier'>;

const program = { 'tool/main.go': 'package main\n' };
const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: fine, namespace: web }\n';

/** A finding in a text, which begins it. */
function at(path: string, more: Partial<Diagnostic> = {}, text = ''): Diagnostic {
  return {
    ...{ rule: 'r', severity: 'error', message: 'm', related: [] },
    span: { file: { path, text }, start: 0, end: text.length },
    ...more,
  };
}

function object(kind: string, name: string, more: object = {}): Pick<Diagnostic, 'object'> {
  return { object: { apiVersion: 'v1', kind, name, namespace: 'web', ...more } };
}

const methods = [
  'mayLack',
  'isUnbuilt',
  'isLooselyBrought',
  'isOpen',
  'isNew',
  'isAssumed',
  'isServed',
] as const;

/** A base that shows some of it. */
function showing(...shown: readonly string[]): BaseEvidence {
  const says = methods.map((name) => [name, () => shown.includes(name)]);
  return Object.fromEntries(says) as unknown as BaseEvidence;
}

function expectLack(table: Table, one: Diagnostic, lack: Lack, inBase: InBase): void {
  expect(whyIn(table, one, undefined)).toBe(lack);
  expect(whyIn(table, one, showing())).toBe(inBase === 'always' ? lack : undefined);
  expect(whyIn(table, one, showing(inBase))).toBe(inBase === 'never' ? undefined : lack);
}

test('the first lack counts that the base shows as well', () => {
  const one = at('a.yaml');
  const table: Table = [
    { why: () => undefined, inBase: 'always' },
    { why: () => lacks.free, inBase: 'never' },
    { why: () => lacks.open, inBase: (base, same) => same === one && base.isOpen(one) },
    { why: () => lacks.cluster, inBase: 'always' },
  ];
  expect(whyIn(table, one, undefined)).toBe(lacks.free);
  expect(whyIn(table, one, showing('isOpen'))).toBe(lacks.open);
  expect(whyIn(table, one, showing())).toBe(lacks.cluster);
  expect(whyIn(table.slice(0, 3), one, showing())).toBeUndefined();
});

describe('a build that fails lacks', () => {
  const missing = (path: string): Partial<Diagnostic> => ({
    rule: 'file-missing',
    message: `${path} does not exist`,
  });
  const outside = at('deploy/kustomization.yaml', {
    rule: 'file-outside-kustomization',
    entryPoint: 'deploy',
  });
  const unread = at('deploy/web.yaml', { rule: 'yaml-syntax' });
  const freely = { Makefile: 'out:\n\tkustomize build --load-restrictor LoadRestrictionsNone deploy\n' };
  const template = '{{ if .Values.web }}\na: {\n';
  const deploys = { ...program, 'argocd/a.yaml': application('a', 'main') };
  const fine = { 'a/kustomization.yaml': 'resources: [fine.yaml]\n', 'a/fine.yaml': map };

  it.each<[string, Files, Diagnostic, Lack, InBase]>([
    ['the load restrictor', freely, outside, lacks.free, 'never'],
    [
      'what a plugin does',
      { ...deploys, 'a/web.yaml': map },
      at('a/web.yaml', { entryPoint: 'a' }),
      lacks.template,
      'never',
    ],
    ['a tool that fills in a template', { 'deploy/web.yaml': template }, unread, lacks.template, 'never'],
    [
      'such a tool, of what is no JSON',
      { 'deploy/web.yaml': template },
      { ...unread, rule: 'not-json' },
      lacks.template,
      'never',
    ],
    [
      'a file that Git leaves out',
      { '.gitignore': 'env/\n' },
      at('a.yaml', missing('env/a.yaml')),
      lacks.ignored,
      'mayLack',
    ],
    [
      'somebody who builds what only others do',
      { ...deploys, ...fine },
      at('a/fine.yaml', { entryPoint: 'other' }),
      lacks.applied,
      'never',
    ],
  ])('%s', (_, files, one, lack, inBase) => {
    const { tree, sources } = renderFiles(files);
    expectLack(lacksOfBuilds(tree, sources), one, lack, inBase);
  });

  it('somebody who builds it', () => {
    const { tree, sources } = renderFiles({
      ...program,
      'deploy/kustomization.yaml': 'resources: [gone.yaml]\n',
    });
    const [one] = tree.units.flatMap(({ build }) => build.diagnostics);
    if (one === undefined) throw new Error('it does not build');
    expectLack(lacksOfBuilds(tree, sources), one, lacks.applied, 'isUnbuilt');
  });

  it.each<[string, Files, Diagnostic]>([
    ['a restrictor where nothing builds without', {}, outside],
    ['it where something else is wrong', freely, { ...outside, rule: 'r' }],
    [
      'a plugin where Flux applies the directory',
      { ...selfApplied('prod'), 'prod/a.yaml': fluxKustomization('a', './a') },
      at('a/x.yaml', { entryPoint: 'a' }),
    ],
    ['a plugin for a file by itself', { ...deploys, 'prod/other.yaml': fromElsewhere }, at('a/x.yaml')],
    ['a tool for what is no template', { 'deploy/web.yaml': 'a: {\n' }, unread],
    [
      'a tool for a template where something else is wrong',
      { 'deploy/web.yaml': template },
      { ...unread, rule: 'r' },
    ],
    ['a tool for a file that is not there', {}, unread],
    ['a tool for a folder', { 'deploy/web.yaml/a.yaml': '' }, unread],
    ['a file that Git does not leave out', {}, at('a.yaml', missing('env/a.yaml'))],
    ['what builds elsewhere, of a file by itself', { ...deploys, ...fine }, at('a/fine.yaml')],
    [
      'what builds elsewhere, of a file that only it reads',
      { ...deploys, ...fine },
      at('b/fine.yaml', { entryPoint: 'b' }),
    ],
    [
      'what a command builds',
      { ...deploys, ...fine, 'up.sh': 'kubectl apply -k b\n', 'b/kustomization.yaml': 'resources: [../a]\n' },
      at('a/fine.yaml', { entryPoint: 'b' }),
    ],
  ])('not %s', (_, files, one) => {
    const { tree, sources } = renderFiles(files);
    expect(whyIn(lacksOfBuilds(tree, sources), one, undefined)).toBeUndefined();
  });

  const listing = (...inputs: readonly string[]): Tree => {
    const owner = (by: string, root: string, files: readonly string[]): object => ({
      by,
      build: { root, inputs: files },
    });
    const { tree } = renderFiles({});
    const reconciliations = [owner('flux', 'apps', ['a', 'b', 'c']), owner('kustomize', 'all', inputs)];
    return {
      ...tree,
      clusters: [{ reconciliations }] as unknown as Tree['clusters'],
      delivery: { ...tree.delivery, isBuilt: (directory) => directory === 'built' },
    };
  };
  const ofList = (tree: Tree, entryPoint = 'all'): Lack | undefined =>
    whyIn(
      lacksOfBuilds(tree, renderFiles({}).sources),
      at('all/kustomization.yaml', { entryPoint }),
      undefined,
    );

  it('somebody who builds a list of parts, most of which controllers build', () => {
    expect(ofList(listing('a', 'b', 'x'))).toBe(lacks.applied);
    expect(ofList(listing('a', 'b', 'x', 'y'))).toBeUndefined();
    expect(ofList(listing('a', 'b', 'c'), 'apps')).toBeUndefined();
    expect(ofList(listing('a', 'b', 'c'), 'other')).toBeUndefined();
  });
});

describe('an object lacks', () => {
  const value = { rule: 'invalid-value' };
  const absent = (what: string): Partial<Diagnostic> => ({
    ...object('Pod', 'web'),
    rule: 'reference-missing',
    message: `it refers to ${what}, which does not exist`,
  });
  const entry = (kind: string, apiVersion: string): Partial<Diagnostic> => ({
    ...value,
    object: { apiVersion, kind, name: 'web' },
  });
  const kustomize = 'kustomize.toolkit.fluxcd.io/v1';
  const nameless = {
    rule: 'required-field-missing',
    message: 'name is required: must be set, or generateName',
  };
  const filled = 'image: #@ data.values.image\n';
  const applied = { 'prod/apps.yaml': fluxKustomization('apps', './apps'), 'apps/fine.yaml': map };
  const loose = {
    ...selfApplied('clusters/prod'),
    'setup/loose.yaml': fluxKustomization('loose', './loose'),
    'loose/fine.yaml': map,
  };
  const revisions = {
    'argocd/a.yaml': application('a', 'main'),
    'argocd/b.yaml': application('b', 'feature/x'),
    'b/fine.yaml': map,
  };
  const release: Partial<Diagnostic> = {
    rule: 'unsupported-value',
    field: 'apiVersion',
    object: { apiVersion: 'helm.toolkit.fluxcd.io/v2beta2', kind: 'HelmRelease', name: 'web' },
  };
  const flux = {
    'prod/flux.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: { name: flux-manifests, namespace: flux-system }
spec: { interval: 1h, url: "oci://ghcr.io/fluxcd/flux-manifests", ref: { tag: v2.2.2 } }
`,
  };
  const failing = {
    'clusters/kustomization.yaml': 'resources: [gone.yaml, ../base/web.yaml]\n',
    'base/kustomization.yaml': 'resources: [web.yaml, gone.yaml]\n',
    'base/web.yaml': fluxKustomization('base', './gone'),
  };
  const webhook = `apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: volumes }
webhooks: [{ objectSelector: { matchLabels: { volumes: added } }, rules: [{ resources: [pods] }] }]
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: web, labels: { volumes: added } }
spec: { containers: [] }
`;
  const account = `apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: web }\n`;
  const answered = `${map}  # uid: "01234567-89ab-"\n  # resourceVersion: "1"\n`;

  it.each<[string, Files, Diagnostic, Lack, InBase]>([
    ['a Flux that took its version away', flux, at('a.yaml', release), lacks.flux, 'isServed'],
    [
      'what is applied of it, an older revision being so',
      revisions,
      at('b/x.yaml', { ...object('ConfigMap', 'fine'), entryPoint: 'argocd' }),
      lacks.revision,
      'isLooselyBrought',
    ],
    [
      'somebody who brings it',
      loose,
      at('loose/x.yaml', { ...object('ConfigMap', 'fine'), entryPoint: 'setup' }),
      lacks.applied,
      'isLooselyBrought',
    ],
    [
      'somebody who declares it',
      loose,
      at(
        'setup/loose.yaml',
        object('Kustomization', 'loose', { apiVersion: kustomize, namespace: 'flux-system' }),
      ),
      lacks.applied,
      'isLooselyBrought',
    ],
    [
      'what a cluster has by itself',
      {},
      at('a.yaml', { ...absent('ConfigMap own'), ...object('Pod', 'web', { namespace: 'kube-system' }) }),
      lacks.cluster,
      'always',
    ],
    [
      'what is made elsewhere',
      { 'prod/other.yaml': fromElsewhere },
      at('a.yaml', absent('Secret elsewhere')),
      lacks.elsewhere,
      'never',
    ],
    [
      'what a command makes',
      { 'up.sh': 'kubectl create configmap settings\n' },
      at('a.yaml', absent('ConfigMap settings')),
      lacks.created,
      'never',
    ],
    [
      'what a chart makes that a command installs',
      { 'up.sh': 'helm install web shop/web\n' },
      at('a.yaml', absent('Secret web-key')),
      lacks.helm,
      'never',
    ],
    [
      'what a failing build would read',
      failing,
      at('a.yaml', {
        rule: 'dependency-missing',
        message: 'there is no Kustomization flux-system/base, which it waits for',
      }),
      lacks.unread,
      'never',
    ],
    [
      'a volume that a webhook adds',
      { 'all.yaml': webhook },
      at('a.yaml', {
        ...object('Pod', 'web'),
        rule: 'value-not-found',
        field: 'spec.containers[0].volumeMounts[0].name',
      }),
      lacks.webhook,
      'never',
    ],
    [
      'a path in a repository of its own',
      { 'demo/apps/a.yaml': map },
      at('demo/prod/a.yaml', {
        rule: 'flux-path-missing',
        message: 'apps is not a directory of this repository',
      }),
      lacks.root,
      'never',
    ],
    ['a value that is to be written', {}, at('a.yaml', value, 'CHANGEME'), lacks.open, 'isOpen'],
    [
      'such a value in an Application',
      applied,
      at('prod/a.yaml', entry('Application', 'argoproj.io/v1alpha1'), 'CHANGEME'),
      lacks.open,
      'isOpen',
    ],
    [
      'such a value in an ApplicationSet',
      applied,
      at('prod/a.yaml', entry('ApplicationSet', 'argoproj.io/v1alpha1'), 'CHANGEME'),
      lacks.open,
      'isOpen',
    ],
    [
      'such a value in a source',
      applied,
      at('prod/a.yaml', entry('Bucket', 'source.toolkit.fluxcd.io/v1'), 'CHANGEME'),
      lacks.open,
      'isOpen',
    ],
    [
      'such a value in a Kustomization of Flux',
      applied,
      at('prod/a.yaml', entry('Kustomization', kustomize), 'CHANGEME'),
      lacks.open,
      'isOpen',
    ],
    [
      'such a value in an instance of Flux',
      applied,
      at('prod/a.yaml', entry('FluxInstance', 'fluxcd.controlplane.io/v1'), 'CHANGEME'),
      lacks.open,
      'isOpen',
    ],
    ['a name that is to be written', {}, at('a.yaml', nameless, 'name:'), lacks.open, 'never'],
    ['a name that a tool fills in', {}, at('a.yaml', object('Pod', '$NAME')), lacks.template, 'isNew'],
    ['what ytt sets', {}, at('a.yaml', { rule: 'wrong-type' }, filled), lacks.template, 'never'],
    ['what makes a copy of a template', {}, at('web-template.yaml'), lacks.named, 'never'],
    [
      'a namespace that an overlay writes',
      { 'base/kustomization.yaml': 'resources: [account.yaml]\n', 'base/account.yaml': account },
      at('base/a.yaml', {
        rule: 'required-field-missing',
        field: 'subjects[0].namespace',
        entryPoint: 'base',
      }),
      lacks.overlay,
      'never',
    ],
    ['what a person wrote, not a server', { 'a.yaml': answered }, at('a.yaml'), lacks.answer, 'never'],
    [
      'a cluster that is older',
      {},
      at('legacy/a.yaml', {
        ...object('Ingress', 'web', { apiVersion: 'extensions/v1beta1' }),
        rule: 'unsupported-value',
        field: 'apiVersion',
      }),
      lacks.older,
      'never',
    ],
    [
      'what it is merged into',
      {},
      at('web-patch.yaml', { rule: 'required-field-missing' }),
      lacks.part,
      'never',
    ],
    ['somebody who applies it', { ...program, 'a.yaml': map }, at('a.yaml'), lacks.applied, 'isAssumed'],
  ])('%s', (_, files, one, lack, inBase) => {
    const { tree, sources } = renderFiles(files);
    expectLack(lacksOfObjects(tree, sources, undefined), one, lack, inBase);
  });

  it('somebody who applies the other object', () => {
    const { tree, sources } = renderFiles({ ...program, 'a.yaml': map, 'b.yaml': map });
    const other = { span: at('b.yaml').span, message: 'the other one' };
    const one = at('c.yaml', { rule: 'quota-exceeded', related: [other] });
    expectLack(lacksOfObjects(tree, sources, undefined), one, lacks.other, 'never');
  });

  it('the settings of Argo CD', () => {
    const { tree, sources } = renderFiles({
      'argocd/a.yaml': application('a', 'main'),
      'a/kustomization.yaml': 'resources: [../b.yaml]\n',
      'b.yaml': map,
    });
    const found = tree.clusters.flatMap(({ reconciliations }) => reconciliations.map(({ build }) => build));
    const [one] = found.flatMap(({ diagnostics }) => diagnostics);
    if (one === undefined) throw new Error('the restrictor refuses nothing');
    expectLack(lacksOfObjects(tree, sources, undefined), one, lacks.argo, 'never');
  });

  it('another owner, the two being alternatives', () => {
    const lists = (name: string): Files => ({
      [`${name}/all.yaml`]: ['one', 'two'].map((one) => fluxKustomization(one, './fine')).join('---\n'),
      [`setup/${name}.yaml`]: fluxKustomization(name, `./${name}`),
    });
    const { tree, sources } = renderFiles({
      ...program,
      'setup/source.yaml': source,
      'fine/fine.yaml': map,
      ...lists('a'),
      ...lists('b'),
    });
    const message = 'Kustomization flux-system/a and Kustomization flux-system/b both apply it';
    const entryPoint = 'setup';
    const one = at('a/all.yaml', { rule: 'object-owned-twice', message, entryPoint });
    expectLack(lacksOfObjects(tree, sources, undefined), one, lacks.alternatives, 'never');
  });

  const beside = 'prod/a.yaml';
  it.each<[string, Files, Diagnostic]>([
    ['anything', {}, at('a.yaml', value, 'b')],
    ['a version that another Flux serves', {}, at('a.yaml', release)],
    ['what is brought', loose, at('prod/a.yaml', object('ConfigMap', 'fine'))],
    [
      'who declares it, of another object in the file',
      loose,
      at(
        'setup/loose.yaml',
        object('Kustomization', 'other', { apiVersion: kustomize, namespace: 'flux-system' }),
      ),
    ],
    [
      'who declares it, of another file',
      loose,
      at(
        'prod/loose.yaml',
        object('Kustomization', 'loose', { apiVersion: kustomize, namespace: 'flux-system' }),
      ),
    ],
    ['who declares it, of no object', loose, at('prod/a.yaml')],
    [
      'a value that is to be written beside an entry point',
      applied,
      at(beside, { ...value, ...object('Pod', 'web') }, 'CHANGEME'),
    ],
    ['such a value without an object', applied, at(beside, value, 'CHANGEME')],
    [
      'such a value in a project',
      applied,
      at(beside, entry('AppProject', 'argoproj.io/v1alpha1'), 'CHANGEME'),
    ],
    [
      'such a value in another kind of the name',
      applied,
      at(beside, entry('MyApplication', 'argoproj.io/v1alpha1'), 'CHANGEME'),
    ],
    [
      'such a value in another kind that begins so',
      applied,
      at(beside, entry('ApplicationSource', 'argoproj.io/v1alpha1'), 'CHANGEME'),
    ],
    [
      'such a value in an Application of another group',
      applied,
      at(beside, entry('Application', 'app.k8s.io/v1'), 'CHANGEME'),
    ],
    [
      'such a value in a release',
      applied,
      at(beside, entry('HelmRelease', 'helm.toolkit.fluxcd.io/v2'), 'CHANGEME'),
    ],
    [
      'such a value in a group that contains the name',
      applied,
      at(beside, entry('Bucket', 'my.source.toolkit.fluxcd.io/v1'), 'CHANGEME'),
    ],
    [
      'such a value in a group that begins otherwise',
      applied,
      at(beside, entry('FluxInstance', 'my.fluxcd.controlplane.io/v1'), 'CHANGEME'),
    ],
    [
      'a name in an entry point',
      {},
      at(
        'a.yaml',
        { ...nameless, ...entry('Application', 'argoproj.io/v1alpha1'), rule: nameless.rule },
        'name:',
      ),
    ],
    ['a name beside an entry point', applied, at(beside, object('Pod', '$NAME'))],
    ['what ytt sets beside an entry point', applied, at(beside, { rule: 'wrong-type' }, filled)],
    ['a copy of a template beside an entry point', applied, at('prod/web-template.yaml')],
    [
      'an older cluster beside an entry point',
      applied,
      at('prod/a_v1beta1.yaml', {
        ...object('Ingress', 'web', { apiVersion: 'extensions/v1beta1' }),
        rule: 'unsupported-value',
        field: 'apiVersion',
      }),
    ],
    [
      'what a patch beside an entry point is merged into',
      applied,
      at('prod/web-patch.yaml', { rule: 'required-field-missing' }),
    ],
  ])('not %s', (_, files, one) => {
    const { tree, sources } = renderFiles(files);
    const delivery = { ...tree.delivery, isAssumed: () => false };
    expect(whyIn(lacksOfObjects({ ...tree, delivery }, sources, undefined), one, undefined)).toBeUndefined();
  });

  it('no Flux where the configuration says which', () => {
    const { tree, sources } = renderFiles(flux);
    expect(whyIn(lacksOfObjects(tree, sources, '2.8'), at('a.yaml', release), undefined)).toBeUndefined();
  });

  it('nothing because of owners that no file declares', () => {
    const { tree, sources } = renderFiles({});
    const [one] = renderFiles({ 'a.yaml': map }).tree.units.flatMap(({ build }) => build.resources);
    const build = { diagnostics: [], resources: [] };
    const owners = [{ build }, { build, declaration: { ...one, origin: untracked } }];
    const loose = new Set(owners) as unknown as Tree['loose'];
    const of = at('a.yaml', object('ConfigMap', 'fine'));
    expect(whyIn(lacksOfObjects({ ...tree, loose }, sources, undefined), of, undefined)).toBeUndefined();
  });
});

describe('the name of a file', () => {
  const { tree, sources } = renderFiles({});
  const table = lacksOfObjects(tree, sources, undefined);

  it.each(['a-skeleton.yaml', 'a_templ.yml', 'a.tmpl.json', 'b/a-template.yaml', 'A-TPL.YAML'])(
    'says that it is a template: %s',
    (path) => {
      expect(whyIn(table, at(path), undefined)).toBe(lacks.named);
    },
  );

  it.each([
    'template.yaml',
    'a-template.yaml.txt',
    'a-templates.yaml',
    'a-template/a.yaml',
    'xtemplate.yaml',
    'a-template.yamljson',
  ])('does not: %s', (path) => {
    expect(whyIn(table, at(path), undefined)).toBeUndefined();
  });
});

describe('the name of an object', () => {
  const named = (name: string, namespace?: string): Diagnostic =>
    at('a.yaml', {
      object: { apiVersion: 'v1', kind: 'Pod', name, ...(namespace === undefined ? {} : { namespace }) },
    });

  it.each([`\${NAME}`, '$(NAME)', 'a-$name', '$NAME', '$_name', '<name>', 'a-<the name>-b'])(
    'is written later: %s',
    (name) => {
      expect(isNamedLater(named(name))).toBe(true);
      expect(isNamedLater(named('web', name))).toBe(true);
    },
  );

  it.each(['web', '$1', '$', '<>', '<a', 'a>', 'a>b<'])('is not: %s', (name) => {
    expect(isNamedLater(named(name))).toBe(false);
  });

  it('is none', () => {
    expect(isNamedLater(at('a.yaml'))).toBe(false);
  });
});
