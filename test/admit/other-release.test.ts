import { expect, it } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';

function composition(field: string): string {
  return `apiVersion: apiextensions.crossplane.io/v1
kind: Composition
metadata: { name: cluster }
spec:
  compositeTypeRef: { apiVersion: example.com/v1, kind: Cluster }
  mode: Pipeline
  ${field}
  pipeline:
    - step: patch
      functionRef: { name: patch }
`;
}

function severityOf(field: string): string[] {
  const { findings } = lintFiles({ 'composition.yaml': composition(field) });
  return findings.filter(({ rule }) => rule === 'unknown-field').map(({ severity }) => severity);
}

it('a field that another release of a product may have is a warning, and a misspelt one an error', () => {
  expect(severityOf('patchSets: []')).toEqual(['warning']);
  expect(severityOf('writeConnectionSecretsToNamespac: crossplane')).toEqual(['error']);
});
