import { describe, expect, it } from 'vitest';
import { locateField } from '../../src/build/provenance.ts';
import { trackedObject } from '../../src/build/resource.ts';
import { evaluateFastTemplate, evaluateGoTemplate } from '../../src/reconcile/argocd/go-template.ts';
import type { Discovery } from '../../src/reconcile/discover.ts';
import { valueAt } from '../../src/source/value.ts';
import { mappingOf } from '../support/values.ts';
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

  it('apply a directory, with or without what lies below it', () => {
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
      'charts/x/Chart.yaml': 'name: x\n',
      'apps/web/a.yaml': service,
    });
    expect(namesOf(discovery)).toEqual(['root', 'chart', 'lost', 'web']);
    expect(findingsOf(discovery)).toEqual(['application-path-missing argocd/lost.yaml:9']);
    expect(discovery.coverage.notRendered).toEqual(['Application chart: the chart charts/x is not rendered']);
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

  it('forbids other repositories, destinations and kinds', () => {
    expect(check('  sourceRepos: ["*", "!https://git.example.com/*"]', destinations, kinds)).toEqual([
      'project-forbids argocd/web.yaml:8',
    ]);
    expect(check(repositories, '  destinations: [{ server: "*", namespace: "!web" }]', kinds)).toEqual([
      'project-forbids argocd/web.yaml:6',
    ]);
    expect(check(repositories, destinations)).toEqual(['project-forbids apps/web/b.yaml:2']);
    const blacklist = '  namespaceResourceBlacklist: [{ group: "", kind: Service }]';
    expect(check(repositories, destinations, kinds, blacklist)).toEqual([
      'project-forbids apps/web/a.yaml:2',
    ]);
  });
});

function applicationSet(generators: string, name: string, path: string, isGo = false): string {
  return [
    'apiVersion: argoproj.io/v1alpha1',
    'kind: ApplicationSet',
    'metadata: { name: set, namespace: argocd }',
    'spec:',
    `  goTemplate: ${isGo}`,
    `  generators: ${generators}`,
    '  template:',
    `    metadata: { name: '${name}' }`,
    '    spec:',
    '      project: team',
    '      destination: { server: https://kubernetes.default.svc, namespace: web }',
    `      source: { repoURL: ${here}, path: '${path}' }`,
    '',
  ].join('\n');
}

describe('ApplicationSets', () => {
  const apps = {
    'apps/a/x.yaml': configMap('a', 'k: v'),
    'apps/b/x.yaml': configMap('b', 'k: v'),
    'apps/old/x.yaml': configMap('old', 'k: v'),
    'config/a.yaml': 'stage: dev\nteam: { name: One }\n',
  };
  const expand = (generators: string, name: string, path: string, isGo = false) =>
    discoverFiles({ ...apps, 'argocd/set.yaml': applicationSet(generators, name, path, isGo) });
  const directories = `[{ git: { repoURL: ${here}, directories: [{ path: apps/* }, { path: apps/old, exclude: true }] } }]`;

  it('are expanded from directories of the repository', () => {
    const flat = expand(directories, 'app-{{path.basename}}', '{{path}}');
    expect(findingsOf(flat)).toEqual([]);
    expect(namesOf(flat)).toEqual(['set', 'app-a', 'app-b']);
    expect(objectsOf(flat, 'app-b')).toHaveLength(1);
    expect(namesOf(expand(directories, 'app-{{ .path.basename | upper }}', '{{.path.path}}', true))).toEqual([
      'set',
      'app-A',
      'app-B',
    ]);
  });

  it('are expanded from lists, products and files', () => {
    const list = '{ list: { elements: [{ env: dev }, { env: prod }] } }';
    const files = `{ git: { repoURL: ${here}, files: [{ path: "config/*.yaml" }] } }`;
    const known = `{ git: { repoURL: ${here}, directories: [{ path: apps/* }] } }`;
    const product = expand(
      `[{ matrix: { generators: [${known}, ${list}] } }]`,
      '{{path.basename}}-{{env}}',
      'apps/a',
    );
    expect(namesOf(product)).toHaveLength(7);
    const file = expand(`[${files}]`, '{{ .team.name | lower }}-{{ .stage }}', 'apps/a', true);
    expect(namesOf(file)).toEqual(['set', 'one-dev']);
  });

  it('are wrong where a parameter is missing or names repeat', () => {
    const list = '[{ list: { elements: [{ env: dev }, { env: prod }] } }]';
    expect(findingsOf(expand(list, 'x-{{envv}}', 'apps/a'))).toEqual([
      'applicationset-parameter-missing argocd/set.yaml:8',
    ]);
    expect(findingsOf(expand(list, 'x', 'apps/a'))).toContain(
      'applicationset-name-duplicate argocd/set.yaml:8',
    );
    const empty = `[{ git: { repoURL: ${here}, directories: [{ path: apps/*, exclude: true }] } }]`;
    expect(findingsOf(expand(empty, 'x', 'apps/a'))).toEqual(['applicationset-empty argocd/set.yaml:6']);
  });

  it('say what cannot be known', () => {
    const discovery = expand('[{ clusters: {} }]', '{{name}}', 'apps/a');
    expect(findingsOf(discovery)).toEqual([]);
    expect(discovery.coverage.notRendered).toEqual([
      'ApplicationSet set: what the clusters generator brings cannot be known here',
    ]);
  });
});

describe('templates', () => {
  const parameters = mappingOf({
    name: 'Web',
    path: { basename: 'a', segments: ['apps', 'a'] },
    on: true,
    'x.y': 'z',
  });
  it.each([
    ['{{ .name }}-{{.path.basename}}', 'Web-a'],
    ['{{ index .path.segments 1 }}', 'a'],
    ['{{ .name | lower | printf "%s-%s" "x" }}', 'x-web'],
    ['{{ replace "e" "3" .name }}', 'W3b'],
    ['{{ .none | default "d" }}', 'd'],
    ['{{ default "d" .name }}', 'Web'],
    ['{{ if .on }}yes{{ else }}no{{ end }}', 'yes'],
    ['{{ if eq .name "x" }}1{{ else if (and .on .name) }}2{{ else }}3{{ end }}', '2'],
    ['a {{- if .none }} b {{ end -}} c', 'ac'],
  ])('%s is %s', (template, text) => {
    expect(evaluateGoTemplate(template, parameters)).toEqual({ text });
  });

  it.each([
    ['{{ .none }}', { missing: '.none' }],
    ['{{ range .path.segments }}{{ end }}', { unsupported: 'range' }],
    ['{{ env "HOME" }}', { unsupported: 'env' }],
    ['{{ .name', { unsupported: 'a template without end' }],
    ['{{ end }}', { unsupported: 'an end without a beginning' }],
  ])('%s is %j', (template, result) => {
    expect(evaluateGoTemplate(template, parameters)).toEqual(result);
  });

  it('knows flat names in those without Go', () => {
    expect(evaluateFastTemplate('{{name}} {{ x.y }}', parameters)).toEqual({ text: 'Web z' });
    expect(evaluateFastTemplate('{{nope}}', parameters)).toEqual({ missing: 'nope' });
  });
});
