import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { customKindsOf } from '../../../src/schema/custom-kind.ts';
import { mappingOf } from '../../support/values.ts';
import { document, judgeUpdate } from './judge-update.ts';

/** A definition with two fields under spec: one as given, and one that stays. */
function definition(field: string, schema: string) {
  return mappingOf(
    parse(`
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: doors.example.org}
spec:
  group: example.org
  scope: Namespaced
  names: {plural: doors, kind: Door}
  versions:
  - name: v1
    served: true
    storage: true
    schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {g: {type: integer}, ${field}: ${schema}}}}}}
`),
  );
}

const rule = (text: string, rest = '') => `x-kubernetes-validations: [{rule: "${text}"${rest}}]`;
const same = rule('self == oldSelf');

/** What is said to a Door whose field changes from one value to the other. */
function judgeDoor(schema: string, old: string, next: string, context = {}): string[] {
  const door = (value: string) =>
    document('example.org/v1', 'Door', `spec: {g: 1${value === '' ? '' : `, f: ${value}`}}`);
  const customKinds = customKindsOf([definition('f', schema)]);
  return judgeUpdate(door(old), door(next), { customKinds, ...context });
}

describe('rules about oldSelf', () => {
  test('hold what they compare', () => {
    expect(judgeDoor(`{type: string, ${same}}`, 'a', 'b')).toEqual(['Invalid spec.f']);
    expect(judgeDoor(`{type: string, ${same}}`, 'a', 'a')).toEqual([]);
    expect(
      judgeDoor(`{type: integer, ${rule('self >= oldSelf', ', reason: FieldValueForbidden')}}`, '3', '2'),
    ).toEqual(['Forbidden spec.f']);
  });

  test('say nothing of what comes or goes', () => {
    expect(judgeDoor(`{type: string, ${same}}`, '', 'b')).toEqual([]);
    expect(judgeDoor(`{type: string, ${same}}`, 'b', '')).toEqual([]);
  });

  test('run on what comes where oldSelf is optional', () => {
    const optional = rule(
      "oldSelf.hasValue() ? oldSelf.value() == self : self.startsWith('a')",
      ', optionalOldSelf: true',
    );
    expect(judgeDoor(`{type: string, ${optional}}`, '', 'abc')).toEqual([]);
    expect(judgeDoor(`{type: string, ${optional}}`, '', 'b')).toEqual(['Invalid spec.f']);
    expect(judgeDoor(`{type: string, ${optional}}`, 'abc', 'ab')).toEqual(['Invalid spec.f']);
  });

  test('find the item of a list by its keys, and none of an atomic list', () => {
    const item = `items: {type: object, required: [k], properties: {k: {type: string}, v: {type: string, ${same}}}}`;
    const keyed = `{type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [k], ${item}}`;
    expect(judgeDoor(keyed, '[{k: a, v: x}, {k: b, v: y}]', '[{k: b, v: y}, {k: a, v: z}]')).toEqual([
      'Invalid spec.f[1].v',
    ]);
    expect(judgeDoor(keyed, '[{k: a, v: x}]', '[{k: b, v: y}]')).toEqual([]);
    expect(judgeDoor(`{type: array, ${item}}`, '[{k: a, v: x}]', '[{k: a, v: z}]')).toEqual([]);
  });

  test('find the value of a mapping by its key, in an atomic mapping too', () => {
    const values = `additionalProperties: {type: string, ${same}}`;
    expect(judgeDoor(`{type: object, ${values}}`, '{a: x, b: y}', '{a: z, c: y}')).toEqual([
      'Invalid spec.f.a',
    ]);
    const atomic = `{type: object, x-kubernetes-map-type: atomic, ${values}}`;
    expect(judgeDoor(atomic, '{a: x}', '{a: z}')).toEqual(['Invalid spec.f.a']);
  });
});

describe('ratcheting', () => {
  const short = '{type: object, properties: {a: {type: string, maxLength: 2}, b: {type: string}}}';

  test('lets pass what an update leaves as it was', () => {
    expect(judgeDoor(short, '{a: long, b: x}', '{a: long, b: y}')).toEqual([]);
    expect(judgeDoor(short, '{a: long, b: x}', '{a: longer, b: x}')).toEqual(['TooLong spec.f.a']);
    expect(judgeDoor(short, '{a: long, b: x}', '{a: long, b: y}', { kubernetesVersion: '1.29' })).toEqual([
      'TooLong spec.f.a',
    ]);
  });

  test('lets rules pass that do not look at oldSelf', () => {
    const even = `{type: object, properties: {a: {type: integer, ${rule('self % 2 == 0')}}, b: {type: string}}}`;
    expect(judgeDoor(even, '{a: 1, b: x}', '{a: 1, b: y}')).toEqual([]);
    expect(judgeDoor(even, '{a: 1}', '{a: 3}')).toEqual(['Invalid spec.f.a']);
  });
});

describe('a server-side apply', () => {
  test('leaves nothing where it takes away the last item of a list with keys', () => {
    const schema = '{type: array, x-kubernetes-list-type: set, minItems: 1, items: {type: string}}';
    expect(judgeDoor(schema, '[a]', '[]')).toEqual([]);
  });

  test('leaves null where it takes away the last thing in a mapping that stays', () => {
    const schema = '{type: object, properties: {a: {type: string}}}';
    expect(judgeDoor(schema, '{a: x}', '{}')).toEqual(['TypeInvalid spec.f']);
    expect(judgeDoor(schema, '{a: x}', '')).toEqual([]);
    expect(judgeDoor(schema, '{a: x}', '{}', { appliedBy: 'client-side-apply' })).toEqual([]);
  });
});

describe('a CustomResourceDefinition', () => {
  const changed = (change: (text: string) => string) => {
    const old = definition('f', '{type: string}');
    return judgeUpdate(old, mappingOf(parse(change(JSON.stringify(old)))));
  };

  test('keeps its scope and kind, and the version that objects are stored in', () => {
    expect(changed((text) => text.replace('Namespaced', 'Cluster'))).toEqual(['Invalid spec.scope']);
    expect(changed((text) => text.replace('"Door"', '"Gate"'))).toEqual(['Invalid spec.names.kind']);
    expect(changed((text) => text.replace('"v1"', '"v2"'))).toEqual(['Invalid status.storedVersions[0]']);
  });

  test('changes its schema', () => {
    expect(changed((text) => text.replace('"f":{"type":"string"}', '"f":{"type":"integer"}'))).toEqual([]);
  });
});
