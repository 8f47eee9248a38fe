import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { builtinMergeSchemas } from '../../src/build/merge-schema.ts';
import { isProblem } from '../../src/build/problem.ts';
import { mergeStrategic } from '../../src/build/strategic-merge.ts';
import { locateField, originOfDocument, type Tracked } from '../../src/object/provenance.ts';
import { parseDocuments } from '../../src/source/parse.ts';
import { isMapping, type Mapping, type Path } from '../../src/source/value.ts';
import { toValue, tracked } from '../support/values.ts';

function merge(target: Tracked<Mapping>, patch: Tracked<Mapping>): Tracked<Mapping> {
  const merged = mergeStrategic(target, patch, builtinMergeSchemas);
  if (merged === undefined || isProblem(merged)) throw new Error(merged?.problem ?? 'deleted');
  return merged;
}

function pod(containers: string): Record<string, unknown> {
  return parse(`{apiVersion: v1, kind: Pod, metadata: {name: x}, spec: {containers: ${containers}}}`);
}

// Recorded from kustomize 5.8.2.
describe('the containers of a Pod', () => {
  test.each([
    [
      'an item by its key',
      '[{name: a, image: x}]',
      '[{name: a, tty: true}]',
      '[{name: a, image: x, tty: true}]',
    ],
    ['a new item comes first', '[{name: a}]', '[{name: b}]', '[{name: b}, {name: a}]'],
    ['null removes a field', '[{name: a, image: x}]', '[{name: a, image: null}]', '[{name: a}]'],
    [
      '$patch: delete removes an item',
      '[{name: a}, {name: b}]',
      '[{name: a, $patch: delete}]',
      '[{name: b}]',
    ],
    ['$patch: replace replaces the list', '[{name: a}]', '[{$patch: replace}, {name: b}]', '[{name: b}]'],
    [
      '$patch: replace on an item is lost: the old item takes its place again',
      '[{name: a, image: x}]',
      '[{name: a, tty: true, $patch: replace}]',
      '[{name: a, image: x}]',
    ],
    ['an empty list changes nothing', '[{name: a}]', '[]', '[{name: a}]'],
    [
      'repeated items are dropped where nothing is patched',
      '[{name: a, env: [{name: e, value: x}, {name: e, value: z}]}]',
      '[{name: b}]',
      '[{name: b}, {name: a, env: [{name: e, value: z}]}]',
    ],
    [
      'a port without protocol matches any, and its name is lost',
      '[{name: a, ports: [{containerPort: 80}, {containerPort: 80, protocol: UDP}, {containerPort: 81, protocol: TCP}]}]',
      '[{name: a, ports: [{containerPort: 80, name: http}, {containerPort: 90}]}]',
      '[{name: a, ports: [{containerPort: 90}, {containerPort: 80}, {containerPort: 80, protocol: UDP}, {containerPort: 81, protocol: TCP}]}]',
    ],
  ])('%s', (_, target, patch, expected) => {
    expect(merge(tracked(pod(target)), tracked(pod(patch))).value).toEqual(toValue(pod(expected)));
  });
});

test('a kind that is not built in has its lists replaced', () => {
  const custom = (list: string) => parse(`{apiVersion: x/v1, kind: X, spec: {list: ${list}}}`);
  const merged = merge(tracked(custom('[{name: a}]')), tracked(custom('[{name: b}]')));
  expect(merged.value).toEqual(toValue(custom('[{name: b}]')));
});

test('$patch: delete at the top deletes the object', () => {
  const patch = tracked({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' }, $patch: 'delete' });
  expect(mergeStrategic(tracked(pod('[]')), patch, builtinMergeSchemas)).toBeUndefined();
});

test('a value that does not fit the target is a problem at the patch', () => {
  const merged = mergeStrategic(tracked(pod('[]')), tracked(pod('{}')), builtinMergeSchemas);
  expect(merged).toMatchObject({
    problem: 'spec.containers is a sequence in the target and a mapping in the patch',
  });
});

test('a patch that changes nothing gives the very same values', () => {
  const target = tracked(pod('[{name: a, image: x, env: [{name: e, value: "1"}]}]'));
  expect(merge(target, tracked(pod('[{name: a}]')))).toEqual(target);
  expect(merge(target, tracked(pod('[{name: a, image: x}]'))).value).toBe(target.value);
});

test('each value keeps the layers that set it', () => {
  const target = tracked(pod('[{name: a, image: x, tty: true}]'), 'base');
  const merged = merge(target, tracked(pod('[{name: b}, {name: a, image: z}]'), 'patch'));
  const layers = (path: Path) => locateField(merged, path).steps.map((step) => step.by);
  expect(layers(['spec', 'containers', 0])).toEqual(['patch']);
  expect(layers(['spec', 'containers', 1, 'name'])).toEqual(['base']);
  expect(layers(['spec', 'containers', 1, 'image'])).toEqual(['base', 'patch']);
  expect(layers(['spec', 'containers', 1, 'tty'])).toEqual(['base']);
  expect(layers(['spec', 'containers', 1])).toEqual(['base', 'patch']);
  expect(layers(['metadata', 'name'])).toEqual(['base']);
  expect(locateField(merged, ['spec', 'containers', 1, 'command']).span?.file.path).toBe('patch');
});

function parsed(text: string, by: string): Tracked<Mapping> {
  const [document] = parseDocuments({ path: by, text }, 'kustomize').documents;
  if (document === undefined || !isMapping(document.value)) throw new Error('no mapping');
  return { value: document.value, origin: originOfDocument(by, document.positions) };
}

test('a schema in a comment merges the list of a custom resource', () => {
  const schema =
    '{"type": "array", "x-kubernetes-patch-merge-key": "name", "x-kubernetes-patch-strategy": "merge"}';
  const target = parsed(`apiVersion: x/v1\nkind: X\nlist: # ${schema}\n- name: a\n  v: 1\n`, 'base');
  const patch = parsed('apiVersion: x/v1\nkind: X\nlist:\n- name: a\n  w: 2\n', 'patch');
  expect(merge(target, patch).value['list']).toEqual(toValue([{ name: 'a', v: 1, w: 2 }]));
});

// Recorded from kustomize 5.8.2, whose setter keeps the quotes of the scalar that was there.
test.each([
  ['"x"', '5', '5'],
  ['x', '5', 5],
  ["'1'", '0x10', '0x10'],
  ['1', '"5"', '5'],
  ['|-\n  x', 'true', 'true'],
])('%s is patched with %s', (before, after, expected) => {
  const target = parsed(`apiVersion: x/v1\nkind: X\nv: ${before}\n`, 'base');
  const patch = parsed(`apiVersion: x/v1\nkind: X\nv: ${after}\n`, 'patch');
  expect(merge(target, patch).value['v']).toBe(expected);
});

test('null stays where it is written, and goes where only the key is', () => {
  const target = parsed('apiVersion: x/v1\nkind: X\na: null\nb:\nc: ~\n', 'base');
  const patch = parsed('apiVersion: x/v1\nkind: X\nd: 1\n', 'patch');
  expect(merge(target, patch).value).toEqual(
    toValue({ apiVersion: 'x/v1', kind: 'X', a: null, c: null, d: 1 }),
  );
});
