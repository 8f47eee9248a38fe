import { describe, expect, it } from 'vitest';
import { sentBuild, sentOf } from '../../src/object/list-items.ts';
import type { Resource } from '../../src/object/resource.ts';
import type { Mapping } from '../../src/source/value.ts';
import { trackMapping } from '../support/tracked-text.ts';

const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } };

function resource(value: unknown): Resource {
  const { value: object, origin } = trackMapping(value as Mapping, 'text');
  return { object, origin };
}

/** What is sent of an object, and what is said of it: each with its severity and path. */
function sent(value: unknown): { objects: unknown[]; told: (string | undefined)[][] } {
  const { resources, diagnostics } = sentOf(resource(value));
  return {
    objects: resources.map(({ object }) => ({ ...object })),
    told: diagnostics.map(({ rule, severity, field }) => [rule, severity, field]),
  };
}

describe('what is sent of an object', () => {
  it('is the object itself, without items', () => {
    expect(sent(pod)).toEqual({ objects: [pod], told: [] });
    expect(sent({ ...pod, kind: 'List' })).toEqual({ objects: [{ ...pod, kind: 'List' }], told: [] });
  });

  it('are the items of a list', () => {
    for (const kind of ['List', 'PodList'])
      expect(sent({ apiVersion: 'v1', kind, items: [pod, pod] })).toEqual({ objects: [pod, pod], told: [] });
    expect(sent({ kind: 'List', items: [] })).toEqual({ objects: [], told: [] });
  });

  it.each(['Widget', 'Listing', 1, undefined])(
    'are the items of any object with items, which it says: %s',
    (kind) => {
      expect(sent({ apiVersion: 'v1', kind, items: [pod] })).toEqual({
        objects: [pod],
        told: [['taken-for-list', 'error', 'items']],
      });
    },
  );

  it.each(['a', 1, null, { a: pod }])('is the object where its items are %j, which is an error', (items) => {
    const object = { apiVersion: 'v1', kind: 'Widget', items };
    expect(sent(object)).toEqual({ objects: [object], told: [['taken-for-list', 'error', 'items']] });
  });

  it.each(['a', 1, null, [pod]])('is nothing of an item that is %j', (item) => {
    expect(sent({ kind: 'List', items: [item, pod] })).toEqual({
      objects: [pod],
      told: [['not-admitted', 'error', 'items[0]']],
    });
  });

  it('is an item with the kind of its list, for kubectl alone', () => {
    const bare = { metadata: { name: 'a' } };
    expect(sent({ apiVersion: 'v1', kind: 'PodList', items: [bare] })).toEqual({
      objects: [pod],
      told: [['not-admitted', 'warning', 'items[0]']],
    });
    for (const half of [
      { ...bare, kind: 'Pod' },
      { ...bare, apiVersion: 'v1' },
    ])
      expect(sent({ apiVersion: 'v1', kind: 'PodList', items: [half] })).toEqual({
        objects: [pod],
        told: [['not-admitted', 'error', 'items[0]']],
      });
    expect(sent({ kind: 'PodList', items: [bare] })).toEqual({
      objects: [bare],
      told: [['not-admitted', 'warning', 'items[0]']],
    });
    expect(sent({ apiVersion: 'v1', kind: 'List', items: [bare] })).toEqual({
      objects: [],
      told: [['not-admitted', 'error', 'items[0]']],
    });
    expect(sent({ apiVersion: 'v1', kind: 'Widget', items: [bare] }).objects).toEqual([]);
    expect(sent({ apiVersion: 'v1', kind: 'PodList', items: [{ ...bare, kind: 1 }] }).told).toEqual([
      ['not-admitted', 'error', 'items[0]'],
    ]);
  });

  it('is a list within a list as it is, which no server takes, and what it has is looked at', () => {
    const inner = { apiVersion: 'v1', kind: 'List', items: [pod] };
    const { objects, told } = sent({ apiVersion: 'v1', kind: 'List', items: [inner] });
    expect(told).toEqual([['not-admitted', 'error', 'items']]);
    expect(objects).toContainEqual(pod);
  });

  it('is within a list what has items and is called none, as it is', () => {
    const widget = { apiVersion: 'v1', kind: 'Widget', items: [pod] };
    expect(sent({ apiVersion: 'v1', kind: 'List', items: [widget] })).toEqual({
      objects: [widget],
      told: [],
    });
    const empty = { apiVersion: 'v1', kind: 'PodList' };
    expect(sent({ apiVersion: 'v1', kind: 'List', items: [empty] })).toEqual({ objects: [empty], told: [] });
  });

  it('is said by the kind', () => {
    const messages = (kind: unknown): (string | undefined)[] =>
      sentOf(resource({ apiVersion: 'v1', kind, items: [] })).diagnostics.map(({ message }) => message);
    for (const [kind, name] of [
      ['Widget', 'Widget'],
      [1, 'object'],
      [undefined, 'object'],
    ] as const)
      expect(messages(kind)).toEqual([
        `kubectl, Flux and Argo CD read this ${name} as a list: they send its items, never the ${name} itself`,
      ]);
  });

  it('is unpacked a hundred times', () => {
    const kinds = (depth: number): unknown[] => {
      let object: unknown = pod;
      for (let level = 0; level < depth; level++)
        object = { apiVersion: 'v1', kind: 'List', items: [object] };
      return sentOf(resource(object)).resources.map((one) => one.object['kind']);
    };
    expect([kinds(101), kinds(102)]).toEqual([['Pod'], ['List']]);
  });

  it('is found at any depth that a file may have', () => {
    let object: unknown = pod;
    for (let depth = 0; depth < 150; depth++) object = { apiVersion: 'v1', kind: 'List', items: [object] };
    expect(sent(object).objects.length).toBeGreaterThan(0);
  });
});

it('a build without items stays the very build', () => {
  const build = { resources: [resource(pod)], diagnostics: [] } as unknown as Parameters<typeof sentBuild>[0];
  expect(sentBuild(build)).toBe(build);
  const list = resource({ apiVersion: 'v1', kind: 'Widget', items: [pod] });
  const { resources, diagnostics } = sentBuild({ ...build, resources: [...build.resources, list] });
  expect(resources.map(({ object }) => object['kind'])).toEqual(['Pod', 'Pod']);
  expect(diagnostics.map(({ rule }) => rule)).toEqual(['taken-for-list']);
});
