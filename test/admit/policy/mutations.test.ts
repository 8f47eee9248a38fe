import { describe, expect, test } from 'vitest';
import { checkPolicy } from '../../../src/admit/policy/check-policy.ts';
import { readPolicy } from '../../../src/admit/policy/policy.ts';
import type { Mapping } from '../../../src/source/value.ts';
import { mappingOf } from '../../support/mapping-of.ts';

function problems(key: 'applyConfiguration' | 'jsonPatch', expression: string): string[] {
  const patchType = key === 'jsonPatch' ? 'JSONPatch' : 'ApplyConfiguration';
  const spec = { mutations: [{ patchType, [key]: { expression } }] };
  const policy = readPolicy(mappingOf({ metadata: { name: 'sample' }, spec }) as Mapping);
  return checkPolicy(policy, { kubernetesMinor: 36 }).map(({ problem }) => problem.problem);
}

// Recorded from kube-apiserver 1.36.3.
describe('a mutation by configuration', () => {
  test.each([
    "Object{metadata: Object.metadata{labels: {'a': 'b'}}}",
    'has(object.spec) ? Object{spec: Object.spec{x: 1}} : Object{}',
    "Object{spec: Object.spec{initContainers: [Object.spec.initContainers{name: 'a', image: 1}]}}",
  ])('%s', (expression) => {
    expect(problems('applyConfiguration', expression)).toEqual([]);
  });

  test.each([
    ['true', 'must evaluate to Object but got bool'],
    ["{'a': 1}", 'must evaluate to Object but got map(string, int)'],
    ['object', 'must evaluate to Object but got dyn'],
    ['Object.spec{}', 'must evaluate to Object but got Object.spec'],
    ['Foo{}', "undeclared reference to 'Foo' (in container '')"],
    ['Object{spec: Object.spec{a: nope}}', "undeclared reference to 'nope' (in container '')"],
  ])('%s is refused', (expression, problem) => {
    expect(problems('applyConfiguration', expression)).toEqual([problem]);
  });
});

describe('a mutation by patch', () => {
  test.each([
    "[JSONPatch{op: 'add', path: '/a/' + jsonpatch.escapeKey('a/b'), value: Object.spec{x: 1}}]",
    "object.l.map(x, JSONPatch{op: 'add', path: '/a', value: x})",
    "has(object.a) ? [] : [JSONPatch{op: 'test', path: '/a', value: 'x'}]",
  ])('%s', (expression) => {
    expect(problems('jsonPatch', expression)).toEqual([]);
  });

  test.each([
    ["JSONPatch{op: 'add', path: '/a'}", 'must evaluate to list(JSONPatch) but got JSONPatch'],
    ['[1]', 'must evaluate to list(JSONPatch) but got list(int)'],
    ["[JSONPatch{op: 1, path: '/a'}]", "expected type 'string' but found 'int'"],
    ["[JSONPatch{op: 'add', nope: '/a'}]", "undefined field 'nope'"],
  ])('%s is refused', (expression, problem) => {
    expect(problems('jsonPatch', expression)).toEqual([problem]);
  });
});

test('a validation makes neither', () => {
  const spec = { validations: [{ expression: 'Object{} == Object{}' }] };
  const policy = readPolicy(mappingOf({ metadata: { name: 'sample' }, spec }) as Mapping);
  expect(checkPolicy(policy, { kubernetesMinor: 36 })).toHaveLength(1);
});
