import { describe, expect, it } from 'vitest';
import { secretSpansIn } from '../../src/build/secret-spans.ts';
import { isKustomizationPath } from '../../src/object/kustomization-path.ts';
import { openSources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';

type Files = Readonly<Record<string, string>>;

/** What is secret in files, as it is written there. */
function secretsOf(files: Files, inputs: readonly string[] = Object.keys(files)): string[] {
  const sources = openSources(memoryFileSystem(files));
  const spans = secretSpansIn(sources, {
    files: Object.keys(files).flatMap((path) => sources.file(path) ?? []),
    readerOf: (path) => (isKustomizationPath(path) ? 'api-server' : 'kustomize'),
    inputs,
  });
  return spans.map(({ file, start, end }) => file.text.slice(start, end).trim());
}

/** Of files in which each secret is called `S1`, `S2` and so on: those, in their order. */
function marked(files: Files): string[] {
  return Object.values(files).flatMap((text) => text.match(/\bS\d\b/gu) ?? []);
}

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

describe('secret is', () => {
  it.each<[string, Files]>([
    [
      'all of a Secret but what everybody may see',
      {
        'a.yaml':
          'apiVersion: v1\nkind: Secret\nmetadata: {name: a, annotations: {b: c}}\ntype: Opaque\nimmutable: true\nsops: {mac: d}\ndata: {e: S1, f: {g: [S2, S3]}}\nstringDta: S4\n',
      },
    ],
    ['what stringData holds in anything', { 'a.yaml': 'kind: Else\nstringData: {a: S1}\ndata: {b: c}\n' }],
    [
      'none of the data of others',
      { 'a.yaml': 'kind: ConfigMap\nmetadata: {name: aSecret}\ndata: {b: c}\n' },
    ],
    [
      'each Secret of a list, and of a list of Secrets whatever it is called',
      {
        'a.yaml':
          'kind: List\nitems: [{kind: Secret, data: {a: S1}}, {kind: ConfigMap, data: {a: b}}]\n---\nkind: SecretList\nitems: [{data: {a: S2}}]\n---\nkind: List\nitems: [{data: {a: Secret}}]\n',
        'b.json': '[{"kind": "Secret", "data": {"a": S3}}, {"kind": "ConfigMap", "data": {"a": 1}}]',
      },
    ],
    ['each document', { 'a.yaml': 'kind: ConfigMap\ndata: {a: b}\n---\nkind: Secret\ndata: {a: S1}\n' }],
    [
      'what kubectl keeps of a Secret',
      {
        'a.yaml': `kind: Secret\nmetadata: {annotations: {${lastApplied}: S1, other: a}, labels: {${lastApplied}: b}}\n`,
        'b.yaml': `kind: Else\nmetadata: {annotations: {${lastApplied}: 'a Secret'}}\n`,
      },
    ],
    [
      'what a generator of Secrets is given',
      {
        'kustomization.yaml':
          'secretGenerator: [{name: a, literals: [b=S1], files: [c=d.txt], type: e}]\nconfigMapGenerator: [{name: f, literals: [g=h]}]\n',
        'generator.yaml': 'kind: SecretGenerator\nmetadata: {name: a}\nliterals: [b=S2]\n',
      },
    ],
    [
      'the value of an operation for a Secret',
      {
        'kustomization.yaml':
          'patches: [{path: certain.yaml, target: {kind: Secret}}, {path: other.yaml, target: {kind: Pod}}]\n',
        'certain.yaml':
          '- {op: add, path: /data/a, value: S1}\n- {op: add, path: /anything, value: {a: S2}}\n- {op: add, path: /type, value: a}\n- {op: add, path: /metadata/labels/a, value: b}\n- {op: add, path: /metadata/annotations/a, value: S3}\n',
        'other.yaml': '- {op: add, path: /spec/a, value: b}\n',
        'perhaps.yaml':
          '- {op: add, path: /data/a, value: S4}\n- {op: add, path: /stringData, value: {a: S5}}\n- {op: add, path: "", value: S6}\n- {op: add, path: /database, value: a}\n- {op: add, path: /spec/data/a, value: b}\n- {op: add, value: c}\n- {op: add, path: 1, value: c}\n',
      },
    ],
    [
      'the data of a patch whose target may be a Secret',
      {
        'kustomization.yaml':
          'patches: [{path: perhaps.yaml, target: {name: a}}, {path: certain.yaml, target: {kind: "Secret|Pod"}}]\n',
        'perhaps.yaml': 'data: {a: S1}\nmetadata: {name: b}\n',
        'certain.yaml': 'data: {a: S2}\nmore: S3\nmetadata: {name: b}\n',
      },
    ],
    [
      'what a plugin adds to Secrets, or to anything',
      {
        'a.yaml':
          'kind: ValueAddTransformer\ntargets: [{selector: {kind: Pod}}, {selector: {kind: Secret}}]\nvalue: S1\nother: a # Secret\n---\nkind: ValueAddTransformer\ntargets: [{selector: {kind: Pod}}]\nvalue: b\n---\nkind: ValueAddTransformer\nvalue: S2\n',
      },
    ],
    [
      'the value that a replacement puts into Secrets',
      {
        'kustomization.yaml':
          'replacements:\n- {sourceValue: S1, targets: [{select: {kind: Secret}, fieldPaths: [a]}]}\n- {sourceValue: S2, targets: [{select: {name: a}, fieldPaths: [data.a]}]}\n- {sourceValue: S3, targets: [{select: {name: a}, fieldPaths: [b, stringData.a]}]}\n- {sourceValue: a, targets: [{select: {name: a}, fieldPaths: [metadata.a]}]}\n- {sourceValue: b, targets: [{select: {kind: Pod}, fieldPaths: [data.a]}]}\n- {sourceValue: c}\n',
      },
    ],
    [
      'in no file that is no manifest, unless a patch',
      {
        'kustomization.yaml': 'patches: [{path: a.patch, target: {kind: Secret}}]\n',
        'a.patch': 'data: {a: S1}\n',
        'notes.txt': 'kind: Secret\ndata: {a: b}\n',
      },
    ],
  ])('%s', (_, files) => {
    const found = secretsOf(files).map((text) => text.replaceAll(/^["']|["']$/gu, ''));
    expect(found.toSorted()).toEqual(marked(files).toSorted());
  });

  it('all of a file that a generator takes in', () => {
    const files = {
      'k/kustomization.yaml': 'secretGenerator: [{name: a, files: [b=c.txt], envs: [d.env]}]\n',
      'k/c.txt': 'one\n',
      'k/d.env': 'a=b\n',
      'k/e.txt': 'open\n',
    };
    expect(secretsOf(files)).toEqual(['one', 'a=b']);
  });

  it('a patch for a Secret, wherever it is written', () => {
    const patch = 'kind: Secret\ndata: {a: b}';
    const block = `|\n      ${patch.replace('\n', '\n      ')}`;
    for (const [name, text] of [
      ['kustomization.yaml', `patches:\n  - patch: ${block}\n`],
      ['kustomization.yaml', `patchesStrategicMerge:\n  - ${block}\n`],
      [
        'kustomization.yaml',
        `patchesJson6902:\n  - {target: {kind: Secret}, patch: "[{op: add, path: /data/a, value: b}]"}\n`,
      ],
      ['a.yaml', `kind: PatchTransformer\npatch: ${block}\n`],
      ['a.yaml', `kind: Else\nsomething: ${block}\n`],
    ] as const) {
      const found = secretsOf({ [name]: text });
      expect([text, found.some((one) => one.includes('data'))]).toEqual([text, true]);
    }
    expect(
      secretsOf({
        'kustomization.yaml': `patches:\n  - patch: ${block.replace('Secret', 'Pod').replace('data', 'spec')}\n`,
      }),
    ).toEqual([]);
  });

  it('whatever may be one where a file cannot be read, or from where it cannot', () => {
    const secret = 'kind: Secret\nmetadata: {name: a}\nstringData:\n  a: S1\n';
    expect(secretsOf({ 'a.yaml': `${secret}  b: [\n` })).toContain('S1');
    expect(secretsOf({ 'a.yaml': `${secret}---\nkind: Secret\nstringData:\n  b: S2\n c: S3\n` })).toEqual(
      expect.arrayContaining(['S1', 'S2', 'S3']),
    );
  });

  it('found at any depth that a file may have', () => {
    const nested = (depth: number): string =>
      `kind: Secret\ndata: ${'['.repeat(depth)}S1${']'.repeat(depth)}\n`;
    expect(secretsOf({ 'a.yaml': nested(60) })).toEqual(['S1']);
  });
});
