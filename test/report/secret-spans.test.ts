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
    [
      'what a JSON patch adds to the data of what may be a Secret, and not of what is none',
      {
        'kustomization.yaml':
          'patches:\n- {path: a.yaml, target: {kind: ConfigMap}}\n- {path: b.yaml}\n- {path: c.yaml, target: {kind: ConfigMap}}\n- {path: c.yaml, target: {kind: Sec.*}}\n',
        'a.yaml': '- {op: add, path: /data/scheme, value: https}\n',
        'b.yaml': '- {op: add, path: /data/scheme, value: S1}\n',
        'c.yaml': '- {op: add, path: /data/scheme, value: S2}\n',
        'd.yaml': '- {op: add, path: /data/scheme, value: S3}\n',
      },
    ],
    [
      'nothing of a patch that does not parse and is for none',
      {
        'kustomization.yaml': 'patches:\n- {path: a.yaml, target: {kind: ConfigMap}}\n',
        'a.yaml': '- {op: add, path: /data/scheme,\n  value: [https\n',
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
      'what an operation puts at places whose names begin alike',
      {
        'kustomization.yaml': 'patches: [{path: certain.yaml, target: {kind: Secret}}]\n',
        'certain.yaml':
          '- {op: add, path: /a/metadata/b, value: S1}\n- {op: add, path: /typed, value: S2}\n- {op: add, path: 1, value: a}\n- {op: add, value: b}\n',
      },
    ],
    [
      'no data of another kind, though a patch has it whose target may be a Secret',
      {
        'kustomization.yaml': 'patches: [{path: perhaps.yaml}]\n',
        'perhaps.yaml': 'kind: ConfigMap\ndata: {a: b}\n',
      },
    ],
    [
      'the data of a patch of another kind whose target has any kind',
      {
        'kustomization.yaml':
          'patches: [{path: named.yaml, target: {name: s}}, {path: labelled.yaml, target: {labelSelector: a=b}}, {path: other.yaml, target: {kind: ConfigMap, name: s}}]\n',
        'named.yaml': 'kind: ConfigMap\ndata: {a: S1}\n',
        'labelled.yaml': 'kind: ConfigMap\ndata: {a: S2}\n',
        'other.yaml': 'kind: ConfigMap\ndata: {a: b}\n',
      },
    ],
    [
      'the value that a replacement puts into one Secret among others, by whatever is written for a path',
      {
        'kustomization.yaml':
          'replacements:\n- {sourceValue: S1, targets: [{select: {kind: Pod}}, {select: {kind: Secret}}]}\n- {sourceValue: S2, targets: [{select: {name: a}, fieldPaths: data.a}]}\n- {sourceValue: a, targets: [{select: {name: data.x}, fieldPaths: [spec.a]}]}\n- {other: b, targets: [{select: {kind: Secret}}]}\n',
      },
    ],
    [
      'what a generator does not know, or takes for a file',
      {
        'kustomization.yaml':
          'secretGenerator: [{name: a, literalz: [S1], files: [b=c.txt], options: {labels: {d: e}}}]\n',
      },
    ],
    [
      'nothing of a Secret that is only spoken of',
      {
        'a.yaml':
          'kind: Pod\nargs: ["kind: Secret"]\nline: "kind: Secret"\nblock: |\n  a\n  b\n# stringData of a Secret\n',
        'kustomization.yaml':
          'patchesStrategicMerge: [a.yaml] # of no Secret\nother: [{patch: "kind: Secret", target: {kind: Secret}}]\n',
      },
    ],
    [
      'what escapes spell',
      {
        'a.yaml': 'kind: "\\x53ecret"\ndata: {a: S1}\n',
        'b.json': '{"kind": "\\u0053ecret", "data": {"a": "S2"}}',
      },
    ],
    [
      'in no file that is no manifest, unless a patch',
      {
        'kustomization.yaml': 'patches: [{path: a.patch, target: {kind: Secret}}]\n',
        'a.patch': 'data: {a: S1}\n',
        'notes.txt': 'kind: Secret\ndata: {a: b}\n',
        'a.yaml.orig': 'kind: Secret\ndata: {a: b}\n',
        'a.yml': 'kind: Secret\ndata: {a: S2}\n',
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
    const escaped = secret.replace('Secret', '"\\x53ecret"').replace('stringData', 'data');
    expect(secretsOf({ 'a.yaml': `${escaped}  b: [\n` })).toContain('S1');
    expect(secretsOf({ 'a.yaml': 'kind: Pod\na: "\\n"\nb: [\n' })).toEqual([]);
    expect(secretsOf({ 'a.yaml': `${secret}---\nkind: Secret\nstringData:\n  b: S2\n c: S3\n` })).toEqual(
      expect.arrayContaining(['S1', 'S2', 'S3']),
    );
  });

  it('found at any depth that a file may have', () => {
    const nested = (depth: number): string =>
      `kind: Secret\ndata: ${'['.repeat(depth)}S1${']'.repeat(depth)}\n`;
    expect(secretsOf({ 'a.yaml': nested(60) })).toEqual(['S1']);
    // Deeper than brackets may stand in one another.
    const levels = [1, 2, 3, 4].map(
      (at) => `b${at}: &x${at} ${'['.repeat(90)}*x${at - 1}${']'.repeat(90)}\n`,
    );
    const deep = `metadata:\n  labels:\n    b0: &x0 S1\n${levels.map((one) => `    ${one}`).join('')}`;
    expect(secretsOf({ 'a.yaml': `kind: Secret\n${deep}data: *x4\n` })).toEqual(['S1']);
  });

  it('a value that is null, and what stands in the place of a file behind a name', () => {
    expect(secretsOf({ 'a.yaml': 'kind: Secret\ndata: {a: null}\n' })).toEqual(['null']);
    const generator = 'secretGenerator: [{name: a, files: [b=c=d, e=f]}]\n';
    expect(secretsOf({ 'kustomization.yaml': generator })).toEqual(['c=d']);
  });

  it('a manifest of any name that an API server reads', () => {
    const sources = openSources(memoryFileSystem({ stdin: 'kind: Secret\ndata: {a: b}\n' }));
    const file = sources.file('stdin');
    const files = file === undefined ? [] : [file];
    const find = (reader: 'api-server' | 'kustomize'): number =>
      secretSpansIn(sources, { files, readerOf: () => reader, inputs: [] }).length;
    expect([find('api-server'), find('kustomize')]).toEqual([1, 0]);
  });

  it('what may be one behind the end of a document, and nothing open before it', () => {
    const open = 'kind: ConfigMap\ndata:\n  a: b\n';
    const unread = '...\nkind: Secret\nstringData:\n  b: S1\n';
    expect(secretsOf({ 'a.yaml': `${open}${unread}` }).filter((one) => one !== '')).toEqual(['S1']);
    expect(secretsOf({ 'a.yaml': `kind: Secret\ndata: {a: S2}\n${unread}` }).filter(Boolean)).toEqual([
      'S2',
      'S1',
    ]);
    const duplicate = 'kind: Secret\nmetadata:\n  labels: {a: b}\n  labels: {a: b}\ndata: {a: S1}\n';
    expect(secretsOf({ 'a.yaml': `${duplicate}` })).toContain('S1');
  });

  it.each([
    ['kind: ValueAddTransformer\nvalue: S1\nfieldPath: data/a\ntargets: [{selector: {name: a}}]\n', 'S1'],
    ['- {op: add, path: "", value: {a: S1}}\n', 'S1'],
    ["- {op: add, 'path' : '', value: {a: S1}}\n", 'S1'],
    ['- {op: add, path:   "", value: {a: S1}}\n', 'S1'],
    ['- {op: add, path: /data/a, value: S1}\n', 'S1'],
    ['kind: SecretGenerator\nliterals: [a=S1]\n', 'S1'],
    ['secretGenerator: [{literals: [a=S1]}]\n', 'S1'],
    ['stringData: {a: S1}\n', 'S1'],
    ['sourceValue: S1\ntargets: [{select: {name: a}, fieldPaths: [data.a]}]\n', 'S1'],
    ['kind: "Sec\\\n  ret"\ndata: {a: S1}\n', 'S1'],
    ['patches: [{target: {name: a}, patch: "data: {a: S1}"}]\n', '"data: {a: S1}"'],
  ])('found in a file of nothing else: %j', (text, secret) => {
    expect(secretsOf({ 'a.yaml': text })).toEqual([secret]);
  });

  it('no more where all is read, whatever is said of the file', () => {
    expect(
      secretsOf({ 'a.yaml': 'kind: Secret\nmetadata: {labels: {a: b}} # \u200b\ndata: {a: S1}\n' }),
    ).toEqual(['S1']);
  });

  it.each([
    ['data: {a: b}', true],
    ['a: b\n  data : {a: b}', true],
    ['stringData: {a: b}', true],
    ['[{op: add, path: /data/a, value: b}]', true],
    ['[{op: add, path: /data, value: b}]', true],
    ['[{op: add, path: /database, value: b}]', false],
    ['a: {data: b}', false],
    ['mydata: {a: b}', false],
    ['data.a: b', false],
    ['datax: b', false],
  ])('a patch whose target may be a Secret: %j is one: %s', (patch, isSecret) => {
    const inline = (target: string): string[] =>
      secretsOf({
        'kustomization.yaml': `patches:\n  - target: ${target}\n    patch: ${JSON.stringify(patch)}\n# data\n`,
      });
    expect(inline('{name: a}').length).toBe(isSecret ? 1 : 0);
    expect(inline('{kind: Pod}')).toEqual([]);
    expect(inline('{kind: Secret}').length).toBe(1);
    const plugin = `kind: PatchTransformer\ntarget: {kind: Secret}\npatch: ${JSON.stringify(patch)}\n`;
    expect(secretsOf({ 'a.yaml': plugin }).length).toBe(1);
    const operations = plugin.replace('PatchT', 'PatchJson6902T').replace('patch:', 'jsonOp:');
    expect(secretsOf({ 'a.yaml': operations }).length).toBe(1);
    expect(secretsOf({ 'a.yaml': `${plugin.replace('patch:', 'other:')}# patch` })).toEqual([]);
  });

  it('no patch that is none', () => {
    expect(
      secretsOf({ 'kustomization.yaml': 'patches: [{target: {kind: Secret}, patch: {a: b}, path: c}]\n' }),
    ).toEqual([]);
  });

  it.each([
    ['kind: Secret', true],
    ['"kind": "Secret"', true],
    ["'kind' : 'Secret'", true],
    ['kind:   Secret', true],
    ['kind:Secret', true],
    ['{a: b, kind: Secret}', true],
    ['kind: xSecret', false],
    ['kindx: Secret', false],
    ['xkind: Secret', false],
    ['kind: SecretStore', false],
    ['kind:xSecret', false],
    ['kind x: Secret', false],
  ])('what stands in a text of several lines with %s: %s', (line, isSecret) => {
    const found = secretsOf({ 'a.yaml': `kind: Else\ntext: |\n  ${line}\n  data: {a: b}\n` });
    expect(found.length).toBe(isSecret ? 1 : 0);
  });
});
