import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readActionInputs } from '../../src/command/action-inputs.ts';
import { openRepository } from '../support/git-repository.ts';
import { fluxCluster, fluxKustomization } from '../support/plan-files.ts';
import { runAction } from '../support/run-action.ts';
import { project, runCli } from '../support/run-cli.ts';

// A kind that no policy has an opinion on.
const configMap = (name: string, field = 'dataa'): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n${field}: {}\n`;
const configuration = 'environments: {prod: {root: prod}}\n';
const files = {
  'cdb-lint.yaml': configuration,
  'prod/kustomization.yaml': 'resources: [a.yaml]\n',
  'prod/a.yaml': configMap('a'),
};
const clean = { ...files, 'prod/a.yaml': configMap('a', 'data') };

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function workspace(content: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'cdb-lint-action-'));
  folders.push(folder);
  write(folder, content);
  return folder;
}

function write(folder: string, content: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(content)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function annotations(stdout: string): string[] {
  return stdout.split('\n').filter((line) => /^::(?:error|warning|notice) /u.test(line));
}

describe('a run', () => {
  it('fails on findings, annotates them, writes outputs, summary and files', async () => {
    const folder = workspace(files);
    const run = await runAction(folder, {
      'sarif-file': 'out/a.sarif',
      'junit-file': 'out/a.xml',
      'html-file': 'out/a.html',
    });
    expect(run.stderr).toBe('');
    expect(run.status).toBe(1);
    expect(annotations(run.stdout)).toEqual([
      expect.stringMatching(
        /^::error file=prod\/a\.yaml,line=4,endLine=4,col=1,endColumn=6,title=unknown-field::/u,
      ),
    ]);
    expect(run.outputs).toEqual({
      result: 'findings',
      errors: '1',
      warnings: '0',
      notes: '0',
      'error-places': '1',
      'warning-places': '0',
      'note-places': '0',
      suppressed: '0',
      'entry-points': '1',
      objects: '1',
      unrendered: '0',
      destroys: '0',
      breaks: '0',
      disrupts: '0',
      'report-json': expect.stringContaining(join(folder, '.runner')),
      'sarif-file': 'out/a.sarif',
    });
    const json = JSON.parse(readFileSync(run.outputs['report-json'] ?? '', 'utf8')) as { version: number };
    expect(json.version).toBe(2);
    expect(run.summary).toMatch(/^## ❌ /u);
    expect(readFileSync(join(folder, 'out/a.sarif'), 'utf8')).toContain('"2.1.0"');
    expect(readFileSync(join(folder, 'out/a.xml'), 'utf8')).toContain('<testsuites');
    expect(readFileSync(join(folder, 'out/a.html'), 'utf8')).toContain('<!doctype html>');
  });

  it('passes where nothing is found, and where nothing shall fail', async () => {
    const passed = await runAction(workspace(clean), {});
    expect([passed.status, passed.outputs['result'], passed.outputs['errors']]).toEqual([0, 'clean', '0']);
    expect(passed.summary).toMatch(/^## ✅ /u);
    const never = await runAction(workspace(files), { 'fail-on': 'never' });
    expect([never.status, never.outputs['errors']]).toEqual([0, '1']);
  });

  it('fails with 2 where something could not be checked, whatever fail-on says', async () => {
    const folder = workspace({ ...files, 'prod/kustomization.yaml': 'resources: [gone.yaml]\n' });
    const run = await runAction(folder, { 'fail-on': 'never' });
    expect([run.status, run.outputs['result'], run.outputs['unrendered']]).toEqual([2, 'unchecked', '1']);
  });

  it.each([
    [{ 'fail-on': 'eror' }, 'fail-on is "eror"'],
    [{ 'min-coverage': 'most' }, 'min-coverage is "most", which is not a percentage'],
    [{ annotations: 'some' }, 'annotations is "some"'],
    [{ summary: 'yes' }, 'summary is "yes"'],
    [{ comment: 'please' }, 'comment is "please"'],
  ])('does not guess what is meant by %j', (inputs: Readonly<Record<string, string>>, words) => {
    expect(readActionInputs((name) => inputs[name] ?? '')).toEqual({
      problem: expect.stringContaining(words),
    });
  });

  it('ends unchecked where an input says nothing that is known', async () => {
    const run = await runAction(workspace(clean), { 'fail-on': 'eror' });
    expect(run.status).toBe(2);
    expect(run.stdout).toContain('fail-on is "eror"');
    expect(run.outputs['result']).toBe('unchecked');
  });

  it('takes a profile, and rules to choose or leave out', async () => {
    const pod =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers: [{name: web, image: "web:1.0"}]\n';
    const folder = workspace({ 'pod.yaml': pod });
    const rules = async (inputs: Readonly<Record<string, string>>): Promise<string[]> => {
      const run = await runAction(folder, { annotations: 'none', ...inputs });
      const { diagnostics } = JSON.parse(readFileSync(run.outputs['report-json'] ?? '', 'utf8'));
      return diagnostics.map(({ rule, severity }: Record<string, string>) => `${severity} ${rule}`);
    };
    expect(await rules({ profile: 'baseline' })).toEqual([]);
    expect(await rules({ only: 'limits-missing\nrequests-missing\n' })).toEqual([
      'warning limits-missing',
      'warning requests-missing',
    ]);
    expect(await rules({ profile: 'acceptance', only: 'unexpected-user' })).toEqual([
      'error unexpected-user',
    ]);
    expect(await rules({ profile: 'acceptance', skip: 'unexpected-user' })).not.toContain(
      'error unexpected-user',
    );
    const typo = await runAction(folder, { profile: 'baselnie' });
    expect([typo.status, typo.stdout]).toEqual([2, expect.stringContaining('did you mean "baseline"?')]);
  });

  it('knows paths, environments, a configuration, a version, a baseline', async () => {
    const folder = workspace({ ...files, 'other.yaml': configuration, 'lone/b.yaml': configMap('b') });
    const lone = await runAction(folder, { paths: 'lone\n', config: 'other.yaml' });
    expect(annotations(lone.stdout)).toEqual([expect.stringContaining('file=lone/b.yaml')]);
    const unknown = await runAction(folder, { environment: 'pord' });
    expect(unknown.status).toBe(2);
    await runCli(['.', '--root', '.', '--baseline', 'b.json', '--update-baseline'], folder);
    const known = await runAction(folder, { baseline: 'b.json', 'kubernetes-version': '1.35' });
    expect([known.status, known.outputs['errors']]).toEqual([0, '0']);
    expect(known.summary).toContain('2 in the baseline');
  });

  it('writes neither annotations nor summary where no one wants them', async () => {
    const run = await runAction(workspace(files), { annotations: 'none', summary: 'false' });
    expect(annotations(run.stdout)).toEqual([]);
    expect(run.summary).toBe('');
    expect(run.status).toBe(1);
  });

  it('says what it cannot write', async () => {
    const run = await runAction(workspace(files), { 'sarif-file': 'prod/a.yaml/x.sarif' });
    expect(run.status).toBe(2);
    expect(run.stdout).toContain('cannot write');
  });
});

describe('a run that is broken from outside', () => {
  it.each([
    ['is no JSON', '{"pull_request": hunter2'],
    ['is empty', ''],
  ])('ends unchecked where the event %s, of which nothing is shown', async (_, event) => {
    const folder = workspace({ ...clean, '.runner/broken.json': event });
    const env = { GITHUB_EVENT_PATH: join(folder, '.runner/broken.json') };
    const run = await runAction(folder, {}, { env });
    expect([run.status, run.outputs['result']]).toEqual([2, 'unchecked']);
    expect(run.stdout).toContain('the file of the event (GITHUB_EVENT_PATH) cannot be read as JSON');
    expect(run.stdout).not.toContain('hunter2');
  });

  it.each(['prod', 'link/a.sarif', 'a.sarif'])('ends unchecked where it may not write %s', async (file) => {
    const folder = workspace(clean);
    symlinkSync(tmpdir(), join(folder, 'link'));
    symlinkSync(join(folder, 'prod/a.yaml'), join(folder, 'a.sarif'));
    const run = await runAction(folder, { 'sarif-file': file });
    expect([run.status, run.outputs['result']]).toEqual([2, 'unchecked']);
    expect(readFileSync(join(folder, 'prod/a.yaml'), 'utf8')).toBe(clean['prod/a.yaml']);
  });

  it('shows no token that is none', async () => {
    const inputs = { 'github-token': 'ghp_hunter2\n::error::x', comment: 'always' };
    const run = await runAction(workspace(files), inputs, { payload: { pull_request: { number: 7 } } });
    expect([run.status, run.outputs['result']]).toEqual([2, 'unchecked']);
    expect(run.stdout).not.toContain('hunter2');
    expect(run.stdout).toContain('github-token contains spaces');
  });

  it('sets no output by the name of a file', async () => {
    const run = await runAction(workspace(files), { 'sarif-file': 'a\nresult<<X\nclean\nX' });
    expect(run.outputs['result']).toBe('findings');
    expect(run.outputs['sarif-file']).toBe('a\nresult<<X\nclean\nX');
  });
});

describe('data in the log', () => {
  it('is never a command', async () => {
    const hostile = '::set-output name=x::y ##[error]z';
    const run = await runAction(
      workspace({ ...files, 'prod/a.yaml': configMap('a', JSON.stringify(hostile)) }),
      {},
    );
    expect(run.status).toBe(1);
    const isGroup = (line: string): boolean => /^::(?:group::Coverage|endgroup::)$/u.test(line);
    const commands = run.stdout.split('\n').filter((line) => line.trim().startsWith('::') && !isGroup(line));
    expect(commands).toHaveLength(1);
    expect(commands[0]).toMatch(/^::error file=prod\/a\.yaml/u);
    const others = run.stdout.split('\n').filter((line) => !line.startsWith('::'));
    expect(others.join('\n')).not.toContain('##[');
  });
});

describe('events', () => {
  const git = (folder: string, ...args: string[]): string =>
    execFileSync(
      'git',
      [
        '-C',
        folder,
        '-c',
        'user.name=t',
        '-c',
        'user.email=t@example.com',
        '-c',
        'commit.gpgsign=false',
        ...args,
      ],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    ).trim();

  /** Twelve old findings, and one on a line that the last commit adds. */
  function repository(): { folder: string; base: string } {
    const names = Array.from({ length: 12 }, (_, index) => `p${String(index).padStart(2, '0')}.yaml`);
    const old = Object.fromEntries(
      names.map((name) => [`prod/${name}`, configMap(name.replace('.yaml', ''))]),
    );
    const folder = workspace({
      'cdb-lint.yaml': configuration,
      '.gitignore': '.runner\n',
      'prod/kustomization.yaml': `resources: [${[...names, 'z.yaml'].join(', ')}]\n`,
      ...old,
      'prod/z.yaml': configMap('z', 'data'),
    });
    git(folder, 'init', '-q', '-b', 'main');
    git(folder, 'add', '.');
    git(folder, 'commit', '-q', '-m', 'old');
    const base = git(folder, 'rev-parse', 'HEAD');
    write(folder, { 'prod/z.yaml': configMap('z') });
    git(folder, 'commit', '-q', '-a', '-m', 'new');
    return { folder, base };
  }

  it.each([
    ['push', (base: string) => ({ before: base })],
    ['merge_group', (base: string) => ({ merge_group: { base_sha: base } })],
    ['pull_request', (base: string) => ({ pull_request: { number: 7, base: { sha: base } } })],
  ])('of %s: lines of the change come first, and the rest is counted and linked', async (_, payload) => {
    const { folder, base } = repository();
    const run = await runAction(folder, {}, { payload: payload(base) });
    const lines = annotations(run.stdout);
    expect(lines).toHaveLength(11);
    expect(lines[0]).toContain('file=prod/z.yaml,line=4');
    expect(lines.at(-1)).toBe(
      '::notice title=cdb-lint::3 more findings are not annotated; see https://github.example/shop/deploy/actions/runs/42',
    );
  });

  it('of push: others than those of the change are not annotated where no one wants them', async () => {
    const { folder, base } = repository();
    const changed = await runAction(folder, { annotations: 'changed' }, { payload: { before: base } });
    expect(annotations(changed.stdout)[0]).toContain('file=prod/z.yaml');
    expect(annotations(changed.stdout)).toHaveLength(2);
  });

  it('of pull_request: the merge commit is compared with its first parent', async () => {
    const { folder } = repository();
    const payload = { pull_request: { number: 7, base: { sha: 'f'.repeat(40) } } };
    const env = { GITHUB_REF: 'refs/pull/7/merge' };
    const run = await runAction(folder, {}, { payload, env });
    expect(annotations(run.stdout)[0]).toContain('file=prod/z.yaml');
  });

  it.each([
    ['nothing', undefined],
    ['a base that was not checked out', { before: 'f'.repeat(40) }],
    ['an option in place of a commit', { before: '--output=evil' }],
    ['other types', { pull_request: 'x', before: 7, merge_group: null }],
  ])('with %s: all lines count alike', async (_, payload) => {
    const { folder } = repository();
    const run = await runAction(folder, { annotations: 'changed' }, { payload });
    expect(annotations(run.stdout)).toHaveLength(11);
    expect(existsSync(join(folder, 'evil'))).toBe(false);
  });
});

describe('a change', () => {
  /** The merge of a pull request into a branch that has a finding already; the change brings another one. */
  function merged(): { readonly folder: string; readonly base: string } {
    const folder = workspace({ ...files, 'cdb-lint.yaml': '{}\n' });
    const repository = openRepository(folder);
    repository.write({ '.gitignore': '.runner/\n' });
    const base = repository.commit('base');
    repository.git('switch', '--quiet', '--create', 'change');
    repository.commit('change', {
      'prod/kustomization.yaml': 'resources: [a.yaml, b.yaml]\n',
      'prod/b.yaml': configMap('b', 'datum'),
      'cdb-lint.yaml': "rules: {unknown-field: {severity: 'off'}}\n",
    });
    repository.git('switch', '--quiet', 'main');
    repository.git('merge', '--quiet', '--no-ff', 'change');
    return { folder, base };
  }

  it.each([
    [
      'pull_request',
      'refs/pull/7/merge',
      () => ({ pull_request: { number: 7, base: { sha: 'f'.repeat(40) } } }),
    ],
    [
      'pull_request',
      'refs/heads/x',
      (base: string) => ({ pull_request: { number: 7, base: { sha: base } } }),
    ],
    [
      'merge_group',
      'refs/heads/gh-readonly-queue/main/pr-7',
      (base: string) => ({ merge_group: { base_sha: base } }),
    ],
  ])('of %s at %s is checked by what it brings, and by the rules of its base', async (name, ref, payload) => {
    const { folder, base } = merged();
    const env = { GITHUB_EVENT_NAME: name, GITHUB_REF: ref };
    const run = await runAction(folder, {}, { payload: payload(base), env });
    const lines = annotations(run.stdout);
    expect(lines.filter((line) => line.includes('title=unknown-field'))).toEqual([
      expect.stringContaining('file=prod/b.yaml'),
    ]);
    expect(lines.filter((line) => line.includes('title=gate-weakened'))).toHaveLength(1);
    expect(run.outputs['errors']).toBe('1');
    expect(run.status).toBe(1);
    expect(run.summary).toContain('as before');
  });

  it('of a push, or with base none, is checked as a whole by its own rules', async () => {
    const { folder, base } = merged();
    const push = await runAction(
      folder,
      {},
      { payload: { before: base }, env: { GITHUB_EVENT_NAME: 'push' } },
    );
    const env = { GITHUB_EVENT_NAME: 'pull_request', GITHUB_REF: 'refs/pull/7/merge' };
    const none = await runAction(folder, { base: 'none' }, { env });
    for (const run of [push, none]) {
      expect(run.outputs['result']).toBe('clean');
      expect(run.summary).not.toContain('as before');
    }
  });

  it('that destroys something fails until its text acknowledges it', async () => {
    const folder = workspace({});
    const repository = openRepository(folder);
    const claim =
      'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data, namespace: shop}\nspec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 5Gi}}}\n';
    repository.commit('base', {
      '.gitignore': '.runner/\n',
      ...fluxCluster('clusters/prod'),
      'clusters/prod/apps.yaml': fluxKustomization('apps', 'apps'),
      'apps/kustomization.yaml': 'resources: [claim.yaml]\n',
      'apps/claim.yaml': claim,
    });
    repository.commit('change', { 'apps/kustomization.yaml': 'resources: []\n' });
    const env = { GITHUB_EVENT_NAME: 'pull_request', GITHUB_REF: 'refs/pull/7/merge' };
    const told = (body: string) =>
      runAction(folder, { 'fail-on': 'never' }, { payload: { pull_request: { number: 7, body } }, env });
    const open = await told('Deletes a claim');
    expect(open.outputs['destroys']).toBe('1');
    expect(open.status).toBe(1);
    const trailer = /cdb-ack: pruned [0-9a-f]{12}/u.exec(open.summary)?.[0];
    expect((await told(`Deletes a claim\n\n${trailer} -- it is empty\n`)).status).toBe(0);
  });

  it('whose base was not checked out is not checked at all', async () => {
    const { folder } = merged();
    const env = { GITHUB_EVENT_NAME: 'merge_group' };
    const run = await runAction(folder, {}, { payload: { merge_group: { base_sha: 'f'.repeat(40) } }, env });
    expect(run.status).toBe(2);
    expect(run.outputs).toEqual({ result: 'unchecked' });
    expect(run.stdout).toContain('fetch-depth: 2');
  });
});

describe('comment', () => {
  const payload = { pull_request: { number: 7, base: { sha: 'f'.repeat(40) } } };
  const token = 't0ken-that-nobody-sees';

  interface Call {
    readonly method: string;
    readonly url: string;
    readonly authorization: string | undefined;
    readonly body: string;
  }

  /** Stands in for api.github.com on this machine. */
  async function withApi<T>(
    comments: readonly unknown[],
    status: number,
    use: (url: string, calls: Call[]) => Promise<T>,
  ): Promise<T> {
    const calls: Call[] = [];
    const server = createServer(async (request: IncomingMessage, response) => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      const { method = '', url = '', headers } = request;
      calls.push({ method, url, authorization: headers.authorization, body });
      response.writeHead(method === 'GET' ? 200 : status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(method === 'GET' ? comments : {}));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    try {
      return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls);
    } finally {
      server.close();
    }
  }

  const run = (inputs: Readonly<Record<string, string>>, api: string, content = files) =>
    runAction(
      workspace(content),
      { 'github-token': token, ...inputs },
      { payload, env: { GITHUB_API_URL: api } },
    );

  it('asks no one unless it is asked for', async () => {
    await withApi([], 201, async (api, calls) => {
      await run({}, api);
      await run({ comment: 'always', 'github-token': '' }, api);
      await run({ comment: 'on-failure' }, api, clean);
      expect(calls.filter(({ method }) => method !== 'GET')).toEqual([]);
      expect(calls).toHaveLength(1);
    });
  });

  it('writes one comment, and writes over it the next time', async () => {
    await withApi([], 201, async (api, calls) => {
      const { stdout, status } = await run({ comment: 'on-failure' }, api);
      expect(status).toBe(1);
      expect(stdout.replace(`::add-mask::${token}`, '')).not.toContain(token);
      const post = calls.find(({ method }) => method === 'POST');
      expect(post?.url).toBe('/repos/shop/deploy/issues/7/comments');
      expect(post?.authorization).toBe(`Bearer ${token}`);
      expect(JSON.parse(post?.body ?? '')).toEqual({
        body: expect.stringMatching(/^<!-- cdb-lint gate -->\n## ❌ /u),
      });
    });
    const earlier = [
      { id: 1, user: { type: 'User' }, body: '<!-- cdb-lint gate --> not ours' },
      { id: 2, user: { type: 'Bot' }, body: '<!-- cdb-lint gate -->\nold' },
    ];
    await withApi(earlier, 200, async (api, calls) => {
      await run({ comment: 'on-failure' }, api, clean);
      const patch = calls.find(({ method }) => method !== 'GET');
      expect([patch?.method, patch?.url]).toEqual(['PATCH', '/repos/shop/deploy/issues/comments/2']);
      expect(patch?.body).toContain('✅');
    });
  });

  it('decides nothing: with a token that may not write the step ends as without', async () => {
    await withApi([], 403, async (api) => {
      const { stdout, status } = await run({ comment: 'always' }, api);
      expect(status).toBe(1);
      expect(stdout).toMatch(
        /^::warning title=cdb-lint::the comment could not be written: the token is not allowed to write/mu,
      );
    });
    const gone = await run({ comment: 'always' }, 'http://127.0.0.1:9');
    expect(gone.status).toBe(1);
  });
});

describe('action.yml', () => {
  const action = parse(readFileSync(join(project, 'action.yml'), 'utf8')) as {
    inputs: Record<string, { description: string; default?: string }>;
    outputs: Record<string, { description: string }>;
    runs: { using: string; main: string };
  };

  it('runs the bundle on Node 24', () => {
    expect(action.runs).toEqual({ using: 'node24', main: 'dist/action.js' });
    expect(existsSync(join(project, action.runs.main))).toBe(true);
  });

  it('names every input that the action reads, and every output that it sets', async () => {
    const source = readFileSync(join(project, 'src/command/action-inputs.ts'), 'utf8');
    const read = [...source.matchAll(/(?:input|oneOf)\(\s*'([a-z-]+)'/gu)].map(([, name]) => name);
    expect(new Set(read)).toEqual(new Set(Object.keys(action.inputs)));
    const { outputs } = await runAction(workspace(clean), {});
    expect(Object.keys(outputs).sort()).toEqual(Object.keys(action.outputs).sort());
  });

  it('has defaults that the action accepts', async () => {
    const defaults = Object.entries(action.inputs).map(([name, input]) => [name, input.default ?? '']);
    const run = await runAction(workspace(clean), Object.fromEntries(defaults));
    expect([run.status, run.outputs['result']]).toEqual([0, 'clean']);
  });
});

it('the bundle has no HTTP client and needs nothing next to it', () => {
  const bundle = readFileSync(join(project, 'dist/action.js'), 'utf8');
  const needed = [
    ...bundle.matchAll(/(?:\bfrom|\brequire\(|\bimport\(|\bimport)\s?["'`](\w[\w:@./-]*)["'`]/gu),
  ];
  const names = new Set(needed.map(([, name = '']) => name.replace(/^node:/u, '')));
  expect(names).toContain('fs');
  const allowed = [
    'fs',
    'os',
    'path',
    'crypto',
    'process',
    'v8',
    'module',
    'child_process',
    'buffer',
    'zlib',
  ];
  expect([...names].filter((name) => !allowed.includes(name))).toEqual([]);
});
