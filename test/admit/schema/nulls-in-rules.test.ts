import { expect, test } from 'vitest';
import { newRunBudgets } from '../../../src/admit/policy/run-budget.ts';
import { validateCustom } from '../../../src/admit/schema/custom-resource.ts';
import { customKindsOf, findCustomKind } from '../../../src/schema/custom-kind.ts';
import { factsFor } from '../../../src/schema/facts.ts';
import type { Mapping } from '../../../src/source/value.ts';
import { mappingOf } from '../../support/mapping-of.ts';

function problems(rule: string, spec: object): string[] {
  const box = {
    type: 'object',
    properties: { name: { type: 'string', nullable: true } },
    'x-kubernetes-validations': [{ rule, message: 'no' }],
  };
  const crd = mappingOf({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'boxes.example.com' },
    spec: {
      group: 'example.com',
      names: { plural: 'boxes', kind: 'Box' },
      versions: [
        {
          name: 'v1',
          served: true,
          schema: { openAPIV3Schema: { type: 'object', properties: { spec: box } } },
        },
      ],
    },
  }) as Mapping;
  const kind = findCustomKind(customKindsOf([crd]), 'example.com', 'v1', 'Box');
  const object = mappingOf({
    apiVersion: 'example.com/v1',
    kind: 'Box',
    metadata: { name: 'b' },
    spec,
  }) as Mapping;
  return kind === undefined
    ? ['no kind']
    : validateCustom(object, factsFor('1.36'), kind, newRunBudgets()).map(({ detail }) => detail);
}

// Recorded from apiextensions-apiserver 0.36.3.
test('to the rules of a CRD a null is not there', () => {
  expect(problems('!has(self.name)', { name: null })).toEqual([]);
  expect(problems('has(self.name)', { name: null })).toEqual(['no']);
  expect(problems("self.name != ''", { name: null })).toEqual([
    "the rule self.name != '' fails: no such key: name; it would say: no",
  ]);
});
