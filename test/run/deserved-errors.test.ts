import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/report/report.ts';
import { loweredIn } from '../../src/run/deserved-errors.ts';
import { lintFiles } from '../support/lint-files.ts';

const broken = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec: { template: { spec: { containers: [{ name: web, image: "shop/web:1.4.2" }] } } }
`;

const kustomization = (file: string): string => `resources: [${file}]\n`;

const source = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 1m, url: "https://git.example.com/team/platform.git", ref: { branch: main } }
`;

function fluxKustomization(name: string, path: string): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec:
  interval: 1h
  prune: true
  path: ${path}
  sourceRef: { kind: GitRepository, name: flux-system }
`;
}

/** The severity of each missing field, with its file. */
function told(files: Readonly<Record<string, string>>, paths: readonly string[] = ['']): string[] {
  return lintFiles(files, { paths, only: ['required-field-missing', 'file-missing'] }).findings.map(
    ({ severity, span }) => `${severity} ${span.file.path}`,
  );
}

describe('what nobody is seen to apply', () => {
  const plain = { 'manifests/web.yaml': broken };
  const root = { 'deploy/kustomization.yaml': kustomization('web.yaml'), 'deploy/web.yaml': broken };
  const program = { 'main.go': 'package main\n' };
  const flux = {
    'clusters/prod/source.yaml': source,
    'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
    'apps/web.yaml': broken,
  };

  it('is an error where there is nothing else', () => {
    expect(told(plain)).toContain('error manifests/web.yaml');
    expect(told(root)).toContain('error deploy/web.yaml');
  });

  it('is a warning beside programs, and beside what Flux applies, which is an error', () => {
    expect(new Set(told({ ...plain, ...program }))).toEqual(new Set(['warning manifests/web.yaml']));
    expect(new Set(told({ ...root, ...program }))).toEqual(new Set(['warning deploy/web.yaml']));
    expect(new Set(told({ ...plain, ...root, ...flux }))).toEqual(
      new Set(['error apps/web.yaml', 'warning deploy/web.yaml', 'warning manifests/web.yaml']),
    );
  });

  it('is an error beside an entry point, which somebody applies', () => {
    const deployment = { ...flux, 'clusters/prod/web.yaml': broken };
    expect(told(deployment)).toContain('error clusters/prod/web.yaml');
  });

  it('is a warning beside what Fleet or a chart of Applications applies', () => {
    expect(told({ ...plain, 'other/fleet.yaml': 'defaultNamespace: web\n' })).toContain(
      'warning manifests/web.yaml',
    );
    const chart = {
      'apps/Chart.yaml': 'apiVersion: v2\nname: apps\nversion: 1.0.0\n',
      'apps/templates/web.yaml':
        'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: "{{ .Values.name }}" }\n',
    };
    expect(told({ ...plain, ...chart })).toContain('warning manifests/web.yaml');
  });

  it('is an error where somebody names it, or a command applies it as it stands', () => {
    expect(told({ ...plain, ...program }, ['manifests'])).toContain('error manifests/web.yaml');
    const commands: [string, string][] = [
      ['README.md', '```sh\nkubectl apply -f manifests/\n```\n'],
      ['manifests/README.md', 'Apply it with `kubectl apply -f web.yaml`.\n'],
      ['hack/up.sh', 'kubectl apply \\\n  -Rf "./manifests"\n'],
      ['.github/workflows/deploy.yaml', 'jobs: { deploy: { steps: [{ run: "oc apply -f manifests" }] } }\n'],
      ['README.md', 'kubectl apply -f https://raw.githubusercontent.com/team/web/main/manifests/web.yaml\n'],
    ];
    for (const [path, text] of commands)
      expect(told({ ...plain, ...program, [path]: text }), path).toContain('error manifests/web.yaml');
    const make = { Makefile: 'deploy:\n\t$(KUSTOMIZE) build deploy | $(KUBECTL) apply -f -\n' };
    expect(told({ ...root, ...program, ...make })).toContain('error deploy/web.yaml');
  });

  it('is a warning where a command looks at it, or fills it in on the way', () => {
    for (const text of [
      'kubectl diff -f manifests\n',
      'kustomize build manifests | kubeconform\n',
      'envsubst < manifests/web.yaml | kubectl apply -f -\n',
      'kubectl apply -f $DIR/manifests\n',
      'kubectl apply -f manifests/web.yaml.tmpl\n',
      'kubectl apply -k manifests\n',
    ])
      expect(told({ ...plain, ...program, 'up.sh': text }), text).toContain('warning manifests/web.yaml');
  });
});

describe('a kustomization that does not build', () => {
  const files = {
    'deploy/kustomization.yaml': kustomization('env/secret.yaml'),
    'main.go': 'package main\n',
  };

  it('is an error where somebody is seen to build it', () => {
    const { 'main.go': _, ...alone } = files;
    expect(told(alone)).toEqual(['error deploy/kustomization.yaml']);
    expect(told({ ...files, Makefile: 'deploy:\n\tkubectl apply -k deploy\n' })).toEqual([
      'error deploy/kustomization.yaml',
    ]);
    const flux = {
      'clusters/prod/source.yaml': source,
      'clusters/prod/apps.yaml': fluxKustomization('apps', './deploy'),
    };
    expect(told({ ...files, ...flux })).toEqual(['error deploy/kustomization.yaml']);
  });

  it('is an error where it is one of several environments, unless a controller applies others', () => {
    const overlays = {
      'main.go': 'package main\n',
      'deploy/overlays/dev/kustomization.yaml': kustomization('web.yaml'),
      'deploy/overlays/dev/web.yaml': broken,
      'deploy/overlays/prod/kustomization.yaml': kustomization('gone.yaml'),
    };
    expect(told(overlays)).toContain('error deploy/overlays/prod/kustomization.yaml');
    const shown = Object.fromEntries(
      Object.entries(overlays).map(([path, text]) => [`examples/${path}`, text]),
    );
    expect(told({ ...overlays, ...shown })).toContain(
      'warning examples/deploy/overlays/prod/kustomization.yaml',
    );
    const flux = {
      'clusters/a/source.yaml': source,
      'clusters/a/apps.yaml': fluxKustomization('apps', './deploy/overlays/dev'),
    };
    expect(told({ ...overlays, ...flux })).toContain('warning deploy/overlays/prod/kustomization.yaml');
  });

  it('is an error in a part that a command builds by itself', () => {
    const scaffold = {
      'main.go': 'package main\n',
      'config/crd/kustomization.yaml': kustomization('gone.yaml'),
      'config/default/kustomization.yaml': kustomization('../crd'),
      'config/manifests/kustomization.yaml': kustomization('../default'),
    };
    const crd = 'config/crd/kustomization.yaml';
    expect(told(scaffold)).toEqual([`warning ${crd}`]);
    for (const part of ['config/crd', 'config/default'])
      expect(told({ ...scaffold, Makefile: `up:\n\tkubectl apply -k ${part}\n` }), part).toEqual([
        `error ${crd}`,
      ]);
  });

  it('is an error where values name it, from which a chart makes an Application', () => {
    const values = (line: string): string[] =>
      told({ ...files, 'argocd/values.yaml': `applications:\n  web:\n    source:\n${line}` });
    expect(values('      path: deploy\n')).toEqual(['error deploy/kustomization.yaml']);
    expect(values('      # path: deploy\n')).toEqual(['warning deploy/kustomization.yaml']);
  });

  it('is a warning that is not checked where nobody is seen to build it', () => {
    for (const written of ['resources: [env/secret.yaml]', 'resources: {}', 'patches: [{ path: p.yaml }]']) {
      const { findings, exitCode } = lintFiles({ ...files, 'deploy/kustomization.yaml': `${written}\n` });
      expect(new Set(findings.map(({ severity }) => severity)), written).toEqual(new Set(['warning']));
      expect(exitCode, written).toBe(2);
    }
  });

  it('is a warning that is not checked where Git leaves out what it lacks', () => {
    const ignored = { ...files, '.gitignore': '/dist/\nenv/\n' };
    expect(told(ignored)).toEqual(['warning deploy/kustomization.yaml']);
    expect(lintFiles(ignored).unchecked.length).toBeGreaterThan(0);
    const flux = {
      ...ignored,
      'clusters/prod/source.yaml': source,
      'clusters/prod/apps.yaml': fluxKustomization('apps', './deploy'),
    };
    expect(told(flux)).toEqual(['warning deploy/kustomization.yaml']);
    expect(lintFiles(flux).unchecked.length).toBeGreaterThan(0);
  });
});

describe('a kustomization among templates', () => {
  const files = {
    'hack/templates/web/kustomization.yaml': kustomization('../base'),
    'main.go': 'package main\n',
  };

  it('is a warning where it lacks what lies beside a copy of it, unless a command builds it', () => {
    expect(told(files)).toEqual(['warning hack/templates/web/kustomization.yaml']);
    const built = { ...files, 'up.sh': 'kubectl apply -k hack/templates/web\n' };
    expect(told(built)).toEqual(['error hack/templates/web/kustomization.yaml']);
  });

  it('is an error where it lacks a file of its own', () => {
    const own = {
      'hack/templates/web/kustomization.yaml': kustomization('web.yaml'),
      'up.sh': 'kubectl apply -k hack/templates/web\n',
    };
    expect(told(own)).toEqual(['error hack/templates/web/kustomization.yaml']);
  });
});

describe('a file beside an entry point', () => {
  const application = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: web, namespace: argocd }
spec:
  project: default
  source: { repoURL: "https://charts.example.com", chart: web, targetRevision: 1.0.0 }
  destination: { server: "https://kubernetes.default.svc", namespace: web }
`;

  it('is no more applied than others where both are shown to readers', () => {
    const show = (folder: string): string[] =>
      told({ [`${folder}/application.yaml`]: application, [`${folder}/web.yaml`]: broken });
    expect(new Set(show('apps'))).toEqual(new Set(['error apps/web.yaml']));
    expect(new Set(show('docs/manual'))).toEqual(new Set(['warning docs/manual/web.yaml']));
  });
});

describe('what a kustomization lacks', () => {
  const files = { 'deploy/kustomization.yaml': kustomization('source.yaml') };

  it('may be written before the build, by a command or a program of the folder', () => {
    const writers: [string, string][] = [
      ['Makefile', 'source:\n\t$(KUSTOMIZE) build config > $(DIR)/deploy/source.yaml\n'],
      ['README.md', '```sh\ncurl -sSLo deploy/source.yaml https://example.com/a\n```\n'],
      ['deploy/write.go', 'package deploy\n\nvar _ = os.WriteFile("source.yaml", nil, 0o600)\n'],
    ];
    for (const [path, text] of writers)
      expect(told({ ...files, [path]: text }), path).toEqual(['warning deploy/kustomization.yaml']);
    const flux = {
      'clusters/prod/source.yaml': source,
      'clusters/prod/apps.yaml': fluxKustomization('apps', './deploy'),
    };
    for (const [path, text] of writers)
      expect(told({ ...files, ...flux, [path]: text }), path).toEqual(['error deploy/kustomization.yaml']);
  });

  it('may be written before the build of a cluster that no controller builds', () => {
    const list = (resources: string): string => `resources: [source.yaml, apps.yaml, ${resources}]\n`;
    const cluster = {
      'clusters/prod/source.yaml': source,
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
      'clusters/prod/kustomization.yaml': list('../../base'),
      'base/kustomization.yaml': kustomization('gone.yaml'),
      Makefile: 'source:\n\t$(KUSTOMIZE) build config > base/gone.yaml\n',
    };
    expect(told(cluster)).toContain('warning base/kustomization.yaml');
    const own = { ...cluster, 'clusters/prod/self.yaml': fluxKustomization('self', './clusters/prod') };
    expect(told({ ...own, 'clusters/prod/kustomization.yaml': list('self.yaml, ../../base') })).toContain(
      'error base/kustomization.yaml',
    );
    const other = {
      'clusters/test/source.yaml': source,
      'clusters/test/base.yaml': fluxKustomization('base', './base'),
    };
    expect(told({ ...cluster, ...other })).toContain('error base/kustomization.yaml');
    expect(told({ ...cluster, 'main.go': 'package main\n', 'manifests/web.yaml': broken })).toContain(
      'warning manifests/web.yaml',
    );
  });

  it('is missing where a command reads it, or a program elsewhere writes a file of the name', () => {
    for (const [path, text] of [
      ['README.md', '```sh\nkubectl create -f deploy/source.yaml\n```\n'],
      ['fetch.sh', 'curl -sLo other/source.yaml https://example.com/a\n'],
      ['other/write.go', 'package other\n\nvar _ = os.WriteFile("source.yaml", nil, 0o600)\n'],
    ] as const)
      expect(told({ ...files, 'up.sh': 'kubectl apply -k deploy\n', [path]: text }), path).toEqual([
        'error deploy/kustomization.yaml',
      ]);
  });

  it('may be what flux bootstrap commits', () => {
    expect(told({ 'clusters/a/kustomization.yaml': 'resources: [flux-system]\n' })).toEqual([
      'warning clusters/a/kustomization.yaml',
    ]);
  });
});

describe('a CRD in another part of the repository', () => {
  const crd = (version: string): string => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: externalsecrets.external-secrets.io }
spec:
  group: external-secrets.io
  names: { kind: ExternalSecret, plural: externalsecrets }
  scope: Namespaced
  versions:
    - name: ${version}
      served: true
      storage: true
      schema: { openAPIV3Schema: { type: object, properties: { spec: { type: object } } } }
`;
  const secret =
    'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: { name: web }\nspec: {}\n';
  const severities = (folder: string): string[] =>
    lintFiles(
      {
        'clusters/prod/source.yaml': source,
        'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
        'apps/secret.yaml': secret,
        [`${folder}/crd.yaml`]: crd('v1beta1'),
      },
      { only: ['unsupported-value'] },
    ).findings.map(({ severity }) => severity);

  it('does not say which versions a cluster serves, unlike one that the cluster gets', () => {
    expect(severities('old')).toEqual([]);
    expect(severities('apps')).toEqual(['error']);
  });

  it('may be of another release than the one whose fields an object beside no CRD has', () => {
    const fields = (...more: string[]): string[] =>
      lintFiles(
        {
          'sets/shop.yaml': [
            'apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: { name: shop, namespace: argocd }',
            'spec:\n  generators: []\n  templatePatch: "{}"\n  template:\n    metadata: { name: shop }',
            '    spec: { project: shop, destination: { name: a, namespace: shop } }',
            ...more,
            '',
          ].join('\n'),
          'setup/crd.yaml': crd('v1alpha1')
            .replaceAll('externalsecrets.external-secrets.io', 'applicationsets.argoproj.io')
            .replaceAll('external-secrets.io', 'argoproj.io')
            .replace(
              'kind: ExternalSecret, plural: externalsecrets',
              'kind: ApplicationSet, plural: applicationsets',
            )
            .replace(
              'spec: { type: object }',
              'spec: { type: object, properties: { generators: { type: array }, template: { type: object } } }',
            ),
        },
        { only: ['unknown-field'] },
      ).findings.map(({ message }) => message);
    expect(fields()).toEqual([]);
    expect(fields('  templatePatches: []').length).toBeGreaterThan(0);
  });
});

it('the restrictor that the values of the chart of Argo CD switch off is off for all that it may build', () => {
  const values = (options: string): Record<string, string> => ({
    'argocd.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: argocd, namespace: argocd }
spec:
  project: team
  source:
    repoURL: https://charts.example.com
    chart: argo-cd
    targetRevision: 9.0.0
    helm: { valuesObject: { configs: { cm: { kustomize.buildOptions: "${options}" } } } }
  destination: { server: "https://kubernetes.default.svc", namespace: argocd }
`,
    'apps/prod/kustomization.yaml': kustomization('../base/map.yaml'),
    'apps/base/map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web }\n',
  });
  const rules = (options: string): string[] =>
    lintFiles(values(options), { only: ['file-outside-kustomization'] }).findings.map(({ rule }) => rule);
  expect(rules('--load-restrictor LoadRestrictionsNone')).toEqual([]);
  expect(rules('--enable-helm')).toEqual(['file-outside-kustomization']);
});

it('what is applied at another revision of this repository may differ from what lies here', () => {
  const application = (name: string, revision: string): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}, namespace: argocd }
spec:
  project: team
  source: { repoURL: "https://git.example.com/team/platform.git", path: ${name}, targetRevision: ${revision} }
  destination: { server: "https://kubernetes.default.svc", namespace: ${name} }
`;
  const files = (revision: string): Record<string, string> => ({
    'argocd/a.yaml': application('a', 'main'),
    'argocd/b.yaml': application('b', revision),
    'a/web.yaml': broken,
    'b/web.yaml': broken.replace('name: web }', 'name: other }'),
  });
  expect(new Set(told(files('main')))).toEqual(new Set(['error a/web.yaml', 'error b/web.yaml']));
  expect(new Set(told(files('HEAD')))).toEqual(new Set(['error a/web.yaml', 'error b/web.yaml']));
  expect(new Set(told(files('feature/split')))).toEqual(new Set(['error a/web.yaml', 'warning b/web.yaml']));
});

describe('an entry point that nothing brings', () => {
  const cluster = (name: string): Record<string, string> => ({
    [`clusters/${name}/flux-system/sync.yaml`]: `${source}---\n${fluxKustomization('flux-system', `./clusters/${name}`)}`,
  });
  const loose = (path: string): Record<string, string> => ({
    [path]: fluxKustomization('loose', './loose'),
    'loose/web.yaml': broken,
  });

  it('is an error where no cluster applies itself, and in a folder beside those that do', () => {
    expect(told({ 'setup/source.yaml': source, ...loose('setup/loose.yaml') })).toContain(
      'error loose/web.yaml',
    );
    expect(told({ ...cluster('prod'), ...loose('clusters/dev/loose.yaml') })).toContain(
      'error loose/web.yaml',
    );
  });

  it('is a warning elsewhere beside one that does', () => {
    expect(told({ ...cluster('prod'), ...loose('setup/loose.yaml') })).toContain('warning loose/web.yaml');
  });

  it('is none where a list of another folder has it as a comment', () => {
    const clusters = (entry: string): string[] =>
      lintFiles({
        ...cluster('prod'),
        ...loose('setup/loose.yaml'),
        'clusters/prod/kustomization.yaml': `resources:\n  - flux-system/sync.yaml\n${entry}`,
      }).ownership.map((one) => one.cluster);
    expect(clusters('')).toContain('setup');
    expect(clusters('  # - ../../setup/loose.yaml\n')).not.toContain('setup');
  });
});

describe('an API version that Flux took away', () => {
  const release = `apiVersion: helm.toolkit.fluxcd.io/v2beta2
kind: HelmRelease
metadata: { name: web, namespace: web }
spec: { interval: 1h, chartRef: { kind: OCIRepository, name: web } }
`;
  const manifests = (tag: string): string => `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: { name: flux-manifests, namespace: flux-system }
spec: { interval: 1h, url: "oci://ghcr.io/fluxcd/flux-manifests", ref: { tag: ${tag} } }
`;
  const controller = (version: string): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: helm-controller
  namespace: flux-system
  labels: { app.kubernetes.io/part-of: flux, app.kubernetes.io/version: ${version} }
spec:
  selector: { matchLabels: { app: helm-controller } }
  template:
    metadata: { labels: { app: helm-controller } }
    spec: { containers: [{ name: manager, image: "ghcr.io/fluxcd/helm-controller:v1.0.0" }] }
`;
  const cluster = (installed: string): Record<string, string> => ({
    'clusters/prod/flux-system/sync.yaml': `${source}---\n${fluxKustomization('flux-system', './clusters/prod')}`,
    'clusters/prod/flux.yaml': installed,
    'clusters/prod/release.yaml': release,
  });
  const severities = (files: Readonly<Record<string, string>>, more: object = {}): string[] =>
    lintFiles(files, { paths: [''], only: ['flux-api-removed', 'unsupported-value'], ...more }).findings.map(
      ({ severity, help }) => `${severity} ${help?.includes('still serves') === true}`,
    );

  it('is a warning in a cluster whose files install a Flux that serves it', () => {
    expect(severities(cluster(manifests('v2.2.2')))).toEqual(['warning true']);
    expect(severities(cluster(controller('v2.7.5')))).toEqual(['warning true']);
    expect(severities(cluster(manifests('v0.41.1')))).toEqual(['warning true']);
    expect(severities(cluster(controller('v0.24.0')))).toEqual(['warning true']);
  });

  it('is an error where they install a later one, or none', () => {
    expect(severities(cluster(manifests('v2.8.0')))).toEqual(['error false']);
    expect(severities(cluster(''))).toEqual(['error false']);
    expect(severities(cluster(`${manifests('v2.2.2')}---\n${controller('v2.9.0')}`))).toEqual([
      'error false',
    ]);
  });

  it('goes by the configuration where that says a version', () => {
    const files = { ...cluster(manifests('v2.2.2')), 'cdb-lint.yaml': 'flux: { version: "2.9" }\n' };
    expect(severities(files)).toEqual(['error false']);
  });

  it('goes by the newest of the repository in a cluster whose files say nothing, and by its own in one that does', () => {
    const other = (installed: string): Record<string, string> => ({
      'clusters/test/flux-system/sync.yaml': `${source}---\n${fluxKustomization('flux-system', './clusters/test')}`,
      'clusters/test/flux.yaml': installed,
    });
    expect(severities({ ...cluster(''), ...other(manifests('v2.2.2')) })).toEqual(['warning true']);
    expect(severities({ ...cluster(''), ...other(manifests('v2.9.0')) })).toEqual(['error false']);
    expect(severities({ ...cluster(controller('v2.8.0')), ...other(manifests('v2.2.2')) })).toEqual([
      'error false',
    ]);
    expect(severities({ ...cluster(''), 'setup/flux.yaml': controller('v2.2.3') })).toEqual(['warning true']);
  });
});

describe('what is said of a warning that would be an error', () => {
  it('stands behind its help', () => {
    const { findings } = lintFiles(
      { 'main.go': 'package main\n', 'manifests/web.yaml': broken },
      { only: ['required-field-missing'] },
    );
    expect([...new Set(findings.map(({ help }) => help))]).toEqual([
      'add the field; reported as a warning, because nothing in the repository shows that it is applied as written',
    ]);
  });

  it('is counted by its reason, of warnings alone', () => {
    const finding = (severity: string, help?: string): Finding => ({ severity, help }) as Finding;
    const applied = 'nothing in the repository shows that it is applied as written';
    const older = 'its name indicates that it is for clusters that still serve this version';
    const words = (why: string): string => `reported as a warning, because ${why}`;
    expect(
      loweredIn([
        finding('warning', words(older)),
        finding('warning', `do this; ${words(applied)}`),
        finding('warning', words(applied)),
        finding('error', words(applied)),
        finding('note', words(applied)),
        finding('warning', `${words(applied)}, and more`),
        finding('warning'),
      ]),
    ).toEqual([
      { why: applied, findings: 2 },
      { why: older, findings: 1 },
    ]);
  });
});
