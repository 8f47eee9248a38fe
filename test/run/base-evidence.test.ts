import { describe, expect, it, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { type BaseEvidence, evidenceIn } from '../../src/run/base-evidence.ts';
import {
  application,
  fluxKustomization,
  fromElsewhere,
  selfApplied,
  source,
} from '../support/deployed-files.ts';
import { madeFinding } from '../support/made-finding.ts';
import { renderFiles } from '../support/render-files.ts';

type Files = Readonly<Record<string, string>>;

const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: fine, namespace: web }\n';
const fails = 'resources: [gone.yaml]\n';
/** What stands beside programs, nobody is seen to apply. */
const program = { 'tool/main.go': 'package main\n' };
const kustomized = {
  'deploy/kustomization.yml': 'resources: [fine.yaml]\n',
  'deploy/fine.yaml': map,
};
const flux: Files = {
  ...program,
  ...kustomized,
  'clusters/prod/source.yaml': source,
  'clusters/prod/apps.yaml': `# REPLACE_ME\n${fluxKustomization('apps', './apps')}`,
  'clusters/prod/deploy.yaml': fluxKustomization('deploy', './deploy'),
  'clusters/prod/elsewhere.yaml': fromElsewhere,
  'apps/fine.yaml': map,
};
const argo: Files = {
  'argocd/a.yaml': application('a', 'main'),
  'argocd/b.yaml': application('b', 'main'),
  'argocd/c.yaml': application('c', 'feature/x'),
  'a/fine.yaml': map,
  'b/fine.yaml': map.replace('fine', 'other'),
  'c/fine.yaml': map.replace('fine', 'third'),
};

function evidence(files: Files, findings: readonly ReturnType<typeof madeFinding>[] = []): BaseEvidence {
  return evidenceIn({ ...renderFiles(files), report: { findings } });
}

/** A finding of the head in a file, which may have other text than in the base. */
function at(path: string, more: Partial<Diagnostic> = {}, text = ''): Diagnostic {
  return {
    ...{ rule: 'r', severity: 'error', message: 'm', related: [] },
    span: { file: { path, text }, start: 0, end: text.length },
    ...more,
  };
}

describe('a file that the base has not', () => {
  const cases: [string, Files, Diagnostic, boolean][] = [
    ['is new', flux, at('manifests/new.yaml'), true],
    ['is not new where the base has it', flux, at('tool/main.go'), false],
    ['is not new in a directory that Flux applies', flux, at('apps/new.yaml'), false],
    ['is not new anywhere below that', flux, at('apps/deep/new.yaml'), false],
    ['is new beside such a directory', flux, at('apps-more/new.yaml'), true],
    ['is new below a kustomization that Flux builds', flux, at('deploy/new.yaml'), true],
    [
      'is not new where that kustomization reads it',
      flux,
      at('deploy/new.yaml', { entryPoint: 'deploy' }),
      false,
    ],
    ['is new in a build of its own', flux, at('more/new.yaml', { entryPoint: 'more' }), true],
    [
      'is not new in a build below what is applied',
      flux,
      at('more/new.yaml', { entryPoint: 'apps/more' }),
      false,
    ],
    ['is not new in a directory that Argo CD applies', argo, at('a/new.yaml'), false],
    ['is new below that', argo, at('a/deep/new.yaml'), true],
    ['is new where another revision is applied', argo, at('c/new.yaml'), true],
  ];
  it.each(cases)('%s', (_, files, one, expected) => {
    expect(evidence(files).isNew(one)).toBe(expected);
  });
});

describe('what a build lacks', () => {
  const lacking = at('work/kustomization.yaml', {
    rule: 'file-missing',
    message: 'work/env/secret.yaml does not exist',
    entryPoint: 'work',
  });
  const left = { '.gitignore': 'env/\n', 'work/kustomization.yaml': 'resources: [env/secret.yaml]\n' };
  const applied = { ...flux, ...left, 'clusters/prod/work.yaml': fluxKustomization('work', './work') };
  const cases: [string, Files, Diagnostic, boolean][] = [
    ['was left out of Git', left, lacking, true],
    ['was not left out of Git', { ...left, '.gitignore': '' }, lacking, false],
    ['was there all the same', { ...left, 'work/env/secret.yaml': map }, lacking, false],
    ['was lacked by what a controller builds', applied, lacking, false],
    ['is no file', left, { ...lacking, rule: 'r' }, false],
  ];
  it.each(cases)('%s', (_, files, one, expected) => {
    expect(evidence(files).mayLack(one)).toBe(expected);
  });
});

describe('a kustomization', () => {
  const one = at('work/kustomization.yaml', { entryPoint: 'work' });
  const work = { ...program, 'work/kustomization.yaml': fails };
  const reads = (resources: string): Files => ({
    ...work,
    'more/kustomization.yaml': `resources: [${resources}]\n`,
  });
  const shared = {
    ...reads('../work'),
    'work/kustomization.yaml': 'resources: [fine.yaml]\n',
    'work/fine.yaml': map,
  };
  const cases: [string, Files, Diagnostic, boolean][] = [
    ['that nobody is seen to build', work, one, true],
    ['that the base has not', program, one, true],
    ['that a finding of a file names', work, at('work/kustomization.yaml'), true],
    ['that stands where all is what somebody applies', { 'work/kustomization.yaml': fails }, one, false],
    ['that a command builds', { ...work, 'up.sh': 'kubectl apply -k work\n' }, one, false],
    [
      'that a command builds, by its file',
      { ...work, 'up.sh': 'kubectl apply -k work\n' },
      at('work/kustomization.yaml'),
      false,
    ],
    [
      'that Flux builds',
      { ...flux, ...work, 'clusters/prod/work.yaml': fluxKustomization('work', './work') },
      one,
      false,
    ],
    ['that another reads, which builds', shared, one, false],
    ['that another reads, which does not build', reads('../work'), one, true],
    [
      'of whose files another reads one, which builds',
      shared,
      at('work/fine.yaml', { entryPoint: 'new' }),
      false,
    ],
    [
      'that builds with warnings',
      { ...work, 'work/kustomization.yaml': 'bases: [../b]\n', 'b/kustomization.yaml': 'resources: []\n' },
      one,
      false,
    ],
  ];
  it.each(cases)('%s', (_, files, finding, expected) => {
    expect(evidence(files).isUnbuilt(finding)).toBe(expected);
  });
});

describe('what nobody but another revision, or somebody whom nobody applies, brings', () => {
  const object = (name: string): Partial<Diagnostic> => ({
    object: { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'web', name },
    entryPoint: 'argocd',
  });
  const loose: Files = {
    ...selfApplied('clusters/prod'),
    'setup/loose.yaml': fluxKustomization('loose', './apps'),
    'apps/fine.yaml': map,
  };
  const cases: [string, Files, Diagnostic, boolean][] = [
    ['is an object of that revision', argo, at('argocd/a.yaml', object('third')), true],
    ['is none of the usual one', argo, at('c/fine.yaml', object('fine')), false],
    ['is a file there', argo, at('c/new.yaml', object('new')), true],
    ['is a file there, without an object', argo, at('c/new.yaml'), true],
    ['is no file of the usual one', argo, at('b/new.yaml', object('new')), false],
    ['is no file that nobody applies', argo, at('d/new.yaml', object('new')), false],
    ['is a file that is brought in by what is loose', loose, at('apps/new.yaml'), true],
    ['is no file of a cluster that applies itself', loose, at('clusters/prod/new.yaml'), false],
    [
      'is no file that both bring',
      { ...argo, 'argocd/c.yaml': application('c', 'feature/x').replace('path: c', 'path: a') },
      at('a/new.yaml'),
      false,
    ],
  ];
  it.each(cases)('%s', (_, files, one, expected) => {
    expect(evidence(files).isLooselyBrought(one)).toBe(expected);
  });
});

describe('a value to be filled in', () => {
  const open = { rule: 'invalid-value' };
  const asks = { 'manifests/fine.yaml': `${map}data: { a: REPLACE_ME }\n` };
  const cases: [string, Files, Diagnostic, boolean][] = [
    ['stood there', asks, at('manifests/fine.yaml', open, 'REPLACE_ME'), true],
    ['did not stand there', asks, at('manifests/fine.yaml', open, 'CHANGEME'), false],
    ['was in no file', asks, at('manifests/new.yaml', open, 'REPLACE_ME'), false],
    ['was in no folder', asks, at('manifests', open, 'REPLACE_ME'), false],
    [
      'stood in an entry point, which somebody applies first',
      flux,
      at('clusters/prod/apps.yaml', open, 'REPLACE_ME'),
      true,
    ],
    [
      'was applied by Flux',
      { ...flux, 'apps/fine.yaml': `${map}data: { a: REPLACE_ME }\n` },
      at('apps/fine.yaml', open, 'REPLACE_ME'),
      false,
    ],
    [
      'was built by Flux',
      { ...flux, ...asks },
      at('manifests/fine.yaml', { ...open, entryPoint: 'deploy' }, 'REPLACE_ME'),
      false,
    ],
  ];
  it.each(cases)('%s', (_, files, one, expected) => {
    expect(evidence(files).isOpen(one)).toBe(expected);
  });
});

describe('what nothing shows to be applied', () => {
  const plain = { ...program, 'manifests/fine.yaml': map };
  const command = { 'up.sh': 'kubectl apply -f manifests\nkubectl apply -k deploy\n' };
  const cases: [string, Files, Diagnostic, boolean][] = [
    ['is a file', plain, at('manifests/fine.yaml'), true],
    ['is a new file', plain, at('manifests/new.yaml'), true],
    ['is no file where all is what somebody applies', {}, at('manifests/new.yaml'), false],
    ['is no new file that a command applies', { ...plain, ...command }, at('manifests/new.yaml'), false],
    ['is no new file that Flux applies', flux, at('apps/new.yaml'), false],
    ['is no new file beside an entry point', flux, at('clusters/prod/new.yaml'), false],
    [
      'is a build of its own beside an entry point',
      flux,
      at('clusters/prod/new.yaml', { entryPoint: 'work' }),
      true,
    ],
    ['is a build', { ...program, ...kustomized }, at('deploy/fine.yaml', { entryPoint: 'deploy' }), true],
    ['is a new build', plain, at('new/fine.yaml', { entryPoint: 'new' }), true],
    [
      'is a new build of files that a command applies',
      { ...plain, ...command },
      at('manifests/new.yaml', { entryPoint: 'new' }),
      true,
    ],
    [
      'is no build that a command applies',
      { ...program, ...kustomized, ...command },
      at('deploy/new.yaml', { entryPoint: 'deploy' }),
      false,
    ],
    ['is no build of Flux', flux, at('deploy/fine.yaml', { entryPoint: 'deploy' }), false],
  ];
  it.each(cases)('%s', (_, files, one, expected) => {
    expect(evidence(files).isAssumed(one)).toBe(expected);
  });
});

test('the base says to a finding what its own report says, where it is a warning there', () => {
  const found = (severity: 'error' | 'warning', more: object): ReturnType<typeof madeFinding> =>
    madeFinding('r', severity, { ...at('a.yaml'), severity, ...more });
  const { lowered } = evidence({}, [
    found('warning', { help: 'one' }),
    found('warning', { help: 'two' }),
    found('warning', {}),
    found('error', { help: 'of an error' }),
    found('warning', { rule: 'other', help: 'of another rule' }),
    found('warning', { message: 'other', help: 'with other words' }),
    found('warning', { ...at('b.yaml'), severity: 'warning', help: 'of another file' }),
  ]);
  expect(lowered(at('a.yaml', { entryPoint: 'somewhere' }))).toEqual(['one', 'two']);
  expect(lowered(at('c.yaml'))).toEqual([]);
});

test('the base says which Flux it installs, and what its clusters have', () => {
  const old = `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: { name: flux-manifests, namespace: flux-system }
spec: { interval: 1h, url: "oci://ghcr.io/fluxcd/flux-manifests", ref: { tag: v2.2.2 } }
`;
  const release = at('apps/release.yaml', {
    rule: 'unsupported-value',
    field: 'apiVersion',
    object: { apiVersion: 'helm.toolkit.fluxcd.io/v2beta2', kind: 'HelmRelease', name: 'web' },
  });
  expect(evidence(flux).isServed(release)).toBe(false);
  expect(evidence({ ...flux, 'clusters/prod/old.yaml': old }).isServed(release)).toBe(true);
  const { tree, sources } = renderFiles(flux);
  const { earlier } = evidenceIn({ tree, sources, report: { findings: [] } });
  const [apps] = tree.clusters.flatMap(({ reconciliations }) =>
    reconciliations.filter(({ name }) => name === 'apps'),
  );
  if (apps === undefined) throw new Error('Flux applies apps');
  expect(earlier.builtFreely).toBe(tree.builtFreely);
  expect(earlier.hadFor(apps.id)).toContain(apps.build.resources[0]);
});
