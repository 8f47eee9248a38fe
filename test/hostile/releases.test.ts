import { describe, expect, it } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';
import { fluxKustomization } from '../support/plan-files.ts';

const metadata = 'metadata: {name: evil, namespace: shop}';
const pod = `apiVersion: v1
kind: Pod
${metadata}
spec:
  hostPID: true
  containers: [{name: x, image: 'shop/web:1.4.2'}]
`;
const chart = { 'charts/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n' };
const template = 'charts/shop/templates/pod.yaml';
const release = {
  'clusters/prod/apps.yaml': fluxKustomization('apps', 'apps'),
  'apps/release.yaml': `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: shop, namespace: shop}
spec:
  interval: 10m
  chart: {spec: {chart: ./charts/shop, sourceRef: {kind: GitRepository, name: flux-system}}}
`,
};

function lint(text: string): ReturnType<typeof lintFiles> {
  return lintFiles({ ...release, ...chart, [template]: text }, { only: ['host-namespace-shared'] });
}

describe('what a release makes sooner or later is judged', () => {
  it.each([
    ['at an installation', '{{ if .Release.IsInstall }}'],
    ['at an update', '{{ if .Release.IsUpgrade }}'],
    ['by its revision', '{{ if gt (int .Release.Revision) 1 }}'],
    ['by another way to the same', '{{ if index . "Release" "IsUpgrade" }}'],
    ['whatever the time', '{{ if gt (now | unixEpoch | int) 5 }}'],
  ])('%s', (_, condition) => {
    const { findings } = lint(`${condition}\n${pod}{{ end }}\n`);
    expect(findings.map(({ rule }) => rule)).toEqual(['host-namespace-shared']);
  });

  it('once, where both make it', () => {
    const { coverage } = lint(`{{/* .Release.IsUpgrade */}}\n${pod}`);
    expect(coverage.objects).toBe(3);
  });

  it('and no update that a template refuses without a cluster stops a release', () => {
    const { exitCode, findings } = lint(
      `{{ if .Release.IsUpgrade }}{{ fail "give passwords" }}{{ end }}\n${pod}`,
    );
    expect([exitCode, findings.map(({ rule }) => rule)]).toEqual([1, ['host-namespace-shared']]);
  });
});

describe('what runs at another time is named with its count', () => {
  it.each(['test', 'pre-delete', 'post-delete', 'pre-rollback', 'post-rollback'])('at %s', (hook) => {
    const hooked = pod.replace('namespace: shop}', `namespace: shop, annotations: {helm.sh/hook: ${hook}}}`);
    const { coverage } = lint(hooked);
    expect(coverage.leftOut).toContainEqual({
      why: 'read by builds but in no output, so left out',
      places: [{ path: template, objects: 1 }],
    });
  });
});
