import { describe, expect, it } from 'vitest';
import {
  isRemote,
  joinPath,
  type Loader,
  type LoaderOptions,
  missingPathIn,
  missingProblem,
  openLoader,
  outsideProblem,
  remoteProblem,
} from '../../src/build/loader.ts';
import { isProblem, type Problem } from '../../src/build/problem.ts';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { type Origin, originOfDocument, type Tracked, untracked } from '../../src/object/provenance.ts';
import type { EntryKind, FileSystem, ReadFailure } from '../../src/source/file-system.ts';
import { openSources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { parseDocuments } from '../../src/source/parse.ts';
import { trackText } from '../support/tracked-text.ts';

/** A file system with links, and with what cannot be read. */
interface Odd {
  readonly links?: Readonly<Record<string, string>>;
  readonly kinds?: Readonly<Record<string, EntryKind>>;
  readonly unread?: Readonly<Record<string, ReadFailure>>;
}

function withOdd(files: Readonly<Record<string, string>>, odd: Odd): FileSystem {
  const plain = memoryFileSystem(files);
  const followed = (path: string): string => odd.links?.[path] ?? path;
  return {
    list: (path) => plain.list(path),
    read: (path) => odd.unread?.[path] ?? plain.read(followed(path)),
    kind: (path) => odd.kinds?.[path] ?? plain.kind(followed(path)),
    realPath: (path) => plain.realPath(followed(path)),
  };
}

interface Opened {
  readonly loader: Loader;
  readonly inputs: (readonly [path: string, by: string | undefined])[];
  readonly diagnostics: Diagnostic[];
}

function open(
  files: Readonly<Record<string, string>>,
  directory = '',
  options: Partial<LoaderOptions> = {},
  odd: Odd = {},
): Opened {
  const inputs: Opened['inputs'] = [];
  const diagnostics: Diagnostic[] = [];
  const loader = openLoader(openSources(withOdd(files, odd)), directory, {
    loadRestrictor: 'root-only',
    provenance: true,
    onInput: (path, by) => inputs.push([path, by]),
    onDiagnostic: (diagnostic) => diagnostics.push(diagnostic),
    ...options,
  });
  return { loader, inputs, diagnostics };
}

/** A path as the entry of a kustomization. */
function entry(path: string): Tracked<string> {
  return trackText(path, `resources: [${path}]`) as Tracked<string>;
}

function ruleOf(result: unknown): unknown {
  return isProblem(result) ? (result.rule ?? result.problem) : result;
}

const object = 'kind: ConfigMap\n';

describe('a path in a kustomization', () => {
  const files = {
    'app/one.yaml': object,
    'app/below/two.yaml': object,
    'apple/three.yaml': object,
    'four.yaml': object,
  };
  const outside = 'file-outside-kustomization';

  it.each<[path: string, restricted: string, free: string]>([
    ['one.yaml', 'app/one.yaml', 'app/one.yaml'],
    ['./below/../one.yaml', 'app/one.yaml', 'app/one.yaml'],
    ['below/two.yaml', 'app/below/two.yaml', 'app/below/two.yaml'],
    ['not-there.yaml', 'app/not-there.yaml', 'app/not-there.yaml'],
    ['../app/one.yaml', 'app/one.yaml', 'app/one.yaml'],
    ['../four.yaml', outside, 'four.yaml'],
    ['../apple/three.yaml', outside, 'apple/three.yaml'],
    ['../apple', outside, 'apple'],
    ['..', outside, ''],
    ['../not-there.yaml', 'file-missing', 'not-there.yaml'],
    ['../../four.yaml', 'path-outside-repository', 'path-outside-repository'],
    ['/four.yaml', 'path-outside-repository', 'path-outside-repository'],
    ['below\\two.yaml', 'file-missing', 'file-missing'],
    ['https://example.org/four.yaml', 'remote-not-fetched', 'remote-not-fetched'],
  ])('%s leads to %s, or to %s without a restriction', (path, restricted, free) => {
    expect(ruleOf(open(files, 'app').loader.resolve(entry(path)))).toBe(restricted);
    expect(ruleOf(open(files, 'app', { loadRestrictor: 'none' }).loader.resolve(entry(path)))).toBe(free);
  });

  it('may lead to all of the repository from its root', () => {
    expect(open(files).loader.resolve(entry('app/below/two.yaml'))).toBe('app/below/two.yaml');
    expect(open(files).loader.directory).toBe('');
    expect(open(files, 'app').loader.directory).toBe('app');
  });

  it('counts as where its link leads to, and keeps its name', () => {
    const odd = {
      links: { 'app/away.yaml': 'four.yaml', 'app/near.yaml': 'app/one.yaml', 'home.yaml': 'app/one.yaml' },
    };
    const resolve = (path: string): unknown =>
      ruleOf(open(files, 'app', {}, odd).loader.resolve(entry(path)));
    expect(resolve('away.yaml')).toBe(outside);
    expect(resolve('near.yaml')).toBe('app/near.yaml');
    expect(resolve('../home.yaml')).toBe('home.yaml');
    expect(open(files, 'app', { loadRestrictor: 'none' }, odd).loader.resolve(entry('away.yaml'))).toBe(
      'app/away.yaml',
    );
  });

  it('names its directory where it leads out of it, and the entry', () => {
    const path = entry('../four.yaml');
    expect(open(files, 'app').loader.resolve(path)).toEqual({
      rule: outside,
      problem: '../four.yaml is outside app, and kustomize loads files only from there and below',
      help: 'move the file, or add a kustomization next to it and list that directory',
      at: path.origin,
    });
    expect(open(files, 'app').loader.resolve(entry('../five.yaml'))).toMatchObject({
      problem: 'five.yaml does not exist',
    });
  });

  it('is taken from a copy of what is remote, by all of its text', () => {
    const remotes = new Map([['https://example.org/base?ref=v1', 'copies/base']]);
    const { loader } = open(files, 'app', { remotes });
    expect(loader.resolve(entry('https://example.org/base?ref=v1'))).toBe('copies/base');
    expect(ruleOf(loader.resolve(entry('https://example.org/base?ref=v2')))).toBe('remote-not-fetched');
  });
});

describe('a file of documents', () => {
  const files = { 'app/one.yaml': `${object}---\nkind: Secret\n`, 'app/below/two.yaml': object };

  it('is read and noted down with what reads it', () => {
    const { loader, inputs, diagnostics } = open(files, 'app');
    const documents = loader.documents(entry('one.yaml'), 'patches', 'kustomize') as readonly Tracked[];
    expect(documents.map(({ value }) => value)).toEqual([{ kind: 'ConfigMap' }, { kind: 'Secret' }]);
    expect(
      documents.map(({ origin }) => 'positions' in origin && [origin.by, origin.positions.file.path]),
    ).toEqual([
      ['patches', 'app/one.yaml'],
      ['patches', 'app/one.yaml'],
    ]);
    expect(inputs).toEqual([['app/one.yaml', 'patches']]);
    expect(diagnostics).toEqual([]);
  });

  it('has no history where nobody asks for it', () => {
    const documents = open(files, 'app', { provenance: false }).loader.documents(
      entry('one.yaml'),
      'resources',
      'kustomize',
    );
    expect((documents as readonly Tracked[]).map(({ origin }) => origin)).toEqual([untracked, untracked]);
  });

  it.each<[path: string, problem: string]>([
    ['not-there.yaml', 'app/not-there.yaml does not exist'],
    ['below', 'app/below is a directory, not a file'],
    ['pipe', 'app/pipe cannot be read'],
    ['link-out.yaml', 'link-out.yaml is outside the repository'],
    ['../../up.yaml', '../../up.yaml is outside the repository'],
  ])('%s is a problem', (path, problem) => {
    const odd: Odd = { kinds: { 'app/pipe': 'other' }, unread: { 'app/link-out.yaml': 'outside' } };
    const { loader, inputs } = open(files, 'app', {}, odd);
    const at = entry(path);
    expect(loader.documents(at, 'resources', 'kustomize')).toMatchObject({ problem, at: at.origin });
    expect(inputs).toEqual([]);
  });

  it('is not read at all where it is not below the kustomization', () => {
    const { loader, inputs } = open(files, 'app/below');
    expect(ruleOf(loader.documents(entry('../one.yaml'), 'resources', 'kustomize'))).toBe(
      'file-outside-kustomization',
    );
    expect(inputs).toEqual([]);
  });

  it('with errors is told once: by what is wrong with it', () => {
    const { loader, diagnostics } = open({ 'broken.yaml': 'a: [\n' });
    const at = entry('broken.yaml');
    expect(loader.documents(at, 'resources', 'kustomize')).toEqual({
      problem: 'broken.yaml cannot be read',
      at: at.origin,
      reported: true,
    });
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]?.unchecked).toBeDefined();
  });

  it('that is only warned of is taken', () => {
    const { loader, diagnostics } = open({ 'odd.yaml': 'a: "\u200b"\n' });
    expect(loader.documents(entry('odd.yaml'), 'resources', 'kustomize')).toMatchObject([
      { value: { a: '\u200b' } },
    ]);
    expect(diagnostics.map(({ unchecked }) => unchecked)).toEqual([undefined]);
  });
});

describe('a key that is set twice', () => {
  const twice = (head: string): string => `${head}{a: "1", a: "2"}\n`;

  it.each<[what: string, text: string, by: string, reader: 'kustomize' | 'operations', isTaken: boolean]>([
    ['in data', twice('data: '), 'resources', 'kustomize', false],
    ['in data that is read as JSON', twice('data: '), 'patches', 'operations', true],
    ['in a configuration', twice('data: '), 'configurations', 'operations', false],
    ['in annotations', twice('metadata:\n  annotations: '), 'resources', 'kustomize', true],
    [
      'in the last annotation',
      'metadata:\n  annotations:\n    a: "1"\n    a: "2"\n  name: one\n',
      'resources',
      'kustomize',
      true,
    ],
    ['in labels', twice('metadata:\n  labels: '), 'resources', 'kustomize', false],
    [
      'in labels before annotations',
      `${twice('metadata:\n  labels: ')}  annotations: {b: "1"}\n`,
      'resources',
      'kustomize',
      false,
    ],
    [
      'in labels behind annotations',
      twice('metadata:\n  annotations: {b: "1"}\n  labels: '),
      'resources',
      'kustomize',
      false,
    ],
    [
      'in annotations that are set twice',
      'metadata:\n  annotations: {}\n  annotations: {}\n',
      'resources',
      'kustomize',
      false,
    ],
    ['in annotations of nothing', twice('annotations: '), 'resources', 'kustomize', false],
    [
      'in annotations of the second object',
      `${object}---\n${twice('metadata:\n  annotations: ')}`,
      'resources',
      'kustomize',
      true,
    ],
  ])('%s is an error unless it is taken', (_, text, by, reader, isTaken) => {
    const { loader, diagnostics } = open({ 'one.yaml': text });
    const documents = loader.documents(entry('one.yaml'), by, reader);
    expect(isProblem(documents)).toBe(!isTaken);
    expect(diagnostics.map(({ rule, unchecked }) => [rule, unchecked === undefined])).toEqual([
      ['duplicate-key', isTaken],
    ]);
  });
});

describe('a text inside a kustomization', () => {
  const text = 'patch: |\n  kind: ConfigMap\n  data: {a: "1"}\n';
  const { positions } =
    parseDocuments({ path: 'app/kustomization.yaml', text }, 'kustomize').documents[0] ?? {};
  const value = 'kind: ConfigMap\ndata: {a: "1"}\n';
  const reader = { as: 'kustomize' } as const;
  if (positions === undefined) throw new Error('not read');

  /** Where the first document of a text is, and what it came by. */
  const placeOf = (origin: Origin, given = value): unknown => {
    const documents = open({}, 'app').loader.embedded(
      { value: given, origin },
      'patches',
      reader,
    ) as readonly Tracked[];
    const found = documents[0]?.origin ?? untracked;
    if (!('positions' in found)) return undefined;
    const [, , start, end] = found.positions.nodes;
    return [found.by, found.positions.file.path, found.positions.file.text.slice(start, end)];
  };
  const own = originOfDocument('patches', positions, 1);
  const span = { file: { path: 'one.yaml', text: 'from: here' }, start: 6, end: 10 };
  const set = { by: 'replacements', span };

  it('stands line by line where it is written', () => {
    expect(placeOf(own)).toEqual(['patches', 'app/kustomization.yaml', 'kind: ConfigMap\n  data: {a: "1"}']);
  });

  it('stands where it was set last, where it was changed on its way', () => {
    expect(placeOf(set)).toEqual(['patches', 'one.yaml', 'here']);
    expect(placeOf({ last: set, previous: own, rest: undefined, parts: undefined })).toEqual([
      'patches',
      'one.yaml',
      'here',
    ]);
  });

  it('stands where its template is, not what was put in there', () => {
    const other = { by: 'vars', span: { ...span, start: 0, end: 4 } };
    expect(placeOf({ template: set, values: [other] })).toEqual(['patches', 'one.yaml', 'here']);
    expect(placeOf({ template: { template: set, values: [other] }, values: [other] })).toEqual([
      'patches',
      'one.yaml',
      'here',
    ]);
  });

  it('of which nobody knows where it stands is a file of its own', () => {
    expect(placeOf(untracked)).toEqual(['patches', 'app/patches', value.trim()]);
  });

  it('is read without the space behind it where its reader takes that away', () => {
    const read = (isTrimmed: boolean): unknown =>
      ruleOf(
        open({}).loader.embedded({ value: '{"a": 1}\u3000', origin: untracked }, 'patches', {
          as: 'json',
          isTrimmed,
        }),
      );
    expect(read(true)).toMatchObject([{ value: { a: 1 } }]);
    expect(read(false)).toBe('patches cannot be read');
  });

  it('with errors is told where it stands', () => {
    const { loader, diagnostics } = open({}, 'app');
    expect(loader.embedded({ value: 'a: [\n', origin: set }, 'patches', reader)).toEqual({
      problem: 'one.yaml cannot be read',
      at: set,
      reported: true,
    });
    expect(diagnostics.map((one) => one.span)).toEqual([span]);
  });
});

describe('the bytes of a file', () => {
  const files = { 'app/one.txt': 'one' };

  it('are noted down as read by no field', () => {
    const { loader, inputs } = open(files, 'app');
    expect(loader.bytes(entry('one.txt'))).toEqual(new TextEncoder().encode('one'));
    expect(inputs).toEqual([['app/one.txt', undefined]]);
  });

  const missing = 'app/one.txt cannot be read';
  const notHere =
    'the content of app/one.txt is not in this clone: it is in Git LFS, in a submodule, encrypted with git-crypt, or was left out of a partial clone';
  it.each<[failure: ReadFailure, problem: Partial<Problem>]>([
    ['too-large', { rule: 'too-large', problem: 'app/one.txt exceeds the size limit for files' }],
    [
      'too-much',
      { rule: 'too-large', problem: 'app/one.txt exceeds the size limit for files', isOfRun: true },
    ],
    ['outside', { rule: 'path-outside-repository', problem: 'one.txt is outside the repository' }],
    ['not-fetched', { rule: 'file-missing', problem: notHere, isElsewhere: true }],
    ['not-a-file', { rule: 'file-missing', problem: missing }],
    ['unreadable', { rule: 'file-missing', problem: missing }],
  ])('that are %s are a problem', (failure, problem) => {
    const { loader, inputs } = open(files, 'app', {}, { unread: { 'app/one.txt': failure } });
    const at = entry('one.txt');
    const { help, ...found } = loader.bytes(at) as Problem;
    expect(found).toEqual({ ...problem, at: at.origin });
    expect(help).toBeDefined();
    expect(inputs).toEqual([]);
  });

  it('that are not there, are a directory, or are not below the kustomization are a problem', () => {
    const { loader } = open(files, 'app');
    expect(loader.bytes(entry('two.txt'))).toMatchObject({ problem: 'app/two.txt does not exist' });
    expect(loader.bytes(entry('.'))).toMatchObject({ problem: 'app is a directory, not a file' });
    expect(ruleOf(loader.bytes(entry('../app.txt')))).toBe('file-missing');
    expect(ruleOf(open({ 'two.txt': '' }, 'app').loader.bytes(entry('../two.txt')))).toBe(
      'file-outside-kustomization',
    );
  });
});

describe('isRemote', () => {
  it.each([
    'https://example.org/base',
    'HTTPS://example.org/base',
    'git::https://example.org/base',
    's3::bucket',
    'git+ssh://example.org/base',
    'a2.b-c+d://x',
    'gh:owner/name',
    'GH:owner/name',
    'github.com/owner/name',
    'github.com:owner/name',
    'GitHub.com/owner/name',
    'bitbucket.org/owner/name',
    'bitbucket.org:owner/name',
    'gitlab.com/owner/name',
    'gitlab.com:owner/name',
    'git@example.org:owner/name',
    'git@example.org/owner/name',
    'first.last-name_1@host.example-1_a:base',
    'base?ref=main',
    'base?timeout=1&ref=main',
    'base?version=1',
    'base?submodules=0',
    'base?a=b&timeout=1',
  ])('fetches %s', (path) => {
    expect(isRemote(path)).toBe(true);
  });

  it.each([
    'base',
    './https://example.org/base',
    '1a://x',
    'a:b',
    'a:/b',
    'a b://x',
    '://x',
    'gh/owner',
    'big.gh:owner',
    'github.com',
    'github.community/x',
    'my/github.com/owner',
    'githubxcom/owner',
    'bitbucketxorg/owner',
    'gitlabxcom/owner',
    'gitlab.com.yaml',
    '@example.org:base',
    'git@:base',
    'git@example.org',
    'a b@example.org:base',
    'a/b@example.org:base',
    'git@exa mple.org:base',
    'base?reference=main',
    'base/ref=main',
    'ref=main',
    'base?xref=main',
  ])('does not fetch %s', (path) => {
    expect(isRemote(path)).toBe(false);
  });
});

describe('what is wrong with a path', () => {
  const origin = entry('x').origin;
  const told = (value: string): unknown => remoteProblem({ value, origin }).cause;
  const where = 'is outside the repository and is never fetched';

  it.each([
    ['https://github.com/owner/name/base?ref=v1', 'owner/name'],
    ['https://www.github.com/owner/name', 'owner/name'],
    ['https://raw.githubusercontent.com/owner/name/main/a.yaml', 'owner/name'],
    ['github.com/owner/name.git', 'owner/name'],
    ['github.com:owner/name', 'owner/name'],
    ['GITHUB.com/owner/na.me-1_a//base', 'owner/na.me-1_a'],
    ['git@github.com:own.er-1_a/name.git', 'own.er-1_a/name'],
    ['ssh://first.last-1@gitlab.com/owner/name', 'owner/name'],
    ['git+ssh://git@bitbucket.org/owner/name', 'owner/name'],
    ['github.com/owner/name.gitops', 'owner/name.gitops'],
    ['github.com/owner/na.git.me', 'owner/na.git.me'],
    ['https://example.org/owner/name.git', 'https://example.org/owner/name.git'],
    ['https://example.org/github.com/owner/name', 'https://example.org/github.com/owner/name'],
    ['github.com/owner', 'github.com/owner'],
    ['githubxcom/owner/name', 'githubxcom/owner/name'],
    ['rawxgithubusercontent.com/owner/name', 'rawxgithubusercontent.com/owner/name'],
    ['wwwxgithub.com/owner/name', 'wwwxgithub.com/owner/name'],
    ['github.com./owner/name', 'github.com./owner/name'],
  ])('%s is of the repository %s', (address, repository) => {
    expect(told(address)).toBe(`${repository} ${where}`);
  });

  it('is elsewhere for what is remote', () => {
    expect(remoteProblem({ value: 'github.com/owner/name/base', origin })).toEqual({
      rule: 'remote-not-fetched',
      isElsewhere: true,
      cause: `owner/name ${where}`,
      problem: `github.com/owner/name/base ${where}`,
      help: expect.stringContaining('cdb-lint sources'),
      at: origin,
    });
  });

  it('is the backslash where it has one', () => {
    expect(outsideProblem({ value: 'a\\b\\c', origin })).toEqual({
      rule: 'file-missing',
      problem: 'a\\b\\c contains a backslash, which separates directories only on Windows',
      help: 'write slashes: a/b/c',
      at: origin,
    });
    expect(outsideProblem({ value: '../a', origin })).toEqual({
      rule: 'path-outside-repository',
      problem: '../a is outside the repository',
      help: 'write a path inside the repository',
      at: origin,
    });
  });

  it('names the root as the other tools do', () => {
    expect(missingProblem(entry('x'), '', 'directory')).toMatchObject({
      problem: '. is a directory, not a file',
    });
    expect(ruleOf(open({}, '').loader.resolve(entry('..')))).toBe('path-outside-repository');
  });

  it('is read from its message', () => {
    const { problem } = missingProblem(entry('x'), 'a b/c', undefined);
    expect(missingPathIn(problem)).toBe('a b/c');
    expect(missingPathIn(`${problem} today`)).toBeUndefined();
    expect(missingPathIn('a\nb does not exist')).toBe('a\nb');
    expect(missingPathIn(missingProblem(entry('x'), 'a', 'directory').problem)).toBeUndefined();
  });

  it('has its directory in front unless it is absolute', () => {
    expect([joinPath('a', 'b'), joinPath('', 'b'), joinPath('a', '/b'), joinPath('', '/b')]).toEqual([
      'a/b',
      'b',
      '/b',
      '/b',
    ]);
  });
});
