import { describe, expect, it } from 'vitest';
import { lint, refuteFix } from '../../src/run/judge.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { fixFiles } from '../support/fix-files.ts';
import { lintFiles } from '../support/lint-files.ts';

const deployment = (pod: string): string => `apiVersion: apps/v1
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
`;

const profile = 'all';

describe('a fix that is offered', () => {
  it('is written to the file that shows the finding, where several have an object of one name', () => {
    const files = {
      'a/web.yaml': deployment(''),
      'b/web.yaml': deployment(''),
      'c/web.yaml': deployment(''),
    };
    const fixes = lintFiles(files, { profile }).findings.filter(({ fix }) => fix !== undefined);
    expect(new Set(fixes.map(({ span }) => span.file.path)).size).toBe(3);
    for (const { span, fix } of fixes)
      expect(new Set(fix?.edits.map((edit) => edit.span.file.path))).toEqual(new Set([span.file.path]));
    const { refused, files: after } = fixFiles(files, { profile });
    expect(refused).toEqual([]);
    for (const text of Object.values(after)) expect(text).toContain('type: RuntimeDefault');
  });

  it('does not write again what a later layer takes away', () => {
    const said = '      securityContext: {seccompProfile: {type: RuntimeDefault}}\n';
    const patch = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: {template: {spec: {securityContext: null}}}
`;
    const files = {
      'base/web.yaml': deployment(said),
      'base/kustomization.yaml': 'resources: [web.yaml]\n',
      'overlay/kustomization.yaml': 'resources: [../base]\npatches: [{path: patch.yaml}]\n',
      'overlay/patch.yaml': patch,
    };
    const found = lintFiles(files, { profile }).findings.find(
      ({ rule }) => rule === 'seccomp-profile-missing',
    );
    expect(found).toBeDefined();
    expect(found?.fix).toBeUndefined();
  });
});

describe('what no server can decode', () => {
  const withPort = deployment('').replace(
    'image: web:1.0.0',
    'image: web:1.0.0\n          env: [{name: PORT, value: 8080}]',
  );
  const overlay = (name: string): string => `resources: [../../base]\nnamespace: ${name}\n`;
  const files = {
    'base/web.yaml': withPort,
    'base/kustomization.yaml': 'resources: [web.yaml]\n',
    'overlays/dev/kustomization.yaml': `${overlay('dev')}patches:
  - patch: |
      {apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {template: {spec: {
        automountServiceAccountToken: false, securityContext: {seccompProfile: {type: RuntimeDefault}}}}}}
`,
    'overlays/prod/kustomization.yaml': overlay('prod'),
  };
  const comparedIn = (report: ReturnType<typeof lintFiles>): string[] =>
    report.findings.filter(({ rule }) => rule === 'safeguard-missing').map(({ message }) => message);

  it('is not compared with other environments by what a policy would ask', () => {
    expect(comparedIn(lintFiles(files, { profile })).filter((one) => one.includes('seccomp'))).toEqual([]);
  });

  it('is compared where it can be, and no policy asks', () => {
    const readable = { ...files, 'base/web.yaml': deployment('') };
    const profileless = lintFiles(readable, { profile: 'baseline' });
    expect(comparedIn(profileless).some((one) => one.includes('prod has no seccomp profile'))).toBe(true);
  });

  it('may show more once its version can be read, in each environment that shares the text', () => {
    const cronJob = {
      'clusters/dev/shop.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: shop, namespace: flux-system}
spec:
  interval: 1h
  prune: true
  path: ./overlays/dev
  targetNamespace: dev
  sourceRef: {kind: GitRepository, name: flux-system}
`,
      'base/web.yaml': `apiVersion: batch/v1beta1
kind: CronJob
metadata: {name: web}
spec:
  schedule: "0 3 * * *"
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: web, image: "web:1.0.0"}]}}}}
`,
      'base/kustomization.yaml': 'resources: [web.yaml]\n',
      'overlays/dev/kustomization.yaml': `${overlay('dev')}patches:
  - patch: |
      {apiVersion: batch/v1beta1, kind: CronJob, metadata: {name: web}, spec: {suspend: false}}
`,
      'overlays/prod/kustomization.yaml': `${overlay('prod')}patches:
  - patch: |
      {apiVersion: batch/v1beta1, kind: CronJob, metadata: {name: web}, spec: {jobTemplate: {spec: {template: {spec: {
        containers: [{name: web, stdin: "true"}]}}}}}}
`,
    };
    const asked = { fileSystem: memoryFileSystem(cronJob), paths: [''], profile };
    const refusals = lint(asked).findings.flatMap((finding) =>
      finding.fix === undefined ? [] : [refuteFix(asked, { finding, fix: finding.fix })],
    );
    expect(refusals.length).toBeGreaterThan(0);
    expect(refusals.filter((one) => one !== undefined)).toEqual([]);
  });
});
