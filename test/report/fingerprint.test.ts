import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import { lintFiles } from '../support/lint-files.ts';

const only = ['unknown-field'];

function deployment(name: string, containers: readonly string[]): string {
  const list = containers.map((one) => `        - name: ${one}\n          imagee: ${one}:1.0.0\n`).join('');
  return `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\nspec:\n  template:\n    spec:\n      containers:\n${list}`;
}

function fingerprintsOf(text: string): string[] {
  return found(lintFiles({ 'a.yaml': text }, { only }));
}

function found({ findings }: Report): string[] {
  return findings.map(({ fingerprint }) => fingerprint);
}

describe('a fingerprint', () => {
  const one = fingerprintsOf(deployment('web', ['web']));

  it('is there, and differs for different root causes', () => {
    expect(one).toHaveLength(1);
    expect(one[0]).toMatch(/^[0-9a-f]{32}$/u);
    const two = fingerprintsOf(deployment('web', ['web', 'proxy']));
    expect(new Set(two).size).toBe(2);
    expect(two).toContain(one[0]);
  });

  it('stays when lines are inserted above, comments change, indentation changes, line breaks change', () => {
    const text = deployment('web', ['web']);
    const others = [
      `# note\n\n${text}`,
      text.replace('  name: web\n', '  name: web\n  labels:\n    app: web\n'),
      text.replace('imagee: web:1.0.0', 'imagee:   web:1.0.0 # pinned'),
      text.replaceAll('\n', '\r\n'),
      text.replaceAll(/^ {4,}/gmu, (spaces) => `${spaces}  `),
      `${deployment('other', [])}---\n${text}`,
      text.replace('        - name: web', '        - name: first\n          image: a:1\n        - name: web'),
    ];
    for (const other of others) expect(fingerprintsOf(other)).toEqual(one);
  });

  it('differs for another document or container, and not for another file', () => {
    const others = [deployment('api', ['web']), deployment('web', ['api'])];
    for (const other of others) expect(fingerprintsOf(other)).not.toEqual(one);
    const elsewhere = lintFiles({ 'b.yaml': deployment('web', ['web']) }, { only });
    expect(found(elsewhere)).toEqual(one);
  });

  it('of a comment stays when the value beside it changes, and differs with the comment', () => {
    const marked = (tag: string, policy: string): string[] =>
      found(
        lintFiles(
          {
            'clusters/prod/apps.yaml':
              'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: apps, namespace: flux-system }\nspec: { interval: 5m, path: ./apps, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }\n',
            'apps/policy.yaml':
              'apiVersion: image.toolkit.fluxcd.io/v1\nkind: ImagePolicy\nmetadata: { name: web, namespace: flux-system }\nspec: { imageRepositoryRef: { name: web }, policy: { semver: { range: 1.x } } }\n',
            'apps/a.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata:\n  image: ${tag} # {"$imagepolicy": "flux-system:${policy}"}\n`,
          },
          { only: ['image-policy-missing'] },
        ),
      );
    expect(marked('a:1.0.0', 'wbe')).toHaveLength(1);
    expect(marked('a:1.0.1', 'wbe')).toEqual(marked('a:1.0.0', 'wbe'));
    expect(marked('a:1.0.0', 'wob')).not.toEqual(marked('a:1.0.0', 'wbe'));
  });

  it('tells the names of one line apart', () => {
    const files = {
      'k/kustomization.yaml': 'namePrefix: a-\n',
      'cdb-lint.yaml': 'environments: {k: {root: k, requiredWorkloads: [one, two, three]}}\n',
    };
    const names = found(lintFiles(files, { only: ['required-workload-missing'] }));
    expect(new Set(names).size).toBe(3);
    const fewer = { ...files, 'cdb-lint.yaml': files['cdb-lint.yaml'].replace('one, ', '') };
    const left = found(lintFiles(fewer, { only: ['required-workload-missing'] }));
    expect(left).toHaveLength(2);
  });

  it('of what is accepted does not move those of the others', () => {
    const text = deployment('web', ['web', 'proxy']);
    const all = fingerprintsOf(text);
    const accept = 'exclusions:\n  - {rule: unknown-field, file: b.yaml, reason: known}\n';
    const report = lintFiles({ 'a.yaml': text, 'b.yaml': text, 'cdb-lint.yaml': accept }, { only });
    expect(found(report)).toEqual(all);
    expect(report.suppressed.map(({ finding }) => finding.fingerprint)).toHaveLength(2);
  });

  it('tells nothing of a secret: another value has the same', () => {
    const secret = (value: string): string[] =>
      found(
        lintFiles(
          { 's.yaml': `apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata:\n  a: "${value}"\n` },
          { only: ['invalid-value', 'wrong-type'] },
        ),
      );
    expect(secret('not base64!')).toHaveLength(1);
    expect(secret('not base64!')).toEqual(secret('neither is this!'));
  });
});

it('of what is accepted in one environment only is that of the others', () => {
  const files = {
    'base/kustomization.yaml': 'resources: [a.yaml]\n',
    'base/a.yaml': deployment('web', ['web']),
    'dev/kustomization.yaml': 'resources: [../base]\n',
    'prod/kustomization.yaml': 'resources: [../base]\n',
    'cdb-lint.yaml':
      'environments: {dev: {root: dev}, prod: {root: prod}}\nexclusions: [{rule: unknown-field, environment: dev, reason: a test}]\n',
  };
  const report = lintFiles(files, { only });
  expect(report.suppressed.map(({ finding }) => finding.fingerprint)).toEqual(found(report));
});

describe('of a policy, a fingerprint', () => {
  const pod = (more: string, image = 'web:1.0.0'): string =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec:\n      containers:\n        - image: ${image}\n          name: web\n${more}        - name: proxy\n          image: proxy:1.0.0\n`;
  const known = (text: string): Map<string, string> =>
    new Map(
      lintFiles({ 'a.yaml': text }, { profile: 'all' }).findings.map(({ rule, fingerprint }) => [
        fingerprint,
        rule,
      ]),
    );
  const before = known(pod(''));

  it.each([
    ['a part of a security context', '          securityContext:\n            runAsNonRoot: true\n'],
    ['a part of the resources', '          resources:\n            requests:\n              cpu: 10m\n'],
    ['a probe', '          livenessProbe:\n            tcpSocket: {port: 80}\n'],
  ])('stays when the same container gets %s', (_, more) => {
    const after = known(pod(more));
    expect([...after].filter(([fingerprint]) => !before.has(fingerprint))).toEqual([]);
    expect(after.size).toBeLessThanOrEqual(before.size);
  });

  it('stays when another line of the container changes that stands first in it', () => {
    const after = known(pod('', 'web:1.0.1'));
    expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
  });

  it('differs from container to container', () => {
    const rules = [...before.values()];
    expect(rules.filter((rule) => rule === 'limits-missing')).toHaveLength(2);
  });
});
