import { describe, expect, it } from 'vitest';
import { guessedSpans } from '../../src/build/guessed-secrets.ts';

function hiddenIn(text: string, target: 'certain' | 'none' = 'certain'): string[] {
  const spans = guessedSpans({ path: 'a.yaml', text }, target === 'none' ? undefined : target);
  return spans.map(({ start, end }) => text.slice(start, end).trim()).filter((part) => part !== '');
}

describe('where a file does not parse', () => {
  it.each([
    'kind: Secret',
    'kind : Secret',
    'kind:Secret',
    'kind:  Secret',
    '{"kind":"Secret"}',
    '"kind" : "Secret"',
    "'kind': 'Secret'",
    'kind: SecretList',
    'kind: Con\\x66ig',
    'kind: "\\x53ecret"',
    'secretGenerator:',
    'stringData:',
    '{kind: Secret, x: y} # z',
    'a#kind: Secret',
    'x: y\nkind: Secret',
  ])('it speaks of secrets with %j', (line) => {
    expect(hiddenIn(`${line}\nx: kettle\n`, 'none')).toContain('kettle');
  });

  it.each([
    'kind: ConfigMap',
    'kind: x\ny: \\',
    'mykinds: Secret',
    'kind: x Secret',
    'kind: "a"b\\',
    'data:',
    '# kind: Secret',
    '  # stringData:',
    'kind: SecretStore',
    'kind: Secret2',
  ])('it does not with %j, unless it is a patch for a Secret', (line) => {
    expect(hiddenIn(`${line}\nx: kettle\n`, 'none')).toEqual([]);
    expect(hiddenIn(`${line}\nx: kettle\n`)).toContain('kettle');
  });
});

describe('a line', () => {
  it.each([
    'apiVersion: v1',
    'kind: Secret',
    'metadata:',
    '  name: x',
    'namespace: a.b/c-d',
    'type: Opaque',
    '- kind: x',
    '-kind: x',
    '  -   name: x',
    '"kind": "Secret",',
    "'kind': 'x'",
    'kind : x',
    'kind   :   x',
    'kind:x',
    'kind: x,',
    'kind: x  ',
    'metadata: {name: x, namespace: a}',
    'metadata: {name: x}  ',
    'metadata: {}',
  ])('%j is shown', (line) => {
    expect(hiddenIn(line)).toEqual([]);
  });

  it.each<[line: string, hidden: string]>([
    ['name: x y', 'x y'],
    ['name: x; y', 'x; y'],
    ['name: x,,', 'x,,'],
    ['kind: "x" y', '"x" y'],
    ['kind: (x)', '(x)'],
    ['kind: (x', '(x'],
    ['metadata: {name: "x"}', '{name: "x"}'],
    ['metadata: {name: x} y', '{name: x} y'],
    ['metadata: x {name: x}', 'x {name: x}'],
    ['xname: a', 'a'],
    ['.name: a', 'a'],
    ['x-name: a', 'a'],
    ['x name: a', 'x name: a'],
    ['-x name: a', '-x name: a'],
    ['namex: a', 'a'],
    ['name x: a', 'name x: a'],
    ['password: a', 'a'],
    ['password=a', 'a'],
    ['  password : a', 'a'],
    ['- password: a', 'a'],
    ['-   password: a', 'a'],
    ['"pass.word/x-y": a', 'a'],
    ["'password' = a", 'a'],
    ['(password: a', '(password: a'],
    ['password): a', 'password): a'],
    ['password a: b', 'password a: b'],
    ['pass word', 'pass word'],
    ['-x password: a', '-x password: a'],
    ['a b: c', 'a b: c'],
  ])('of %j is hidden: %j', (line, hidden) => {
    expect(hiddenIn(line)).toEqual([hidden]);
  });
});

describe('below the values of a Secret names are keys', () => {
  it.each([
    'data:',
    'stringData:',
    '"data":',
    "'data':",
    'data :',
    'data  :',
    '- data:',
    '-   data:',
    '  data:',
    'data: # values',
  ])('%j', (line) => {
    expect(hiddenIn(`${line}\n    name: kettle\n\n    type: tripod\n`)).toEqual(
      expect.arrayContaining(['kettle', 'tripod']),
    );
  });

  it.each(['mydata:', 'x data:', 'datax:', 'data x:', '-x data:', '(data:', 'data):', 'data', 'x:'])(
    'not below %j',
    (line) => {
      expect(hiddenIn(`${line}\n    name: kettle\n`)).not.toContain('kettle');
    },
  );

  it('as far as they are indented', () => {
    expect(hiddenIn('  data:\n   name: a\n  name: b\n')).toEqual(['a']);
    expect(hiddenIn('  data:\n   name: a\n type: b\n name: c\n')).toEqual(['a']);
    expect(hiddenIn('  data:\n  \n   name: a\n')).toEqual(['a']);
    expect(hiddenIn('data:\n  data:\n    x: a\n  name: b\nname: c\n')).toEqual(['a', 'b']);
    expect(hiddenIn('name: a\ndata:\n  name: b\nkind: c\nname: d\n')).toEqual(['b']);
    expect(hiddenIn('data:\n  name: b\ndata:\n  name: c\n')).toEqual(['b', 'c']);
  });
});
