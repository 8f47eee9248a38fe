import { describe, expect, test } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';

const spec = 'hostPID: true, containers: [{ name: a, image: "evil:1" }]';
const pod = `apiVersion: v1\nkind: Pod\nmetadata: { name: evil, namespace: web }\nspec: { ${spec} }\n`;
const indented = (text: string, by: string): string => text.trimEnd().replaceAll('\n', `\n${by}`);

const resourceSet = (template: string, more = ''): string => `apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSet
metadata: { name: set, namespace: flux-system }
spec:
  inputs: [{ a: b }]
  resourcesTemplate: |
    ${indented(`${template}${more}`, '    ')}
`;

const applicationSet = (label: string): string => `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: set, namespace: argocd }
spec:
  goTemplate: true
  generators: [{ list: { elements: [{ path: x }] } }]
  template:
    metadata: { name: "a-{{ .path }}", labels: { at: "${label}" } }
    spec:
      project: default
      source: { repoURL: "https://example.com/x", path: "{{ .path }}", targetRevision: HEAD }
      destination: { server: "https://kubernetes.default.svc", namespace: web }
`;

function judged(files: Readonly<Record<string, string>>) {
  const { findings, coverage } = lintFiles(files);
  return {
    rules: findings.map(({ rule }) => rule),
    notRendered: coverage.notRendered ?? [],
  };
}

describe('no one clock hides what a template makes', () => {
  test('of a ResourceSet', () => {
    const { rules, notRendered } = judged({ 'a.yaml': resourceSet(pod, '# << now >>\n') });
    expect(rules).toContain('host-namespace-shared');
    expect(notRendered.join()).toContain('the template function now cannot be known here');
  });

  test('of an ApplicationSet', () => {
    const { rules, notRendered } = judged({
      'argocd/set.yaml': applicationSet('{{ now | date \\"2006\\" }}'),
      'x/a.yaml': pod,
    });
    expect(rules).toContain('host-namespace-shared');
    expect(notRendered.join()).toContain('the template function now cannot be known here');
  });
});

test('a ReplicationController is no way around the policies of pods', () => {
  const controller = `apiVersion: v1\nkind: ReplicationController\nmetadata: { name: evil, namespace: web }\nspec: { selector: { a: b }, template: { metadata: { labels: { a: b } }, spec: { ${spec} } } }\n`;
  expect(judged({ 'a.yaml': controller }).rules).toContain('host-namespace-shared');
});
