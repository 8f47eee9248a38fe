import { describe, expect, it } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';

const deployment = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\n';

/** The helps of all findings of a rule. */
function helpsOf(rule: string, kustomization: string): (string | undefined)[] {
  const files = { 'app/kustomization.yaml': kustomization, 'app/web.yaml': deployment };
  return lintFiles(files)
    .findings.filter((finding) => finding.rule === rule)
    .map(({ help }) => help);
}

// Patches come before what most other fields of a kustomization set.
describe('a target that matches the rendered object', () => {
  const patch = `patch: '[{"op": "add", "path": "/spec", "value": {}}]'`;

  it.each([
    [
      'namespace: shop',
      '{ kind: Deployment, name: web, namespace: shop }',
      'remove namespace from the target',
    ],
    ['namePrefix: eu-', '{ kind: Deployment, name: eu-web }', 'write the earlier name'],
    [
      'labels: [{ pairs: { tier: front } }]',
      '{ kind: Deployment, labelSelector: tier=front }',
      'remove labelSelector from the target',
    ],
    [
      'commonAnnotations: { tier: front }',
      '{ kind: Deployment, annotationSelector: tier=front }',
      'remove annotationSelector from the target',
    ],
  ])('by %s is told to be set later', (field, target, help) => {
    const text = `${field}\nresources: [web.yaml]\npatches:\n  - target: ${target}\n    ${patch}\n`;
    const by = field.slice(0, field.indexOf(':'));
    expect(helpsOf('entry-selects-nothing', text)).toEqual([
      `${by} of this kustomization is applied after its patches: ${help}`,
    ]);
  });

  it.each([
    ['namespace: shop', '{ name: web, namespace: shop }', 'remove it from the patch'],
    ['namePrefix: eu-', '{ name: eu-web }', 'write the name without them'],
  ])('without a target, by %s, as well', (field, metadata, help) => {
    const merge = `apiVersion: apps/v1\n      kind: Deployment\n      metadata: ${metadata}`;
    const text = `${field}\nresources: [web.yaml]\npatches:\n  - patch: |\n      ${merge}\n`;
    expect(helpsOf('patch-target-missing', text)).toEqual([expect.stringContaining(help)]);
  });
});
