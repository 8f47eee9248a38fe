import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { isProblem } from '../../src/build/problem.ts';
import { applyReplacements, type ReplacementTarget } from '../../src/build/replacement.ts';
import { locateField, originOfDocument, type Tracked } from '../../src/object/provenance.ts';
import { parseDocuments } from '../../src/source/parse.ts';
import { isMapping, type Mapping, type Sequence } from '../../src/source/value.ts';
import { originNamed, toValue } from '../support/values.ts';

function documentsOf(text: string, path: string): Tracked[] {
  const { documents } = parseDocuments({ path, text }, 'kustomize');
  return documents.map(({ value, positions }) => ({ value, origin: originOfDocument(path, positions) }));
}

function objects(text: string): ReplacementTarget[] {
  return documentsOf(text, 'resources').map(({ value, origin }) => {
    if (!isMapping(value)) throw new Error('no mapping');
    return { tracked: { value, origin }, previousIds: [] };
  });
}

function replacements(list: unknown): Tracked<Sequence> {
  return { value: toValue(list) as Sequence, origin: originNamed('replacements') };
}

/** Writes the source into a field of `kind: T`, whose `spec.a` holds the target. */
function replaced(target: string, source: string, path = 'spec.a', options: object = {}): unknown {
  const text = `kind: S\nmetadata: {name: s}\nv: ${source}\n---\nkind: T\nmetadata: {name: t}\nspec:\n  a: ${target}\n`;
  const result = applyReplacements(
    objects(text),
    replacements([
      {
        source: { kind: 'S', fieldPath: 'v' },
        targets: [{ select: { kind: 'T' }, fieldPaths: [path], options }],
      },
    ]),
  );
  return isProblem(result) ? result.problem : result.objects[1]?.value['spec'];
}

// Recorded from kustomize 5.8.2.
describe('a scalar keeps the type of the target', () => {
  test.each([
    ['5', '"7"', 7],
    ['"x"', '5', '5'],
    ['true', '"false"', false],
    ['1.5', '7', 7],
    ['{}', '"7"', '7'],
    ['[1]', '7', 7],
    ['"x"', '{a: b}', ''],
    ['{x: 1}', '{a: b}', { a: 'b' }],
    ['x', '0x10', '0x10'],
    ['|-\n    x', '5', '5'],
  ])('%s from %s', (target, source, expected) => {
    expect(replaced(target, source)).toEqual(toValue({ a: expected }));
  });

  test.each([
    ['5', 'abc'],
    ['null', 'abc'],
    ['true', 'abc'],
    ['5', '1.5'],
    ['5', '{a: b}'],
  ])('%s cannot become %s', (target, source) => {
    expect(replaced(target, source)).toContain('a replacement keeps the type of its target');
  });
});

describe('delimiters and creation', () => {
  test.each([
    ['suffix', '"a:b"', 'z', 'spec.a', { delimiter: ':', index: 9 }, { a: 'a:b:z' }],
    ['prefix', '"a:b"', 'z', 'spec.a', { delimiter: ':', index: -1 }, { a: 'z:a:b' }],
    ['part', '"1:2"', '3', 'spec.a', { delimiter: ':', index: 1 }, { a: '1:3' }],
    ['a new field has the type of its text', '1', '"5"', 'spec.b', { create: true }, { a: 1, b: 5 }],
    ['new parents', '1', 'x', 'spec.l.[name=q].v', { create: true }, { a: 1, l: [{ name: 'q', v: 'x' }] }],
    ['at the length of a list', '[1]', 'x', 'spec.a.1.v', { create: true }, { a: [1, { v: 'x' }] }],
  ])('%s', (_, target, source, path, options, expected) => {
    expect(replaced(target, source, path, options)).toEqual(toValue(expected));
  });
});

describe('paths', () => {
  const list = '[{name: foo, v: 1}, {name: foobar, v: 1}]';
  test.each([
    ['an entry matches as an expression', list, 'spec.a.[name=foo].v', [7, 7]],
    ['anchored', list, 'spec.a.[name=^foo$].v', [7, 1]],
    ['a wildcard', list, 'spec.a.*.v', [7, 7]],
    ['an index', list, 'spec.a.1.v', [1, 7]],
  ])('%s', (_, target, path, values) => {
    const spec = replaced(target, '"7"', path) as Mapping;
    expect((spec['a'] as Mapping[]).map((item) => item['v'])).toEqual(values);
  });

  test('an escaped or bracketed dot belongs to the key', () => {
    expect(replaced('{x.y: 1}', '2', 'spec.a.x\\.y')).toEqual(toValue({ a: { 'x.y': 2 } }));
    expect(replaced('{x.y: 1}', '2', 'spec.a.[x.y]')).toEqual(toValue({ a: { 'x.y': 2 } }));
  });

  test.each([
    ['spec.b', 'T t has no field spec.b'],
    ['spec.a.b', 'b needs a mapping, but this is a scalar'],
    ['spec.*', '* needs a list, but this is a mapping'],
  ])('%s is a problem', (path, problem) => {
    expect(replaced('1', '2', path)).toContain(problem);
  });
});

describe('text that holds YAML or JSON', () => {
  test.each([
    [`'{"a":"b","c":"<"}'`, 'spec.a.a', {}, '{"a":"7","c":"\\u003c"}'],
    [`'{"c":[{"name":"x","v":1.0}]}'`, 'spec.a.c.[name=x].v', {}, '{"c":[{"name":"x","v":7}]}'],
    [`'a: b'`, 'spec.a.c', { create: true }, 'a: b\nc: 7'],
    [
      `"# note\\na:\\n    - x: 'y' # why\\n      z: [1,2]\\n\\nb: 1"`,
      'spec.a.a.0.x',
      {},
      "# note\na:\n- x: '7' # why\n  z: [1, 2]\nb: 1",
    ],
  ])('%s at %s', (target, path, options, expected) => {
    expect(replaced(target, '"7"', path, options)).toEqual(toValue({ a: expected }));
  });
});

const pair =
  'kind: S\nmetadata: {name: s, labels: {app: x}}\nv: 1\n---\nkind: S\nmetadata: {name: z}\nv: 2\n';

function selected(select: object, reject: object[] = []): unknown {
  const result = applyReplacements(
    objects(pair),
    replacements([{ sourceValue: '9', targets: [{ select, reject, fieldPaths: ['v'] }] }]),
  );
  return isProblem(result) ? result.problem : result.objects.map(({ value }) => value['v']);
}

test.each([
  [{ kind: 'S' }, [], [9, 9]],
  [{ name: 's' }, [], [9, 2]],
  [{ kind: 'S' }, [{ name: 's' }], [1, 9]],
  [{ labelSelector: 'app=x' }, [], [9, 2]],
  [{ kind: 'S' }, [{ labelSelector: 'app=x' }], [1, 9]],
  [{ kind: 'Other' }, [], [1, 2]],
])('select %j, reject %j', (select, reject, expected) => {
  expect(selected(select, reject)).toEqual(expected);
});

test('a target that selects nothing is told', () => {
  const list = [{ sourceValue: '9', targets: [{ select: { kind: 'Other' } }] }];
  expect(applyReplacements(objects(pair), replacements(list))).toMatchObject({
    selections: [{ entry: { value: { kind: 'Other' } }, selected: 0 }],
  });
});

test.each([
  [{ source: { kind: 'S' }, targets: [] }, 'the source S selects 2 objects'],
  [{ source: { name: 'none' }, targets: [] }, 'the source none selects nothing'],
  [{ source: { name: 's', fieldPath: 'w' }, targets: [] }, 'the source has no w'],
  [{ source: { name: 's', fieldPath: 'v' } }, 'a replacement needs targets'],
  [{ targets: [] }, 'a replacement needs a source or a sourceValue'],
  [{ source: { name: 's' }, sourceValue: 'x', targets: [] }, 'source and sourceValue are mutually exclusive'],
  [{ sourceValue: 'x', targets: [{}] }, 'a target needs select'],
])('%j: %s', (replacement, problem) => {
  expect(applyReplacements(objects(pair), replacements([replacement]))).toMatchObject({ problem });
});

test('an earlier name selects, too', () => {
  const previousIds = [{ group: '', version: '', kind: 'S', name: 'old', namespace: '' }];
  const targets = objects(pair).map((target, index) => (index === 0 ? { ...target, previousIds } : target));
  const list = parse(
    '[{source: {name: old, fieldPath: v}, targets: [{select: {name: z}, fieldPaths: [v]}]}]',
  );
  expect(applyReplacements(targets, replacements(list))).toMatchObject({
    objects: [{}, { value: { v: 1 } }],
  });
});

test('the history of a field: what was there, the target entry, the source', () => {
  const [source] = documentsOf(
    '- source: {name: s, fieldPath: v}\n  targets:\n  - {select: {name: z}, fieldPaths: [v]}\n',
    'replacements',
  );
  const result = applyReplacements(objects(pair), source as Tracked<Sequence>);
  if (isProblem(result)) throw new Error(result.problem);
  const [, object] = result.objects;
  if (object === undefined) throw new Error('no object');
  const { steps } = locateField(object, ['v']);
  expect(steps.map(({ by, span }) => [by, span.file.text.slice(span.start, span.end)])).toEqual([
    ['resources', 'v: 2'],
    ['replacements', 'v'],
    ['resources', 'v: 1'],
  ]);
});
