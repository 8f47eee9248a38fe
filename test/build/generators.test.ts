import { describe, expect, test } from 'vitest';
import { generateConfigMap } from '../../src/build/generators/config-map-generator.ts';
import type { GeneratedResource } from '../../src/build/generators/generated-resource.ts';
import type { LoadFile } from '../../src/build/generators/generator-file.ts';
import { generateSecret } from '../../src/build/generators/secret-generator.ts';
import { isProblem, type Problem } from '../../src/build/problem.ts';
import { locateField } from '../../src/object/provenance.ts';
import type { Mapping, Path } from '../../src/source/value.ts';
import { trackMapping } from '../support/tracked-text.ts';

function loadFrom(files: Readonly<Record<string, string | Uint8Array>>): LoadFile {
  return (path) => {
    const content = files[path];
    if (content === undefined) return { problem: `"${path}" does not exist` };
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    return { path: `app/${path}`, bytes };
  };
}

function made(result: GeneratedResource | Problem): GeneratedResource {
  if (isProblem(result)) throw new Error(result.problem);
  return result;
}

function configMap(
  entry: Mapping,
  files: Readonly<Record<string, string | Uint8Array>> = {},
): GeneratedResource {
  return made(generateConfigMap(trackMapping(entry, ''), undefined, loadFrom(files)));
}

function dataOf(entry: Mapping, files: Readonly<Record<string, string | Uint8Array>> = {}): unknown {
  return configMap({ name: 'c', ...entry }, files).object['data'];
}

function problemOf(entry: Mapping, files: Readonly<Record<string, string>> = {}): string {
  const result = generateConfigMap(trackMapping(entry, ''), undefined, loadFrom(files));
  return isProblem(result) ? result.problem : '';
}

describe('generateConfigMap', () => {
  test('makes an object of a name alone', () => {
    const { object, needsHash, behavior } = configMap({ name: 'c', namespace: 'n' });
    expect(object).toEqual({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace: 'n' } });
    expect({ needsHash, behavior }).toEqual({ needsHash: true, behavior: 'unspecified' });
  });

  test('takes one pair of matching quotes off a literal', () => {
    const literals = ['a=x=y', "b='true'", 'c="q', 'd=', `e='"z"'`, 'f="'];
    expect(dataOf({ literals })).toEqual({ a: 'x=y', b: 'true', c: '"q', d: '', e: '"z"', f: '"' });
  });

  test('reads env files line by line', () => {
    const text = '\ufeffA=1\r\n# no\n\n  B = "2" \n#C=3\nD\n=E\nF=a=b\n\u00a0G=7';
    expect(dataOf({ envs: ['e'] }, { e: text })).toEqual({ A: '1', 'B ': ' "2" ', D: '', F: 'a=b', G: '7' });
  });

  test('ends an env file at a line of 64 KiB, as the scanner of Go does', () => {
    const longest = 'x'.repeat(65_533);
    expect(dataOf({ envs: ['e'] }, { e: `A=${longest}\nB=1\n` })).toEqual({ A: longest, B: '1' });
    expect(dataOf({ envs: ['e'] }, { e: `Z=1\nA=${longest}x\nB=1\n` })).toEqual({ Z: '1' });
  });

  test('names a file by its base name or its key, and keeps what is not UTF-8 as base64', () => {
    const bytes = Uint8Array.from({ length: 60 }, (_, index) => 255 - index);
    const { object } = configMap(
      { name: 'c', files: ['d/a.txt', 'k=b', 'bin'] },
      { 'd/a.txt': '\ufeffx\n', b: 'y', bin: bytes },
    );
    expect(object['data']).toEqual({ 'a.txt': '\ufeffx\n', k: 'y' });
    const base64 = Buffer.from(bytes).toString('base64');
    expect(object['binaryData']).toEqual({ bin: `${base64.slice(0, 70)}\n${base64.slice(70)}\n` });
  });

  test('merges generatorOptions into the options of the entry', () => {
    const entry = { name: 'c', behavior: 'merge', options: { labels: { a: 'own' }, immutable: false } };
    const global = {
      labels: { a: 'all', b: 'all' },
      annotations: { c: 'd' },
      disableNameSuffixHash: true,
      immutable: true,
    };
    const result = made(generateConfigMap(trackMapping(entry, ''), trackMapping(global, ''), loadFrom({})));
    expect(result.object['metadata']).toEqual({
      name: 'c',
      labels: { a: 'own', b: 'all' },
      annotations: { c: 'd' },
    });
    expect(result.object['immutable']).toBe(true);
    expect([result.needsHash, result.behavior]).toEqual([false, 'merge']);
  });

  test.each<[string, Mapping, RegExp]>([
    ['no name', { literals: ['a=b'] }, /no name/],
    ['a literal without =', { name: 'c', literals: ['a'] }, /"a" is not in the form key=value/],
    ['a literal without key', { name: 'c', literals: ['=a'] }, /"=a" is not in the form key=value/],
    ['a file source with two =', { name: 'c', files: ['a=b=c'] }, /more than one "="/],
    ['a file source without key', { name: 'c', files: ['=b'] }, /no key/],
    ['a file source without path', { name: 'c', files: ['b='] }, /no path/],
    ['a missing file', { name: 'c', files: ['nowhere'] }, /"nowhere" does not exist/],
    ['a key twice', { name: 'c', literals: ['A=1'], envs: ['e'] }, /"A" is a duplicate/],
  ])('refuses %s', (_, entry, expected) => {
    expect(problemOf(entry, { e: 'A=2' })).toMatch(expected);
  });
});

describe('generateSecret', () => {
  test('encodes all data, with a type', () => {
    const { object } = made(
      generateSecret(trackMapping({ name: 's', literals: ['a=ä', 'b='] }, ''), undefined, loadFrom({})),
    );
    expect(object).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's' },
      type: 'Opaque',
      data: { a: 'w6Q=', b: '' },
    });
  });

  test('has data when it is empty, and the type that is given', () => {
    const { object } = made(
      generateSecret(trackMapping({ name: 's', type: 'x/y' }, ''), undefined, loadFrom({})),
    );
    expect([object['type'], object['data']]).toEqual(['x/y', {}]);
  });

  test('breaks long values into lines of 70', () => {
    const long = 'v'.repeat(54);
    const { object } = made(
      generateSecret(trackMapping({ name: 's', literals: [`a=${long}`] }, ''), undefined, loadFrom({})),
    );
    const base64 = Buffer.from(long).toString('base64');
    expect(object['data']).toEqual({ a: `${base64.slice(0, 70)}\n${base64.slice(70)}\n` });
  });
});

describe('the origin of generated data', () => {
  const text = 'name: conf\nliterals: [lit=1]\nenvs: [app.env]\nfiles: [big.txt]\nlabels: {team: blue}\n';
  const entry = {
    name: 'conf',
    literals: ['lit=1'],
    envs: ['app.env'],
    files: ['big.txt'],
    options: { labels: { team: 'blue' } },
  };
  const files = { 'app.env': '# c\nENV=2\n', 'big.txt': 'text' };
  const { object, origin } = made(generateConfigMap(trackMapping(entry, text), undefined, loadFrom(files)));

  function layers(path: Path): string[] {
    return locateField({ value: object, origin }, path).steps.map(
      ({ by, span }) =>
        `${by} ${span.file.path} ${JSON.stringify(span.file.text.slice(span.start, span.end))}`,
    );
  }

  test.each<[Path, string[]]>([
    [['data', 'lit'], ['configMapGenerator kustomization.yaml "lit=1"']],
    [
      ['data', 'ENV'],
      ['configMapGenerator kustomization.yaml "app.env"', 'configMapGenerator app/app.env "ENV=2"'],
    ],
    [
      ['data', 'big.txt'],
      ['configMapGenerator kustomization.yaml "big.txt"', 'configMapGenerator app/big.txt ""'],
    ],
    [['metadata', 'labels', 'team'], ['configMapGenerator kustomization.yaml "blue"']],
    [['metadata', 'name'], ['configMapGenerator kustomization.yaml "conf"']],
    [['kind'], ['configMapGenerator kustomization.yaml "conf"']],
  ])('%j', (path, expected) => {
    expect(layers(path)).toEqual(expected);
  });

  test('a problem is at the entry at fault', () => {
    const result = generateConfigMap(
      trackMapping({ ...entry, files: ['gone'] }, `${text}gone`),
      undefined,
      loadFrom(files),
    );
    const at = isProblem(result) ? result.at : undefined;
    const span = at === undefined ? undefined : locateField({ value: null, origin: at }, []).span;
    expect(span?.file.text.slice(span.start, span.end)).toBe('gone');
  });
});
