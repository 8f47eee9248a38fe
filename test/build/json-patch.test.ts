import { describe, expect, test } from 'vitest';
import { applyJsonPatch } from '../../src/build/json-patch.ts';
import { isProblem } from '../../src/build/problem.ts';
import { locateField, type Tracked } from '../../src/object/provenance.ts';
import type { Sequence } from '../../src/source/value.ts';
import { originNamed, toValue, tracked } from '../support/values.ts';

const base = {
  apiVersion: 'v1',
  kind: 'X',
  metadata: { name: 'x' },
  a: { b: 1, 'c/d~e': 2 },
  list: [1, 2, 3],
};

function operations(...list: object[]): Tracked<Sequence> {
  return { value: toValue(list) as Sequence, origin: originNamed('patch') };
}

function patched(...list: object[]): unknown {
  const result = applyJsonPatch(tracked(base), operations(...list));
  return isProblem(result) ? result.problem : result.value;
}

// What kustomize 5.8.2 makes of the same operations.
describe('operations that apply', () => {
  test.each([
    ['add to a mapping', { op: 'add', path: '/a/n', value: 5 }, { a: { b: 1, 'c/d~e': 2, n: 5 } }],
    ['add over a value', { op: 'add', path: '/a/b', value: 5 }, { a: { b: 5, 'c/d~e': 2 } }],
    ['add into a list', { op: 'add', path: '/list/1', value: 9 }, { list: [1, 9, 2, 3] }],
    ['add at the length', { op: 'add', path: '/list/3', value: 9 }, { list: [1, 2, 3, 9] }],
    ['add at the end', { op: 'add', path: '/list/-', value: 9 }, { list: [1, 2, 3, 9] }],
    ['add from the end', { op: 'add', path: '/list/-2', value: 9 }, { list: [1, 2, 9, 3] }],
    ['add without a value', { op: 'add', path: '/a/n' }, { a: { b: 1, 'c/d~e': 2, n: null } }],
    ['remove an escaped key', { op: 'remove', path: '/a/c~1d~0e' }, { a: { b: 1 } }],
    ['remove an item', { op: 'remove', path: '/list/0' }, { list: [2, 3] }],
    ['remove from the end', { op: 'remove', path: '/list/-1' }, { list: [1, 2] }],
    ['replace', { op: 'replace', path: '/a', value: [] }, { a: [] }],
    ['replace what is missing', { op: 'replace', path: '/a/n', value: 5 }, { a: { b: 1, 'c/d~e': 2, n: 5 } }],
    ['replace an item', { op: 'replace', path: '/list/1', value: 9 }, { list: [1, 9, 3] }],
    ['move', { op: 'move', from: '/a/b', path: '/b' }, { a: { 'c/d~e': 2 }, b: 1 }],
    ['copy', { op: 'copy', from: '/list/0', path: '/list/-' }, { list: [1, 2, 3, 1] }],
    ['test', { op: 'test', path: '/list', value: [1, 2, 3] }, {}],
    ['test of null against a missing key', { op: 'test', path: '/a/n', value: null }, {}],
  ])('%s', (_, operation, changes) => {
    expect(patched(operation)).toEqual(toValue({ ...base, ...changes }));
  });
});

describe('operations that kustomize refuses', () => {
  test.each([
    ['add below nothing', { op: 'add', path: '/n/m', value: 5 }, '"/n/m" does not exist in X x'],
    ['add without a slash', { op: 'add', path: 'a', value: 5 }, '"a" does not exist in X x'],
    [
      'add behind the end',
      { op: 'add', path: '/list/5', value: 5 },
      'index 5 is out of range in a list of 3 items',
    ],
    ['remove nothing', { op: 'remove', path: '/a/n' }, '"/a/n" cannot be removed: it does not exist'],
    ['replace behind the end', { op: 'replace', path: '/list/3', value: 5 }, 'index 3 is out of range'],
    ['move nothing', { op: 'move', from: '/a/n', path: '/b' }, '"/a/n" cannot be removed'],
    ['a test that fails', { op: 'test', path: '/a/b', value: 2 }, 'the test of /a/b failed: it is 1, not 2'],
    ['an unknown operation', { op: 'merge', path: '/a' }, 'unknown JSON patch operation "merge"'],
    ['no path', { op: 'add', value: 5 }, 'the operation has no path'],
  ])('%s', (_, operation, problem) => {
    expect(patched(operation)).toContain(problem);
  });
});

test('sends every integer of the object through float64', () => {
  const result = applyJsonPatch(tracked({ big: 123456789012345678n }), operations());
  expect(result).toMatchObject({ value: { big: 123456789012345680n } });
});

test('a value that an operation set comes from the operation, a moved one from where it was', () => {
  const result = applyJsonPatch(
    tracked(base),
    operations({ op: 'add', path: '/a/b', value: 5 }, { op: 'move', from: '/list', path: '/moved' }),
  );
  if (isProblem(result)) throw new Error(result.problem);
  expect(locateField(result, ['a', 'b']).steps.map((step) => step.by)).toEqual(['base', 'patch']);
  expect(locateField(result, ['moved', 0]).steps.map((step) => step.by)).toEqual(['base']);
});
