import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import type { SourceFile } from '../../src/diagnostic/source-file.ts';
import { type Origin, originOfEntry, replaceValue, setKey } from '../../src/object/provenance.ts';
import type { Resource } from '../../src/object/resource.ts';
import { type Secrets, secretsAt, secretsIn, secretsOfText } from '../../src/run/secrets.ts';
import { hiddenSpans, writtenScalars } from '../../src/run/written-scalars.ts';
import { openSources, type Sources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { parseDocuments } from '../../src/source/parse.ts';
import type { Mapping } from '../../src/source/value.ts';
import { trackMapping } from '../support/tracked-text.ts';

type Files = Readonly<Record<string, string>>;

function placeIn(sources: Sources, path: string, at = 0): { file: SourceFile; start: number; end: number } {
  const file = sources.file(path);
  if (file === undefined) throw new Error(`${path} is not there`);
  return { file, start: at, end: at };
}

interface Shown {
  /** The files that are shown from their beginning on. */
  readonly shown?: readonly string[];
  readonly plainFiles?: readonly string[];
  readonly inputs?: readonly string[];
  readonly resources?: readonly Resource[];
}

function secretsOf(
  files: Files,
  { shown = Object.keys(files), plainFiles, inputs = [], resources = [] }: Shown,
): Secrets {
  const sources = openSources(memoryFileSystem(files));
  return secretsAt(sources, {
    places: shown.map((path) => placeIn(sources, path)),
    rendered: [{ resources, inputs }],
    ...(plainFiles === undefined ? {} : { plainFiles }),
  });
}

function written({ spans }: Secrets): string[] {
  const texts = spans.map(({ file, start, end }) => file.text.slice(start, end).trim());
  return [...new Set(texts)].filter((text) => text !== '').sort();
}

/** An object as it is rendered, of which each text comes from this file. */
function rendered(object: unknown, text = ''): Resource {
  const { value, origin } = trackMapping(object as Mapping, text);
  return { object: value, origin };
}

const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: access}\nstringData: {a: hunter22}\n';

describe('places of secrets', () => {
  it('are those of files that are shown, and the texts those of all that is read', () => {
    const files = { 'a.yaml': secret, 'b.yaml': secret.replace('hunter22', 'hunter33'), 'c.txt': 'none' };
    const one = secretsOf(files, { shown: ['a.yaml', 'c.txt'], inputs: ['b.yaml', 'gone.yaml'] });
    expect(written(one)).toEqual(['hunter22']);
    expect(one.texts).toEqual(expect.arrayContaining(['hunter22', 'hunter33']));
    expect(secretsOf(files, { shown: ['c.txt'] }).texts).not.toContain('hunter33');
    expect(secretsOf(files, { shown: ['c.txt'], plainFiles: ['b.yaml'] }).texts).toContain('hunter33');
  });

  it('are those of manifests as an API server reads them', () => {
    const text = '{"kind": "Secret", "stringData": {"user": "peach-pear"}}{"b": 1}';
    expect(secretsOf({ 'a.json': text }, { shown: [], plainFiles: ['a.json'] }).texts).toContain(
      'peach-pear',
    );
    // On the line of its first marker a server reads nothing; kustomize does.
    const files = { 'a.yaml': '--- {kind: Secret, stringData: {user: peach-pear}}\n' };
    expect(secretsOf(files, { shown: [], inputs: ['a.yaml'] }).texts).toContain('peach-pear');
    expect(secretsOf(files, { shown: [], plainFiles: ['a.yaml'] }).texts).not.toContain('peach-pear');
  });

  it('are told of a file that is shown otherwise than it is read, or is not there', () => {
    const sources = openSources(memoryFileSystem({ 'a.yaml': 'password: {a: [b, 5f3c1d9a]}\n' }));
    const of = (path: string): string[] => {
      const file = { path, text: 'DB_PASSWORD: hunter22\n' };
      return written(secretsAt(sources, { places: [{ file, start: 0, end: 1 }], rendered: [] }));
    };
    expect([of('a.yaml'), of('gone.yaml')]).toEqual([['hunter22'], ['hunter22']]);
  });

  it('are what rules about secrets point at, by its value', () => {
    const sources = openSources(memoryFileSystem({ 'a.yaml': 'x: 1\nzz: peach\n' }));
    const place = { ...placeIn(sources, 'a.yaml', 5), end: 14 };
    const of = (rule: string): Secrets => {
      const found: Diagnostic = { rule, severity: 'error', message: '', span: place, related: [] };
      const beside: Diagnostic = {
        ...found,
        span: placeIn(sources, 'a.yaml'),
        related: [{ span: place, message: '' }],
      };
      const [one, other] = [found, beside].map((each) => secretsIn(sources, [each], []));
      expect(one?.texts.includes('peach')).toBe(other?.texts.includes('peach'));
      return one as Secrets;
    };
    expect(written(of('secret-in-values'))).toEqual(['peach']);
    expect(of('secret-in-values').texts).toContain('peach');
    expect(written(of('unknown-field'))).toEqual([]);
  });

  it('are credentials and private keys beside a place', () => {
    const key = '-----BEGIN PRIVATE KEY-----\nMHcCAQEEIJ8mQ2v7nTq1Xy3k\n-----END PRIVATE KEY-----';
    const text = `x: 1\nurl: postgres://app:hunter22@db\nDB_PASSWORD: hunter33\n`;
    expect(written(secretsOf({ 'a.txt': text }, {}))).toEqual(['hunter22', 'hunter33']);
    const far = `x: 1\n${'\n'.repeat(20)}url: postgres://app:hunter22@db\n${key}\n`;
    expect(written(secretsOf({ 'a.txt': far }, {}))).toEqual([key]);
    const token = 'q8Zr2Lx7Vb1Kd9';
    expect(written(secretsOf({ 'a.txt': `x: https://${token}@host\n` }, {}))).toEqual([token]);
    expect(written(secretsOf({ 'a.txt': 'x: https://somebody@host\n' }, {}))).toEqual(['somebody']);
    expect(written(secretsOf({ 'a.txt': 'x: https://git@host\n' }, {}))).toEqual([]);
    expect(written(secretsOf({ 'a.txt': 'x: https://me:hunterhunter@host.example 5f3c1d\n' }, {}))).toEqual(
      [],
    );
    // Passwords that words are made of are known by no name.
    expect(written(secretsOf({ 'a.txt': 'x: https://me:hunterhunter@host.example\n' }, {}))).toEqual([]);
  });

  it('are plain words under the name of a secret, also outside of Secrets', () => {
    const env = 'kind: Pod\nspec: {}\nenv:\n- name: DB_PASSWORD\n  value: marble lantern ostrich\n';
    const secrets = secretsOf({ 'a.yaml': env, 'b.txt': 'title: marble lantern violet\n' }, {});
    expect(written(secrets)).toEqual(['marble lantern ostrich']);
  });

  it('are the first items of lists in the place of a value', () => {
    expect(written(secretsOf({ 'a.txt': 'DB_PASSWORD: [hunter22\n  b]\n' }, {}))).toEqual(['hunter22']);
    // Each way to read the line counts, as one of them may be right.
    const found = written(secretsOf({ 'a.txt': 'x: [password=hunter22]\n' }, {}));
    expect(found).toEqual(['hunter22', 'hunter22]']);
  });

  it('are what a Secret holds as well, however it is written', () => {
    const resources = [
      rendered({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'access' },
        data: { a: 'Other-Hunter9' },
      }),
    ];
    const of = (text: string): string[] => written(secretsOf({ 'a.yaml': text }, { resources }));
    expect(of('x: 1\ny: Other-Hunter9 z\n')).toContain('Other-Hunter9');
    expect(of('x: "Other-\\\n  Hunter9"\n')).toEqual(['"Other-\\\n  Hunter9"']);
    expect(of(`x: 1\n${'# x\n'.repeat(20)}y: Other-Hunter9\n`)).toEqual([]);
    const named = rendered({ kind: 'Widget', metadata: { name: 'ledger-db' } });
    const user = rendered({ kind: 'Secret', data: { user: 'ledger-db' } });
    expect(written(secretsOf({ 'a.yaml': 'x: ledger-db\n' }, { resources: [user] }))).toContain('ledger-db');
    expect(written(secretsOf({ 'a.yaml': 'x: ledger-db\n' }, { resources: [user, named] }))).toEqual([]);
  });

  it('are credentials in the place of a string', () => {
    const env = 'kind: Pod\nspec: {env: [{name: DB_PASSWORD, value: {a: hunter22}}]}\n';
    expect(written(secretsOf({ 'a.yaml': env }, {}))).toContain('hunter22');
    expect(
      written(secretsOf({ 'a.json': '{"data": {"API_TOKEN": ["x", {"0f2a9c71d4be4c55": 1}]}}' }, {})),
    ).toContain('"0f2a9c71d4be4c55"');
    expect(written(secretsOf({ 'a.yaml': 'password: {a: [5f3c1d9a, peach]}\n' }, {}))).toContain('5f3c1d9a');
    expect(written(secretsOf({ 'a.yaml': 'password: {a: [5f3c1d9a, peach]}\n' }, {}))).not.toContain('peach');
    expect(written(secretsOf({ 'a.yml': 'password: {a: [5f3c1d9a, peach]}\n' }, {}))).toContain('5f3c1d9a');
    expect(written(secretsOf({ 'a.yaml.txt': 'password: {a: [b, 5f3c1d9a]}\n' }, {}))).toEqual([]);
    expect(written(secretsOf({ 'a.yaml': 'other: {a: [5f3c1d9a]}\n' }, {}))).toEqual([]);
    expect(written(secretsOf({ 'a.txt': 'password: {a: [b, 5f3c1d9a]}\n' }, {}))).not.toContain('5f3c1d9a');
  });
});

describe('names of objects', () => {
  const about = (name: string, value: string, more: Mapping = {}): Secrets =>
    secretsOf(
      {},
      {
        resources: [
          rendered(
            {
              apiVersion: 'v1',
              kind: 'Secret',
              metadata: { name: 'access' },
              data: { user: value, ...more },
            },
            value,
          ),
          rendered({ apiVersion: 'g/v1', kind: 'Widget', metadata: { name, namespace: 'space' } }),
        ],
      },
    );

  it('are open, and remain known', () => {
    const { open, texts, names } = about('ledger-db', 'ledger-db');
    expect(open).toEqual(expect.arrayContaining(['ledger-db', 'Widget', 'space', 'g', 'v1', 'access']));
    expect([texts.includes('ledger-db'), names]).toEqual([true, []]);
  });

  it('but not where they are kept under the name of a secret', () => {
    expect(about('ledger-db', 'x', { password: 'ledger-db' }).open).not.toContain('ledger-db');
    const files = { 'a.yaml': `kind: Secret\nstringData:\n  password: 'ledger-db'\n  x=password: other\n` };
    const resources = [rendered({ kind: 'Widget', metadata: { name: 'ledger-db' } })];
    expect(secretsOf(files, { resources, inputs: ['a.yaml'] }).open).not.toContain('ledger-db');
    const written = [
      `kind: Secret\nstringData: {password   : ledger-db}\n`,
      `{"kind": "Secret", "stringData": {"password":"ledger-db"}}\n`,
      `kind: Secret\nstringData:\n  "password" :   "ledger-db"\n# ${'x'.repeat(300)}\n`,
      `# ${'x'.repeat(300)}\nsecretGenerator: [{name: x, literals: [password=ledger-db]}]\n`,
    ];
    for (const text of written)
      expect(secretsOf({ 'a.yaml': text }, { resources, inputs: ['a.yaml'] }).open, text).not.toContain(
        'ledger-db',
      );
    const others = { 'a.yaml': `kind: Secret\nstringData:\n  user: 'ledger-db'\n` };
    expect(secretsOf(others, { resources, inputs: ['a.yaml'] }).open).toContain('ledger-db');
  });

  it('nor where they are made up, which a Secret holds', () => {
    const { open, names, texts } = about('q8Zr2Lx7Vb1Kd9', 'q8Zr2Lx7Vb1Kd9');
    expect([open.includes('q8Zr2Lx7Vb1Kd9'), names]).toEqual([false, ['q8Zr2Lx7Vb1Kd9']]);
    expect(texts).toContain('q8Zr2Lx7Vb1Kd9');
    const other = about('q8Zr2Lx7Vb1Kd9', 'x');
    expect([other.open.includes('q8Zr2Lx7Vb1Kd9'), other.names]).toEqual([false, []]);
  });

  it.each([
    ['apiVersion', 'group-x/version-x', ['group-x', 'version-x']],
    ['kind', 'Some-Widget', ['Some-Widget']],
    ['namespace', 'some-space', ['some-space']],
    ['name', 'some-name', ['some-name']],
    ['namespace', 'default', []],
  ])('nor as %s where a Secret has %s', (field, value, expected) => {
    const file = `kind: Secret\nstringData: {user: ${value}}\n`;
    const secretObject = rendered({ kind: 'Secret', stringData: { user: value } }, file);
    const object = field.startsWith('name')
      ? { kind: 'Other', metadata: { [field]: value } }
      : { kind: 'Other', [field]: value };
    const { names } = secretsOf(
      { 'kustomization.yaml': file },
      { resources: [secretObject, rendered(object, file)], inputs: ['kustomization.yaml'] },
    );
    expect(names).toEqual(expected);
  });

  it('nor where they were set, and were taken from a Secret before', () => {
    const file = {
      path: 'kustomization.yaml',
      text: 'kind: Secret\nstringData: {user: some-name}\nsome-name\n',
    };
    const placeOf = (start: number): Origin => originOfEntry('patch', { file, start, end: start + 9 });
    const value = replaceValue({ value: 'some-name', origin: placeOf(32) }, 'some-name', placeOf(43));
    const metadata = setKey(trackMapping({}, ''), 'name', value);
    const other = setKey(trackMapping({ kind: 'Other' }, ''), 'metadata', metadata);
    const known = rendered({ kind: 'Secret', stringData: { user: 'some-name' } }, file.text);
    const { names } = secretsOf(
      { 'kustomization.yaml': file.text },
      { resources: [known, { object: other.value, origin: other.origin }], inputs: ['kustomization.yaml'] },
    );
    expect(names).toEqual(['some-name']);
  });

  it('all of them where there is no secret', () => {
    const { open, names, texts, spans } = secretsOf({}, { resources: [rendered({ kind: 'Widget' })] });
    expect([open.includes('Widget'), names, texts, spans]).toEqual([true, [], [], []]);
  });

  it('nor where they were taken from a Secret', () => {
    const file = 'kind: Secret\nstringData: {user: ledger-db}\n';
    const resources = [
      rendered(
        { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'access' }, stringData: { user: 'ledger-db' } },
        file,
      ),
      rendered(
        { apiVersion: 'v1', kind: 'Widget', metadata: { name: 'ledger-db', namespace: 'default' } },
        file,
      ),
    ];
    const { names, open } = secretsOf(
      { 'kustomization.yaml': file },
      { resources, inputs: ['kustomization.yaml'] },
    );
    expect(names).toEqual(['ledger-db']);
    expect(open).not.toContain('ledger-db');
  });
});

it.each<[string, readonly string[]]>([
  // Under the name of a secret, or as the value of one.
  ['DB_PASSWORD: ruth', ['ruth']],
  ['DB_PASSWORD: 123456', ['123456']],
  ['API_TOKEN: 0f2a9c71d4be4c55', ['0f2a9c71d4be4c55']],
  ['API_TOKEN: ruth', []],
  ['title: ruth', []],
  ['BASIC_AUTH: admin:Ziegel-4141', ['Ziegel-4141']],
  ['DB_PASSWORD: marble lantern ostrich', ['marble lantern ostrich']],
  ['title: marble lantern ostrich', []],
  ['env: [{name: DB_PASSWORD, value: ruth}]', ['ruth']],
  ['env: [{value: ruth, name: DB_PASSWORD}]', ['ruth']],
  ['env: [{name: DB_USER, value: ruth}]', []],
  ['env: [{name: 1, value: ruth}]', []],
  ['- {op: add, path: /data/password, value: ruth}', ['ruth']],
  ['- {op: add, path: /data/user, value: ruth}', []],
  ['- {path: /data/password, value: ruth}', []],
  ['- {op: add, path: 1, value: ruth}', []],
  // What stands there are names of keys in a Secret.
  ['auth: {existingSecret: x, secretKeys: {password: reader}}', []],
  ['auth: {secretName: x, password: reader}', []],
  ['auth: {user: x, password: reader}', ['reader']],
  // In a list or mapping where a string belongs.
  ['env: [{name: DB_PASSWORD, value: {a: ruth}}]', ['ruth']],
  ['env: [{name: DB_PASSWORD, value: [b, [ruth]]}]', ['ruth']],
  ['env: [{name: DB_PASSWORD, value: [marble lantern ostrich]}]', ['marble lantern ostrich']],
  ['env: [{name: DB_PASSWORD, value: {ruth-9}}]', ['ruth-9']],
  ['env: [{name: DB_PASSWORD, value: {a: true}}]', []],
  ['env: [{name: DB_PASSWORD, other: {a: ruth}}]', []],
  ['data: {API_TOKEN: [0f2a9c71d4be4c55]}', ['0f2a9c71d4be4c55']],
  ['stringData: {API_TOKEN: {a: 0f2a9c71d4be4c55}}', ['0f2a9c71d4be4c55']],
  ['data: {DB_PASSWORD: [ruth]}', ['ruth']],
  ['stringData: {DB_PASSWORD: [ruth]}', ['ruth']],
  ['data: {url: [{x: "postgres://a:hunter22@b"}]}', ['postgres://a:hunter22@b']],
  ['env: [{name: BASIC_AUTH, value: "admin:Ziegel-4141"}]', ['Ziegel-4141']],
  ['x: {value: {password: ruth}}', ['ruth']],
  ['other: {DB_PASSWORD: {ruth: 1}}', []],
  // Elsewhere below a name a word may be the place where the password is.
  ['other: {DB_PASSWORD: [ruth]}', []],
  ['other: {DB_PASSWORD: [marble lantern ostrich]}', ['marble lantern ostrich']],
  ['other: {API_TOKEN: x, b: [0f2a9c71d4be4c55]}', []],
  ['API_TOKEN: {0f2a9c71d4be4c55, b: [5f3c1d9a, null]}', ['0f2a9c71d4be4c55', '5f3c1d9a']],
  ['0f2a9c71d4be4c55', []],
  ['[0f2a9c71d4be4c55, null]', []],
  // In the words of a command.
  ['args: [--password, ruth, --user, ruth]', ['ruth']],
  ['args: [--password, --user, ruth]', []],
  ['args: [x, 1, --password, marble lantern ostrich]', ['marble lantern ostrich']],
  ['args: ["--password=marble lantern ostrich"]', ['marble lantern ostrich']],
  ['args: ["--title=marble lantern ostrich"]', []],
  ['literals: ["password=two oaks 1n the rain"]', ['two oaks 1n the rain']],
  ['command: [curl, -u, "ci:Garbe-81x"]', ['Garbe-81x']],
])('of %s is hidden: %j', (text, expected) => {
  const file = { path: 'a.yaml', text };
  const scalars = writtenScalars(parseDocuments(file, 'kustomize').documents, [
    { start: 0, end: text.length },
  ]);
  const found = scalars.flatMap((one) => one.hidden.map(({ start, end }) => one.text.slice(start, end)));
  expect([...new Set(found)]).toEqual(expected);
});

it.each<[string, readonly string[]]>([
  ['a: ruth', []],
  ['password: ruth', ['ruth']],
  ['password: "ruth"', ['"ruth"']],
  ['args: ["--password=ru th1x"]', ['ru th1x']],
  [`x: "run --password 'two oaks 1n' -x"`, ['two oaks 1n']],
  [`x: ghp_k9Zr2Lx7Vb1Kd9Wm4Tn6Yc3Qp8Hs5Jf0GuEa -x`, ['ghp_k9Zr2Lx7Vb1Kd9Wm4Tn6Yc3Qp8Hs5Jf0GuEa']],
  // The same word twice: which one it is cannot be seen.
  ['args: ["--password=password2"]', ['password2']],
  ['args: ["a-password2-password=password2"]', ['"a-password2-password=password2"']],
  // With escapes, folded, or in quotes in quotes.
  ['args: ["--password=ru\\x74h9"]', ['"--password=ru\\x74h9"']],
  ["x: '{''password'': ''two oaks 1n''}'", ['two oaks 1n']],
  ['x: "password: \\"marble lantern\\"\\n"', ['marble lantern']],
  ['x: >-\n  password: marble\n  lantern\n', ['>-\n  password: marble\n  lantern']],
  // A line of a block is seen as it is, which what is shown of lines takes care of.
  ['x: |\n  password: marble lantern\n', []],
])('of %j is written: %j', (text, expected) => {
  const file = { path: 'a.yaml', text };
  const { documents } = parseDocuments(file, 'kustomize');
  const spans = writtenScalars(documents, [{ start: 0, end: text.length }]).flatMap(hiddenSpans);
  const written = spans.map(({ start, end }) => text.slice(start, end).trimEnd());
  expect([...new Set(written)]).toEqual(expected);
});

it('a word in a list below the name of a secret is hidden as a whole', () => {
  const file = { path: 'a.yaml', text: 'API_TOKEN: [0f2a9c71d4be4c55]' };
  const windows = [{ start: 0, end: file.text.length }];
  const scalars = writtenScalars(parseDocuments(file, 'kustomize').documents, windows);
  expect(scalars.at(-1)?.hidden).toEqual([{ start: 0, end: 16 }]);
});

it('of a single file all lines may be shown', () => {
  const text = `password: kettle\n${'#\n'.repeat(3000)}password: tripod\n`;
  const found = secretsOfText('a.yaml', text).map(({ file, start, end }) => file.text.slice(start, end));
  expect([...new Set(found)]).toEqual(['kettle', 'tripod']);
  expect(secretsOfText('a.yaml', '')).toEqual([]);
});

it.each([
  ['kettle', true],
  ['two-oaks-rain', true],
  ['kettle9', false],
  ['9kettle', false],
  ['"two-9"', false],
])('a word beside a finding stays in the messages of others: %j', (word, isOpen) => {
  const { open, texts } = secretsOf({ 'a.yaml': `password: ${word}\n` }, {});
  expect(open.includes(word)).toBe(isOpen);
  expect(open.length > 0).toBe(isOpen);
  expect(texts).not.toContain(word);
});

it('a word that a Secret holds as well does not', () => {
  const resources = [rendered({ kind: 'Secret', stringData: { a: 'kettle' } })];
  expect(secretsOf({ 'a.yaml': 'password: kettle\n' }, { resources }).open).not.toContain('kettle');
});

it('names with the password of an address are hidden, also where nothing else is', () => {
  const named = (name: string): Resource => rendered({ kind: 'Other', metadata: { name } });
  const resources = [named('x-https://a:hunter22@b'), named('me@b'), named('kettle')];
  expect(secretsOf({}, { resources }).names).toEqual(['x-https://a:hunter22@b']);
  expect(secretsOf({ 'a.yaml': secret }, { resources }).names).toEqual(['x-https://a:hunter22@b']);
});

it('scalars are those in the windows', () => {
  const file = { path: 'a.yaml', text: 'a: one\nb: [two, three]\n' };
  const { documents } = parseDocuments(file, 'kustomize');
  const of = (start: number, end: number): string[] =>
    writtenScalars(documents, [{ start, end }]).map(({ text }) => text);
  expect(of(0, 6)).toEqual(['a', 'one', 'b']);
  expect(of(0, 100)).toEqual(['a', 'one', 'b', 'two', 'three']);
  expect(of(10, 14)).toEqual(['a', 'b', 'two']);
});
