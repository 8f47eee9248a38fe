import { describe, expect, it } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';
import { configMap, discoverFiles, findingsOf, scaledDeployment } from './discover-files.ts';

const here = 'https://git.example.com/team/platform.git';

/** An Application of `apps/web`, with its destination and what else its spec says. */
const application = (...spec: readonly string[]): string =>
  [
    'apiVersion: argoproj.io/v1alpha1',
    'kind: Application',
    'metadata: { name: web, namespace: argocd }',
    'spec:',
    '  project: team',
    '  destination: { server: https://kubernetes.default.svc, namespace: web }',
    ...spec.map((line) => `  ${line}`),
    '',
  ].join('\n');
const source = `source: { repoURL: "${here}", path: apps/web }`;

const settings = (...data: readonly string[]): string =>
  ['apiVersion: v1', 'kind: ConfigMap', 'metadata: { name: argocd-cm, namespace: argocd }', 'data:']
    .concat(data.map((line) => `  ${line}`))
    .join('\n');

const project = (name: string, labels: string, ...spec: readonly string[]): string =>
  [
    'apiVersion: argoproj.io/v1alpha1',
    'kind: AppProject',
    `metadata: { name: ${name}, namespace: argocd, labels: { ${labels} } }`,
    'spec:',
    ...spec.map((line) => `  ${line}`),
    '',
  ].join('\n');

it('objects that Argo CD excludes need no permission', () => {
  const open = ['sourceRepos: ["*"]', 'destinations: [{ server: "*", namespace: "*" }]'];
  const check = (...data: readonly string[]): string[] =>
    findingsOf(
      discoverFiles({
        'argocd/cm.yaml': settings(...data),
        'argocd/web.yaml': application(source),
        'argocd/team.yaml': project(
          'team',
          '',
          ...open,
          'namespaceResourceWhitelist: [{ group: "", kind: Service }]',
        ),
        'apps/web/slice.yaml':
          'apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: { name: web, namespace: web }\naddressType: IPv4\nendpoints: []\n',
      }),
    );
  const forbidden = ['project-forbids apps/web/slice.yaml:2'];
  expect(check('url: https://argocd.example.com')).toEqual([]);
  expect(check('resource.exclusions: ""')).toEqual(forbidden);
  expect(check('resource.exclusions: |', '  - apiGroups: [discovery.k8s.io]', '    kinds: ["*"]')).toEqual(
    [],
  );
  expect(check('resource.exclusions: |', '  - apiGroups: [apps]', '    kinds: ["*"]')).toEqual(forbidden);
});

describe('global projects', () => {
  const global = settings(
    'globalProjects: |',
    '  - projectName: everyone',
    '    labelSelector: { matchExpressions: [{ key: kind, operator: In, values: [team] }] }',
  );
  const open = ['sourceRepos: ["*"]', 'destinations: [{ server: "*", namespace: "*" }]'];
  const check = (files: Readonly<Record<string, string>>): string[] =>
    findingsOf(
      discoverFiles({
        'argocd/web.yaml': application(source),
        'argocd/team.yaml': project('team', 'kind: team', 'sourceRepos: []'),
        'apps/web/config.yaml': configMap('web', 'k: v'),
        ...files,
      }),
    );

  it('lend what they permit to the projects that their selector chooses', () => {
    expect(check({})).toEqual([]);
    expect(check({ 'argocd/cm.yaml': global, 'argocd/all.yaml': project('everybody', '', ...open) })).toEqual(
      [],
    );
    const forbidden = ['project-forbids argocd/web.yaml:7', 'project-forbids argocd/web.yaml:6'];
    expect(check({ 'argocd/cm.yaml': settings('url: https://argocd.example.com') })).toEqual(forbidden);
    const other = global.replace('[team]', '[other]');
    expect(check({ 'argocd/cm.yaml': other, 'argocd/all.yaml': project('everybody', '', ...open) })).toEqual(
      forbidden,
    );
  });

  it('forbid nothing while one of them is not in the repository', () => {
    expect(check({ 'argocd/cm.yaml': global })).toEqual([]);
  });
});

it('takes an Application that applies itself by the name that it gets there', () => {
  const found = discoverFiles({
    'argocd/web.yaml': application(source.replace('apps/web', 'argocd')),
    'argocd/kustomization.yaml': 'nameSuffix: -infra\nresources: [web.yaml]\n',
  });
  expect(findingsOf(found)).toEqual([]);
  const names = found.clusters.flatMap(({ reconciliations }) => reconciliations.map(({ name }) => name));
  expect(names).toEqual(['web-infra']);
});

describe('a source hydrator', () => {
  const hydrated = (...more: readonly string[]): string =>
    application(
      'sourceHydrator:',
      `  drySource: { repoURL: "${here}", path: apps/web, targetRevision: HEAD }`,
      '  syncSource: { targetBranch: env/prod, path: rendered/web }',
      ...more,
    );

  it('renders the dry source, and looks for nothing where that will be committed', () => {
    const found = discoverFiles({
      'argocd/web.yaml': hydrated(),
      'apps/web/kustomization.yaml': 'namePrefix: a-\nresources: [config.yaml]\n',
      'apps/web/config.yaml': configMap('web', 'k: v'),
    });
    expect(findingsOf(found)).toEqual([]);
    const [web] = found.clusters.flatMap(({ reconciliations }) => reconciliations);
    expect(web?.build.resources.map(({ object }) => object['metadata'])).toMatchObject([{ name: 'a-web' }]);
    expect(web?.path).toBe('apps/web');
  });

  it('is told of where its dry source is not there', () => {
    const found = discoverFiles({
      'argocd/web.yaml': hydrated(),
      'argocd/other.yaml': application(source.replace('apps/web', 'apps/other')).replace(
        'name: web',
        'name: o',
      ),
      'apps/other/config.yaml': configMap('web', 'k: v'),
    });
    expect(findingsOf(found)).toEqual(['application-path-missing argocd/web.yaml:8']);
  });
});

it('reads files outside a directory where the build options permit it', () => {
  const check = (options: string): string[] =>
    findingsOf(
      discoverFiles({
        'argocd/web.yaml': application(source),
        'argocd/cm.yaml': settings(`kustomize.buildOptions: ${options}`),
        'apps/web/kustomization.yaml': 'resources: [../shared.yaml]\n',
        'apps/shared.yaml': configMap('web', 'k: v'),
      }),
    );
  expect(check('--enable-helm')).toEqual(['file-outside-kustomization apps/web/kustomization.yaml:1']);
  expect(check('--load-restrictor LoadRestrictionsNone')).toEqual([]);
});

describe('replicas under an autoscaler', () => {
  const respects = 'syncPolicy: { syncOptions: [RespectIgnoreDifferences=true] }';
  const ignoring = (how: string): string[] => [
    'ignoreDifferences:',
    `  - { group: apps, kind: Deployment, ${how} }`,
  ];
  const check = (spec: readonly string[], data: readonly string[] = []): boolean =>
    lintFiles({
      'argocd/web.yaml': application(source, ...spec),
      'argocd/cm.yaml': settings('url: https://argocd.example.com', ...data),
      'apps/web/web.yaml': scaledDeployment('web'),
    }).findings.some(({ rule }) => rule === 'replicas-under-autoscaler');
  const system = [
    'resource.customizations.ignoreDifferences.apps_Deployment: |',
    '  jsonPointers: [/spec/replicas]',
  ];

  it.each([
    ['nothing ignores them', [], [], true],
    ['they are only hidden', ignoring('jsonPointers: [/spec/replicas]'), [], true],
    ['they are ignored', [respects, ...ignoring('jsonPointers: [/spec/replicas]')], [], false],
    ['jq ignores them', [respects, ...ignoring('jqPathExpressions: [.spec.replicas]')], [], false],
    [
      'a manager is trusted',
      [respects, ...ignoring('managedFieldsManagers: [kube-controller-manager]')],
      [],
      false,
    ],
    [
      'another object is ignored',
      [respects, ...ignoring('name: api, jsonPointers: [/spec/replicas]')],
      [],
      true,
    ],
    ['the settings ignore them', [respects], system, false],
    ['the settings hide them', [], system, true],
    [
      'the settings ignore them everywhere',
      [respects],
      ['resource.customizations.ignoreDifferences.all: |', '  jqPathExpressions: [.spec.replicas]'],
      false,
    ],
    [
      'the settings ignore them in the form of old',
      [respects],
      [
        'resource.customizations: |',
        '  apps/Deployment:',
        '    ignoreDifferences: |',
        '      jsonPointers: [/spec/replicas]',
      ],
      false,
    ],
  ])('are told of unless they are ignored: %s', (_, spec, data, expected) => {
    expect(check(spec, data)).toBe(expected);
  });
});
