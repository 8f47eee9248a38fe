import { describe, expect, test } from 'vitest';
import { admitObject } from '../../../src/admit/admit.ts';
import type { Mapping } from '../../../src/source/value.ts';
import { mappingOf } from '../../support/mapping-of.ts';

const properties = {
  size: { type: 'integer' },
  ratio: { type: 'number' },
  name: { type: 'string' },
  since: { type: 'string', format: 'date-time' },
  wait: { type: 'string', format: 'duration' },
  token: { type: 'string', format: 'byte' },
  port: { 'x-kubernetes-int-or-string': true },
  'dash-ed': { type: 'string' },
  namespace: { type: 'string' },
  tags: { type: 'array', items: { type: 'string' } },
  labels: { type: 'object', additionalProperties: { type: 'string' } },
  open: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  any: { 'x-kubernetes-preserve-unknown-fields': true },
};

function problems(rule: string, more: object = {}, kubernetesVersion = '1.36'): string[] {
  const spec = { type: 'object', properties, 'x-kubernetes-validations': [{ rule, ...more }] };
  return errors({ type: 'object', properties: { spec } }, kubernetesVersion);
}

function errors(openAPIV3Schema: object, kubernetesVersion = '1.36'): string[] {
  const crd = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'widgets.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { kind: 'Widget', plural: 'widgets', singular: 'widget', listKind: 'WidgetList' },
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema } }],
    },
  };
  const admission = admitObject(mappingOf(crd) as Mapping, { kubernetesVersion });
  return admission.errors.map(({ field, detail }) => `${String(field.at(-1))}: ${detail}`);
}

describe('rules of a CRD that compile', () => {
  test.each([
    "self.size > 1 && self.ratio < 2.0 && self.name.startsWith('a') && self.tags.all(t, t != '')",
    "self.since > timestamp('2024-01-01T00:00:00Z') && self.wait < duration('1h') && self.token == b'x'",
    "type(self.port) == int ? self.port < 5 : self.port == 'http'",
    "self.dash__dash__ed != '' && self.__namespace__ != '' && self.labels['a'] == 'b' && has(self.open)",
    'self.size >= oldSelf.size',
    "!has(self.namespace) || self.namespace == 'a'",
  ])('%s', (rule) => {
    expect(problems(rule)).toEqual([]);
  });

  test('with an old value that may not be there', () => {
    expect(
      problems('!oldSelf.hasValue() || oldSelf.value().size <= self.size', { optionalOldSelf: true }),
    ).toEqual([]);
    expect(problems('oldSelf.size <= self.size', { optionalOldSelf: true })).toEqual([
      expect.stringContaining("'(optional_type(int), int)'"),
    ]);
  });

  test('at the root, where metadata is known by its name', () => {
    const root = (rule: string) =>
      errors({ type: 'object', properties: {}, 'x-kubernetes-validations': [{ rule }] });
    expect(root("self.metadata.name != 'x' && self.kind == 'Widget'")).toEqual([]);
    expect(root("self.metadata.labels.a == 'x'")).toEqual([
      "rule: does not compile: undefined field 'labels'",
    ]);
  });
});

describe('rules of a CRD that the server refuses', () => {
  test.each([
    ['self.sise > 1', "undefined field 'sise'"],
    ["self.size == 'a'", "'(int, string)'"],
    ['self.size', 'must evaluate to bool but got int'],
    ['self.any.x == 1', "undefined field 'any'"],
    ['self.open.x == 1', "undefined field 'x'"],
    ['self.tags.all(t, t > 1)', "'(string, int)'"],
    ['object.spec.size == 1', "undeclared reference to 'object'"],
    ['self.tags.exists(i, t, i > 0 && t == "")', 'exists with two variables needs Kubernetes 1.33'],
  ])('%s', (rule, problem) => {
    expect(problems(rule, {}, '1.31')).toEqual([expect.stringContaining(problem)]);
  });

  test('messageExpression gives a string', () => {
    expect(problems('self.size > 1', { messageExpression: 'self.size' })).toEqual([
      'messageExpression: does not compile: must evaluate to string but got int',
    ]);
  });
});
