import { describe, expect, it } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';

const kustomization = (postBuild: string): string =>
  [
    'apiVersion: kustomize.toolkit.fluxcd.io/v1',
    'kind: Kustomization',
    'metadata: { name: apps, namespace: flux-system }',
    'spec:',
    '  interval: 5m',
    '  path: ./apps',
    '  prune: true',
    '  sourceRef: { kind: GitRepository, name: flux-system }',
    `  postBuild: ${postBuild}`,
    '',
  ].join('\n');

function findingsOf(rule: string, postBuild: string, value: string): string[] {
  const config = `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web, namespace: app }\ndata:\n  a: ${value}\n`;
  return lintFiles({ 'clusters/prod/apps.yaml': kustomization(postBuild), 'apps/config.yaml': config })
    .findings.filter((finding) => finding.rule === rule)
    .map(({ severity, message }) => `${severity}: ${message.split(' ')[0]}`);
}

// kustomize-controller substitutes nothing where it has no variable, unless it is told to do so always.
describe('defaults alone', () => {
  const optional = 'substituteFrom: [{ kind: ConfigMap, name: none, optional: true }]';
  const default_ = '"${REGION:=eu}"';

  it('stay as they are written while all sources may be missing', () => {
    expect(findingsOf('variable-not-substituted', `{ ${optional} }`, default_)).toEqual([
      'warning: ${REGION:=eu}',
    ]);
  });

  it.each([
    [`{ ${optional}, substituteStrategy: Always }`],
    [`{ ${optional}, substitute: { A: b } }`],
    ['{ substituteFrom: [{ kind: ConfigMap, name: none }] }'],
  ])('are filled in by %s', (postBuild) => {
    expect(findingsOf('variable-not-substituted', postBuild, default_)).toEqual([]);
  });
});
