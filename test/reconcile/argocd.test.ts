import { describe, expect, it } from 'vitest';
import { locateField } from '../../src/object/provenance.ts';
import { trackedObject } from '../../src/object/resource.ts';
import type { Discovery } from '../../src/reconcile/discover.ts';
import { valueAt } from '../../src/source/value.ts';
import { configMap, discoverFiles, findingsOf } from './discover-files.ts';

const here = 'https://git.example.com/team/platform.git';

function application(name: string, path: string, ...spec: readonly string[]): string {
  return [
    'apiVersion: argoproj.io/v1alpha1',
    'kind: Application',
    `metadata: { name: ${name}, namespace: argocd }`,
    'spec:',
    '  project: team',
    '  destination: { server: https://kubernetes.default.svc, namespace: web }',
    '  source:',
    `    repoURL: ${here}`,
    `    path: ${path}`,
    ...spec.map((line) => `    ${line}`),
    '',
  ].join('\n');
}

const deployment = [
  'apiVersion: apps/v1',
  'kind: Deployment',
  'metadata: { name: web }',
  'spec:',
  '  replicas: 1',
  '  selector: { matchLabels: { app: web } }',
  '  template:',
  '    metadata: { labels: { app: web } }',
  '    spec: { containers: [{ name: web, image: "redis:7" }] }',
  '',
].join('\n');
const service = 'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { ports: [{ port: 80 }] }\n';

function objectsOf(discovery: Discovery, name: string) {
  const all = discovery.clusters.flatMap(({ reconciliations }) => reconciliations);
  return all.find((one) => one.name === name)?.build.resources ?? [];
}

function namesOf(discovery: Discovery): string[] {
  return discovery.clusters.flatMap(({ reconciliations }) => reconciliations.map(({ name }) => name));
}

describe('Applications', () => {
  it('set the fields of a kustomization', () => {
    const discovery = discoverFiles({
      'argocd/web.yaml': application(
        'web',
        'apps/web',
        'kustomize:',
        '  namePrefix: a-',
        '  images: ["redis=mirror/redis:8"]',
        '  replicas: [{ name: web, count: "3" }]',
        '  commonAnnotations: { team: trading }',
        '  patches: [{ patch: "- { op: add, path: /spec/paused, value: true }", target: { kind: Deployment } }]',
      ),
      'apps/web/kustomization.yaml': 'resources: [deployment.yaml]\n',
      'apps/web/deployment.yaml': deployment,
    });
    expect(findingsOf(discovery)).toEqual([]);
    const [object] = objectsOf(discovery, 'web');
    if (object === undefined) throw new Error('nothing was built');
    const at = (...path: (string | number)[]) => valueAt(object.object, path);
    expect([at('metadata', 'name'), at('metadata', 'namespace')]).toEqual(['a-web', 'web']);
    expect([at('spec', 'replicas'), at('spec', 'paused')]).toEqual([3, true]);
    expect(at('spec', 'template', 'spec', 'containers', 0, 'image')).toBe('mirror/redis:8');
    expect(at('metadata', 'annotations', 'team')).toBe('trading');
    const { span } = locateField(trackedObject(object), ['spec', 'replicas']);
    expect(span?.file.path).toBe('argocd/web.yaml');
  });

  it('apply a directory, with or without what is below it', () => {
    const files = {
      'apps/web/a.yaml': service,
      'apps/web/.b.yml': configMap('b', 'k: v'),
      'apps/web/below/c.yaml': configMap('c', 'k: v'),
      'apps/web/d.jsonnet': '{}',
      'apps/web/e.yaml': `# +argocd:skip-file-rendering\n${configMap('e', 'k: v')}`,
    };
    const plain = discoverFiles({ ...files, 'argocd/web.yaml': application('web', 'apps/web') });
    expect(objectsOf(plain, 'web')).toHaveLength(2);
    expect(plain.coverage.notRendered).toEqual(['Application web: apps/web/d.jsonnet is not executed']);
    const deep = application('web', 'apps/web', 'directory: { recurse: true, exclude: "{*.jsonnet,.b*}" }');
    expect(objectsOf(discoverFiles({ ...files, 'argocd/web.yaml': deep }), 'web')).toHaveLength(2);
  });

  it('lead to other Applications, to charts and to nowhere', () => {
    const discovery = discoverFiles({
      'root.yaml': application('root', 'argocd'),
      'argocd/web.yaml': application('web', 'apps/web'),
      'argocd/lost.yaml': application('lost', 'apps/lost'),
      'argocd/chart.yaml': application('chart', 'charts/x'),
      'charts/x/Chart.yaml': 'name: x\nversion: 1.0.0\n',
      'charts/x/templates/a.yaml': configMap('of-a-chart', 'k: v'),
      'apps/web/a.yaml': service,
    });
    expect(namesOf(discovery)).toEqual(['root', 'chart', 'lost', 'web']);
    expect(findingsOf(discovery)).toEqual(['application-path-missing argocd/lost.yaml:9']);
    expect(discovery.coverage.notRendered).toEqual([]);
    expect(objectsOf(discovery, 'chart')).toHaveLength(1);
  });
});

describe('a source', () => {
  const kustomized = {
    'apps/web/kustomization.yaml': 'resources: [a.yaml]\ncommonLabels: { app: web }\n',
    'apps/web/a.yaml': service,
  };
  const labelsOf = (files: Readonly<Record<string, string>>): unknown => {
    const [object] = objectsOf(discoverFiles({ ...kustomized, ...files }), 'web');
    return valueAt(object?.object ?? {}, ['metadata', 'labels']);
  };

  it('is overridden by files next to its manifests, the one of the Application last', () => {
    const files = {
      'argocd/web.yaml': application('web', 'apps/web', 'kustomize: { commonLabels: { a: "1", b: "1" } }'),
      'apps/web/.argocd-source.yaml': 'path: apps/other\nkustomize: { commonLabels: { b: "2", c: "2" } }\n',
      'apps/web/.argocd-source-web.yaml': 'kustomize: { commonLabels: { c: "3", a: null } }\n',
    };
    expect(labelsOf(files)).toEqual({ app: 'web', b: '2', c: '3' });
  });

  it('knows the variables of the repo-server', () => {
    const options = 'kustomize: { commonLabels: { of: "$ARGOCD_APP_NAME-${ARGOCD_APP_NAMESPACE}" } }';
    expect(labelsOf({ 'argocd/web.yaml': application('web', 'apps/web', options) })).toEqual({
      app: 'web',
      of: 'web-web',
    });
  });

  it('cannot set a label that is there, but by force', () => {
    const set = (force: string) =>
      discoverFiles({
        ...kustomized,
        'argocd/web.yaml': application(
          'web',
          'apps/web',
          `kustomize: { commonLabels: { app: new }${force} }`,
        ),
      });
    expect(findingsOf(set(''))).toEqual(['application-label-taken argocd/web.yaml:10']);
    expect(findingsOf(set(', forceCommonLabels: true'))).toEqual([]);
  });

  it('has one tool, and a kustomization before a chart', () => {
    const both = { ...kustomized, 'apps/web/Chart.yaml': 'name: web\n' };
    expect(labelsOf({ ...both, 'argocd/web.yaml': application('web', 'apps/web') })).toEqual({ app: 'web' });
    const two = application(
      'web',
      'apps/web',
      'directory: { recurse: true }',
      'kustomize: { namePrefix: a- }',
    );
    expect(findingsOf(discoverFiles({ ...kustomized, 'argocd/web.yaml': two }))).toEqual([
      'application-source-ambiguous argocd/web.yaml:10',
    ]);
  });

  it('does not name a tool by setting none of its options', () => {
    const found = (...options: string[]): string[] =>
      findingsOf(
        discoverFiles({
          'argocd/web.yaml': application('web', 'apps/web', ...options),
          'apps/web/deployment.yaml': deployment,
        }),
      );
    const plugin = 'plugin: { name: vault }';
    expect(found('kustomize: {}')).toEqual([]);
    expect(found('kustomize: { images: [], namespace: "", commonLabels: {} }', plugin)).toEqual([]);
    expect(found('directory: { recurse: false, jsonnet: { tlas: [] } }', plugin)).toEqual([]);
    expect(found('helm: { skipCrds: false }', plugin)).toEqual([]);
    expect(found('kustomize: { namespace: a }')).toHaveLength(1);
    expect(found('kustomize: { commonLabels: { a: "" } }', plugin)).toHaveLength(1);
    expect(found('directory: { include: "*.yaml" }', plugin)).toHaveLength(1);
    expect(found('helm: { valuesObject: {} }', plugin)).toHaveLength(1);
  });
});

describe('options of an Application', () => {
  const images = (own: string, set: string): unknown => {
    const discovery = discoverFiles({
      'argocd/web.yaml': application('web', 'apps/web', `kustomize: { images: ["${set}"] }`),
      'apps/web/kustomization.yaml': `resources: [deployment.yaml]\nimages: [${own}]\n`,
      'apps/web/deployment.yaml': deployment,
    });
    const [object] = objectsOf(discovery, 'web');
    return valueAt(object?.object, ['spec', 'template', 'spec', 'containers', 0, 'image']);
  };
  const own = '{ name: redis, newName: mirror/redis, newTag: "7" }';

  it.each([
    ['redis:8', 'redis:8'],
    ['redis=*:8', 'mirror/redis:8'],
    ['redis=other/redis:*', 'other/redis:7'],
    ['redis=other/redis:8@sha256:abc', 'other/redis:8@sha256:abc'],
  ])('let %s take the place of the image of a kustomization', (set, expected) => {
    expect(images(own, set)).toBe(expected);
  });

  it('may not change a label that is there without selectors', () => {
    const found = discoverFiles({
      'argocd/web.yaml': application(
        'web',
        'apps/web',
        'kustomize: { commonLabels: { team: a }, labelWithoutSelector: true }',
      ),
      'apps/web/kustomization.yaml': 'resources: [deployment.yaml]\nlabels: [{ pairs: { team: b } }]\n',
      'apps/web/deployment.yaml': deployment,
    });
    expect(findingsOf(found)).toEqual(['application-label-taken argocd/web.yaml:10']);
  });

  it('take files of any name, and say that another kustomize is not followed', () => {
    const found = discoverFiles({
      'argocd/a.yaml': application(
        'a',
        'apps/a',
        'directory: { disableExtensionFilter: true, include: "*.sealed" }',
      ),
      'argocd/b.yaml': application('b', 'apps/b', 'kustomize: { version: v4.5.7 }'),
      'apps/a/one.yaml.sealed': service,
      'apps/a/two.yaml': configMap('two', 'k: v'),
      'apps/b/kustomization.yaml': 'resources: [a.yaml]\n',
      'apps/b/a.yaml': configMap('b', 'k: v'),
    });
    expect(objectsOf(found, 'a').map(({ object }) => object['kind'])).toEqual(['Service']);
    expect(objectsOf(found, 'b')).toHaveLength(1);
    expect(found.coverage.notRendered).toEqual([
      'Application b: built as kustomize 5.8 does, not v4.5.7, which its source specifies',
    ]);
  });
});

describe('an AppProject', () => {
  const project = (...spec: readonly string[]) =>
    [
      'apiVersion: argoproj.io/v1alpha1',
      'kind: AppProject',
      'metadata: { name: team }',
      'spec:',
      ...spec,
      '',
    ].join('\n');
  const check = (...spec: readonly string[]) =>
    findingsOf(
      discoverFiles({
        'argocd/web.yaml': application('web', 'apps/web'),
        'argocd/team.yaml': project(...spec),
        'apps/web/a.yaml': service,
        'apps/web/b.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: web }\n',
      }),
    );
  const repositories = '  sourceRepos: ["https://git.example.com/team/*"]';
  const destinations = '  destinations: [{ server: "*", namespace: "w*" }]';
  const kinds = '  clusterResourceWhitelist: [{ group: "", kind: Namespace }]';

  it('permits what it lists', () => {
    expect(check(repositories, destinations, kinds)).toEqual([]);
  });

  it('forbids namespaces of objects and of Applications', () => {
    const found = (...spec: readonly string[]) =>
      findingsOf(
        discoverFiles({
          'argocd/web.yaml': application('web', 'apps/web').replace('namespace: argocd', 'namespace: teams'),
          'argocd/team.yaml': project(...spec).replace('name: team', 'name: team, namespace: argocd'),
          'apps/web/a.yaml': configMap('a', 'k: v'),
        }),
      );
    expect(found(repositories, destinations)).toEqual([
      'project-forbids argocd/web.yaml:3',
      'project-forbids apps/web/a.yaml:3',
    ]);
    const open =
      '  destinations: [{ server: "*", namespace: "*" }, { server: "*", namespace: "!kube-system" }]';
    expect(found(repositories, open, '  sourceNamespaces: [team*]')).toEqual([]);
  });

  it('forbids other repositories, destinations and kinds', () => {
    expect(check('  sourceRepos: ["*", "!https://git.example.com/team/*"]', destinations, kinds)).toEqual([
      'project-forbids argocd/web.yaml:8',
    ]);
    expect(check(repositories, '  destinations: [{ server: "*", namespace: "!web" }]', kinds)).toEqual([
      'project-forbids argocd/web.yaml:6',
    ]);
    expect(check(repositories, destinations)).toEqual(['project-forbids apps/web/b.yaml:2']);
    const own = repositories.replace('/team/*', '/*');
    expect(check(own, destinations, kinds)).toEqual(['project-forbids argocd/web.yaml:8']);
    const blacklist = '  namespaceResourceBlacklist: [{ group: "", kind: Service }]';
    expect(check(repositories, destinations, kinds, blacklist)).toEqual([
      'project-forbids apps/web/a.yaml:2',
    ]);
  });
});
