import { describe, expect, test } from 'vitest';
import { admitObject } from '../../../src/admit/admit.ts';
import { customKindsOf } from '../../../src/schema/custom-kind.ts';
import { parseDocuments } from '../../../src/source/parse.ts';
import { formatPath, isMapping, type Mapping } from '../../../src/source/value.ts';

function parse(text: string): Mapping {
  const value = parseDocuments({ path: 'test.yaml', text }, 'api-server').documents[0]?.value;
  if (!isMapping(value)) throw new Error('not a mapping');
  return value;
}

function crd(schema: string): Mapping {
  return parse(`
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: widgets, kind: Widget}
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec: ${schema}
  - {name: v1alpha1, served: false, storage: false}
`);
}

function judge(
  schema: string,
  spec: string,
  appliedBy: 'create' | 'server-side-apply' = 'create',
): readonly string[] {
  const customKinds = customKindsOf([crd(schema)]);
  const object = parse(`apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: a}\nspec: ${spec}\n`);
  const { errors } = admitObject(object, { kubernetesVersion: '1.36', customKinds, appliedBy });
  return errors.map(({ field, type }) => `${formatPath(field)}: ${type}`);
}

const object = (properties: string, more = '') => `{type: object, properties: {${properties}}${more}}`;

describe('custom resources', () => {
  test('are checked by the CRDs at hand', () => {
    const schema = object('size: {type: integer}', ', required: [size]');
    expect(judge(schema, '{size: 1}')).toEqual([]);
    expect(judge(schema, '{size: "1"}')).toEqual(['spec.size: TypeInvalid']);
    expect(judge(schema, '{}')).toEqual(['spec.size: Required']);
    expect(judge(schema, '{size: 1, colour: red}')).toEqual(['spec.colour: UnknownField']);
  });

  test('an unknown field hides what validation would say, as a 400 does', () => {
    expect(judge(object('size: {type: integer}', ', required: [size]'), '{sise: 1}')).toEqual([
      'spec.sise: UnknownField',
    ]);
  });

  test.each([
    ['{type: integer, minimum: 1, maximum: 3}', '4', ['spec.a: Invalid']],
    ['{type: integer, minimum: 1, exclusiveMinimum: true}', '1', ['spec.a: Invalid']],
    ['{type: integer, format: int32}', '2147483648', ['spec.a: Invalid']],
    ['{type: number, multipleOf: 0.5}', '1.5', []],
    ['{type: string, maxLength: 2}', '"äöü"', ['spec.a: TooLong']],
    ['{type: string, minLength: 1}', '""', ['spec.a: Invalid']],
    ['{type: string, pattern: "^a+$"}', 'aab', ['spec.a: Invalid']],
    ['{type: string, pattern: "^(a+)+$"}', `"${'a'.repeat(200)}b"`, ['spec.a: Invalid']],
    ['{type: string, enum: [One, Two]}', 'Tow', ['spec.a: NotSupported']],
    ['{type: string, format: ipv4}', '"10.0.0.300"', ['spec.a: Invalid']],
    ['{type: string, format: date-time}', '"2026-01-31T10:00:00Z"', []],
    ['{type: string, format: date-time}', '"31.1.2026"', ['spec.a: Invalid']],
    ['{type: string, format: no-such-format}', 'anything', []],
    ['{x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}]}', '50%', []],
    ['{x-kubernetes-int-or-string: true}', 'true', ['spec.a: TypeInvalid']],
    ['{type: array, maxItems: 1, items: {type: string}}', '[a, b]', ['spec.a: TooMany']],
    [
      '{type: array, x-kubernetes-list-type: set, items: {type: string}}',
      '[a, b, a]',
      ['spec.a[2]: Duplicate'],
    ],
    [
      '{type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [k, p], items: {type: object, properties: {k: {type: string}, p: {type: string, default: TCP}}}}',
      '[{k: a}, {k: a, p: TCP}, {k: a, p: UDP}]',
      ['spec.a[1]: Duplicate'],
    ],
    [
      '{type: object, maxProperties: 1, additionalProperties: {type: integer}}',
      '{b: 1, c: 2}',
      ['spec.a: TooMany'],
    ],
    ['{type: object, additionalProperties: {type: integer}}', '{b: x}', ['spec.a.b: TypeInvalid']],
    ['{type: string, not: {enum: [nope]}}', 'nope', ['spec.a: Invalid']],
    ['{type: string, oneOf: [{pattern: a}, {pattern: b}]}', 'ab', ['spec.a: Invalid']],
    ['{type: string, allOf: [{pattern: a}, {pattern: c}]}', 'ab', ['spec.a: Invalid']],
  ])('%s refuses %s as the server does', (schema, value, expected) => {
    expect(judge(object(`a: ${schema}`), `{a: ${value}}`)).toEqual(expected);
  });

  test('nulls that the schema does not allow vanish or give way to the default, but in lists they stay', () => {
    const schema = object(
      'a: {type: string}, b: {type: string, default: x}, c: {type: string, nullable: true}, d: {type: array, items: {type: string}}',
      ', required: [b]',
    );
    expect(judge(schema, '{a: null, b: null, c: null}')).toEqual([]);
    expect(judge(schema, '{d: [null]}')).toEqual(['spec.d[0]: TypeInvalid']);
    expect(judge(object('a: {type: string}', ', required: [a]'), '{a: null}')).toEqual(['spec.a: Required']);
  });

  test('a server-side apply takes no such null', () => {
    expect(judge(object('a: {type: string}'), '{a: null}', 'server-side-apply')).toEqual([
      'spec.a: TypeInvalid',
    ]);
  });

  test('unknown fields are preserved where the schema says so, known ones below are still looked into', () => {
    const schema = object(
      'a: {type: object, x-kubernetes-preserve-unknown-fields: true, properties: {b: {type: object, properties: {c: {type: integer}}}}}',
    );
    expect(judge(schema, '{a: {x: 1, b: {c: 1}}}')).toEqual([]);
    expect(judge(schema, '{a: {b: {d: 1}}}')).toEqual(['spec.a.b.d: UnknownField']);
  });

  test('an embedded resource has apiVersion, kind and metadata', () => {
    const schema = object(
      'a: {type: object, x-kubernetes-embedded-resource: true, properties: {spec: {type: object}}}',
    );
    expect(
      judge(schema, '{a: {apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {}, other: 1}}'),
    ).toEqual(['spec.a.other: UnknownField']);
  });

  test('rules in CEL run once the schema is satisfied', () => {
    const rule = (text: string, more = '') =>
      object(
        'a: {type: integer}, b-c: {type: number}',
        `, x-kubernetes-validations: [{rule: "${text}"${more}}]`,
      );
    expect(judge(rule('self.a > 1'), '{a: 2}')).toEqual([]);
    expect(judge(rule('self.a > 1'), '{a: 1}')).toEqual(['spec: Invalid']);
    expect(judge(rule('self.a > 1', ', fieldPath: ".a", reason: FieldValueForbidden'), '{a: 1}')).toEqual([
      'spec.a: Forbidden',
    ]);
    expect(judge(rule('self.a > 1'), '{a: x}')).toEqual(['spec.a: TypeInvalid']);
    expect(judge(rule('self.b__dash__c > 1.5'), '{b-c: 2}')).toEqual([]);
    expect(judge(rule('self.a == oldSelf.a'), '{a: 1}')).toEqual([]);
    expect(judge(rule('oldSelf.hasValue()', ', optionalOldSelf: true'), '{a: 1}')).toEqual(['spec: Invalid']);
    const bytes = object(
      't: {type: string, format: byte}',
      `, x-kubernetes-validations: [{rule: "self.t == b'x'"}]`,
    );
    expect(judge(bytes, '{t: eA==}')).toEqual([]);
    expect(judge(bytes, '{t: eQ==}')).toEqual(['spec: Invalid']);
    const reserved = object(
      'namespace: {type: string}',
      `, x-kubernetes-validations: [{rule: "self.namespace == 'x' && self.__namespace__ == 'x'"}]`,
    );
    expect(judge(reserved, '{namespace: x}')).toEqual([]);
    expect(judge(reserved, '{namespace: z}')).toEqual(['spec: Invalid']);
    const whole = object('a: {type: integer, x-kubernetes-validations: [{rule: "0 < self && self <= 9"}]}');
    expect(judge(whole, '{a: 9}')).toEqual([]);
    expect(judge(whole, '{a: 10}')).toEqual(['spec.a: Invalid']);
  });

  test('of several CRDs for one kind one that accepts the object is enough, and the last is told of', () => {
    const older = crd(object('size: {type: integer}'));
    const newer = crd(object('size: {type: integer, maximum: 9}, colour: {type: string}'));
    const admit = (crds: readonly Mapping[], spec: string) =>
      admitObject(parse(`apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: a}\nspec: ${spec}\n`), {
        kubernetesVersion: '1.36',
        customKinds: customKindsOf(crds),
      }).errors.map(({ detail }) => detail);
    expect(admit([newer, older], '{colour: red}')).toEqual([]);
    expect(admit([older, newer], '{size: 10}')).toEqual([]);
    expect(admit([older, newer], '{size: 10, colour: red}')).toEqual(
      admit([newer], '{size: 10, colour: red}'),
    );
    expect(
      customKindsOf([older, crd(object('size: {type: integer}'))]).kinds.get('example.com/v1/Widget')?.others,
    ).toBe(undefined);
  });

  test('the experimental channel of the Gateway API is not known, save where its CRD is at hand', () => {
    const route = parse(
      'apiVersion: gateway.networking.k8s.io/v1alpha2\nkind: TCPRoute\nmetadata: {name: a}\n',
    );
    expect(admitObject(route, { kubernetesVersion: '1.36' })).toMatchObject({
      verdict: 'accept',
      noSchema: true,
    });
    const own = parse(`apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: tcproutes.gateway.networking.k8s.io}
spec:
  group: gateway.networking.k8s.io
  names: {plural: tcproutes, kind: TCPRoute}
  versions: [{name: v1, served: true}, {name: v1alpha2, served: false}]
`);
    expect(admitObject(route, { kubernetesVersion: '1.36', customKinds: customKindsOf([own]) }).verdict).toBe(
      'reject',
    );
  });

  test('a kind or version that the CRD does not serve is refused, a group no one knows is not checked', () => {
    const customKinds = customKindsOf([crd('{type: object}')]);
    const admit = (apiVersion: string, kind: string) =>
      admitObject(parse(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a}\n`), {
        kubernetesVersion: '1.36',
        customKinds,
      });
    expect(admit('example.com/v1alpha1', 'Widget').errors[0]?.field).toEqual(['apiVersion']);
    expect(admit('example.com/v1', 'Widgets').errors[0]).toMatchObject({
      field: ['kind'],
      help: 'did you mean "Widget"?',
    });
    expect(admit('example.org/v1', 'Widget')).toMatchObject({ verdict: 'accept', noSchema: true });
  });

  test('Flux, Argo CD and the Gateway API are known without their CRDs', () => {
    const admit = (text: string) => admitObject(parse(text), { kubernetesVersion: '1.36' });
    const kustomization =
      'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: a}\nspec: {interval: 10m, prune: true, sourceRef: {kind: GitRepository, name: a}';
    expect(admit(`${kustomization}}`)).toMatchObject({ verdict: 'accept', errors: [] });
    expect(admit(`${kustomization}, pruned: true}`).errors[0]).toMatchObject({
      help: 'did you mean "prune"?',
    });
    expect(
      admit(
        'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: a}\nspec: {interval: 1m}',
      ).errors,
    ).toMatchObject([{ type: 'Invalid', field: ['spec'], detail: 'either chart or chartRef must be set' }]);
  });
});

describe('embedded resources', () => {
  const embedded = object(
    'em: {type: object, x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true}',
  );

  test.each([
    ['{apiVersion: v1, kind: Pod, metadata: {name: a, creationTimestamp: null}, spec: {any: 1}}', []],
    ['{}', ['spec.em.apiVersion: Required', 'spec.em.kind: Required']],
    ['{apiVersion: "", kind: Pod}', ['spec.em.apiVersion: Invalid']],
    ['{apiVersion: a/b/c, kind: P_d}', ['spec.em.apiVersion: Invalid', 'spec.em.kind: Invalid']],
    ['{apiVersion: v1, kind: Pod, metadata: {labels: {a: 1}}}', ['spec.em.metadata.labels.a: TypeInvalid']],
    ['{apiVersion: v1, kind: Pod, metadata: {nope: 1}}', ['spec.em.metadata.nope: UnknownField']],
    [
      '{apiVersion: v1, kind: Pod, metadata: {labels: {"a b": c}}}',
      ['spec.em.metadata.labels[a b]: Invalid'],
    ],
  ])('%s', (value, errors) => {
    expect(judge(embedded, `{em: ${value}}`)).toEqual(errors);
  });
});

describe('values of custom resources', () => {
  // As kube-apiserver 1.36.3 has it, which reads them by kube-openapi's strfmt.
  test.each([
    ['duration', 'PT1H', true],
    ['duration', '1h30m', true],
    ['duration', '1 day', true],
    ['duration', '"90"', false],
    ['ipv4', '01.2.3.4', true],
    ['ipv4', '"::1"', false],
    ['cidr', '10.0.0.0/08', true],
    ['date-time', '"2024-01-01 00:00:00Z"', false],
    ['date-time', '"2024-01-01T00:00:00.5+02:00"', true],
    ['hostname', 'a.b', false],
    ['hostname', 'a.example', true],
    ['hostname', 'host', true],
    ['hostname', '-a', false],
  ])('a string of format %s: %s', (format, value, isAccepted) => {
    const errors = judge(object(`v: {type: string, format: ${format}}`), `{v: ${value}}`);
    expect(errors).toEqual(isAccepted ? [] : ['spec.v: Invalid']);
  });

  test.each([
    ['{type: integer, format: int64}', '9223372036854775807', []],
    ['{type: integer, format: int64}', '9223372036854775808', ['spec.v: TypeInvalid']],
    ['{type: number, format: float}', '3.5e38', ['spec.v: Invalid']],
    ['{type: number, multipleOf: 0.1}', '0.3', []],
    ['{type: number, multipleOf: 0.1}', '0.35', ['spec.v: Invalid']],
    ['{type: string, nullable: true, enum: [x]}', 'null', ['spec.v: NotSupported']],
    ['{type: string, nullable: true}', 'null', []],
  ])('%s: %s', (schema, value, errors) => {
    expect(judge(object(`v: ${schema}`), `{v: ${value}}`)).toEqual(errors);
  });
});
