import { describe, expect, it } from 'vitest';
import { admissionRules } from '../../src/admit/admission-findings.ts';
import { criteria } from '../../src/report/criteria.ts';
import { type Cell, criteriaMatrices } from '../../src/report/matrix.ts';
import { lintFiles } from '../support/lint-files.ts';

const deployment = (name: string, replicas: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      containers:
        - name: ${name}
          image: ${name}:1.0.0
`;

function cells(files: Record<string, string>): Record<string, Record<string, Cell>> {
  const [matrix] = criteriaMatrices(
    lintFiles({ 'kustomization.yaml': 'resources: [a.yaml, b.yaml]\n', ...files }, { profile: 'acceptance' }),
  );
  return Object.fromEntries(
    (matrix?.rows ?? []).map((row) => [
      row.service,
      Object.fromEntries(row.cells.map((cell, index) => [matrix?.criteria[index]?.name ?? '', cell])),
    ]),
  );
}

describe('the matrix', () => {
  it('does not tick what no policy checked, because the object cannot be decoded', () => {
    const { a, b } = cells({ 'a.yaml': deployment('a', '"two"'), 'b.yaml': deployment('b', '2') });
    expect(a).toMatchObject({ admitted: 1, limits: 'unchecked', caps: 'unchecked', ClusterIP: 'unchecked' });
    expect(b).toMatchObject({ admitted: 0, limits: 2, caps: 1, ClusterIP: 0 });
  });

  it('shows what an API server refuses only where it refuses something', () => {
    const { a, b } = cells({ 'a.yaml': deployment('a', '1'), 'b.yaml': deployment('b', '-1') });
    expect([a?.['admitted'], b?.['admitted']]).toEqual([0, 1]);
    const fine = cells({ 'a.yaml': deployment('a', '1'), 'b.yaml': deployment('b', '2') });
    expect(Object.keys(fine['a'] ?? {})).not.toContain('admitted');
    expect(Object.keys(fine['a'] ?? {})).toHaveLength(criteria.length - 1);
  });

  it('knows every rule by which an API server refuses', () => {
    const admitted = criteria.find(({ name }) => name === 'admitted');
    expect(admitted?.rules).toEqual(Object.values(admissionRules).sort());
  });
});
