import { describe, expect, it } from 'vitest';
import { originOfEntry, setKey } from '../../src/object/provenance.ts';
import type { ChartOrigin, Resource } from '../../src/object/resource.ts';
import { isSecretField, secretTexts, secretValues } from '../../src/object/secret-values.ts';
import type { Mapping, Value } from '../../src/source/value.ts';
import { trackMapping } from '../support/tracked-text.ts';

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

function resource(object: unknown, text = ''): Resource {
  const { value, origin } = trackMapping(object as Mapping, text);
  return { object: value, origin };
}

/** A Secret of one value, which a step of this kind set. */
function setBy(by: string, chart?: ChartOrigin): Resource {
  const file = { path: 'a.yaml', text: 'hunter2' };
  const value = { value: 'hunter2', origin: originOfEntry(by, { file, start: 0, end: 7 }) };
  const data = setKey({ value: {} as Mapping, origin: value.origin }, 'a', value);
  const secret = setKey(trackMapping({ kind: 'Secret' }, 'kind'), 'data', data);
  return { object: secret.value, origin: secret.origin, ...(chart === undefined ? {} : { chart }) };
}

describe('secret of a Secret', () => {
  it.each([
    [['data', 'a'], true],
    [['stringData', 'a'], true],
    [['misspelt'], true],
    [['metadata', 'annotations', lastApplied], true],
    [['metadata', 'annotations', 'other'], false],
    [['metadata', 'labels', lastApplied], false],
    [['metadata', 'name'], false],
    [['metadata'], false],
    [['apiVersion'], false],
    [['kind'], false],
    [['type'], false],
    [['immutable'], false],
    [['sops', 'mac'], false],
    [[], false],
  ])('is %j: %s', (path, isSecret) => {
    expect(isSecretField(resource({ kind: 'Secret' }), path)).toBe(isSecret);
    expect(isSecretField(resource({ kind: 'ConfigMap' }), path)).toBe(false);
  });

  it('are all values below such a field, with their keys and places', () => {
    const text = 'one two three name';
    const object = {
      kind: 'Secret',
      metadata: { name: 'name', annotations: { [lastApplied]: 'three' } },
      data: { a: 'one', b: { c: ['two', null, 3, true] } },
    };
    const { texts, keys, spans } = secretValues(resource(object, text));
    expect(texts).toEqual(['three', 'one', 'two', '3', 'true']);
    expect(keys).toEqual([lastApplied, 'a', '0', '2', '3']);
    const places = spans.map(({ start, end }) => text.slice(start, end));
    expect(places).toEqual(expect.arrayContaining(['one', 'two', 'three']));
    expect(places).not.toContain('name');
  });

  it('is nothing of what is none', () => {
    expect(secretValues(resource({ kind: 'ConfigMap', data: { a: 'b' } }))).toEqual({
      texts: [],
      keys: [],
      spans: [],
    });
    expect(
      secretTexts([
        resource({ kind: 'ConfigMap', data: { a: 'b' } }),
        resource({ kind: 'Secret', data: { a: 'c' } }),
        resource({ kind: 'Secret', stringData: { a: 'd' } }),
      ]),
    ).toEqual(['c', 'd']);
  });

  it('ends at a depth that no file has', () => {
    const nested = (depth: number): Value => {
      let value: Value = 'deep';
      for (let level = 0; level < depth; level++) value = [value];
      return value;
    };
    expect(secretTexts([resource({ kind: 'Secret', data: nested(63) })])).toEqual(['deep']);
    expect(secretTexts([resource({ kind: 'Secret', data: nested(64) })])).toEqual([]);
  });
});

describe('the place of a value', () => {
  it.each([
    ['resources', 1],
    ['patches', 1],
    ['replacements', 0],
    ['vars', 0],
    ['secretGenerator', 0],
    ['configMapGenerator', 0],
  ])('that %s set is one where the value stands: %d', (by, count) => {
    const { texts, spans } = secretValues(setBy(by));
    expect([texts, spans.length]).toEqual([['hunter2'], count]);
  });

  it('is not the line that installs a chart', () => {
    const chart = (path: string, start: number, end: number): ChartOrigin => ({
      name: 'c',
      version: '1',
      path: 'c',
      isOwn: false,
      release: 'HelmRelease a/b',
      lines: [originOfEntry('resources', { file: { path, text: 'hunter2 ' }, start, end })],
      values: new Map(),
    });
    const count = (path: string, start: number, end: number): number =>
      secretValues(setBy('resources', chart(path, start, end))).spans.length;
    expect(count('a.yaml', 0, 7)).toBe(0);
    expect(count('b.yaml', 0, 7)).toBe(1);
    expect(count('a.yaml', 1, 7)).toBe(1);
    expect(count('a.yaml', 0, 6)).toBe(1);
  });
});
