import { describe, expect, it } from 'vitest';
import { generatorsIn, isPatchPlugin, secretFiles, secretTarget } from '../../src/build/secret-files.ts';
import { openSources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';

type Files = Readonly<Record<string, string>>;

function foundIn(files: Files, inputs = Object.keys(files)): { generated: string[]; patches: string[] } {
  const { generated, patches } = secretFiles(openSources(memoryFileSystem(files)), inputs);
  return {
    generated: [...generated].sort(),
    patches: [...patches].map(([file, target]) => `${file} ${target}`).sort(),
  };
}

const generator = 'files: [a.txt, key=b.txt]\nenvs: [c.env]\nenv: d.env\n';
const generated = ['a.txt', 'b.txt', 'c.env', 'd.env'];

describe('files that are taken in for Secrets', () => {
  it.each<[files: Files, expected: readonly string[]]>([
    [
      { 'kustomization.yaml': 'secretGenerator: [{files: [a.txt, key=b.txt], envs: [c.env], env: d.env}]\n' },
      generated,
    ],
    [{ 'k/kustomization.yaml': 'secretGenerator: [{files: [../a.txt, x/b.txt]}]\n' }, ['a.txt', 'k/x/b.txt']],
    [{ 'k/kustomization.yaml': 'secretGenerator: [{files: [../../a.txt]}]\n' }, []],
    [{ 'kustomization.yaml': 'secretGenerator: [{files: x, envs: x, env: 1}, x]\n' }, []],
    [{ 'kustomization.yaml': 'secretGenerator: {files: [a.txt]}\n' }, []],
    [{ 'kustomization.yaml': 'configMapGenerator: [{files: [a.txt]}]\n' }, []],
    [{ 'kustomization.yaml': '[a]\n' }, []],
    [{ 'g.yaml': `kind: SecretGenerator\n${generator}` }, generated],
    [{ 'g.yml': `kind: SecretGenerator\n${generator}` }, generated],
    [{ 'g.json': '{"kind": "SecretGenerator", "env": "d.env"}' }, ['d.env']],
    [{ 'g.txt': `kind: SecretGenerator\n${generator}` }, []],
    [{ 'g.yaml.txt': `kind: SecretGenerator\n${generator}` }, []],
    [{ 'g.yaml': `kind: "Secret\\x47enerator"\n${generator}` }, generated],
    [{ 'g.yaml': `kind: ConfigMapGenerator\n${generator}` }, []],
    // Nothing of it reads as a configuration.
    [{ 'g.yaml': 'kind: Other\nsecretGenerator: [{env: d.env}]\n' }, []],
  ])('of %j are %j', (files, expected) => {
    expect(foundIn(files).generated).toEqual(expected);
  });

  it('of a file that is not there are none', () => {
    expect(foundIn({}, ['gone.yaml', 'kustomization.yaml'])).toEqual({ generated: [], patches: [] });
  });

  it('of a configuration in a folder below are those that are read, from each folder above', () => {
    const files = { 'k/g/h/g.yaml': 'kind: SecretGenerator\nenv: d.env\n' };
    expect(foundIn(files).generated).toEqual(['k/g/h/d.env']);
    const all = ['d.env', 'k/d.env', 'k/g/d.env', 'k/other/d.env'];
    expect(foundIn(files, ['k/g/h/g.yaml', ...all]).generated).toEqual([
      'd.env',
      'k/d.env',
      'k/g/d.env',
      'k/g/h/d.env',
    ]);
  });
});

describe('patches that may be for a Secret', () => {
  it.each<[files: Files, expected: readonly string[]]>([
    [{ 'kustomization.yaml': 'patches: [{path: p.yaml, target: {kind: Secret}}]\n' }, ['p.yaml certain']],
    [{ 'kustomization.yaml': 'patches: [{path: p.yaml}]\n' }, ['p.yaml perhaps']],
    [{ 'kustomization.yaml': 'patches: [{path: p.yaml, target: {kind: ConfigMap}}]\n' }, ['p.yaml none']],
    [
      { 'kustomization.yaml': 'patches: [{path: p.yaml, target: {kind: ConfigMap}}, {path: p.yaml}]\n' },
      ['p.yaml perhaps'],
    ],
    [
      { 'kustomization.yaml': 'patches: [{path: p.yaml}, {path: p.yaml, target: {kind: Pod}}]\n' },
      ['p.yaml perhaps'],
    ],
    [
      {
        'kustomization.yaml':
          'patches: [{path: p.yaml, target: {kind: Secret}}, {path: p.yaml}, {path: p.yaml, target: {kind: Pod}}]\n',
      },
      ['p.yaml certain'],
    ],
    [{ 'kustomization.yaml': 'patches: [{target: {kind: Secret}}]\n' }, []],
    [
      { 'kustomization.yaml': 'patchesJson6902: [{path: p.json, target: {kind: Secret}}]\n' },
      ['p.json certain'],
    ],
    [{ 'p/plugin.yaml': 'kind: PatchTransformer\npath: p.yaml\n' }, ['p/p.yaml perhaps']],
    [
      { 'plugin.yaml': 'kind: PatchJson6902Transformer\npath: p.yaml\ntarget: {kind: Secret}\n' },
      ['p.yaml certain'],
    ],
    [{ 'plugin.yaml': 'kind: PatchStrategicMergeTransformer\npath: p.yaml\n' }, []],
  ])('of %j are %j', (files, expected) => {
    expect(foundIn(files).patches).toEqual(expected);
  });

  it.each([
    [undefined, 'perhaps'],
    ['Secret', 'perhaps'],
    [{ kind: '' }, 'any kind'],
    [{ kind: 1 }, 'any kind'],
    [{ kind: 'Sec(' }, 'any kind'],
    [{ name: 's' }, 'any kind'],
    [{ kind: 'Secret' }, 'certain'],
    [{ kind: 'Sec.*' }, 'certain'],
    [{ kind: 'Sec' }, undefined],
    [{ kind: 'Secret|ConfigMap' }, 'certain'],
  ])('by the target %j: %j', (target, expected) => {
    expect(secretTarget(target)).toBe(expected);
  });
});

it('only mappings are generators and plugins', () => {
  expect(generatorsIn('x')).toEqual([]);
  expect(generatorsIn(null)).toEqual([]);
  expect(generatorsIn({ secretGenerator: 'x' })).toEqual([]);
  expect(foundIn({ 'kustomization.yaml': 'null\n' }).patches).toEqual([]);
  expect(generatorsIn({ secretGenerator: [{ name: 'a' }, 'b'] })).toEqual([{ name: 'a' }]);
  expect(generatorsIn({ kind: 'SecretGenerator' })).toEqual([{ kind: 'SecretGenerator' }]);
  expect(
    ['PatchTransformer', 'PatchJson6902Transformer', 'Secret'].map((kind) => isPatchPlugin({ kind })),
  ).toEqual([true, true, false]);
});

it('only what may be a configuration is read', () => {
  const files = {
    'a.yaml': 'kind: Secret\n',
    'b.yaml': 'kind: PatchTransformer\n',
    'c.txt': 'kind: PatchTransformer\n',
    'kustomization.yaml': '{}\n',
  };
  const sources = openSources(memoryFileSystem(files));
  const loaded: string[] = [];
  const load: typeof sources.load = (path, reader) => {
    loaded.push(`${path} ${reader}`);
    return sources.load(path, reader);
  };
  secretFiles({ ...sources, load }, Object.keys(files));
  expect(loaded).toEqual(['b.yaml kustomize', 'kustomization.yaml api-server']);
});
