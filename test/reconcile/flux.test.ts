import { describe, expect, it } from 'vitest';
import type { Span } from '../../src/diagnostic/span.ts';
import { spanOfPlace } from '../../src/object/place.ts';
import { locateField } from '../../src/object/provenance.ts';
import { trackedObject } from '../../src/object/resource.ts';
import type { Discovery } from '../../src/reconcile/discover.ts';
import { valueAt } from '../../src/source/value.ts';
import { configMap, discoverFiles, findingsOf, fluxKustomization } from './discover-files.ts';

const sync = {
  'clusters/prod/flux-system/gotk-sync.yaml': fluxKustomization('flux-system', './clusters/prod'),
};

function resourcesOf(discovery: Discovery, name: string) {
  const all = discovery.clusters.flatMap(({ reconciliations }) => reconciliations);
  return all.find((one) => one.name === name)?.build.resources ?? [];
}

describe('discovery', () => {
  it('follows a bootstrapped cluster from Kustomization to Kustomization', () => {
    const discovery = discoverFiles({
      ...sync,
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
      'apps/a.yaml': configMap('a', 'k: v'),
      'apps/nested/b.yml': configMap('b', 'k: v'),
      'apps/own/kustomization.yaml': 'resources: [c.yaml]\nnamePrefix: own-\n',
      'apps/own/c.yaml': configMap('c', 'k: v'),
      'apps/notes.json': '{}',
    });
    expect(findingsOf(discovery)).toEqual([]);
    expect(discovery.clusters.map(({ name }) => name)).toEqual(['prod']);
    const names = resourcesOf(discovery, 'apps').map(({ object }) => valueAt(object, ['metadata', 'name']));
    expect(names.sort()).toEqual(['a', 'b', 'own-c']);
    expect(discovery.reached.has('apps/nested/b.yml')).toBe(true);
  });

  it('builds what the controller makes of fields that kustomize refuses, and says so', () => {
    const discovery = discoverFiles({
      ...sync,
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
      'apps/kustomization.yaml':
        'resources: [a.yaml]\nconfig: [b.yaml]\nimages: [{name: a, newTags: "1", newTag: 1.10}]\n',
      'apps/a.yaml': configMap('a', 'k: v'),
    });
    const { diagnostics, complete } = discovery.clusters[0]?.reconciliations.find(
      ({ name }) => name === 'apps',
    )?.build ?? { diagnostics: [], complete: false };
    expect(diagnostics.map(({ message, unchecked }) => [message, unchecked])).toEqual([
      ['kustomize has no field config, and kustomize-controller leaves it out', undefined],
      ['kustomize has no field images[0].newTags, and kustomize-controller leaves it out', undefined],
      [
        'images[0].newTag must be a string, but is the number 1.1, and kustomize-controller writes "1.1"',
        undefined,
      ],
    ]);
    expect(complete).toBe(true);
    expect(resourcesOf(discovery, 'apps')).toHaveLength(1);
  });

  it.each(['', 'kind: Kustomization\napiVersion: kustomize.config.k8s.io/v1beta1\nresources:\n'])(
    'takes a kustomization of nothing, as the controller does: %j',
    (text) => {
      const discovery = discoverFiles({
        ...sync,
        'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
        'apps/kustomization.yaml': text,
      });
      expect(findingsOf(discovery)).toEqual([]);
      expect(resourcesOf(discovery, 'apps')).toEqual([]);
    },
  );

  it('tells clusters apart', () => {
    const discovery = discoverFiles({
      ...sync,
      'clusters/dev/flux-system/gotk-sync.yaml': fluxKustomization('flux-system', './clusters/dev'),
      'clusters/dev/apps.yaml': fluxKustomization('apps', './apps'),
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
      'apps/a.yaml': configMap('a', 'k: v'),
    });
    expect(findingsOf(discovery)).toEqual([]);
    expect(discovery.clusters.map(({ name }) => name).sort()).toEqual(['dev', 'prod']);
  });

  it('names a path that is not there, and a source that is elsewhere', () => {
    const other = fluxKustomization('other', './far').replace('name: flux-system }', 'name: far }');
    const discovery = discoverFiles({
      ...sync,
      'clusters/prod/apps.yaml': fluxKustomization('apps', './missing'),
      'clusters/prod/other.yaml': other,
    });
    expect(findingsOf(discovery)).toEqual([
      'flux-path-missing clusters/prod/apps.yaml:8',
      'flux-reference-missing clusters/prod/other.yaml:11',
    ]);
    expect(discovery.coverage.notRendered).toEqual([
      'Kustomization flux-system/other (GitRepository far): its repository is not known to be this one',
    ]);
  });

  it('finds nothing where there is nothing', () => {
    expect(discoverFiles({ 'a.yaml': configMap('a', 'k: v') }).clusters).toEqual([]);
  });
});

describe('the fields of a Flux Kustomization', () => {
  const discovery = discoverFiles({
    ...sync,
    'clusters/prod/apps.yaml': fluxKustomization(
      'apps',
      './apps',
      'targetNamespace: target',
      'namePrefix: pre-',
      'commonMetadata: { labels: { team: trading } }',
      'images: [{ name: redis, newTag: "8" }]',
      'components: [../component, ../absent]',
      'ignoreMissingComponents: true',
      'patches:',
      '  - patch: |',
      '      - { op: add, path: /spec/replicas, value: 3 }',
      '    target: { kind: Deployment }',
    ),
    'component/kustomization.yaml':
      'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\ncommonAnnotations: { from: component }\n',
    'apps/kustomization.yaml':
      'resources: [deployment.yaml]\nimages: [{ name: redis, newName: mirror/redis }]\n',
    'apps/deployment.yaml': [
      'apiVersion: apps/v1',
      'kind: Deployment',
      'metadata: { name: web }',
      'spec:',
      '  selector: { matchLabels: { app: web } }',
      '  template:',
      '    metadata: { labels: { app: web } }',
      '    spec: { containers: [{ name: web, image: "redis:7" }] }',
      '',
    ].join('\n'),
  });
  const [deployment] = resourcesOf(discovery, 'apps');

  it('are written over the kustomization', () => {
    expect(findingsOf(discovery)).toEqual([]);
    const at = (...path: (string | number)[]) => valueAt(deployment?.object, path);
    expect(at('metadata', 'name')).toBe('pre-web');
    expect(at('metadata', 'namespace')).toBe('target');
    expect(at('metadata', 'labels', 'team')).toBe('trading');
    expect(at('metadata', 'annotations', 'from')).toBe('component');
    expect(at('spec', 'replicas')).toBe(3);
    expect(at('spec', 'template', 'spec', 'containers', 0, 'image')).toBe('mirror/redis:8');
  });

  it.each([
    [['spec', 'replicas'], '{ op: add'],
    [['metadata', 'namespace'], 'targetNamespace'],
    [['metadata', 'labels', 'team'], 'team'],
  ])('are where %j comes from', (path, text) => {
    if (deployment === undefined) throw new Error('nothing was built');
    const { span } = locateField(trackedObject(deployment), path);
    expect(span?.file.path).toBe('clusters/prod/apps.yaml');
    const line = span?.file.text.slice(span.file.text.lastIndexOf('\n', span.start) + 1).split('\n')[0];
    expect(line).toContain(text);
  });
});

describe('substitution', () => {
  const substitute = ['postBuild:', '  substitute: { region: eu, flag: "true" }'];
  const vars = fluxKustomization('vars', './vars');
  // The variables are those of all cases, and so are what they come from.
  const problemsOf = (discovery: Discovery): string[] =>
    findingsOf(discovery).filter((one) => !/^(?:variable-unused|values-source-unwatched) /u.test(one));
  const lint = (text: string, spec: readonly string[] = substitute, more: Record<string, string> = {}) =>
    discoverFiles({
      ...sync,
      ...more,
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', ...spec),
      'apps/a.yaml': text,
    });

  it('puts values in and remembers their line', () => {
    const discovery = lint(configMap('a', 'zone: ${region}-1', 'other: ${none:=x}'));
    expect(problemsOf(discovery)).toEqual([]);
    const [resource] = resourcesOf(discovery, 'apps');
    expect(valueAt(resource?.object, ['data'])).toEqual(
      expect.objectContaining({ zone: 'eu-1', other: 'x' }),
    );
    if (resource === undefined) throw new Error('nothing was built');
    const { steps } = locateField(trackedObject(resource), ['data', 'zone']);
    expect(steps.map(({ by, span }) => `${by} ${span.file.path}`)).toEqual([
      'resources apps/a.yaml',
      'postBuild clusters/prod/apps.yaml',
    ]);
  });

  it('names a variable without a value, unless the object is left alone', () => {
    expect(problemsOf(lint(configMap('a', 'zone: ${zone}')))).toEqual(['variable-undefined apps/a.yaml:5']);
    const disabled = configMap('a', 'zone: ${zone}').replace(
      'namespace: app',
      'namespace: app, annotations: { kustomize.toolkit.fluxcd.io/substitute: disabled }',
    );
    expect(problemsOf(lint(disabled))).toEqual([]);
  });

  it('is strict unless the repository says that its Flux is older, or a gate of the controller', () => {
    const strictnessOf = (more: Record<string, string>, options = {}): string | undefined =>
      discoverFiles(
        {
          ...sync,
          'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', ...substitute),
          'apps/a.yaml': configMap('a', 'zone: ${zone}'),
          ...more,
        },
        options,
      )
        .clusters.flatMap(({ reconciliations }) => reconciliations.flatMap(({ build }) => build.diagnostics))
        .find(({ rule }) => rule === 'variable-undefined')?.severity;
    const installed = (version: string): Record<string, string> => ({
      'clusters/prod/flux-system/gotk-components.yaml': `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: flux-system\n  labels:\n    app.kubernetes.io/part-of: flux\n    app.kubernetes.io/version: ${version}\n`,
    });
    const gate = (said: string): Record<string, string> => ({
      'patches/controller.yaml': `- op: add\n  path: /spec/template/spec/containers/0/args/-\n  value: --feature-gates=StrictPostBuildSubstitutions=${said}\n`,
    });
    const instance = (version: string): Record<string, string> => ({
      'clusters/prod/instance.yaml': `apiVersion: fluxcd.controlplane.io/v1\nkind: FluxInstance\nmetadata: { name: flux, namespace: flux-system }\nspec: { distribution: { version: ${version}, registry: ghcr.io/fluxcd } }\n`,
    });
    const manifests = (tag: string): Record<string, string> => ({
      'clusters/prod/manifests.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: { name: flux-manifests, namespace: flux-system }
spec: { interval: 1h, url: "oci://ghcr.io/fluxcd/flux-manifests", ref: { tag: ${tag} } }
`,
    });
    expect(strictnessOf({})).toBe('error');
    expect(strictnessOf(installed('v2.8.3'))).toBe('warning');
    expect(strictnessOf(installed('v2.9.0'))).toBe('error');
    expect(strictnessOf({ ...installed('v2.8.3'), ...gate('true') })).toBe('error');
    expect(strictnessOf(gate('false'))).toBe('warning');
    expect(strictnessOf(instance('2.8.x'))).toBe('warning');
    expect(strictnessOf(installed('v0.24.0'))).toBe('warning');
    expect(strictnessOf(manifests('v2.7.1'))).toBe('warning');
    expect(strictnessOf(manifests('v2.9.1'))).toBe('error');
    expect(strictnessOf(instance('2.x'))).toBe('error');
    expect(strictnessOf(installed('v2.8.3'), { strictSubstitution: true })).toBe('error');
  });

  it('takes the variables of a ConfigMap that lacks its namespace, which is reported where it stands', () => {
    const from = ['postBuild:', '  substituteFrom: [{ kind: ConfigMap, name: settings }]'];
    const discovery = lint(configMap('a', 'zone: ${zone}'), from, {
      'clusters/prod/vars.yaml': vars,
      'vars/settings.yaml': configMap('settings', 'zone: north').replace(', namespace: app', ''),
    });
    expect(problemsOf(discovery)).toEqual(['flux-namespace-missing vars/settings.yaml:3']);
    expect(valueAt(resourcesOf(discovery, 'apps')[0]?.object, ['data', 'zone'])).toBe('north');
  });

  it('finds what Flux cannot read again, variables in it or not', () => {
    const tab = configMap('a', 'k: "\\ta\\n\\tb\\n"');
    expect(problemsOf(lint(tab))).toEqual(['substitution-invalid apps/a.yaml:5']);
    expect(problemsOf(lint(tab, []))).toEqual([]);
    expect(problemsOf(lint(configMap('a', 'k: "a\\n\\tb\\n"', 'l: "\\ta"')))).toEqual([]);
    const infinite = ['postBuild:', '  substitute: { rate: ".inf" }'];
    const found = problemsOf(lint(configMap('a', 'k: ${rate}'), infinite));
    expect(found).toContain('substitution-invalid apps/a.yaml:5');
    expect(problemsOf(lint(configMap('a', 'k: x${rate}'), infinite))).toEqual([]);
  });

  it('takes ConfigMaps of other builds, and what is not in the repository for unknown', () => {
    const from = ['postBuild:', '  substituteFrom: [{ kind: ConfigMap, name: settings }]'];
    const settings = configMap('settings', 'zone: north').replace('namespace: app', 'namespace: flux-system');
    const discovery = lint(configMap('a', 'zone: ${zone}'), from, {
      'clusters/prod/vars.yaml': vars,
      'vars/settings.yaml': settings,
    });
    expect(problemsOf(discovery)).toEqual([]);
    expect(valueAt(resourcesOf(discovery, 'apps')[0]?.object, ['data', 'zone'])).toBe('north');
    const without = lint(configMap('a', 'zone: ${zone}'), from);
    expect(problemsOf(without)).toEqual(['variable-source-missing clusters/prod/apps.yaml:13']);
    expect(without.coverage.unresolvedVariables).toEqual(['zone']);
  });

  it('finds quotes that do not survive', () => {
    expect(problemsOf(lint(configMap('a', 'flag: "${flag}"')))).toEqual([
      'variable-changes-type apps/a.yaml:5',
    ]);
  });

  it('finds shell that it would eat or cannot read', () => {
    const script = configMap(
      'a',
      'run.sh: |',
      '  echo "${items[@]}"',
      'two.sh: |',
      '  echo ${HOSTNAME}',
      '  exit',
    );
    expect(problemsOf(lint(script))).toEqual([
      'substitution-invalid apps/a.yaml:6',
      'variable-undefined apps/a.yaml:8',
    ]);
  });

  it('finds what no one decrypts', () => {
    const encrypted = `${configMap('a', 'k: ENC[x]')}sops: { mac: xyz, lastmodified: now }\n`;
    expect(problemsOf(lint(encrypted, []))).toEqual(['decryption-missing apps/a.yaml:6']);
    expect(problemsOf(lint(encrypted, ['decryption: { provider: sops }']))).toEqual([]);
  });

  it('finds variables that no one substitutes', () => {
    const namespaced = configMap('a', 'k: v').replace('namespace: app', 'namespace: "${region}"');
    const sibling = {
      'clusters/prod/b.yaml': fluxKustomization('b', './vars', ...substitute),
      'vars/b.yaml': configMap('b', 'k: v'),
    };
    expect(problemsOf(lint(namespaced, [], sibling))).toEqual(['variable-not-substituted apps/a.yaml:3']);
    expect(problemsOf(lint(namespaced, []))).toEqual([]);
  });
});

describe('the graph of a cluster', () => {
  const apps = { 'apps/a.yaml': configMap('a', 'k: v'), 'other/b.yaml': configMap('b', 'k: v') };
  const graph = (a: readonly string[], b: readonly string[], files = apps) =>
    findingsOf(
      discoverFiles({
        ...sync,
        ...files,
        'clusters/prod/a.yaml': fluxKustomization('a', './apps', ...a),
        'clusters/prod/b.yaml': fluxKustomization('b', './other', ...b),
      }),
    );

  it('finds circles and dependencies on nothing', () => {
    const on = (name: string) => ['dependsOn:', `  - name: ${name}`];
    expect(graph(on('b'), [])).toEqual([]);
    expect(graph(on('b'), on('a'))).toEqual(['dependency-cycle clusters/prod/a.yaml:13']);
    expect(graph(on('c'), [])).toEqual(['dependency-missing clusters/prod/a.yaml:13']);
  });

  it('finds health checks on nothing', () => {
    const check = (name: string) => [
      'healthChecks:',
      `  - { apiVersion: v1, kind: ConfigMap, name: ${name}, namespace: app }`,
    ];
    const files = (...spec: readonly string[]) => ({
      ...apps,
      'clusters/prod/c.yaml': fluxKustomization('c', './apps', ...spec).replace('wait: true', 'wait: false'),
    });
    expect(graph(['namePrefix: y-'], [], files(...check('a')))).toEqual([]);
    expect(graph([], [], files('namePrefix: x-', ...check('gone')))).toEqual([
      'health-check-missing clusters/prod/c.yaml:14',
    ]);
    // One that waits for everything does not look at them.
    expect(graph(check('gone'), [])).toEqual([]);
  });

  it('finds objects with two owners, and not those that are the same build of two clusters', () => {
    const both = { ...apps, 'other/b.yaml': configMap('a', 'k: v') };
    expect(graph([], [], both)).toEqual(['object-owned-twice other/b.yaml:3']);
  });

  it('finds a Namespace that targetNamespace renames', () => {
    const namespace = {
      ...apps,
      'apps/namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: mine\n',
    };
    expect(graph(['targetNamespace: theirs'], [], namespace)).toEqual([
      'namespace-renamed clusters/prod/a.yaml:12',
      'prune-takes-data apps/namespace.yaml:2',
    ]);
    expect(graph(['targetNamespace: mine'], [], namespace)).toEqual([
      'prune-takes-data apps/namespace.yaml:2',
    ]);
  });
});

describe('a kubeconfig', () => {
  it('leads to another cluster, whose objects have owners of their own', () => {
    const to = (name: string): string[] => [`kubeConfig: { secretRef: { name: ${name} } }`];
    const discovery = discoverFiles({
      ...sync,
      'clusters/prod/staging.yaml': fluxKustomization('staging', './apps', ...to('staging')),
      'clusters/prod/production.yaml': fluxKustomization(
        'production',
        './apps',
        ...to('production'),
        'dependsOn: [{ name: staging }]',
      ),
      'apps/a.yaml': configMap('a', 'k: v'),
    });
    expect(findingsOf(discovery)).toEqual([]);
    expect(discovery.clusters.map(({ name, reconciliations }) => [name, reconciliations.length])).toEqual([
      ['prod', 1],
      ['production', 1],
      ['staging', 1],
    ]);
  });
});

describe('where a substituted text comes from', () => {
  const discovery = discoverFiles({
    ...sync,
    'clusters/prod/vars.yaml': configMap('vars', 'HOST: db').replace(
      'namespace: app',
      'namespace: flux-system',
    ),
    'clusters/prod/apps.yaml': fluxKustomization(
      'apps',
      './apps',
      'postBuild:',
      '  substituteFrom: [{ kind: ConfigMap, name: vars }]',
      '  substitute:',
      '    PORT: "5432"',
      '    KEY: name',
    ),
    'apps/a.yaml': configMap(
      'a',
      'url: ${HOST}:${PORT}/x',
      'run.sh: |',
      '  set -eu',
      '  psql ${HOST}',
      '  echo $$PPID',
      '${KEY}: v',
    ),
  });
  const [resource] = resourcesOf(discovery, 'apps');
  if (resource === undefined) throw new Error('nothing is applied');
  const place = (span: Span | undefined): string =>
    span === undefined
      ? 'nowhere'
      : `${span.file.path}:${span.file.text.slice(0, span.start).split('\n').length} ${span.file.text.slice(span.start, span.end)}`;

  it('names the line that has the text and those of all its variables', () => {
    const { steps, span } = locateField(trackedObject(resource), ['data', 'url']);
    expect(valueAt(resource.object, ['data', 'url'])).toBe('db:5432/x');
    expect(place(span)).toBe('clusters/prod/apps.yaml:15 "5432"');
    expect(steps.map((step) => `${step.by} ${place(step.span)}`)).toEqual([
      'resources apps/a.yaml:5 url: ${HOST}:${PORT}/x',
      'postBuild clusters/prod/vars.yaml:5 HOST: db',
      'postBuild clusters/prod/apps.yaml:15 PORT: "5432"',
    ]);
  });

  it('points at the line of a script, or at the variable that is there', () => {
    const text = 'set -eu\npsql db\necho $PPID\n';
    expect(valueAt(resource.object, ['data', 'run.sh'])).toBe(text);
    const at = (word: string): string => {
      const start = text.indexOf(word);
      return place(spanOfPlace([resource, 'data', 'run.sh'], { start, end: start + word.length }));
    };
    expect(at('psql')).toBe('apps/a.yaml:8 psql');
    expect(at('db')).toBe('clusters/prod/vars.yaml:5 db');
    expect(at('$PPID')).toBe('apps/a.yaml:9 $PPID');
  });

  it('follows a value whose key has a variable', () => {
    expect(place(locateField(trackedObject(resource), ['data', 'name']).span)).toBe('apps/a.yaml:10 v');
  });
});
