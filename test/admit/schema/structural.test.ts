import { describe, expect, test } from 'vitest';
import { validateStructure } from '../../../src/admit/schema/structural.ts';
import { factsFor, findKind } from '../../../src/schema/facts.ts';
import { parseDocuments } from '../../../src/source/parse.ts';
import { formatPath, isMapping } from '../../../src/source/value.ts';

function judge(text: string, version = '1.36'): string[] {
  const value = parseDocuments({ path: 'test.yaml', text }, 'api-server').documents[0]?.value;
  if (!isMapping(value)) throw new Error('not a mapping');
  const facts = factsFor(version);
  const [group, apiVersion] = String(value['apiVersion']).includes('/')
    ? String(value['apiVersion']).split('/')
    : ['', String(value['apiVersion'])];
  const kind = findKind(facts, group ?? '', apiVersion ?? '', String(value['kind']));
  if (kind === undefined) throw new Error('no such kind');
  const errors = validateStructure(value, facts, kind.type);
  return errors.map(({ field, type, detail, help }) =>
    [`${formatPath(field)}: ${type}: ${detail}`, help].filter((part) => part !== undefined).join(' | '),
  );
}

const pod = (container: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - ${container}\n`;

describe('structure', () => {
  test('takes what Go decodes: null anywhere, 8e1 and 80.0 as integers, numbers as quantities', () => {
    expect(
      judge(
        pod(
          '{name: a, image: null, ports: [{containerPort: 80.0, hostPort: 8e1}], resources: {limits: {cpu: 1, memory: " 1Gi "}}}',
        ),
      ),
    ).toEqual([]);
  });

  test('names an unknown field, and the one that was meant', () => {
    expect(judge(pod('{name: a, imagePullPolcy: Always}'))).toEqual([
      'spec.containers[0].imagePullPolcy: UnknownField: unknown field "imagePullPolcy" | did you mean "imagePullPolicy"?',
    ]);
    expect(judge(pod('{name: a, zzz: 1}'))).toEqual([
      'spec.containers[0].zzz: UnknownField: unknown field "zzz"',
    ]);
  });

  test('knows fields by version', () => {
    const text = pod('{name: a, restartPolicyRules: []}');
    expect(judge(text, '1.34')).toEqual([]);
    expect(judge(text, '1.33')).toEqual([
      'spec.containers[0].restartPolicyRules: UnknownField: unknown field "restartPolicyRules" in Kubernetes 1.33 | the field was added in Kubernetes 1.34',
    ]);
  });

  test('refuses other JSON types, and says how to write the value', () => {
    expect(
      judge(pod('{name: 5, tty: "true", stdin: 1, ports: [{containerPort: "80"}], command: sh}')),
    ).toEqual([
      'spec.containers[0].name: TypeInvalid: must be a string, but is the number 5 | write it in quotes: "5"',
      'spec.containers[0].tty: TypeInvalid: must be true or false, but is the string "true" | write true without quotes',
      'spec.containers[0].stdin: TypeInvalid: must be true or false, but is the number 1',
      'spec.containers[0].ports[0].containerPort: TypeInvalid: must be a 32-bit integer, but is the string "80" | write 80 without quotes',
      'spec.containers[0].command: TypeInvalid: must be a list, but is the string "sh"',
    ]);
  });

  test.each([
    ['2147483648', 1],
    ['2147483647', 0],
    ['80.5', 1],
  ])('holds int32 to its range: %s', (text, count) => {
    expect(judge(pod(`{name: a, ports: [{containerPort: ${text}}]}`))).toHaveLength(count);
  });

  test.each([
    ['9223372036854775807', 0],
    ['9223372036854775808', 1],
    ['-9223372036854775808', 0],
  ])('holds int64 to its range: %s', (text, count) => {
    const spec = `apiVersion: v1\nkind: Pod\nspec: {terminationGracePeriodSeconds: ${text}}\n`;
    expect(judge(spec)).toHaveLength(count);
  });

  test.each([
    ['1Gi', 0],
    ['1gb', 1],
    ['1 Gi', 1],
    ['1.5', 0],
    ['.5', 0],
    ['"1e3"', 0],
    ['1E', 0],
    ['""', 1],
    ['true', 1],
    ['[1]', 1],
    ['0x1', 0],
    ['"0x1"', 1],
    ['" 1 "', 0],
    ['"1\\t"', 1],
    ['" "', 1],
    ['m', 0],
    ['"."', 0],
    ['1e', 1],
    ['1K', 1],
    ['"1e+"', 1],
    ['"1E+3"', 0],
    ['1Mi1', 1],
  ])('reads quantities as apimachinery does: %s', (text, count) => {
    expect(judge(pod(`{name: a, resources: {limits: {cpu: ${text}}}}`))).toHaveLength(count);
  });

  test.each([
    ['"2026-02-28T10:00:00Z"', 0],
    ['"2026-02-29T10:00:00Z"', 1],
    ['"2026-02-28T10:00:00.5+01:00"', 0],
    ['yesterday', 1],
    ['""', 1],
    ['5', 1],
  ])('reads times as Go does: %s', (text, count) => {
    expect(judge(`apiVersion: v1\nkind: Pod\nmetadata: {creationTimestamp: ${text}}\n`)).toHaveLength(count);
  });

  test.each([
    ['YWJj', 0],
    ['"YW\\nJj"', 0],
    ['YWJ', 1],
    ['"!"', 1],
    ['[97]', 0],
    ['[256]', 1],
  ])('reads base64 as Go does: %s', (text, count) => {
    expect(judge(`apiVersion: v1\nkind: Secret\ndata: {a: ${text}}\n`)).toHaveLength(count);
  });

  test('keys that JavaScript objects inherit are fields like any other', () => {
    expect(judge(pod('{name: a, __proto__: 1, constructor: 2}'))).toEqual([
      'spec.containers[0].__proto__: UnknownField: unknown field "__proto__"',
      'spec.containers[0].constructor: UnknownField: unknown field "constructor"',
    ]);
  });

  test('schemas inside `items` of a CRD decode without strictness, as the hand-written decoder does', () => {
    const crd = (schema: string) =>
      `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec: {versions: [{schema: {openAPIV3Schema: ${schema}}}]}\n`;
    expect(judge(crd('{items: {tpe: string}}'))).toEqual([]);
    expect(judge(crd('{items: {type: 5}}'))).toHaveLength(1);
    expect(judge(crd('{properties: {a: {tpe: string}}}'))).toHaveLength(1);
  });
});

describe('hostile objects', () => {
  test('a hundred mistakes are helped with, the rest only named', () => {
    const fields = Array.from({ length: 150 }, (_, index) => `imag${index}: a`).join(', ');
    const errors = judge(pod(`{name: a, ${fields}}`));
    expect(errors).toHaveLength(150);
    expect(errors[0]).toContain('did you mean "image"?');
    expect(errors.slice(100).filter((error) => error.includes('did you mean'))).toEqual([]);
  });
});
