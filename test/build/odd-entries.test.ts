import { describe, expect, test } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';

const object = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\ndata: { a: b }\n';

/** The rules of the errors of a build with a patch. */
function errorsOf(patch: string): readonly string[] {
  const { findings } = lintFiles({
    'kustomization.yaml': 'resources: [a.yaml]\npatches: [{ path: p.yaml, target: { kind: ConfigMap } }]\n',
    'a.yaml': object,
    'p.yaml': patch,
  });
  return findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule);
}

// Each as kustomize 5.8.2 takes it.
describe('a patch that begins with an empty list', () => {
  test.each(['[]', '[]\n', '[ # c\n]\n', '[] # c\n', '[]\n---\n', '[]\n...\n'])('says nothing: %j', (patch) =>
    expect(errorsOf(patch)).toEqual([]),
  );

  test.each(['[]\n---\na: b\n', '[]\n---\n\n\t\n', '[@', '[]: a\n'])('is refused: %j', (patch) =>
    expect(errorsOf(patch)).not.toEqual([]),
  );
});

describe('a key with a tag in what a patch adds', () => {
  test.each([
    'spec: {!!binary aGk=: a}\n',
    'spec:\n  !!binary "YQ==": c\n',
    'spec:\n  !!int "5": c\n',
    'spec:\n  !foo k: c\n',
    'spec:\n  !!map k: c\n',
    'spec:\n  ! 5: c\n',
    'spec: {a: {!!binary "YQ==": c}}\n',
    'spec: [{!!binary "YQ==": c}]\n',
    'spec:\n  !<tag:yaml.org,2002:binary> "YQ==": c\n',
  ])('is no text: %j', (patch) => expect(errorsOf(object + patch)).toContain('not-json'));

  test.each([
    'spec: {!!str "5": a}\n',
    'spec: {! k: a}\n',
    'spec: {!!binary "YQ==": ~}\n',
    'spec: !!map\n  k: c\n',
    '!!binary aGk=: a\n',
  ])('is one: %j', (patch) => expect(errorsOf(object + patch)).not.toContain('not-json'));

  test('gets its tag from what it is merged into', () => {
    const patch = object.replace('{ a: b }', '{ !foo k: c }');
    expect(errorsOf(patch)).toEqual([]);
  });
});

describe('an entry of null among the fieldSpecs', () => {
  const errors = (kind: string, fields: string) =>
    lintFiles({
      'kustomization.yaml': 'resources: [a.yaml]\ntransformers: [t.yaml]\n',
      'a.yaml': object,
      't.yaml': `apiVersion: builtin\nkind: ${kind}\nmetadata: { name: t }\n${fields}fieldSpecs: [~, { path: metadata/name }]\n`,
    }).findings.filter(({ severity }) => severity === 'error').length;

  test.each([
    ['PrefixTransformer', 'prefix: p-\n'],
    ['SuffixTransformer', 'suffix: -s\n'],
  ])('is left out of a %s', (kind, fields) => expect(errors(kind, fields)).toBe(0));

  test('leads nowhere in a LabelTransformer', () => {
    expect(errors('LabelTransformer', 'labels: { a: b }\n')).toBe(1);
  });
});
