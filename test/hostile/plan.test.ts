import { describe, expect, it } from 'vitest';
import { judgeGate } from '../../src/run/gate.ts';
import { judgePlan } from '../../src/run/judge-plan.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { type Files, fluxCluster, fluxKustomization } from '../support/plan-files.ts';

type Edits = Readonly<Record<string, string | undefined>>;

/** The exit code of a plan, and the rows that stop the merge. */
function plan(base: Files, edits: Edits): { readonly exitCode: number; readonly rows: readonly string[] } {
  const head: Record<string, string> = {};
  for (const [path, text] of Object.entries({ ...base, ...edits })) if (text !== undefined) head[path] = text;
  const asked = { fileSystem: memoryFileSystem(head), paths: [''] };
  const { report } = judgePlan(asked, { name: 'base', files: () => memoryFileSystem(base) });
  const grave = report.change?.rows.filter(({ severity }) => severity === 'destroys') ?? [];
  const rows = grave.flatMap(({ reason, objects }) =>
    objects.map((one) => `${reason} ${one.kind}/${one.name}`),
  );
  return { exitCode: report.exitCode, rows };
}

const claim = `apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data, namespace: shop}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 5Gi}}}
`;
const settings =
  'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: shop}\ndata: {a: b}\n';
const apps = { 'apps/claim.yaml': claim, 'apps/settings.yaml': settings };
const withoutClaim = { 'apps/claim.yaml': undefined };

const byHand: Files = { 'clusters/prod/apps.yaml': fluxKustomization('apps', 'apps'), ...apps };
const bootstrapped: Files = { ...fluxCluster('clusters/prod'), ...byHand };
const listed: Files = {
  ...byHand,
  'clusters/prod/kustomization.yaml': 'resources: [apps.yaml, more.yaml]\n',
  'clusters/prod/more.yaml': fluxKustomization('more', 'more'),
  'more/settings.yaml': settings.replace('name: settings', 'name: more'),
};

const url = 'https://git.example.org/org/repo';
const application = (from = url): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: apps, namespace: argocd}
spec:
  project: default
  source: {repoURL: "${from}", targetRevision: main, path: apps}
  destination: {server: "https://kubernetes.default.svc", namespace: shop}
  syncPolicy: {automated: {prune: true}}
`;
const argo: Files = {
  'cdb-lint.yaml': `repositories: ["${url}"]\n`,
  'argocd/apps.yaml': application(),
  ...apps,
};

const pruned = ['pruned PersistentVolumeClaim/data'];

describe('a deletion is told, whatever the change does to hide who deletes', () => {
  it.each<[string, Files, Edits]>([
    ['takes away the file that declares the owner', byHand, { 'clusters/prod/apps.yaml': undefined }],
    [
      'takes the owner out of a kustomization that people apply',
      listed,
      {
        'clusters/prod/apps.yaml': undefined,
        'clusters/prod/kustomization.yaml': 'resources: [more.yaml]\n',
      },
    ],
    [
      'takes away a cluster and what applies itself',
      bootstrapped,
      { 'clusters/prod/apps.yaml': undefined, 'clusters/prod/gotk-sync.yaml': undefined },
    ],
    [
      'renames the directory of a cluster',
      bootstrapped,
      {
        'clusters/prod/apps.yaml': undefined,
        'clusters/prod/gotk-sync.yaml': undefined,
        ...fluxCluster('clusters/other'),
        'clusters/other/apps.yaml': byHand['clusters/prod/apps.yaml'],
      },
    ],
    ['lets the configuration ignore the cluster', bootstrapped, { 'cdb-lint.yaml': 'ignore: [clusters/]\n' }],
    [
      'calls the repository another one',
      argo,
      { 'cdb-lint.yaml': 'repositories: ["https://git.example.org/org/other"]\n' },
    ],
    [
      'lets the Application read another repository',
      argo,
      { 'argocd/apps.yaml': application('https://git.example.org/org/other') },
    ],
    [
      'makes a set of the Application',
      argo,
      {
        'argocd/apps.yaml': `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: apps, namespace: argocd}
spec:
  generators: [{clusters: {}}]
  template: {metadata: {name: 'x{{name}}'}, spec: {project: default, source: {repoURL: "${url}", path: apps}, destination: {server: '{{server}}', namespace: shop}}}
`,
      },
    ],
  ])('%s', (_, base, edits) => {
    const { exitCode, rows } = plan(base, { ...edits, ...withoutClaim });
    expect(rows).toEqual(expect.arrayContaining(pruned));
    expect(exitCode).not.toBe(0);
  });

  it('is not known where an owner that stays would build what is not here', () => {
    const { exitCode } = plan(byHand, {
      'clusters/prod/apps.yaml': undefined,
      ...withoutClaim,
      'apps/kustomization.yaml': 'resources: [settings.yaml, "https://example.com/org/base?ref=v1"]\n',
      'cdb-lint.yaml': 'notJudged: [{remote: "https://example.com/org/base", reason: elsewhere}]\n',
    });
    expect(exitCode).toBe(2);
  });
});

describe('and nothing is told where nothing is deleted', () => {
  it.each<[string, Files, Edits]>([
    ['of an owner whose file alone is gone', byHand, { 'clusters/prod/apps.yaml': undefined }],
    [
      'of an owner that is gone with its directory, which it no longer finds',
      byHand,
      {
        'clusters/prod/apps.yaml': undefined,
        ...withoutClaim,
        'apps/settings.yaml': undefined,
        'a.yaml': settings,
      },
    ],
    [
      'of a cluster whose directory is renamed',
      bootstrapped,
      {
        'clusters/prod/apps.yaml': undefined,
        'clusters/prod/gotk-sync.yaml': undefined,
        ...fluxCluster('clusters/other'),
        'clusters/other/apps.yaml': byHand['clusters/prod/apps.yaml'],
      },
    ],
    ['of other settings', bootstrapped, { 'cdb-lint.yaml': 'ignore: [clusters/]\n' }],
  ])('%s', (_, base, edits) => {
    expect(plan(base, edits)).toEqual({ exitCode: 0, rows: [] });
  });
});

describe('an integer beyond 2^53', () => {
  const large = (name: string, more = ''): string => `apiVersion: example.org/v1
kind: Account
metadata: {name: ${name}, namespace: shop}
spec: {id: 9223372036854775000${more}}
`;

  it.each<[string, Edits]>([
    ['in an object that gets another name', { 'apps/account.yaml': large('b') }],
    ['in one of another name and file', { 'apps/account.yaml': undefined, 'apps/b.yaml': large('b') }],
    ['in a mapping that comes', { 'apps/account.yaml': large('a', ', of: {id: 9223372036854770000}') }],
    ['in an object that goes', { 'apps/account.yaml': undefined }],
    ['in a policy that goes', { 'apps/account.yaml': undefined, 'apps/policy.yaml': undefined }],
  ])('stops no check: %s', (_, edits) => {
    const policy =
      'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\nmetadata: {name: own, annotations: {a: b}}\nspec: {matchConstraints: {resourceRules: []}, validations: [{expression: "true"}], paramKind: {id: 9223372036854770000}}\n';
    const base = { ...bootstrapped, 'apps/account.yaml': large('a'), 'apps/policy.yaml': policy };
    const head = Object.fromEntries(
      Object.entries({ ...base, ...edits }).flatMap(([path, text]) =>
        text === undefined ? [] : [[path, text]],
      ),
    );
    const asked = { fileSystem: memoryFileSystem(head), paths: [''] };
    const against = { name: 'base', files: () => memoryFileSystem(base) };
    const { report } = judgePlan(asked, against);
    expect(report.findings.map(({ rule }) => rule)).not.toContain('check-failed');
    expect(report.change?.rows.length).toBeGreaterThan(0);
    const gate = judgeGate(asked, against).report;
    expect(gate.findings.map(({ rule }) => rule)).not.toContain('check-failed');
  });
});
