import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { loadBaseline } from '../../src/accept/load-baseline.ts';
import { catalogue } from '../../src/admit/policy/catalogue.ts';
import { policyPages } from '../../src/admit/policy/policy-pages.ts';
import { fixableRules } from '../../src/fix/propose-fix.ts';
import { applyBaseline, writeBaseline } from '../../src/report/finding/baseline.ts';
import { pagedRules } from '../../src/rules/paged-rules.ts';
import { rulePage } from '../../src/rules/pages.ts';
import { fix } from '../../src/run/judge.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { fixFiles } from '../support/fix-files.ts';
import { lintFiles } from '../support/lint-files.ts';
import { readPage } from '../support/page.ts';

const deployment = (container: string, pod = ''): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
${pod}      containers:
        - name: web
          image: web:1.0.0
${container}`;

function madeSafely(text: string): string {
  return fixFiles({ 'web.yaml': text }, { profile: 'all', unsafe: false }).files['web.yaml'] ?? '';
}

describe('a safe fix', () => {
  it('leaves root to an image that may run as root, and its capabilities', () => {
    const after = madeSafely(deployment(''));
    expect(after).toContain('allowPrivilegeEscalation: false');
    expect(after).not.toMatch(/runAsNonRoot|drop|readOnlyRootFilesystem/u);
  });

  it('forbids root where someone named another user', () => {
    const after = madeSafely(deployment('', '      securityContext: {runAsUser: 1000}\n'));
    expect(after).toContain('runAsNonRoot: true');
    expect(after).toContain('ALL');
    expect(after).not.toContain('readOnlyRootFilesystem');
  });

  it('leaves alone what someone said', () => {
    const text = deployment('          securityContext: {readOnlyRootFilesystem: false}\n');
    expect(madeSafely(text)).toContain('readOnlyRootFilesystem: false');
    const { files, refused } = fixFiles({ 'web.yaml': text }, { profile: 'all' });
    expect(files['web.yaml']).toContain('readOnlyRootFilesystem: true');
    expect(refused.filter((one) => one.startsWith('writable-root-file-system'))).toEqual([]);
  });

  it.each([
    ['said', '          securityContext: {allowPrivilegeEscalation: true}\n', ''],
    ['sudo', "          command: [sh, -c, 'sudo run']\n", ''],
    ['added', '          securityContext: {capabilities: {add: [NET_BIND_SERVICE]}, runAsUser: 1000}\n', ''],
    ['a low port', '          ports: [{containerPort: 80}]\n', '      securityContext: {runAsUser: 1000}\n'],
  ])('leaves rights to a program that may gain them: %s', (_, container, pod) => {
    expect(madeSafely(deployment(container, pod))).not.toContain('allowPrivilegeEscalation: false');
  });

  it('takes no token away that has rights, or is asked for', () => {
    const bound = `---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: reader, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects: [{kind: ServiceAccount, name: default, namespace: shop}]
`;
    const web = deployment('').replace('{name: web}', '{name: web, namespace: shop}');
    expect(madeSafely(web)).toContain('automountServiceAccountToken: false');
    expect(madeSafely(web + bound)).not.toContain('automountServiceAccountToken');
    const other = web.replace('namespace: shop', 'namespace: other');
    expect(madeSafely(other + bound)).toContain('automountServiceAccountToken: false');
    const asks = deployment('', '      automountServiceAccountToken: true\n');
    expect(madeSafely(asks)).toContain('automountServiceAccountToken: true');
    const calls = deployment('          command: [kubectl, get, pods]\n');
    expect(madeSafely(calls)).not.toContain('automountServiceAccountToken');
  });

  it('leaves to every environment what it needs, whichever it was found in', () => {
    const files = {
      'base/kustomization.yaml': 'resources: [web.yaml]\n',
      'base/web.yaml': deployment('', '      securityContext: {runAsNonRoot: false}\n'),
      'dev/kustomization.yaml': 'resources: [../base]\nnamespace: dev\n',
      'prod/kustomization.yaml': 'resources: [../base]\nnamespace: prod\npatches: [{path: patch.yaml}]\n',
      'prod/patch.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {spec: {securityContext: {runAsUser: 1000}}}}\n',
    };
    const after = fixFiles(files, { profile: 'all', unsafe: false }).files['base/web.yaml'];
    expect(after).toContain('runAsNonRoot: false');
    expect(fixFiles(files, { profile: 'all' }).files['base/web.yaml']).toContain('runAsNonRoot: true');
  });

  it('says of the others why they are not made', () => {
    const { refused } = fixFiles({ 'web.yaml': deployment('') }, { profile: 'all', unsafe: false });
    expect(refused).toContainEqual(
      expect.stringMatching(/^writable-root-file-system: it is not safe: .*; --fix --unsafe applies it$/u),
    );
  });
});

it('is not offered in what no build renders whole', () => {
  const files = {
    'k/kustomization.yaml': 'resources: [web.yaml, gone.yaml]\n',
    'k/web.yaml': deployment(''),
    'other/kustomization.yaml': 'resources: [web.yaml]\n',
    'other/web.yaml': deployment(''),
  };
  const offered = lintFiles(files, { profile: 'all' }).findings.filter(({ fix }) => fix !== undefined);
  expect(new Set(offered.map(({ span }) => span.file.path))).toEqual(new Set(['other/web.yaml']));
});

const pages = [
  ...pagedRules.map((id) => [id, rulePage(id) ?? ''] as const),
  ...catalogue.map(({ id }) => [id, policyPages.get(id) ?? ''] as const),
];
// All of them take two minutes: CDB_LINT_PAGES=all, which is to be run when a fix or a fingerprint changes.
const step = process.env['CDB_LINT_PAGES'] === 'all' ? 1 : 12;
const cases = pages.flatMap(([id, text], index) =>
  readPage(text).cases.flatMap(({ title, files }, at) =>
    fixableRules.includes(id) || (index + at) % step === 0
      ? [
          {
            title: `${id}: ${title}`,
            files: Object.fromEntries(files.map(({ path, text: content }) => [path, content])),
          },
        ]
      : [],
  ),
);

describe('no fix turns a green gate red', () => {
  it.each(cases.map((one) => [one.title, one.files] as const))('%s', (_, files) => {
    const { before, report } = fix(
      { fileSystem: memoryFileSystem(files), paths: [''], profile: 'all' },
      { unsafe: true },
    );
    const file = 'known.json';
    const { entries } = loadBaseline(memoryFileSystem({ [file]: writeBaseline(before, '2026-01-01') }), file);
    const after = applyBaseline(report, { file, entries }, { isLookedFor: () => true, holds: () => true });
    const fresh = after.findings.filter(({ unchecked }) => unchecked === undefined);
    expect(fresh.map(({ rule, span, message }) => `${rule} ${span.file.path} ${message}`)).toEqual([]);
  });
});
